"""A view and a question: which families and tolls the answer needs, and how each claim stands to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallybook.ledger.book import Book
from tallybook.ledger.cells import Cell
from tallybook.ledger.components import Asked, Component, Toll
from tallybook.ledger.families import Family
from tallybook.ledger.filters import INSIDE, Answer, Question
from tallybook.ledger.reach import Inside, Reach, World
from tallybook.ledger.reaches import reaches_of
from tallybook.ledger.regions import Region
from tallybook.ledger.splitting import split
from tallybook.ledger.view import View, view
from tallybook.model import Query


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
    return _Asker(book.said_by(query.said_by), query).ask()


class _Asker:
    def __init__(self, book: Book, query: Query) -> None:
        self._book, self._query = book, query
        self._world = World(book.geography, book.sides)
        self._question = Question(query, book, self._world)
        self._everywhere = self._question.everywhere
        self._seen = view(book, query.measure, query.as_of)
        self._reaches = reaches_of(book, self._seen, query.as_of)
        self._answers: dict[int, Answer] = {}

    def ask(self) -> Asking:
        seen, told = self._seen, self._reaches
        made = [region for region, _ in told.regions]
        asking = Asking(self._book, self._query, seen, left={**seen.left, **told.replaced}, regions=made)
        kept = [a for n, f in enumerate(told.families) if (a := self._asked(n, f)) is not None]
        tolls = [t for r, bare in told.regions if (t := self._toll(r, bare)) is not None]
        asking.components, asking.lone = split(kept, tolls, self._question.reach, self._world)
        for claim_id, (bare, cell, label) in told.claims.items():
            edges = self._edges(bare) if cell is None else self._cell_edges(cell, bare)
            asking.standing[claim_id] = Standing(edges, self._question.people(label))
        for region, bare in told.regions:
            stands = Standing(self._edges(bare), self._question.people(region.reach.people))
            asking.standing.update(dict.fromkeys(region.claims(), stands))
        return asking

    def _edges(self, bare: Reach) -> Answer:
        if self._everywhere:
            return INSIDE
        answer = self._answers.get(id(bare))
        if answer is None:
            answer = self._answers[id(bare)] = self._question.edges(bare)
        return answer

    def _cell_edges(self, cell: Cell, bare: Reach) -> Answer:
        """Compare a cell with the edges; what lies in a whole that lies inside lies inside too."""
        own = self._edges(bare)
        if own.inside is Inside.OPEN:
            told = self._reaches
            for whole in told.above.get(cell.incident, ()):
                if whole in told.incidents and self._edges(told.incidents[whole]).inside is Inside.YES:
                    return INSIDE
        return own

    def _asked(self, index: int, family: Family) -> Asked | None:
        """Return a family as the question sees it; None where it may not bound the answer."""
        people = self._question.people
        edges = [(c, self._cell_edges(c, bare).inside) for c, bare in self._reaches.cells[index]]
        passing = frozenset(c for c, e in edges if e is Inside.YES and people(c.label) is Inside.YES)
        if not passing and any(e is Inside.OPEN or people(c.label) is not Inside.YES for c, e in edges):
            return None
        wanted = frozenset(a for c in passing for a in family.covers[c] if people(family.atoms[a].label) is Inside.YES)
        return Asked(family, self._reaches.atoms(index), wanted, passing)

    def _toll(self, region: Region, bare: Reach) -> Toll | None:
        """Return a toll as the question sees it; None where its people are not those asked for."""
        if self._question.people(region.reach.people) is not Inside.YES:
            return None
        inside = self._edges(bare).inside
        return Toll(region, inside is Inside.YES, inside is not Inside.NO)
