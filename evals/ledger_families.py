"""Small books of one incident that is told as a whole and parts, beside tolls: judged by trying every number.

One origin tells of the incident: all people, the civilians, the combatants, or some of these. Tolls are those of
`ledger_worlds`. The judge tries every number of civilians, combatants and others that the origin's words allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from evals.ledger_books import Row, Setting, book_of
from evals.ledger_worlds import LAND, STATUSES, Answer, Thing, World, sums
from tallybook.ledger import Book

Bound = tuple[int | None, int | None]
WHOLE = "whole"


@dataclass(frozen=True)
class Family:
    """What one origin says of the incident, where and when it was, and a world of tolls with a question."""

    said: Mapping[str, Bound]
    """Of `whole`, `civilian` and `combatant` those that are told."""
    period: int
    state: str
    world: World

    def book(self) -> Book:
        rows: list[Row] = [self._row(group) for group in self.said]
        return book_of([*rows, *self.world.rows()], Setting(LAND))

    def _row(self, group: str) -> Row:
        row = {"id": group, "event": "e", "origin": "A", **self.thing(group).row()}
        return row | {"part_of": WHOLE, "dimension": "status"} if group != WHOLE and WHOLE in self.said else row

    def thing(self, group: str, exactly: int | None = None) -> Thing:
        statuses = STATUSES if group == WHOLE else (group,)
        low, high = self.said[group] if exactly is None else (exactly, exactly)
        return Thing((self.period,), (self.state,), statuses, low, high)

    def told_numbers(self, limit: int) -> Iterator[tuple[Thing, ...]]:
        """Yield the incident in every way that the words allow; the others are of a status that nobody states."""
        for people in product(range(limit + 1), repeat=3):
            numbers = dict(zip((*STATUSES, WHOLE), people, strict=True))
            unnamed = any(n and group not in self.said for group, n in numbers.items())
            counted = numbers | {WHOLE: sum(people)}
            if not unnamed and all(_allows(told, counted[group]) for group, told in self.said.items()):
                yield tuple(self.thing(group, n) for group, n in numbers.items())


def judge_family(family: Family) -> Answer | None:
    """Return the bounds by trying everything; None where this judge does not decide.

    It does not where two tolls make one region, or where the claims cannot all be true.
    """
    tolls, asked = family.world.tolls, family.world.asked()
    stated = [n for told in (*family.said.values(), *((t.low, t.high) for t in tolls)) for n in told if n is not None]
    limit = max(stated, default=0) + 1
    allowed = _sums(family, tolls, limit)
    if not allowed or len({(t.periods, t.states, t.statuses) for t in tolls}) < len(tolls):
        return None
    inside = family.world.period in (None, family.period) and family.world.state in (None, family.state)
    if not inside and not any(t.cells() & asked for t in tolls):
        return Answer(None, None)
    lifting = [t if t.cells() <= asked else replace(t, low=None) for t in tolls]
    low = min(_sums(family, lifting, limit))
    told = [*lifting, *(family.thing(group) for group in family.said if inside)]
    states_low = any(t.low is not None for t in told)
    grows = max(_sums(family, tolls, limit + 1)) > max(allowed)
    return Answer(low if low or states_low else None, None if grows else max(allowed))


def _sums(family: Family, tolls: Sequence[Thing], limit: int) -> set[int]:
    asked = family.world.asked()
    return {n for incident in family.told_numbers(limit) for n in sums(incident, tolls, asked, limit)}


def _allows(told: Bound, n: int) -> bool:
    return (told[0] or 0) <= n and (told[1] is None or n <= told[1])
