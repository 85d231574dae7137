"""Whether the claims of a component can all be true, answered faster than its bounds.

People who may be in no toll at all stand in nobody's way, and whom tolls count beyond them may be unrecorded. So only
incidents that must lie in some toll are looked at, with the tolls: a small system, however large the component.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.components import Component, sum_of
from tallybook.ledger.settle import Settled
from tallybook.ledger.solve import connected, feasible, feasible_together
from tallybook.ledger.system import Bits, Disagreement, Row, bits

Mask = Bits
"""A set of tolls."""
Options = frozenset[Mask]
NOWHERE = 0
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Forced:
    """The people of a family of whom some must be in a toll, as rows over (atom, tolls)."""

    rows: tuple[tuple[frozenset[tuple[int, Mask]], int, int | None], ...] = ()
    lump: Bounds | None = None
    options: Options = frozenset()


class _Unsure(Exception):
    """The small system cannot tell."""


@dataclass(slots=True)
class _System:
    """Columns and rows under construction."""

    masks: list[Mask] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, mask: Mask) -> int:
        self.masks.append(mask)
        return len(self.masks) - 1


class Possible:
    """Tells of one component whether what is left of its claims can be true. Exact; much is kept between calls."""

    def __init__(self, component: Component) -> None:
        self._component = component
        self._tolls = component.tolls
        self._unrecorded = frozenset(bits(m) for m, _ in component.unrecorded)
        self._options = [
            tuple(frozenset(map(bits, component.memberships(r))) for r in asked.reaches) for asked in component.families
        ]
        self._reached = [_union(chain.from_iterable(atoms)) for atoms in self._options]
        held: set[Mask] = set().union(*(o for atoms in self._options for o in atoms))
        self._beyond = frozenset(held - self._unrecorded - {NOWHERE})
        self._family_of: dict[str, list[int]] = {}
        for i, asked in enumerate(component.families):
            for claim in asked.family.claims:
                self._family_of.setdefault(claim, []).append(i)
        self._forced: dict[tuple[int, frozenset[str], Mask], _Forced | None] = {}

    def __call__(self, without: Collection[str] = ()) -> bool:
        """Say whether the component's claims can all be true when some are left out."""
        try:
            return self._sure(without)
        except _Unsure:
            return self._in_full(without)

    def _in_full(self, without: Collection[str]) -> bool:
        try:
            self._component.answer(without)
        except Disagreement:
            return False
        return True

    def _sure(self, without: Collection[str]) -> bool:
        if not self._tolls or (without and not self._component.speaks(without)):
            raise _Unsure
        told = [t.region.bounds(without) for t in self._tolls]
        standing = sum(1 << i for i, b in enumerate(told) if b is not None)
        try:
            forced = self._all_forced(without, standing)
        except Disagreement:
            return False
        rows = self._rows(told, standing, forced, frozenset())
        if feasible_together(rows):
            return True
        if self._beyond and feasible_together(self._rows(told, standing, forced, self._beyond)):
            raise _Unsure
        if not all(t.inside for i, t in enumerate(self._tolls) if standing >> i & 1):
            raise _Unsure
        return False

    def _all_forced(self, without: Collection[str], standing: Mask) -> list[_Forced]:
        gone: dict[int, set[str]] = {}
        for claim in without:
            for i in self._family_of.get(claim, ()):
                gone.setdefault(i, set()).add(claim)
        found = []
        for i, reached in enumerate(self._reached):
            key = (i, frozenset(gone[i]) if i in gone else NOTHING, standing & reached)
            if key not in self._forced:
                self._forced[key] = self._force(*key)
            forced = self._forced[key]
            if forced is not None:
                found.append(forced)
        return found

    def _force(self, index: int, gone: frozenset[str], standing: Mask) -> _Forced | None:
        everyone = [frozenset(m & standing for m in o) for o in self._options[index]]
        if all(NOWHERE in o for o in everyone) and self._component.spans(index, gone):
            return None
        settled = self._component.settled(index, gone)
        asked = self._component.families[index]
        family, wanted = asked.family, asked.still_wanted(settled)
        stated = frozenset().union(*(family.covers[c] for c in settled.boxes))
        options = {a: everyone[a] for a in stated}
        try:
            several = len({(self._options[index][a], a in wanted) for a in stated}) > 1
            lump = None if several else Bounds(*sum_of(family, settled, stated))
        except Disagreement:
            raise _Unsure from None
        if all(NOWHERE in o for o in options.values()):
            if several and not feasible(settled.rows):
                raise _Unsure if feasible(connected(settled.rows, wanted & stated)) else Disagreement
            return None
        if lump is not None:
            return _Forced(lump=lump, options=next(iter(options.values())))
        return _Forced(rows=_pieces(settled, options))

    def _rows(
        self, told: Sequence[Bounds | None], standing: Mask, forced: Iterable[_Forced], more: frozenset[Mask]
    ) -> list[Row]:
        system = _System()
        for mask in sorted({m & standing for m in (*self._unrecorded, *more)} - {NOWHERE}):
            system.column(mask)
        lumps: dict[Options, Bounds] = {}
        for one in forced:
            if one.lump is not None:
                lumps[one.options] = lumps[one.options].plus(one.lump) if one.options in lumps else one.lump
            _add_pieces(system, one)
        for options, bounds in lumps.items():
            members = frozenset(system.column(m) for m in options)
            system.rows.append(Row(members, bounds.low or 0, bounds.high))
        holding = _columns_of(system.masks, len(told))
        for toll, members in zip(told, holding, strict=True):
            if toll is not None and members:
                system.rows.append(Row(members, toll.low or 0, toll.high))
        return system.rows


def _columns_of(masks: Sequence[Mask], tolls: int) -> list[frozenset[int]]:
    """Return, for each toll, the columns whose mask holds it."""
    size = (tolls + 7) // 8
    packed = np.frombuffer(b"".join(m.to_bytes(size, "little") for m in masks), dtype=np.uint8)
    bits = np.unpackbits(packed.reshape(len(masks), size), axis=1, bitorder="little")
    return [frozenset(np.flatnonzero(bits[:, i]).tolist()) for i in range(tolls)]


def _pieces(
    settled: Settled, options: dict[int, Options]
) -> tuple[tuple[frozenset[tuple[int, Mask]], int, int | None], ...]:
    """Write the rows of a family over its people; those who may be nowhere are nowhere."""
    able = {a: (frozenset({NOWHERE}) if NOWHERE in o else o) for a, o in options.items()}
    return tuple(
        (frozenset((a, m) for a in row.members if a in able for m in able[a]), row.low, row.high)
        for row in settled.rows
    )


def _add_pieces(system: _System, forced: _Forced) -> None:
    columns: dict[tuple[int, Mask], int] = {}
    for pieces, low, high in forced.rows:
        for piece in sorted(pieces - columns.keys()):
            columns[piece] = system.column(piece[1])
        system.rows.append(Row(frozenset(columns[p] for p in pieces), low, high))


def _union(masks: Iterable[Mask]) -> Mask:
    found = NOWHERE
    for mask in masks:
        found |= mask
    return found
