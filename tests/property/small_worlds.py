"""Small worlds that can be searched by brute force: the judge of the ledger's bounds.

A world has periods, places and statuses; a person is in one cell of it. Incidents and tolls are put into words as
claims for the ledger, and are kept as sets of cells for the judge. The judge tries every number of people in every
cell; it shares no code with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from tallybook.ledger import Book
from tallybook.model import Claim, DateRange, Place, Query
from tests.unit.factories import book, claim, place, toll

Cell = tuple[int, str, str]
STATES = ("Xstate", "Ystate")
STATUSES = ("civilian", "combatant")
PERIODS = (("2024-01-01", "2024-01-10"), ("2024-02-01", "2024-02-10"))
LOW, HIGH = int, int | None


@dataclass(frozen=True)
class Thing:
    """An incident or a toll: where, when, who it may be, and the bounds of its number."""

    periods: tuple[int, ...]
    states: tuple[str, ...]
    statuses: tuple[str, ...]
    low: int | None
    high: int | None

    def cells(self) -> frozenset[Cell]:
        return frozenset(product(self.periods, self.states, self.statuses))

    def words(self) -> str:
        if self.low is None:
            return f"up to {self.high}"
        return f"at least {self.low}" if self.high is None else f"{self.low}-{self.high}"

    def date(self) -> DateRange:
        return DateRange(PERIODS[self.periods[0]][0], PERIODS[self.periods[-1]][1], "range")

    def where(self) -> Place:
        if len(self.states) > 1:
            return place("Qland", precision="country")
        return place(self.states[0], precision="admin1")

    def who(self) -> str:
        return self.statuses[0] if len(self.statuses) == 1 else "unknown"


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
            for t, s, w in product(range(len(PERIODS)), STATES, STATUSES)
            if self.period in (None, t) and self.state in (None, s) and self.status in (None, w)
        )

    def claims(self) -> list[Claim]:
        made = [
            claim(f"i{n}", i.words(), i.who(), event=f"e{n}", date=i.date(), place=i.where(), origin=f"source {n}")
            for n, i in enumerate(self.incidents)
        ]
        for n, t in enumerate(self.tolls):
            window = t.date()
            made.append(toll(f"t{n}", t.words(), window.start, window.end, who=t.who(), place=t.where(),
                             origin=f"monitor {n}"))  # fmt: skip
        return made

    def book(self) -> Book:
        known = [claim(f"k{s}", "1", measure="missing", event=f"k{s}", place=place(s, precision="admin1")) for s in STATES]
        return book([*self.claims(), *known])

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
    sums = set(_sums(things, regions, asked, limit))
    if not sums:
        return None
    if not _relevant(things, regions, asked):
        return Answer(None, 0 if left_out else None)
    counted = [i for i in things if i.cells() <= asked] + [r for r in regions if r.cells() <= asked]
    states_low = any(x.low is not None for x in counted)
    lifting = [r if r.cells() <= asked else replace(r, low=None) for r in regions]
    low = min(_sums(things, lifting, asked, limit))
    top = max(sums)
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


def _unbounded(
    things: Sequence[Thing], regions: Sequence[Thing], asked: frozenset[Cell], limit: int, top: int
) -> bool:
    return max(_sums(things, regions, asked, limit + 1)) > top


def _sums(things: Sequence[Thing], regions: Sequence[Thing], asked: frozenset[Cell], limit: int) -> Iterator[int]:
    """Yield the number asked for in every way that people can be in cells."""
    cells = sorted(product(range(len(PERIODS)), STATES, STATUSES))
    for recorded in _recorded(things, cells, limit):
        yield from _unrecorded(recorded, regions, cells, asked, limit)


def _recorded(things: Sequence[Thing], cells: Sequence[Cell], limit: int) -> Iterator[dict[Cell, int]]:
    options = []
    for thing in things:
        high = limit if thing.high is None else thing.high
        options.append([s for n in range(thing.low or 0, high + 1) for s in _shares(n, sorted(thing.cells()))])
    seen = set()
    for chosen in product(*options):
        people = dict.fromkeys(cells, 0)
        for share in chosen:
            for cell, n in share.items():
                people[cell] += n
        key = tuple(people.values())
        if key not in seen:
            seen.add(key)
            yield people


def _shares(n: int, cells: Sequence[Cell]) -> Iterator[dict[Cell, int]]:
    if len(cells) == 1:
        yield {cells[0]: n}
        return
    for here in range(n + 1):
        for rest in _shares(n - here, cells[1:]):
            yield {cells[0]: here, **rest}


def _unrecorded(
    recorded: dict[Cell, int], regions: Sequence[Thing], cells: Sequence[Cell], asked: frozenset[Cell], limit: int
) -> Iterator[int]:
    holding = [(r.low or 0, r.high, r.cells()) for r in regions]
    base = [sum(recorded[c] for c in held) for _, _, held in holding]
    if any(high is not None and b > high for b, (_, high, _) in zip(base, holding, strict=True)):
        return
    open_cells = [c for c in cells if any(c in held for _, _, held in holding)]
    merged: dict[tuple[bool, tuple[bool, ...]], None] = {}
    for c in open_cells:
        merged[c in asked, tuple(c in held for _, _, held in holding)] = None
    yield from _fill(list(merged), base, holding, sum(recorded[c] for c in asked), limit)


def _fill(
    kinds: list[tuple[bool, tuple[bool, ...]]],
    totals: list[int],
    holding: list[tuple[int, int | None, frozenset[Cell]]],
    wanted: int,
    limit: int,
) -> Iterator[int]:
    if not kinds:
        if all(low <= t for t, (low, _, _) in zip(totals, holding, strict=True)):
            yield wanted
        return
    (inside, member), *rest = kinds
    for n in range(limit + 1):
        now = [t + n if m else t for t, m in zip(totals, member, strict=True)]
        if any(high is not None and t > high for t, (_, high, _) in zip(now, holding, strict=True)):
            return
        yield from _fill(rest, now, holding, wanted + (n if inside else 0), limit)
