"""A book laid open: its records, and the ledger over them."""

from __future__ import annotations

from functools import cached_property

from tallybook.knowledge import Knowledge
from tallybook.ledger import Book, BookPlaces
from tallybook.model import Claim, Document, Incident, Judgement, Place
from tallybook.runs.deriving import incidents_of
from tallybook.store import BookStore


class KnownPlaces:
    """Places as the packs know them, and where they do not, as the claims of the book tell."""

    def __init__(self, knowledge: Knowledge, told: BookPlaces) -> None:
        self._gazetteer = knowledge.places
        self._told = told

    def within(self, inner: Place, outer: str) -> bool | None:
        """Say whether `inner` lies wholly in the place called `outer`; None: it may, in part or whole."""
        if not self._gazetteer.find(outer):
            return self._told.within(inner, outer)
        known = self._gazetteer.within(inner, outer)
        if known is None and self._told.within(inner, outer):
            return True
        return known


class Desk:
    """Everything the answers need from a book, each loaded once when it is first asked for."""

    def __init__(self, book: BookStore, knowledge: Knowledge) -> None:
        self.store = book
        self.knowledge = knowledge

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims of all current readings, in the order of documents."""
        return self.store.claims()

    @cached_property
    def claim_of(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by key."""
        return self.store.documents()

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """What people decided."""
        return self.store.judgements()

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents, sorted by id."""
        return tuple(sorted(incidents_of(self.store), key=lambda i: i.id))

    @cached_property
    def incident_of(self) -> dict[str, str]:
        """Incident id of each claim that has one."""
        return {claim: incident.id for incident in self.incidents for claim in incident.claims}

    @cached_property
    def geography(self) -> KnownPlaces:
        """Which place lies in which."""
        told = [c.place for c in self.claims if c.place] + [i.place for i in self.incidents if i.place]
        return KnownPlaces(self.knowledge, BookPlaces(told))

    @cached_property
    def ledger(self) -> Book:
        """The book as the ledger sees it."""
        return Book(self.claims, self.documents, self.incidents, self.judgements, self.geography, self.knowledge.actors)
