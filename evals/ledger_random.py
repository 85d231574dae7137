"""Random small books: the ledger's bounds beside those that trying every number of people gives.

Two kinds: incidents and tolls of all places, periods and statuses (`ledger_worlds`); one incident with its parts beside
tolls (`ledger_families`).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from evals.ledger_families import WHOLE, Family, judge_family
from evals.ledger_worlds import (
    PERIOD_SETS,
    STATE_SETS,
    STATES,
    STATUS_SETS,
    STATUSES,
    Answer,
    Thing,
    World,
    judge,
)
from tallybook.ledger import total

SEED = 6
"""Where the row of random books begins; book N is the same in every run."""
MOST_INCIDENTS, MOST_TOLLS = 2, 3
"""Larger books take the judge minutes each."""
MOST_PEOPLE = 3
"""Greatest low of a number; trying every number stays quick up to here."""


def random_misses(books: int) -> list[str]:
    """Return one line for each of the first `books` random books that the ledger answers otherwise than the judge."""
    return [line for number in range(books) if (line := _miss(number)) is not None]


def random_world(number: int) -> World:
    """Return the random book `number`: up to two incidents, three tolls, one question."""
    draw = Random(f"{SEED} {number}")
    return World(
        tuple(_thing(draw) for _ in range(draw.randint(0, MOST_INCIDENTS))),
        tuple(_thing(draw) for _ in range(draw.randint(0, MOST_TOLLS))),
        draw.choice((None, 0, 1)),
        draw.choice((None, None, *STATES)),
        draw.choice((None, None, *STATUSES)),
    )


def _miss(number: int) -> str | None:
    world = random_world(number)
    told, proved = total(world.book(), world.query()), judge(world)
    if Answer(told.low, told.high) == proved:
        return None
    return f"RANDOM {number}: {_shown(proved.low, proved.high)} tried, {_shown(told.low, told.high)} printed ({world})"


def family_misses(books: int) -> list[str]:
    """Return one line for each of the first `books` random families that the ledger answers otherwise."""
    return [line for number in range(books) if (line := _family_miss(number)) is not None]


def random_family(number: int) -> tuple[Family, Answer]:
    """Return the random family `number` and its judged bounds: an incident with its parts, one or two tolls."""
    draw = Random(f"{SEED} family {number}")
    while True:
        family = _family(draw)
        judged = judge_family(family)
        if judged is not None:
            return family, judged


def _family_miss(number: int) -> str | None:
    family, proved = random_family(number)
    told = total(family.book(), family.world.query())
    if Answer(told.low, told.high) == proved:
        return None
    return f"FAMILY {number}: {_shown(proved.low, proved.high)} tried, {_shown(told.low, told.high)} printed ({family})"


def _family(draw: Random) -> Family:
    told = draw.sample((WHOLE, *STATUSES), draw.randint(1, 3))
    tolls = tuple(_thing(draw) for _ in range(draw.randint(1, 2)))
    world = World((), tolls, draw.choice((None, 0, 1)), draw.choice((None, None, *STATES)), None)
    return Family({group: _number(draw) for group in told}, draw.choice((0, 1)), draw.choice(STATES), world)


def _thing(draw: Random) -> Thing:
    low, high = _number(draw)
    return Thing(draw.choice(PERIOD_SETS), draw.choice(STATE_SETS), draw.choice(STATUS_SETS), low, high)


def _number(draw: Random) -> tuple[int | None, int | None]:
    n = draw.randint(0, MOST_PEOPLE)
    kinds: Sequence[tuple[int | None, int | None]] = ((n, n), (n, n), (n, None), (n, n + 1), (None, n + 1))
    return draw.choice(kinds)


def _shown(low: int | None, high: int | None) -> str:
    return f"{'' if low is None else low}..{'' if high is None else high}"
