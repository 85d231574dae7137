"""From the positions of a family to the bounds of its cells.

Within one origin a whole and its parts constrain each other. Across origins a cell spans their positions; parts that
another origin tells give the whole one more position; a part's low is cut to its whole's low.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from tallybook.ledger.bounds import Bounds, hull
from tallybook.ledger.cells import Cell
from tallybook.ledger.families import Family
from tallybook.ledger.positions import ADDED
from tallybook.ledger.samepeople import same_people
from tallybook.ledger.solve import extent, feasible
from tallybook.ledger.system import Disagreement, Row

Own = dict[Cell, Bounds]


@dataclass(frozen=True, slots=True)
class Settled:
    """Bounds of each stated cell, and the rows over atoms that hold between them."""

    boxes: Mapping[Cell, Bounds]
    rows: tuple[Row, ...]
    one_origin: bool
    clashes: tuple[frozenset[str], ...] = field(default=())


def settle(family: Family, without: Collection[str] = ()) -> Settled:
    """Return the bounds of every cell of a family, as if the claims in `without` had not been made.

    Raises: Disagreement if the claims of one origin cannot all be true.
    """
    key = frozenset(without).intersection(family.claims)
    if key not in family.known:
        try:
            family.known[key] = with_names(family, _settled(family, key), key)
        except Disagreement:
            family.known[key] = None
    settled = family.known[key]
    if not isinstance(settled, Settled):
        raise Disagreement
    return settled


def _settled(family: Family, without: Collection[str]) -> Settled:
    told = _told(family, without)
    if len(family.covers) == 1:
        return _one_cell(family, told)
    speakers = {o for by_origin in told.values() for o in by_origin}
    if len(speakers) <= 1:
        return _one_origin(family, told, next(iter(speakers), ""), without)
    return _several(family, told, sorted(speakers), without)


def with_names(family: Family, settled: Settled, without: Collection[str]) -> Settled:
    """Raise the lows of incidents in which more people are named than the tolls have at least.

    A high below the number of the named cannot hold and is open; an incident never has fewer people for its names.
    """
    for here in family.named:
        settled = _raised(family, settled, here.members, here.number(without))
    return settled


def _raised(family: Family, settled: Settled, members: frozenset[int], number: int) -> Settled:
    try:
        low, high = extent(settled.rows, members)
    except Disagreement:
        return settled
    if number <= low:
        return settled
    named, boxes = Row(members, number, None), dict(settled.boxes)
    rows = _opened(settled.rows, named) if high is not None and high < number else (*settled.rows, named)
    for cell in [c for c in boxes if family.covers[c] >= members]:
        least, most = extent(rows, family.covers[cell])
        open_now = most is None or (boxes[cell].high or 0) < least
        boxes[cell] = Bounds(max(boxes[cell].low or 0, least), None if open_now else boxes[cell].high)
    return Settled(boxes, rows, False, settled.clashes)


def _opened(rows: tuple[Row, ...], named: Row) -> tuple[Row, ...]:
    """Add a row of names, and open the highs that it cannot hold beside: those of its own people first."""
    inner = (*(replace(r, high=None) if r.members <= named.members else r for r in rows), named)
    if feasible(inner):
        return inner
    return (*(replace(r, high=None) if r.members & named.members else r for r in rows), named)


def _told(family: Family, without: Collection[str]) -> dict[Cell, dict[str, Bounds]]:
    told: dict[Cell, dict[str, Bounds]] = {}
    for cell, by_origin in family.positions.items():
        stated = {o: p.bounds(without) for o, p in by_origin.items()}
        kept = {o: b for o, b in stated.items() if b is not None}
        if kept:
            told[cell] = kept
    return told


def row(members: frozenset[int], bounds: Bounds) -> Row:
    """Return bounds as a row; a low that nobody stated is no limit."""
    return Row(members, bounds.low or 0, bounds.high)


def _one_cell(family: Family, told: Mapping[Cell, Mapping[str, Bounds]]) -> Settled:
    boxes = {cell: hull(by_origin.values()) for cell, by_origin in told.items()}
    return Settled(boxes, tuple(row(family.covers[c], b) for c, b in boxes.items()), True)


def own_rows(
    family: Family, told: Mapping[Cell, Mapping[str, Bounds]], origin: str, without: Collection[str]
) -> list[Row]:
    """Return what one origin alone says, as rows."""
    rows = [row(family.covers[c], by_origin[origin]) for c, by_origin in told.items() if origin in by_origin]
    return rows + _rest_is_nobody(family, origin, without)


def _rest_is_nobody(family: Family, origin: str, without: Collection[str]) -> list[Row]:
    """Where the words say that the parts make up the whole, nobody is in the whole and in none of them."""
    rows = []
    for (whole, speaker), ids in family.exact.items():
        held = {c: by[speaker].claims for c, by in family.positions.items() if speaker in by}
        if speaker != origin or ids & set(without) or not ids <= {i for claims in held.values() for i in claims}:
            continue
        named = [family.covers[c] for c, claims in held.items() if c != whole and ids & set(claims)]
        rest = family.covers[whole] - frozenset().union(*named)
        if named and rest:
            rows.append(Row(rest, 0, 0))
    return rows


def _derived(rows: list[Row], members: frozenset[int], stated: Bounds) -> Bounds:
    """Tighten one stated cell; a low of 0 that nobody stated stays unstated."""
    low, high = extent(rows, members)
    return Bounds(low if low or stated.low is not None else None, high)


def _one_origin(
    family: Family, told: Mapping[Cell, Mapping[str, Bounds]], origin: str, without: Collection[str]
) -> Settled:
    rows = own_rows(family, told, origin, without)
    boxes = {c: _derived(rows, family.covers[c], by_origin[origin]) for c, by_origin in told.items()}
    return Settled(boxes, tuple(rows), True)


def _several(
    family: Family, told: Mapping[Cell, Mapping[str, Bounds]], speakers: list[str], without: Collection[str]
) -> Settled:
    rows = {o: own_rows(family, told, o, without) for o in speakers}
    own: dict[str, Own] = {
        o: {c: _derived(rows[o], family.covers[c], by[o]) for c, by in told.items() if o in by} for o in speakers
    }
    own, sums, clashes = same_people(family, own, rows, without)
    spoken: dict[Cell, list[Bounds]] = {}
    for told_by in own.values():
        for cell, bounds in told_by.items():
            spoken.setdefault(cell, []).append(bounds)
    hulls = {cell: hull(bounds) for cell, bounds in spoken.items()}
    hulls.update({c: sums[family.covers[c]] for c in hulls if family.covers[c] in sums})
    boxes = dict(hulls)
    voices = {cell: {o for o, told_by in own.items() if cell in told_by} for cell in hulls}
    for cell in sorted(hulls, key=lambda c: (len(family.covers[c]), c)):
        more = [] if family.covers[cell] in sums else _told_by_parts(family, cell, boxes, own, rows, voices)
        if more:
            boxes[cell] = hull([hulls[cell], *(bounds for bounds, _ in more)])
            voices[cell].update(*(tellers for _, tellers in more))
    cut = {c: _cut(family, c, b, hulls) for c, b in boxes.items()}
    cells = [row(family.covers[c], b) for c, b in cut.items()]
    whole = [row(members, b) for members, b in sums.items()]
    return Settled(cut, tuple(cells + whole), False, clashes)


def _cut(family: Family, cell: Cell, bounds: Bounds, hulls: Mapping[Cell, Bounds]) -> Bounds:
    """Cut a part's low to the low that is stated for a whole that contains it."""
    lows = [b.low for c, b in hulls.items() if b.low is not None and family.covers[cell] < family.covers[c]]
    if bounds.low is None or not lows:
        return bounds
    return Bounds(min(bounds.low, *lows), bounds.high)


