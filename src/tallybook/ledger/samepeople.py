"""When two origins give the same people different statuses.

If one denies the status that the other gives, or both give one number to different statuses, each origin's word is
one position over all statuses: nothing where it names none, and the sum is the hull of the origins' own sums.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tallybook.ledger.bounds import Bounds, hull
from tallybook.ledger.cells import STATUSES, Cell
from tallybook.ledger.families import Family
from tallybook.ledger.positions import NOBODY, Position
from tallybook.ledger.solve import extent
from tallybook.ledger.system import Row
from tallybook.model import Count

Own = dict[Cell, Bounds]
Sums = dict[frozenset[int], Bounds]
"""People of an incident to the hull of what each origin sums up of them."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What one origin says of the statuses of one incident."""

    origin: str
    stated: Mapping[str, Bounds]
    number: Mapping[str, int | None]
    denied: frozenset[str]
    claims: frozenset[str]


def same_people(
    family: Family, own: Mapping[str, Own], rows: Mapping[str, list[Row]], without: Collection[str]
) -> tuple[dict[str, Own], Sums, tuple[frozenset[str], ...]]:
    """Return what each origin says once clashes over status are seen, the sums they fix, and the clashing claims."""
    spread = {origin: dict(told) for origin, told in own.items()}
    sums: Sums = {}
    clashes = []
    for incident in family.incidents:
        words = [_word(family, incident, o, told, rows[o], without) for o, told in own.items()]
        naming = [w for w in words if w.stated]
        clashing = [(a, b) for i, a in enumerate(naming) for b in naming[i + 1 :] if _clash(a, b) or _clash(b, a)]
        if clashing:
            clashes.append(frozenset().union(*(a.claims | b.claims for a, b in clashing)))
            _spread(family, incident, [w.origin for w in naming], spread)
            of_statuses = [c for c in family.covers if c.incident == incident and _status(c)]
            sums.update([_sum(family, of_statuses, {w.origin: own[w.origin] for w in naming}, rows)])
            sums.update([_sum(family, [c for c in family.covers if c.incident == incident], own, rows)])
    return spread, sums, tuple(clashes)


def _status(cell: Cell) -> str | None:
    return next((value[0] for name, value in cell.label if name == "status"), None)


def _word(family: Family, incident: str, origin: str, told: Own, rows: list[Row], without: Collection[str]) -> _Word:
    mine = [c for c in told if c.incident == incident and _status(c)]
    stated, number, denied = {}, {}, set()
    claims: set[str] = set()
    for status in STATUSES:
        cells = [c for c in mine if _status(c) == status]
        if not cells:
            continue
        stated[status] = Bounds(*extent(rows, frozenset().union(*(family.covers[c] for c in cells))))
        positions = [family.positions[c][origin] for c in cells]
        claims.update(i for p in positions for i in p.claims if i not in without)
        number[status] = _number(positions)
        if all(w.claim.measure is None for p in positions for w in p.words):
            denied.add(status)
    return _Word(origin, stated, number, frozenset(denied), frozenset(claims))


def _number(positions: list[Position]) -> int | None:
    """Return the number that the words name, whatever stands before it; None for vague words and for several."""
    named = {_named(w.claim.count) for p in positions for w in p.words}
    return named.pop() if len(named) == 1 and len(positions) == 1 else None


def _named(count: Count | None) -> int | None:
    if count is None or count.modifier in ("vague", "between"):
        return None
    low = count.low if count.modifier != "more_than" or count.low is None else count.low - 1
    return low if low is not None else count.high


def _clash(a: _Word, b: _Word) -> bool:
    """Say whether `b` denies a status that `a` gives, or gives its number to another status that `a` does not name."""
    if any(s in a.stated and s not in a.denied for s in b.denied):
        return True
    return any(
        a.number[s] is not None and a.number[s] == b.number[t] and t not in a.stated and s not in b.stated
        for s in a.stated
        for t in b.stated
        if s != t
    )


def _spread(family: Family, incident: str, origins: list[str], spread: dict[str, Own]) -> None:
    """Let each origin that names a status say 0 of those it does not name."""
    cells = [c for c in family.positions if c.incident == incident and _status(c)]
    for origin in origins:
        named = {_status(c) for c in spread[origin] if c.incident == incident}
        for cell in cells:
            if cell not in spread[origin] and _status(cell) not in named:
                spread[origin][cell] = NOBODY


def _sum(
    family: Family, cells: list[Cell], own: Mapping[str, Own], rows: Mapping[str, list[Row]]
) -> tuple[frozenset[int], Bounds]:
    """Return the people of some cells and the hull of what each origin that names one of them sums up."""
    covered = {c: family.covers[c] for c in cells}
    sums = []
    for origin, told in own.items():
        mine = [covered[c] for c in told if c in covered]
        if mine:
            sums.append(Bounds(*extent(rows[origin], frozenset().union(*mine))))
    return frozenset().union(*covered.values()), hull(sums)
