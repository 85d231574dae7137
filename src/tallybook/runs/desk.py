"""A book laid open: its records as people's judgements make them, and the ledger over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tallybook.incidents.copies import near_copies
from tallybook.incidents.memory import Memory
from tallybook.knowledge import Knowledge
from tallybook.ledger import Book, BookPlaces, NamedPerson, figure_id, total
from tallybook.ledger.judging import same_records
from tallybook.model import (
    Claim,
    Control,
    Document,
    Figure,
    Incident,
    Issue,
    Judgement,
    Person,
    Query,
    Reading,
    Victim,
)
from tallybook.review.applying import Applied, applied, applied_further, orphan_issue
from tallybook.review.objects import Objects
from tallybook.runs.deriving import copies_of, incidents_of, linked, links_alike, people_kept, people_of
from tallybook.runs.known_places import KnownPlaces
from tallybook.store import BookStore

LOADED = (
    "received", "read_claims", "victims_told", "control_told", "_issues_read", "document_of", "victim_by_id",
)  # fmt: skip
"""What is loaded from a book, and does not depend on what people decided."""
OF_RECORDS = (
    "copies", "incidents", "people", "geography", "claim_of", "claims_in", "incident_by_id", "incident_of",
    "wholes_of", "person_of", "objects", "issues_told",
)  # fmt: skip
"""What is made of claims, documents, incidents and people alone: judgements that change none of them leave it."""
WORKED_OUT = ("applied", "copies", "incidents", "people", "geography", "ledger")
ABOUT_PUBLISHED = ("published-unreadable", "published-no-offset", "published-in-future")
"""Issues of a stated publication time, which a mended one settles."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A book as it would be, or was: another log, some documents read otherwise, only some of them there."""

    log: Sequence[Judgement]
    read_as: Mapping[str, Reading] = field(default_factory=dict)
    """Readings by document key that take the place of the current ones."""
    only: Collection[str] | None = None
    """Keys of the documents that are there; None: all."""


