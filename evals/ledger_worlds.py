"""Small worlds that can be searched by brute force: the judge of the ledger's bounds.

A world has periods, places and statuses; a person is in one cell of it. Incidents and tolls are put into words as
claims for the ledger, and are kept as sets of cells for the judge. The judge tries every number of people in every
cell; it shares no code with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from evals.ledger_books import Row, Setting, book_of, places_of
from tallybook.ledger import Book
from tallybook.model import Query

Cell = tuple[int, str, str]
Kind = tuple[bool, tuple[bool, ...]]
STATES = ("Xstate", "Ystate")
STATUSES = ("civilian", "combatant")
ELSEWHERE, NEITHER, BETWEEN = "elsewhere", "neither", 9
PERIODS = (("2024-01-01", "2024-01-10"), ("2024-02-01", "2024-02-10"))
LAND = places_of({"Qland": {"precision": "country"}, **{s: {"precision": "admin1"} for s in STATES}})
EVERYWHERE = tuple(product((0, 1, BETWEEN), (*STATES, ELSEWHERE), (*STATUSES, NEITHER)))
"""Beside the two states and statuses that claims name there are others, and time between the periods."""
PERIOD_SETS = ((0,), (1,), (0, 1))
STATE_SETS = (("Xstate",), ("Ystate",), STATES)
STATUS_SETS = (("civilian",), ("combatant",), STATUSES)


@dataclass(frozen=True)
class Thing:
    """An incident or a toll: where, when, who it may be, and the bounds of its number."""

    periods: tuple[int, ...]
    states: tuple[str, ...]
    statuses: tuple[str, ...]
    low: int | None
    high: int | None

    def cells(self) -> frozenset[Cell]:
        states = (*self.states, ELSEWHERE) if len(self.states) > 1 else self.states
        statuses = (*self.statuses, NEITHER) if len(self.statuses) > 1 else self.statuses
        periods = (*self.periods, BETWEEN) if len(self.periods) > 1 else self.periods
        return frozenset(product(periods, states, statuses))

    def words(self) -> str:
        if self.low is None:
            return f"up to {self.high}"
        return f"at least {self.low}" if self.high is None else f"{self.low}-{self.high}"

    def row(self) -> dict[str, object]:
        return {
            "count": self.words(),
            "who": self.statuses[0] if len(self.statuses) == 1 else "unknown",
            "date": f"{PERIODS[self.periods[0]][0]}..{PERIODS[self.periods[-1]][1]}",
            "place": "Qland" if len(self.states) > 1 else self.states[0],
        }


@dataclass(frozen=True)
class World:
    """What a book says, and one question."""

    incidents: tuple[Thing, ...]
    tolls: tuple[Thing, ...]
    period: int | None
    state: str | None
    status: str | None

    def asked(self) -> frozenset[Cell]:
        return frozenset(
            (t, s, w)
            for t, s, w in EVERYWHERE
            if self.period in (None, t) and self.state in (None, s) and self.status in (None, w)
        )

    def rows(self) -> list[Row]:
        made: list[Row] = [
            {"id": f"i{n}", "event": f"e{n}", "origin": f"source {n}", **i.row()} for n, i in enumerate(self.incidents)
        ]
        made += [
            {"id": f"t{n}", "scope": "cumulative", "origin": f"monitor {n}", **t.row()}
            for n, t in enumerate(self.tolls)
        ]
        return made

    def book(self) -> Book:
        return book_of(self.rows(), Setting(LAND))

    def query(self) -> Query:
        window = PERIODS[self.period] if self.period is not None else (None, None)
        return Query("killed", (self.status or "any",), place=self.state, since=window[0], until=window[1])


@dataclass(frozen=True)
class Answer:
    low: int | None
    high: int | None


def judge(world: World) -> Answer:
    """Return the bounds by trying everything."""
    asked = world.asked()
    incidents = {f"i{n}": i for n, i in enumerate(world.incidents) if _kept(i, world)}
    tolls = {f"t{n}": t for n, t in enumerate(world.tolls) if _told_of(t, world)}
    answers = [_answer(incidents, tolls, asked)]
    size = 0
    names = [*incidents, *tolls]
    while not [a for a in answers if a is not None]:
        size += 1
        answers = []
        for gone in combinations(names, size):
            answers.append(
                _answer(
                    {k: v for k, v in incidents.items() if k not in gone},
                    {k: v for k, v in tolls.items() if k not in gone},
                    asked,
                    left_out=_relevant(incidents.values(), _regions(tolls), asked),
                )
            )
    found = [a for a in answers if a is not None]
    lows = [a.low or 0 for a in found] if any(a.low is not None for a in found) else []
    highs = [a.high for a in found if a.high is not None]
    return Answer(min(lows, default=None), max(highs) if highs and len(highs) == len(found) else None)


def _told_of(thing: Thing, world: World) -> bool:
    """Population is no edge of a question: what may be others is left out."""
    return world.status is None or thing.statuses == (world.status,)


def _kept(incident: Thing, world: World) -> bool:
    """An incident that only may match changes no bound; one wholly inside or wholly outside does."""
    if not _told_of(incident, world):
        return False
    cells, asked = incident.cells(), world.asked()
    return cells <= asked or not cells & asked


def _regions(tolls: dict[str, Thing]) -> list[Thing]:
    grouped: dict[tuple[object, ...], list[Thing]] = {}
    for t in tolls.values():
        grouped.setdefault((t.periods, t.states, t.statuses), []).append(t)
    made = []
    for same in grouped.values():
        lows = [t.low for t in same if t.low is not None]
        highs = [t.high for t in same if t.high is not None]
        opened = any(t.high is None for t in same)
        first = same[0]
        made.append(Thing(first.periods, first.states, first.statuses, min(lows, default=None),
                          None if opened else max(highs)))  # fmt: skip
    return made


def _answer(
    incidents: dict[str, Thing], tolls: dict[str, Thing], asked: frozenset[Cell], left_out: bool = False
) -> Answer | None:
    """Return the bounds of what is left; None where it cannot all be true. What says nothing adds nothing."""
    regions = _regions(tolls)
    things = list(incidents.values())
    limit = max([x.low or 0 for x in (*things, *regions)] + [x.high or 0 for x in (*things, *regions)], default=0) + 1
    found = set(sums(things, regions, asked, limit))
    if not found:
        return None
    if not _relevant(things, regions, asked):
        return Answer(None, 0 if left_out else None)
    counted = [i for i in things if i.cells() <= asked] + [r for r in regions if r.cells() <= asked]
    states_low = any(x.low is not None for x in counted)
    lifting = [r if r.cells() <= asked else replace(r, low=None) for r in regions]
    low = min(sums(things, lifting, asked, limit))
    top = max(found)
    opened = any(_grows(c, things, regions) for c in asked) and _unbounded(things, regions, asked, limit, top)
    return Answer(low if low or states_low else None, None if opened else top)


def _relevant(things: Iterable[Thing], regions: Sequence[Thing], asked: frozenset[Cell]) -> bool:
    return any(i.cells() <= asked for i in things) or any(r.cells() & asked for r in regions)


def _grows(cell: Cell, things: Sequence[Thing], regions: Sequence[Thing]) -> bool:
    """Say whether people can be added to a cell without end."""
    over = [r for r in regions if cell in r.cells()]
    if any(r.high is not None for r in over):
        return False
    return bool(over) or any(cell in i.cells() and i.high is None for i in things)


def _unbounded(things: Sequence[Thing], regions: Sequence[Thing], asked: frozenset[Cell], limit: int, top: int) -> bool:
    return max(sums(things, regions, asked, limit + 1)) > top


def sums(things: Sequence[Thing], regions: Sequence[Thing], asked: frozenset[Cell], limit: int) -> Iterator[int]:
    """Yield the number asked for in every way that people can be in cells; cells that nothing tells apart are one."""
    held = [r.cells() for r in regions]
    kind = {c: (c in asked, tuple(c in cells for cells in held)) for c in EVERYWHERE}
    open_kinds = sorted({k for k in kind.values() if any(k[1])})
    for totals, wanted in _recorded(things, kind, len(regions), limit):
        yield from _unrecorded(open_kinds, totals, regions, wanted, limit)


def _recorded(
    things: Sequence[Thing], kind: dict[Cell, Kind], regions: int, limit: int
) -> set[tuple[tuple[int, ...], int]]:
    """Return what each region holds and what is asked for, over all ways to place the people of the incidents."""
    found = {((0,) * regions, 0)}
    for thing in things:
        kinds = sorted({kind[c] for c in thing.cells()})
        high = limit if thing.high is None else thing.high
        ways = [w for n in range(thing.low or 0, high + 1) for w in _shares(n, kinds, regions)]
        found = {
            (tuple(a + b for a, b in zip(totals, more, strict=True)), wanted + extra)
            for totals, wanted in found
            for more, extra in ways
        }
    return found


def _shares(n: int, kinds: Sequence[Kind], regions: int) -> set[tuple[tuple[int, ...], int]]:
    if not kinds:
        return {((0,) * regions, 0)} if n == 0 else set()
    (inside, member), *rest = kinds
    found = set()
    for here in range(n + 1):
        for totals, wanted in _shares(n - here, rest, regions):
            added = tuple(t + (here if m else 0) for t, m in zip(totals, member, strict=True))
            found.add((added, wanted + (here if inside else 0)))
    return found


def _unrecorded(
    kinds: Sequence[Kind], totals: tuple[int, ...], regions: Sequence[Thing], wanted: int, limit: int
) -> Iterator[int]:
    if any(r.high is not None and t > r.high for t, r in zip(totals, regions, strict=True)):
        return
    if not kinds:
        if all((r.low or 0) <= t for t, r in zip(totals, regions, strict=True)):
            yield wanted
        return
    (inside, member), *rest = kinds
    for n in range(limit + 1):
        now = tuple(t + n if m else t for t, m in zip(totals, member, strict=True))
        yield from _unrecorded(rest, now, regions, wanted + (n if inside else 0), limit)
