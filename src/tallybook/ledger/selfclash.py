"""Where an origin contradicts itself: the smallest sets to leave out, found origin by origin.

What one origin says of groups of people that nothing connects is checked by itself, so that a search looks at the
few statements that clash, not at all that are told of an incident.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from math import comb, prod

from tallybook.ledger.bounds import Bounds, hull
from tallybook.ledger.cells import Cell
from tallybook.ledger.families import Family
from tallybook.ledger.settle import Settled, own_rows, row, settle
from tallybook.ledger.solve import components, extent, feasible
from tallybook.ledger.system import Disagreement, Row

Statement = tuple[str, ...]
MOST_TRIES = 20_000
"""Sets of statements of one size that are tried where one origin contradicts itself."""
MOST_SETS = 1_000
"""Smallest sets that are listed of one family. Above it each group of clashing statements varies in turn while the
others stay at their first choice, so that every choice is still in one set."""


@dataclass(frozen=True, slots=True)
class Strand:
    """What one origin says of people who are connected: its cells, and the statements that make them."""

    family: Family
    origin: str
    cells: tuple[Cell, ...]
    members: frozenset[int]
    statements: frozenset[Statement]

    def holds(self, without: Collection[str] = ()) -> bool:
        """Say whether it can all be true when some claims are left out."""
        told = {}
        for cell in self.cells:
            bounds = self.family.positions[cell][self.origin].bounds(without)
            if bounds is not None:
                told[cell] = {self.origin: bounds}
        rows = own_rows(self.family, told, self.origin, without)
        return feasible([r for r in rows if r.members <= self.members])


def agreeing_origins(families: Iterable[Family]) -> Callable[[Collection[str]], bool]:
    """Return a quick test that every set which restores agreement passes: each origin agrees with itself.

    Only the strands that clash as they stand are looked at, so that what passes may still clash.
    """
    strands = [
        strand for family in families if len(family.covers) > 1 for strand in _strands(family) if not strand.holds()
    ]
    told = [frozenset(chain(*strand.statements)) for strand in strands]
    known: dict[tuple[int, frozenset[str]], bool] = {}

    def agree(without: Collection[str]) -> bool:
        for number, strand in enumerate(strands):
            key = (number, told[number].intersection(without))
            if key not in known:
                known[key] = strand.holds(key[1])
            if not known[key]:
                return False
        return True

    return agree


def own_sets(family: Family, gone: Collection[str] = ()) -> tuple[Statement, ...]:
    """Return the smallest sets whose removal lets each origin agree with itself, as sorted claim ids, in their order.

    The claims in `gone` are left out already. None where every origin agrees, or where the statements that clash are
    too many to try. Computed once for a family.
    """
    left_out = family.claims.intersection(gone)
    key = ("smallest sets", left_out)
    if key not in family.known:
        family.known[key] = _own_sets(family, left_out)
    found = family.known[key]
    assert isinstance(found, tuple)
    return found


def span(family: Family, sets: Iterable[Collection[str]]) -> Settled:
    """Return the bounds that each cell of a family gets over all ways to make it agree."""
    told: dict[Cell, list[Bounds]] = {}
    for gone in sets:
        settled = settle(family, gone)
        stated = frozenset().union(*(family.covers[c] for c in settled.boxes))
        for cell, members in family.covers.items():
            told.setdefault(cell, []).append(Bounds(*extent(settled.rows, members & stated)))
    boxes = {cell: hull(bounds) for cell, bounds in told.items()}
    return Settled(boxes, tuple(row(family.covers[c], b) for c, b in boxes.items()), False)


def contradicts(family: Family, without: Collection[str]) -> bool:
    """Say whether origins contradict themselves in what is left of a family, in few enough ways to span."""
    try:
        settle(family, without)
    except Disagreement:
        return bool(own_sets(family, without))
    return False


def spanned(family: Family, without: Collection[str]) -> Settled:
    """Settle what is left of a family, and span the ways to make that agree where it still contradicts itself.

    Raises: Disagreement where there are too many ways to try, or no origin contradicts itself.
    """
    gone = family.claims.intersection(without)
    key = ("spanned", gone)
    if key not in family.known:
        try:
            family.known[key] = settle(family, gone)
        except Disagreement:
            sets = own_sets(family, gone)
            family.known[key] = span(family, [gone.union(s) for s in sets]) if sets else None
    settled = family.known[key]
    if not isinstance(settled, Settled):
        raise Disagreement
    return settled


def _own_sets(family: Family, gone: frozenset[str]) -> tuple[Statement, ...]:
    groups = [g for g in _groups(list(_strands(family))) if not all(s.holds(gone) for s in g)]
    choices = [_choices(g, gone) for g in groups]
    if not choices or not all(choices):
        return ()
    sets = {tuple(sorted(chain(*some))) for some in _combined(choices)}
    return tuple(sorted(sets))


def _combined(choices: Sequence[Sequence[Statement]]) -> Iterable[tuple[Statement, ...]]:
    if prod(len(c) for c in choices) <= MOST_SETS:
        return product(*choices)
    first = [c[0] for c in choices]
    return ((*first[:i], one, *first[i + 1 :]) for i, c in enumerate(choices) for one in c)


def _strands(family: Family) -> Iterator[Strand]:
    for origin in family.origins:
        cells = [c for c, by in family.positions.items() if origin in by]
        rows = [Row(family.covers[c]) for c in cells]
        for members in components(rows, frozenset().union(*(r.members for r in rows))):
            mine = tuple(c for c in cells if family.covers[c] & members)
            told = frozenset(s for c in mine for s in family.positions[c][origin].statements())
            yield Strand(family, origin, mine, members, told)


def _groups(strands: Sequence[Strand]) -> list[list[Strand]]:
    """Group strands that share a statement: leaving it out changes all of them."""
    number = {s: i for i, s in enumerate(sorted({s for strand in strands for s in strand.statements}))}
    rows = [Row(frozenset(number[s] for s in strand.statements)) for strand in strands]
    return [
        [strand for strand, row in zip(strands, rows, strict=True) if row.members & members]
        for members in components(rows, number.values())
    ]


def _choices(group: Sequence[Strand], gone: frozenset[str]) -> tuple[Statement, ...]:
    """Return the sets of fewest statements that let a group agree; none where there are too many to try."""
    pool = sorted({s for strand in group for s in strand.statements if not gone.issuperset(s)})
    for size in range(1, len(pool) + 1):
        if comb(len(pool), size) > MOST_TRIES:
            break
        sets = (tuple(sorted(chain(*some))) for some in islice(combinations(pool, size), MOST_TRIES))
        found = tuple(ids for ids in sets if all(s.holds(gone.union(ids)) for s in group))
        if found:
            return found
    return ()