class Desk:
    """Everything the answers need from a book, each loaded once when it is first asked for."""

    def __init__(
        self, book: BookStore, knowledge: Knowledge, edition: Edition | None = None, beside: Desk | None = None
    ) -> None:
        self.store = book
        self.knowledge = knowledge
        self.edition = edition
        self._beside = beside
        self._figures: dict[Query, Figure] = {}
        self._taken_over: dict[Query, Figure] = {}
        """Figures of an earlier state that hold here but for their ids and for what is reviewed."""
        self._memory: Memory = beside._memory if beside is not None else Memory()

    def would_be(self, edition: Edition) -> Desk:
        """Return the same book in another edition. Nothing is written."""
        return Desk(self.store, self.knowledge, edition, self)

    def would_be_with(self, log: Sequence[Judgement]) -> Desk:
        """Return the book with one more judgement in its log; what that one surely leaves is not worked out again.
        Nothing is written."""
        made = self.would_be(Edition(log))
        further = applied_further(self.applied, log)
        if further is not None:
            made.ledger = self.ledger.judged(further.judgements)
            known = {name: vars(self)[name] for name in (*LOADED, *OF_RECORDS) if name in vars(self)}
            vars(made).update(known, applied=further)
        return made

    def total(self, query: Query) -> Figure:
        """Return the figure of a query; each is computed once."""
        if query not in self._figures:
            held = self._taken_over.get(query)
            self._figures[query] = self._made_here(held) if held is not None else total(self.ledger, query)
        return self._figures[query]

    def figures_known(self) -> dict[Query, Figure]:
        """Return the figures that were asked for here or before, as they were made where they were asked for."""
        return {**self._taken_over, **self._figures}

    def knows(self, figures: Mapping[Query, Figure]) -> None:
        """Take figures over that hold here too."""
        self._taken_over.update(figures)

    def _made_here(self, figure: Figure) -> Figure:
        """Return a figure that was taken over with the id of this state, unreviewed claims counted."""
        reviewed = self.ledger.decided.reviewed
        unreviewed = sum(c not in reviewed for c in figure.counted)
        return replace(figure, id=figure_id(figure.query, self.ledger.state), unreviewed=unreviewed)

    def carried_on(self, log: Sequence[Judgement], after: Desk) -> Desk:
        """Return the same book with a longer log, without loading or working out again what is known of it.

        `after` is the book as it was foreseen with that log; no document is read otherwise.
        """
        now = Desk(self.store, self.knowledge)
        now._memory = self._memory
        vars(now).update({name: vars(self)[name] for name in LOADED if name in vars(self)})
        vars(now).update({name: getattr(after, name) for name in WORKED_OUT}, log=tuple(log))
        if same_records(self.ledger, after.ledger):
            vars(now).update({name: vars(self)[name] for name in OF_RECORDS if name in vars(self)})
        return now

    @cached_property
    def log(self) -> tuple[Judgement, ...]:
        """All judgements, undone ones among them, by number."""
        return self.store.judgements() if self.edition is None else tuple(self.edition.log)

    @cached_property
    def received(self) -> dict[str, Document]:
        """Documents as they were received, by key."""
        held = self.store.documents() if self._beside is None else self._beside.received
        if self.edition is None or self.edition.only is None:
            return held
        return {key: document for key, document in held.items() if key in self.edition.only}

    @cached_property
    def read_claims(self) -> tuple[Claim, ...]:
        """Claims of all current readings as they were read, in the order of documents."""
        held = self.store.claims() if self._beside is None else self._beside.read_claims
        if self.edition is None or (not self.edition.read_as and self.edition.only is None):
            return held
        otherwise = self.edition.read_as
        kept: dict[str, list[Claim]] = {key: [] for key in self.received}
        for claim in held:
            if claim.document in kept and claim.document not in otherwise:
                kept[claim.document].append(claim)
        return tuple(c for key in kept for c in (otherwise[key].claims if key in otherwise else kept[key]))

    @cached_property
    def victims_told(self) -> tuple[tuple[str, Victim], ...]:
        """Document key and record of a person named as harmed, of all current readings, in the order of documents."""
        otherwise = self.edition.read_as if self.edition is not None else {}
        kept: dict[str, list[Victim]] = {key: list(otherwise[key].victims) for key in otherwise}
        for key, victim in self.store.victims():
            if key in self.received and key not in otherwise:
                kept.setdefault(key, []).append(victim)
        return tuple((key, victim) for key in self.received for victim in kept.get(key, ()))

    @property
    def victims(self) -> tuple[Victim, ...]:
        """Records of persons named as harmed, in the order of documents."""
        return tuple(victim for _, victim in self.victims_told)

    @cached_property
    def document_of(self) -> dict[str, str]:
        """Key of the document of each victim record, by its id."""
        return {victim.id: key for key, victim in self.victims_told}

    @cached_property
    def victim_by_id(self) -> dict[str, Victim]:
        """Records of persons named as harmed, by id."""
        return {victim.id: victim for victim in self.victims}

    @cached_property
    def control_told(self) -> tuple[tuple[str, Control], ...]:
        """Document key and record of who holds which place, of all current readings, in the order of documents."""
        return self.store.control()

    @cached_property
    def issues_told(self) -> tuple[tuple[str, Issue], ...]:
        """Document key and issue of all current readings with what judgements lost, in the order of documents."""
        found: dict[str, list[Issue]] = {}
        for key, issue in self._issues_read:
            found.setdefault(key, []).append(issue)
        lost = self._lost_issues()
        return tuple(
            (key, issue) for key in self.documents
            for issue in (*self._open_issues(key, found.get(key, ())), *sorted(lost.get(key, ())))
        )  # fmt: skip

    @cached_property
    def _issues_read(self) -> tuple[tuple[str, Issue], ...]:
        return self.store.issues()

    @cached_property
    def applied(self) -> Applied:
        """Claims and documents with the standing judgements laid over them."""
        return applied(self.read_claims, self.received, self.log)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Claims as people set them, in the order of documents."""
        return self.applied.claims

    @property
    def documents(self) -> dict[str, Document]:
        """Documents by key, as people mended them."""
        return self.applied.documents

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The standing judgements, about the claims that their words stand for now."""
        return self.applied.judgements

    @cached_property
    def claim_of(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    def readings(self) -> Iterator[Reading]:
        """Yield the current reading of every document as people set it, with what judgements lost, by document id."""
        lost = self._lost_issues()
        for reading in self.store.readings():
            yield self._as_set(reading, lost)

    def reading(self, key: str) -> Reading | None:
        """Return the current reading of one document as people set it; None where the book has no such document."""
        mending = self.applied.mendings.get(key)
        found = self.store.reading_as(key, mending.token if mending else "") if key in self.received else None
        return self._as_set(found, self._lost_issues()) if found is not None else None

    def _as_set(self, reading: Reading, lost: Mapping[str, Sequence[Issue]]) -> Reading:
        key = reading.document.key
        return replace(
            reading,
            document=self.documents[key],
            claims=self.claims_in.get(key, ()),
            issues=(*self._open_issues(key, reading.issues), *sorted(lost.get(key, ()))),
        )

    @cached_property
    def claims_in(self) -> dict[str, tuple[Claim, ...]]:
        """Claims as people set them, by document key."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.document, []).append(claim)
        return {key: tuple(claims) for key, claims in found.items()}

    def _lost_issues(self) -> dict[str, list[Issue]]:
        lost: dict[str, list[Issue]] = {}
        for orphan in self.applied.orphans:
            lost.setdefault(orphan.passage.document, []).append(orphan_issue(orphan))
        return lost

    def _open_issues(self, key: str, issues: Iterable[Issue]) -> list[Issue]:
        """Return the issues of a document, without those of a publication time that is mended."""
        mending = self.applied.mendings.get(key)
        settled = ABOUT_PUBLISHED if mending and "published" in mending.values else ()
        return [issue for issue in issues if issue.code not in settled]

    @cached_property
    def copies(self) -> tuple[tuple[str, str], ...]:
        """Pairs of document keys, copy and original; two editions of the same documents find them once."""
        if self.edition is None:
            return copies_of(self.store, self.applied)
        if self._beside is not None and self._beside.documents == self.documents:
            return self._beside.copies
        return near_copies(self.documents.values())

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents, sorted by id."""
        if self._beside is not None and links_alike(self.applied, self._beside.applied):
            return self._beside.incidents
        found = (
            incidents_of(self.store)
            if self.edition is None
            else linked(self.applied, self.victims, self.copies, self._memory)
        )
        return tuple(sorted(found, key=lambda i: i.id))

    @cached_property
    def incident_by_id(self) -> dict[str, Incident]:
        """Incidents by their present ids."""
        return {incident.id: incident for incident in self.incidents}

    @cached_property
    def incident_of(self) -> dict[str, str]:
        """Incident id of each claim that has one."""
        return {claim: incident.id for incident in self.incidents for claim in incident.claims}

    @cached_property
    def wholes_of(self) -> dict[str, tuple[str, ...]]:
        """By id of an incident the ids of those that it is a part of."""
        found: dict[str, tuple[str, ...]] = {}
        for incident in self.incidents:
            for part in incident.parts:
                found[part] = (*found.get(part, ()), incident.id)
        return found

    @cached_property
    def objects(self) -> Objects:
        """Claims as read, incidents and documents by what people name them with."""
        return Objects(self.applied.read, self.incidents, self.received)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """People who are named as harmed, sorted by id."""
        beside = self._beside
        if beside is not None and beside.incidents is self.incidents and links_alike(self.applied, beside.applied):
            return beside.people
        kept = people_kept(self.store) if self.edition is None else None
        if kept is not None:
            return kept
        return people_of(self.victims_told, self.documents, self.claim_of, self.incidents, self.judgements)

    @cached_property
    def person_of(self) -> dict[str, Person]:
        """The person of each victim record, by its id."""
        return {victim: person for person in self.people for victim in person.victims}

    @cached_property
    def geography(self) -> KnownPlaces:
        """Which place lies in which; editions with the same claims and incidents know it alike."""
        near = self._beside
        if near is not None and near.claims == self.claims and near.incidents is self.incidents:
            return near.geography
        told = [c.place for c in self.claims if c.place] + [i.place for i in self.incidents if i.place]
        return KnownPlaces(self.knowledge, BookPlaces(told))

    @cached_property
    def ledger(self) -> Book:
        """The book as the ledger sees it."""
        return Book(
            self.claims, self.documents, self.incidents, self.judgements, self.geography, self.knowledge.actors,
            self.copies, self._named_people(), self.knowledge.claimant_kinds(),
        )  # fmt: skip

    def _named_people(self) -> Iterator[NamedPerson]:
        """Yield the people who are named, as the ledger takes them."""
        for person in self.people:
            told = (self.victim_by_id[v] for v in person.victims)
            claims = tuple(sorted({(v.harm, v.claim) for v in told if v.claim is not None}))
            if claims:
                yield NamedPerson(person.id, person.name, claims)
