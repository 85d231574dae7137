"""Incidents that contain one another, and the people that their claims tell apart.

A family is one incident, or a whole told over several with its parts. Its people are split into *atoms*: groups that
no claim divides further. Every cell covers some atoms; people whom no cell covers do not exist for the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from tallybook.ledger.cells import Attribute, Cell, Label, within
from tallybook.ledger.positions import Position
from tallybook.ledger.protocols import Sides
from tallybook.ledger.view import View
from tallybook.model.reaching import reached

ALONE = frozenset({0})


@dataclass(frozen=True, slots=True)
class Atom:
    """People of one incident with all of these attributes and none that is finer."""

    incident: str
    label: Label


@dataclass(frozen=True, slots=True)
class NamedHere:
    """Different people who are named in one incident, more than its tolls have at least."""

    incident: str
    members: frozenset[int]
    """All atoms of the incident."""
    people: tuple[tuple[str, ...], ...]
    """For each person the claims that carry the name."""

    @property
    def claims(self) -> frozenset[str]:
        """Ids of all claims that carry a name."""
        return frozenset(c for claims in self.people for c in claims)

    def number(self, without: Collection[str] = ()) -> int:
        """Return how many are named when the claims in `without` are left out."""
        return sum(any(c not in without for c in claims) for claims in self.people)


@dataclass(frozen=True)
class Family:
    """Cells that constrain each other, with the atoms that they cover."""

    incidents: tuple[str, ...]
    positions: Mapping[Cell, Mapping[str, Position]]
    exact: Mapping[tuple[Cell, str], frozenset[str]]
    atoms: tuple[Atom, ...]
    covers: Mapping[Cell, frozenset[int]]
    named: tuple[NamedHere, ...] = ()

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Everyone who states a number here, sorted."""
        return tuple(sorted({o for told in self.positions.values() for o in told}))

    @cached_property
    def claims(self) -> frozenset[str]:
        """The ids of all claims that are positions, or carry names, here."""
        told = frozenset(c for told in self.positions.values() for p in told.values() for c in p.claims)
        return told.union(*(n.claims for n in self.named))

    @cached_property
    def known(self) -> dict[object, object]:
        """What was worked out of the family before: it is the same in every question that is asked of a book."""
        return {}


def families(seen: View, sides: Sides) -> list[Family]:
    """Group the cells of one measure into families, in the order of their smallest incident id."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in seen.positions:
        cells[cell.incident].append(cell)
    made = []
    for group in _groups(seen.parts, cells):
        mine = sorted(c for incident in group if incident in cells for c in cells[incident])
        made.append(_family(seen, group, mine, sides))
    return made


def _groups(parts: Mapping[str, set[str]], held: Iterable[str]) -> list[tuple[str, ...]]:
    leader: dict[str, str] = {i: i for i in held}
    for whole, inner in parts.items():
        leader.update((i, i) for i in (whole, *inner) if i not in leader)

    def find(i: str) -> str:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for whole, inner in parts.items():
        for part in inner:
            a, b = find(whole), find(part)
            leader[max(a, b)] = min(a, b)
    groups: dict[str, list[str]] = defaultdict(list)
    for incident in leader:
        groups[find(incident)].append(incident)
    known = set(held)
    return [tuple(sorted(g)) for _, g in sorted(groups.items()) if not known.isdisjoint(g)]


def _family(seen: View, group: tuple[str, ...], cells: list[Cell], sides: Sides) -> Family:
    positions = {c: seen.positions[c] for c in cells}
    exact = {key: ids for key, ids in seen.exact.items() if key[0] in positions} if seen.exact else {}
    if len(cells) == 1:
        return Family(group, positions, exact, (Atom(cells[0].incident, cells[0].label),), {cells[0]: ALONE})
    below = {incident: reached([incident], lambda part: seen.parts.get(part, ())) for incident in group}
    atoms, covers = _atoms(cells, below, sides)
    return Family(group, positions, exact, atoms, covers)


def _atoms(
    cells: list[Cell], below: Mapping[str, frozenset[str]], sides: Sides
) -> tuple[tuple[Atom, ...], dict[Cell, frozenset[int]]]:
    atoms: list[Atom] = []
    covers: dict[Cell, set[int]] = {c: set() for c in cells}
    for incident in sorted(below):
        near = [c for c in cells if incident in below[c.incident]]
        for label in _finest({c.label for c in near}):
            holding = [c for c in near if within(label, c.label, sides)]
            if holding:
                for cell in holding:
                    covers[cell].add(len(atoms))
                atoms.append(Atom(incident, label))
    return tuple(atoms), {c: frozenset(a) for c, a in covers.items()}


def _finest(labels: set[Label]) -> Iterator[Label]:
    """Cross the values of every dimension, and the rest of each, into labels that no cell divides."""
    values: dict[str, set[Attribute]] = defaultdict(set)
    for label in labels:
        for attribute in label:
            values[attribute[0]].add(attribute)
    choices: list[list[Attribute | None]] = [[*sorted(values[d]), None] for d in sorted(values)]
    for chosen in product(*choices):
        yield tuple(a for a in chosen if a is not None)
