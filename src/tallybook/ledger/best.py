"""Which number a policy would print. It never moves low or high."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.components import Asked, Component
from tallybook.ledger.positions import Position
from tallybook.model import Query
from tallybook.model.moments import by_day, key

Choice = Callable[[Sequence[Position]], int | None]


def value(position: Position) -> int | None:
    """Return a position's exact value, its low if it is open above, its high if it is open below.

    Of a range that is closed on both sides the low is taken; None where no number is stated.
    """
    bounds = position.bounds()
    if bounds is None:
        return None
    return bounds.high if bounds.low is None else bounds.low


def policy(query: Query) -> Choice:
    """Return the choice that a query's policy makes among the positions of one cell. Ties take the smaller number."""
    if query.policy == "lowest":
        return lambda positions: min(_values(positions), default=None)
    if query.policy == "median":
        return _median
    if query.policy == "origin-ranked":
        return lambda positions: _ranked(positions, query.origins)
    return _latest


def _values(positions: Iterable[Position]) -> list[int]:
    return sorted(v for v in map(value, positions) if v is not None)


def _median(positions: Sequence[Position]) -> int | None:
    values = _values(positions)
    return values[(len(values) - 1) // 2] if values else None


def _latest(positions: Sequence[Position]) -> int | None:
    told = [p for p in positions if value(p) is not None]
    dated = [p for p in told if p.at is not None]
    if not dated:
        return min(_values(told), default=None)
    days = by_day(p.at for p in dated)
    times = {p.origin: key(p.at, days) for p in dated if p.at is not None}
    newest = max(times.values())
    return min(_values(p for p in dated if times[p.origin] == newest))


def _ranked(positions: Sequence[Position], origins: Sequence[str]) -> int | None:
    told = {p.origin: p for p in positions if value(p) is not None}
    first = next((o for o in origins if o in told), None)
    return value(told[first]) if first else _latest(positions)


def best(components: Iterable[Component], bounds: Sequence[Bounds], choose: Choice) -> int | None:
    """Sum the chosen numbers over all components, each moved into its bounds; None where nothing is stated."""
    sums = [_moved(_chosen(c, choose), b) for c, b in zip(components, bounds, strict=True)]
    known = [s for s in sums if s is not None]
    return sum(known) if known else None


def _moved(number: int | None, bounds: Bounds) -> int | None:
    if number is None:
        return bounds.low if bounds.low is not None else bounds.high
    low = bounds.low or 0
    return max(low, number if bounds.high is None else min(number, bounds.high))


def _chosen(component: Component, choose: Choice) -> int | None:
    """Return the sum over incidents, or what a toll and the incidents outside it say, whichever is more."""
    numbers = [_of_family(f, choose) for f in component.families]
    known = [n for n in numbers if n is not None]
    for toll in component.tolls:
        told = choose(toll.region.positions) if toll.inside else None
        if told is not None:
            outside = [n for n, f in zip(numbers, component.families, strict=True) if n and component.outside(f, toll)]
            known = [max(sum(known), told + sum(outside))]
    return sum(known) if known else None


def _of_family(asked: Asked, choose: Choice) -> int | None:
    """Return the sum over the largest cells that the question asks for."""
    covers = asked.family.covers
    largest = [c for c in asked.passing if not any(covers[c] < covers[d] for d in asked.passing)]
    numbers = [choose(tuple(asked.family.positions[c].values())) for c in sorted(largest)]
    known = [n for n in numbers if n is not None]
    return sum(known) if known else None