def _told_by_parts(
    family: Family,
    whole: Cell,
    boxes: Own,
    own: Mapping[str, Own],
    rows: Mapping[str, list[Row]],
    voices: Mapping[Cell, set[str]],
) -> list[tuple[Bounds, set[str]]]:
    """Return the further position that parts told by another origin give a whole, one for each dimension.

    Beside it stand the origins whose words are in it; `voices` has those of every part, also of what its parts added.
    """
    speakers = {o for o, told in own.items() if whole in told}
    inside = [c for c in boxes if family.covers[c] < family.covers[whole]]
    found = []
    for parts in _by_dimension(family, whole, inside).values():
        tellers = {o for p in parts for o in voices[p]}
        if any(tellers - {s} for s in speakers) and any(_toll(family, p) for p in parts):
            found.append((_parts_and_rest(family, whole, parts, boxes, own, rows, sorted(speakers)), tellers))
    return found


def _toll(family: Family, cell: Cell) -> bool:
    """Say whether anybody tells a toll of these people; numbers told as more alone are none."""
    return any(w.claim.change != ADDED for p in family.positions.get(cell, {}).values() for w in p.words)


def _by_dimension(family: Family, whole: Cell, inside: list[Cell]) -> dict[str, list[Cell]]:
    """Sort the parts of a whole by what tells them apart first, and keep the largest of those that nest."""
    grouped: dict[str, list[Cell]] = {}
    for cell in inside:
        more = [a[0] for a in cell.label if a not in whole.label]
        name = "event" if cell.incident != whole.incident else "status" if "status" in more else more[0]
        grouped.setdefault(name, []).append(cell)
    return {
        name: [c for c in cells if not any(family.covers[c] < family.covers[d] for d in cells)]
        for name, cells in grouped.items()
    }


def _parts_and_rest(
    family: Family,
    whole: Cell,
    parts: list[Cell],
    boxes: Own,
    own: Mapping[str, Own],
    rows: Mapping[str, list[Row]],
    speakers: list[str],
) -> Bounds:
    covered = frozenset().union(*(family.covers[p] for p in parts))
    low, high = extent([row(family.covers[p], boxes[p]) for p in parts], covered)
    stated = any(boxes[p].low is not None for p in parts)
    total = Bounds(low if low or stated else None, high)
    naming = [o for o in speakers if all(p in own[o] for p in parts)]
    rest = family.covers[whole] - covered
    if not naming or not rest:
        return total
    return total.plus(hull([_derived(rows[o], rest, own[o][whole]) for o in naming]))
