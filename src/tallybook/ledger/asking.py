"""A view and a question: which families and tolls the answer needs, and how each claim stands to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tallybook.ledger.book import Book
from tallybook.ledger.cells import Cell, Label
from tallybook.ledger.components import Asked, Component, Toll
from tallybook.ledger.families import Family
from tallybook.ledger.filters import Answer, Question, incident_reach
from tallybook.ledger.named import families_of
from tallybook.ledger.positions import Position
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.regions import Region, claim_reach, regions
from tallybook.ledger.splitting import split
from tallybook.ledger.view import View, view
from tallybook.model import Claim, Query

OVERRIDES = ("place", "day", "author", "manner")
ALL_INSIDE = Answer(Inside.YES)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one claim stands to a question: inside its edges, and among the people asked for."""

    edges: Answer
    people: Inside


@dataclass(slots=True)
class Asking:
    """All that one question needs from a book."""

    book: Book
    query: Query
    seen: View
    components: list[Component] = field(default_factory=list)
    lone: list[Component] = field(default_factory=list)
    standing: dict[str, Standing] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    regions: list[Region] = field(default_factory=list)

    def all(self) -> list[Component]:
        """Return every component, those with tolls first."""
        return [*self.components, *self.lone]


def ask(book: Book, query: Query) -> Asking:
    """Sort a book by one question; nothing is summed yet."""
    return _Asker(book, query).ask()


class _Asker:
    def __init__(self, book: Book, query: Query) -> None:
        self._book, self._query = book, query
        self._world = World(book.geography, book.sides)
        self._question = Question(query, book, self._world)
        self._everywhere = self._question.everywhere
        self._seen = view(book, query.measure, query.as_of)
        self._reach = self._incident_reaches()
        self._above = self._seen.above()
        self._answers: dict[Reach, Answer] = {}

    def ask(self) -> Asking:
        seen = self._seen
        made, replaced = regions(seen.tolls)
        held = families_of(self._book, seen, self._query.as_of)
        asking = Asking(self._book, self._query, seen, left={**seen.left, **replaced}, regions=made)
        kept = [a for f in held if (a := self._asked(f)) is not None]
        tolls = [t for r in made if (t := self._toll(r)) is not None]
        asking.components, asking.lone = split(kept, tolls, self._question.reach, self._world)
        for claim in seen.claims.values():
            asking.standing[claim.id] = self._stands(claim)
        for region in made:
            stands = Standing(self._edges(region.reach), self._question.people(region.reach.people))
            asking.standing.update(dict.fromkeys(region.claims(), stands))
        return asking

    def _incident_reaches(self) -> dict[str, Reach]:
        told: dict[str, list[Claim]] = {}
        for claim_id, cell in self._seen.cell_of.items():
            told.setdefault(cell.incident, []).append(self._seen.claims[claim_id])
        return {i: replace(incident_reach(self._book, i, c), told_in=self._tolls_of(c)) for i, c in told.items()}

    def _tolls_of(self, claims: list[Claim]) -> tuple[str, ...]:
        """Return the tolls that the claims of an incident say they are part of."""
        wholes = (self._book.claims.get(c.part_of or "") for c in claims)
        return tuple(sorted({w.id for w in wholes if w is not None and w.scope != "incident"}))

    def _edges(self, reach: Reach) -> Answer:
        if self._everywhere:
            return ALL_INSIDE
        bare = replace(reach, people=(), event_type="other")
        if bare not in self._answers:
            self._answers[bare] = self._question.edges(bare)
        return self._answers[bare]

    def _stands(self, claim: Claim) -> Standing:
        cell = self._seen.cell_of.get(claim.id)
        if cell is None:
            reach = claim_reach(claim)
            return Standing(self._edges(reach), self._question.people(reach.people))
        return Standing(self._cell_edges(cell, claim), self._question.people(cell.label))

    def _cell_edges(self, cell: Cell, claim: Claim | None) -> Answer:
        """Compare a cell with the edges; what lies in a whole that lies inside lies inside too."""
        if self._everywhere:
            return ALL_INSIDE
        own = self._edges(_overridden(self._reach[cell.incident], cell.label, claim))
        if own.inside is Inside.OPEN:
            for whole in self._above.get(cell.incident, ()):
                if whole in self._reach and self._edges(self._reach[whole]).inside is Inside.YES:
                    return Answer(Inside.YES)
        return own

    def _asked(self, family: Family) -> Asked | None:
        """Return a family as the question sees it; None where it may not bound the answer."""
        edges = {c: self._cell_edges(c, _speaker(family, c)) for c in family.positions}
        passing = frozenset(
            c for c, e in edges.items() if e.inside is Inside.YES and self._question.people(c.label) is Inside.YES
        )
        wanted = frozenset(
            a for c in passing for a in family.covers[c] if self._question.people(family.atoms[a].label) is Inside.YES
        )
        if not passing and any(
            e.inside is Inside.OPEN or self._question.people(c.label) is not Inside.YES for c, e in edges.items()
        ):
            return None
        return Asked(family, self._atom_reaches(family), wanted, passing)

    def _atom_reaches(self, family: Family) -> tuple[Reach, ...]:
        speakers = {c.label: _speaker(family, c) for c in family.positions}
        reaches = []
        for atom in family.atoms:
            reach = self._reach.get(atom.incident) or incident_reach(self._book, atom.incident, ())
            for label, claim in speakers.items():
                if set(label) <= set(atom.label):
                    reach = _overridden(reach, label, claim)
            people = tuple(a for a in atom.label if a[0] in ("status", "sex_age", "side"))
            reaches.append(replace(reach, people=people))
        return tuple(reaches)

    def _toll(self, region: Region) -> Toll | None:
        """Return a toll as the question sees it; None where its people are not those asked for."""
        if self._question.people(region.reach.people) is not Inside.YES:
            return None
        inside = self._edges(region.reach).inside
        return Toll(region, inside is Inside.YES, inside is not Inside.NO)


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
