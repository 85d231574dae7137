"""What the numbers of a view cover: worked out once for a book, however many questions are asked of it."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import replace

from tallybook.ledger.book import Book
from tallybook.ledger.cells import Cell, Label
from tallybook.ledger.families import Family
from tallybook.ledger.filters import incident_reach
from tallybook.ledger.named import families_of
from tallybook.ledger.positions import Position
from tallybook.ledger.reach import Reach
from tallybook.ledger.regions import Region, claim_reach, regions
from tallybook.ledger.view import View
from tallybook.model import Claim

OVERRIDES = ("place", "day", "author", "manner")


class Reaches:
    """Reaches of the cells, claims and tolls of a view.

    A bare reach tells time, place, authors and weapons alone. Equal bare reaches are one object, so that a question may
    keep its answers by their identity.
    """

    def __init__(self, book: Book, seen: View, as_of: str | None) -> None:
        self._records, self._seen = book.incidents, seen
        self._bare: dict[Reach, Reach] = {}
        self._full = self._incidents(book)
        self.incidents = {i: self.bare(r) for i, r in self._full.items()}
        self.above = seen.above()
        made, self.replaced = regions(seen.tolls)
        self.regions: tuple[tuple[Region, Reach], ...] = tuple((r, self.bare(r.reach)) for r in made)
        self.families = families_of(book, seen, as_of)
        self.cells = [[(c, self._of(c, _speaker(f, c))) for c in f.positions] for f in self.families]
        self.claims: dict[str, tuple[Reach, Cell | None, Label]] = {c: self._claim(c) for c in seen.claims}
        self._atoms: dict[int, tuple[Reach, ...]] = {}

    def judged(self, seen: View, families: list[Family], claims: Collection[str]) -> Reaches:
        """Return what the numbers of a view cover in a book that is judged otherwise: some families are others, and
        some claims may be in other cells. Nothing is worked out anew for the rest."""
        now = copy(self)
        now._seen, now.families = seen, families
        now.above = seen.above()
        if seen.tolls is not self._seen.tolls:
            made, now.replaced = regions(seen.tolls)
            now.regions = tuple((r, now.bare(r.reach)) for r in made)
        was = {id(f): n for n, f in enumerate(self.families)}
        at = [was.get(id(f)) for f in families]
        now.cells = [
            self.cells[n] if n is not None else [(c, now._of(c, _speaker(f, c))) for c in f.positions]
            for n, f in zip(at, families, strict=True)
        ]
        now.claims = {**self.claims, **{c: now._claim(c) for c in claims if c in seen.claims}}
        now._atoms = {n: self._atoms[o] for n, o in enumerate(at) if o is not None and o in self._atoms}
        return now

    def bare(self, reach: Reach) -> Reach:
        """Return what a reach tells of time, place, authors and weapons."""
        made = replace(reach, people=(), event_type="other")
        return self._bare.setdefault(made, made)

    def atoms(self, index: int) -> tuple[Reach, ...]:
        """Return what is known of the people of each atom of the family with this index."""
        if index not in self._atoms:
            self._atoms[index] = self._atom_reaches(self.families[index])
        return self._atoms[index]

    def _incidents(self, book: Book) -> dict[str, Reach]:
        told: dict[str, list[Claim]] = {}
        for claim_id, cell in self._seen.cell_of.items():
            told.setdefault(cell.incident, []).append(self._seen.claims[claim_id])
        return {i: replace(incident_reach(self._records, i, c), told_in=_tolls_of(book, c)) for i, c in told.items()}

    def _of(self, cell: Cell, claim: Claim | None) -> Reach:
        return self.bare(_overridden(self._full[cell.incident], cell.label, claim))

    def _claim(self, claim_id: str) -> tuple[Reach, Cell | None, Label]:
        claim, cell = self._seen.claims[claim_id], self._seen.cell_of.get(claim_id)
        if cell is not None:
            return self._of(cell, claim), cell, cell.label
        reach = claim_reach(claim)
        return self.bare(reach), None, reach.people

    def _atom_reaches(self, family: Family) -> tuple[Reach, ...]:
        speakers = {c.label: _speaker(family, c) for c in family.positions}
        reaches = []
        for atom in family.atoms:
            reach = self._full.get(atom.incident) or incident_reach(self._records, atom.incident, ())
            for label, claim in speakers.items():
                if set(label) <= set(atom.label):
                    reach = _overridden(reach, label, claim)
            people = tuple(a for a in atom.label if a[0] in ("status", "sex_age", "side"))
            reaches.append(replace(reach, people=people))
        return tuple(reaches)


def reaches_of(book: Book, seen: View, as_of: str | None) -> Reaches:
    """Return the reaches of a view of a book; computed once for a book."""
    key = (f"reaches {seen.measure}", as_of)
    made = book.views.get(key)
    if not isinstance(made, Reaches):
        made = Reaches(book, seen, as_of)
        book.views[key] = made
    return made


def _tolls_of(book: Book, claims: list[Claim]) -> tuple[str, ...]:
    """Return the tolls that the claims of an incident say they are part of."""
    wholes = (book.claims.get(c.part_of or "") for c in claims)
    return tuple(sorted({w.id for w in wholes if w is not None and w.scope != "incident"}))


def _speaker(family: Family, cell: Cell) -> Claim | None:
    told: tuple[Position, ...] = tuple(family.positions[cell].values())
    return told[0].words[0].claim if told else None


def _overridden(reach: Reach, label: Label, claim: Claim | None) -> Reach:
    """A part told by place, day, author or manner has its own place, day, author or weapon, not its incident's."""
    told = {name for name, _ in label}
    if claim is None or not told & set(OVERRIDES):
        return reach
    if "place" in told and claim.place:
        reach = replace(reach, place=claim.place)
    if "day" in told and claim.date:
        reach = replace(reach, start=claim.date.start, end=claim.date.end)
    if "author" in told:
        reach = replace(reach, authors=tuple(sorted(claim.perpetrator)))
    if "manner" in told and claim.weapon:
        reach = replace(reach, weapons=tuple(sorted(claim.weapon)))
    return reach
