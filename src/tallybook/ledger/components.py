"""What hangs together in one question: families of incidents and the tolls that may count them.

A component is solved by itself; the figure is the sum over components.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.cells import Cell
from tallybook.ledger.families import Family
from tallybook.ledger.membership import Membership, Overlaps, TooMany
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.regions import Region
from tallybook.ledger.selfclash import contradicts, spanned
from tallybook.ledger.settle import Settled, settle
from tallybook.ledger.solve import extent
from tallybook.ledger.system import Row


@dataclass(frozen=True, slots=True)
class Asked:
    """A family as one question sees it."""

    family: Family
    reaches: tuple[Reach, ...]
    """What is known of the people of each atom."""
    wanted: frozenset[int]
    """Atoms that the question sums up; empty for a family that only bounds others."""
    passing: frozenset[Cell]

    def still_wanted(self, settled: Settled) -> frozenset[int]:
        """Return the wanted atoms of cells that somebody still states once claims are left out."""
        told = [self.family.covers[c] for c in self.passing if c in settled.boxes]
        return self.wanted & frozenset().union(*told)


@dataclass(frozen=True, slots=True)
class Toll:
    """A region as one question sees it: inside (its low counts), meeting it, or only bounding from outside."""

    region: Region
    inside: bool
    meets: bool = True


class Component:
    """Families and tolls that bound each other."""

    def __init__(self, families: Sequence[Asked], tolls: Sequence[Toll], asked: Reach, world: World) -> None:
        self.families = tuple(families)
        self.tolls = tuple(tolls)
        self._overlaps = Overlaps([t.region.reach for t in tolls], asked, world) if tolls else None
        self._full: dict[int, Settled] = {}
        self._spanned: set[int] = set()
        self.asked = asked
        self.world = world

    @cached_property
    def claims(self) -> frozenset[str]:
        """Ids of all claims that are positions in it."""
        told = [f.family.claims for f in self.families] + [frozenset(t.region.claims()) for t in self.tolls]
        return frozenset().union(*told)

    @property
    def contributes(self) -> bool:
        """Say whether anybody here may be asked for."""
        return any(f.wanted for f in self.families) or any(t.meets for t in self.tolls)

    @cached_property
    def statements(self) -> list[tuple[str, ...]]:
        """Return what can be left out when claims clash: each statement with all claims that repeat it, sorted."""
        told = [p for f in self.families for by in f.family.positions.values() for p in by.values()]
        told += [p for t in self.tolls for p in t.region.positions]
        return sorted({s for p in told for s in p.statements()})

    def settled(self, index: int, without: Collection[str] = ()) -> Settled:
        """Return the bounds of the cells of one family.

        Raises: Disagreement if the claims of one of its origins cannot all be true.
        """
        family = self.families[index].family
        if without and not family.claims.isdisjoint(without):
            return spanned(family, without) if index in self._spanned else settle(family, without)
        if index not in self._full:
            self._full[index] = settle(family)
        return self._full[index]

    def span(self, index: int, settled: Settled) -> None:
        """Put bounds in the place of those of a family whose own claims cannot all be true."""
        self._full[index] = settled
        self._spanned.add(index)

    def is_spanned(self, index: int) -> bool:
        """Say whether bounds stand in the place of a family whose own claims cannot all be true."""
        return index in self._spanned

    def spans(self, index: int, without: Collection[str]) -> bool:
        """Say whether the bounds of a family span the ways to make it agree; then each way fulfils them."""
        return index in self._spanned and contradicts(self.families[index].family, without)

    def answer(self, without: Collection[str] = ()) -> Bounds:
        """Return the least and the greatest sum that the question gets here, leaving out some claims.

        The low is None where nothing that is counted states one.

        Raises: Disagreement if the claims that are left cannot all be true.
        """
        if without and not self.speaks(without):
            for index in range(len(self.families)):
                self.settled(index, without)
            return Bounds(None, 0)
        if not self.tolls:
            low, high = self._alone(without)
        else:
            low, high = extent(*_Builder(self, without, lifting=False).build())
            if not all(t.inside for t in self.tolls):
                low, _ = extent(*_Builder(self, without, lifting=True).build())
        return Bounds(low if low or self.states_low(without) else None, high)

    def speaks(self, without: Collection[str]) -> bool:
        """Say whether any claim that is left speaks of people whom the question asks for."""
        if any(t.meets and t.region.bounds(without) is not None for t in self.tolls):
            return True
        return any(
            p.bounds(without) is not None
            for asked in self.families
            for cell in asked.passing
            for p in asked.family.positions[cell].values()
        )

    def _alone(self, without: Collection[str]) -> tuple[int, int | None]:
        total, top = 0, 0
        open_above = False
        for index, asked in enumerate(self.families):
            settled = self.settled(index, without)
            low, high = sum_of(asked.family, settled, asked.still_wanted(settled))
            total += low
            open_above = open_above or high is None
            top += high or 0
        return total, None if open_above else top

    def memberships(self, reach: Reach) -> frozenset[Membership]:
        """Return in which tolls people of an incident may be; in none or in all where there are too many ways."""
        if self._overlaps is None:
            return frozenset([frozenset()])
        try:
            return self._overlaps.of(reach)
        except TooMany:
            every = range(len(self.tolls))
            return frozenset([frozenset(), frozenset(every), *(frozenset({i}) for i in every)])

    @cached_property
    def unrecorded(self) -> tuple[tuple[Membership, bool], ...]:
        """In which tolls people may be whom no incident records, and whether the question asks for them."""
        if self._overlaps is None:
            return ()
        try:
            return self._overlaps.unrecorded
        except TooMany:
            return tuple(_widest(self.tolls))

    def outside(self, asked: Asked, toll: Toll) -> bool:
        """Say whether all people of a family provably lie outside a toll."""
        return all(self.world.inside(r, toll.region.reach) is Inside.NO for r in asked.reaches)

    def states_low(self, without: Collection[str] = ()) -> bool:
        """Say whether a counted claim states a lower bound."""
        for toll in self.tolls:
            bounds = toll.region.bounds(without)
            if toll.inside and bounds is not None and bounds.low is not None:
                return True
        for index, asked in enumerate(self.families):
            boxes = self.settled(index, without).boxes
            if any(c in boxes and boxes[c].low is not None for c in asked.passing):
                return True
        return False


def sum_of(family: Family, settled: Settled, wanted: frozenset[int]) -> tuple[int, int | None]:
    """Return the bounds of some people of a family: a cell's own where a cell is just these.

    Raises: Disagreement if the rows of the family cannot all hold.
    """
    if not settled.one_origin or len(family.covers) == 1:
        for cell, members in family.covers.items():
            if members == wanted and cell in settled.boxes:
                box = settled.boxes[cell]
                return box.low or 0, box.high
    stated = frozenset().union(*(family.covers[c] for c in settled.boxes))
    return extent(settled.rows, wanted & stated)


class _Builder:
    """Writes one component as rows over people that are counted in the same tolls."""

    def __init__(self, component: Component, without: Collection[str], lifting: bool) -> None:
        """With `lifting`, tolls that do not lie inside the question keep only their highs: they lift no low."""
        self._component, self._without = component, without
        self._rows: list[Row] = []
        self._objective: set[int] = set()
        self._counted: dict[int, list[int]] = defaultdict(list)
        self._size = 0
        told = [t.region.bounds(without) for t in component.tolls]
        self._bounds = {
            i: Bounds(None, b.high) if lifting and not component.tolls[i].inside else b
            for i, b in enumerate(told)
            if b is not None
        }

    def build(self) -> tuple[list[Row], frozenset[int]]:
        lumps: dict[tuple[frozenset[Membership], bool], Bounds] = {}
        for index, asked in enumerate(self._component.families):
            self._family(index, asked, lumps)
        for (memberships, wanted), bounds in lumps.items():
            members = frozenset(self._people(m, wanted) for m in self._standing(memberships))
            self._rows.append(Row(members, bounds.low or 0, bounds.high))
        self._unrecorded()
        for i, bounds in self._bounds.items():
            self._rows.append(Row(frozenset(self._counted[i]), bounds.low or 0, bounds.high))
        return self._rows, frozenset(self._objective)

    def _standing(self, memberships: Iterable[Membership]) -> list[Membership]:
        return sorted({frozenset(i for i in m if i in self._bounds) for m in memberships}, key=sorted)

    def _people(self, membership: Membership, wanted: bool) -> int:
        """Add one group of people who are counted in these tolls; who is counted inside the question is asked for."""
        number = self._size
        self._size += 1
        for i in membership:
            self._counted[i].append(number)
        if wanted or any(self._component.tolls[i].inside for i in membership):
            self._objective.add(number)
        return number

    def _family(self, index: int, asked: Asked, lumps: dict[tuple[frozenset[Membership], bool], Bounds]) -> None:
        settled = self._component.settled(index, self._without)
        stated = frozenset().union(*(asked.family.covers[c] for c in settled.boxes))
        places = {atom: self._component.memberships(asked.reaches[atom]) for atom in stated}
        wanted = asked.still_wanted(settled)
        kinds = {(places[atom], atom in wanted) for atom in stated}
        if len(kinds) == 1:
            key = kinds.pop()
            more = Bounds(*sum_of(asked.family, settled, stated))
            lumps[key] = lumps[key].plus(more) if key in lumps else more
            return
        pieces = {
            atom: [self._people(m, atom in wanted) for m in self._standing(places[atom])] for atom in sorted(stated)
        }
        for row in settled.rows:
            members = frozenset(p for atom in row.members if atom in pieces for p in pieces[atom])
            self._rows.append(Row(members, row.low, row.high))

    def _unrecorded(self) -> None:
        listed = self._component.unrecorded
        for membership, wanted in sorted(
            {(frozenset(i for i in m if i in self._bounds), w) for m, w in listed}, key=lambda x: (sorted(x[0]), x[1])
        ):
            if membership:
                self._people(membership, wanted)


def _widest(tolls: Sequence[Toll]) -> list[tuple[Membership, bool]]:
    """Unrecorded people where overlaps cannot be listed: in one toll alone, or in all at once."""
    inside = [i for i, t in enumerate(tolls) if t.inside]
    alone = [(frozenset({i}), w) for i, t in enumerate(tolls) for w in ((True,) if t.inside else (True, False))]
    return [*alone, (frozenset(range(len(tolls))), True), (frozenset(inside), True)]
