"""Records as a profile shows them: names, places, texts and ids taken to what its readers may know."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cached_property

from tallybook.knowledge.folding import fold
from tallybook.ledger import Book, incident_figures
from tallybook.model import Claim, Control, DateRange, Document, Incident, Judgement, Place, Victim
from tallybook.model import Figure as LedgerFigure
from tallybook.release.figures import Told
from tallybook.release.keys import Key
from tallybook.release.locating import located, places_of
from tallybook.release.material import Material
from tallybook.release.naming import UNNAMED, Names
from tallybook.release.places import Places, Where
from tallybook.release.profile import Profile
from tallybook.release.records import Bounds, Event, Figure, Held, Person, Ruling, Said, Source
from tallybook.release.small_cells import age_band
from tallybook.release.telling import claim_sentence, closing_sentences
from tallybook.release.withheld import Withheld

PLAIN_FIGURE = 16
"""Hex digits of a figure's id in a release with plain ids."""


class Showing:
    """Turns the records that are kept into those of a release, one by one, and counts what they lose."""

    def __init__(self, whole: Material, kept: Material, profile: Profile, key: Key | None, withheld: Withheld) -> None:
        self._whole, self._kept, self._profile, self._key, self._withheld = whole, kept, profile, key, withheld
        self.places = Places(profile, key, kept.knowledge)
        told = list(places_of(whole))
        fine = {p.name for p in told if self.places.is_fine(p)}
        areas = {n for p in told if (w := self.places.shown(p)) for n in (w.name, *w.admin) if n}
        self.names = Names(profile, kept.knowledge, kept.organisations, fine, areas, withheld)
        self._incident_of = {c: i.id for i in kept.incidents for c in i.claims}
        self._incidents = {i.id for i in kept.incidents}
        self._claims = {c.id: c for c in kept.claims}
        self._sources = {self.id("source", k): d for k, d in kept.documents.items()}
        self._sentences: dict[str, str] = {}

    def id(self, kind: str, value: str) -> str:
        """Return the id that a record of some kind has in the release; one object in memory wherever it stands."""
        return sys.intern(self._key.name(kind, value)) if self._profile.ids == "keyed" and self._key else value

    def _text(self, text: str | None, what: str) -> str | None:
        if text is None or self._profile.text == "show":
            return text
        self._withheld.note(what, "text")
        return None

    def _where(self, place: Place | None, what: str) -> Where | None:
        shown = self.places.shown(place)
        if place is not None and shown is not None and self._profile.places != "exact":
            if self.places.is_fine(place):
                self._withheld.note(what, "place")
            if place.lat is not None:
                self._withheld.note(what, "coordinates" if shown.lat is not None else "unplaced")
        return shown

    def source(self, document: Document) -> Source:
        """Return a report."""
        shown = self._profile.text == "show"
        publisher = self.names.of(document.publisher, "publisher") if document.publisher else None
        return Source(
            self.id("source", document.key),
            None if publisher == UNNAMED else publisher,
            document.published_day,
            self._text(document.title, "titles"),
            self._text(document.url, "addresses"),
            document.language,
            document.sha256 if shown else None,
        )

    def said(self, claim: Claim, book: Book, *, hidden: bool) -> Said:
        """Return a claim; `hidden`: its sex and age are not told."""
        count, date, decided = claim.count, claim.date or DateRange(), book.decided
        return Said(
            id=self.id("claim", claim.id),
            source=self.id("source", claim.document),
            incident=self._incident(claim.id),
            measure=claim.measure,
            low=count.low if count else None,
            high=count.high if count else None,
            modifier=count.modifier if count else None,
            words=self._text(count.text, "words of counts") if count else None,
            affiliation=claim.target.affiliation,
            group=self.names.of(claim.target.group) if claim.target.group else None,
            sex=None if hidden else claim.target.sex,
            age=None if hidden else claim.target.age,
            stance=claim.stance,
            about=claim.about,
            claimants=self.names.several(claim.claimants),
            origin=self.names.of(book.origins.of(claim)),
            perpetrator=self.names.several(claim.perpetrator),
            event_type=claim.event_type,
            weapon=tuple(w for w in claim.weapon if self._profile.text == "show" or self._is_weapon(w)),
            place=self._where(claim.place, "places of claims"),
            start=date.start,
            end=date.end,
            date_precision=date.precision if claim.date else None,
            scope=claim.scope,
            part_of=self._claim(claim.part_of),
            dimension=None if hidden else claim.dimension,
            change=claim.change,
            review="rejected" if claim.id in decided.dropped else "reviewed" if claim.id in decided.reviewed
            else "unreviewed",
            quote=self._text(claim.quote, "quotes"),
            reader=claim.reader,
        )  # fmt: skip

    def _is_weapon(self, name: str) -> bool:
        return self._kept.knowledge.ontology.get("weapon", name) is not None

    def _claim(self, claim: str | None) -> str | None:
        return self.id("claim", claim) if claim is not None and claim in self._claims else None

    def _incident(self, claim: str | None) -> str | None:
        found = self._incident_of.get(claim or "")
        return self.id("incident", found) if found else None

    def event(self, incident: Incident, book: Book) -> Event:
        """Return an incident with what its claims add up to in a book."""
        date = incident.date or DateRange()
        return Event(
            self.id("incident", incident.id),
            incident.event_type,
            self._where(incident.place, "places of incidents"),
            date.start,
            date.end,
            date.precision if incident.date else None,
            tuple(Bounds(**row) for row in incident_figures(book, incident)),
            tuple(sorted(self.id("claim", c) for c in incident.claims if c in self._claims)),
            tuple(sorted({self.id("source", self._claims[c].document)
                          for c in incident.claims if c in self._claims})),
            tuple(sorted(self.id("incident", p) for p in incident.parts if p in self._incidents)),
        )  # fmt: skip

    def person(self, document: str, victim: Victim, *, hidden: bool) -> Person:
        """Return a record of a person; `hidden`: sex and age are not told."""
        named = self._profile.names == "show"
        told = named or (self._profile.names == "consent" and victim.id in self._kept.consented)
        if not told:
            self._withheld.note("names of victims", "name")
        if not named:
            self._withheld.note("ages of victims", "age", int(victim.age_low is not None))
        return Person(
            self.id("victim", victim.id),
            self.id("person", self._kept.person_of.get(victim.id, victim.id)),
            self.id("source", document),
            self._claim(victim.claim),
            self._incident(victim.claim),
            victim.name if told else None,
            victim.age_low if named else None,
            victim.age_high if named else None,
            None if hidden else age_band(victim),
            None if hidden else victim.sex,
            victim.harm,
            self._text(victim.circumstance, "circumstances") if named else None,
            self._text(victim.quote, "quotes") if named else None,
        )

    def holding(self, document: str, record: Control) -> Held:
        """Return a record of who holds which place."""
        since = record.since or DateRange()
        place = self._located(record.place)
        return Held(
            self.id("control", record.id),
            self.id("source", document),
            self._where(place, "places of control"),
            self.names.of(record.holder),
            since.start,
            since.end,
            self._text(record.exception, "exceptions of control"),
            self.names.several(record.claimants),
            self._text(record.quote, "quotes"),
        )

    def _located(self, name: str) -> Place:
        """Return the place that a record of control names: as claims know it, else as the gazetteer does."""
        return self._located_names.get(fold(name)) or located(name, self._kept)

    @cached_property
    def _located_names(self) -> dict[str, Place]:
        return {fold(p.name): p for p in places_of(self._whole) if p.precision != "unresolved"}

    def figure(self, told: Told, said: Mapping[str, Said]) -> Figure:
        """Return a figure with its proof, told with the claims of the release."""
        figure = told.figure
        counted = [said[c] for c in figure.counted if c in said]
        who = figure.query.who[0]
        return Figure(
            id=self._figure_id(figure),
            kind=told.kind,
            measure=figure.query.measure,
            who=who,
            by=figure.query.by,
            place=figure.query.place,
            since=figure.query.since,
            until=figure.query.until,
            low=figure.low,
            best=figure.best,
            high=figure.high,
            counted=tuple(sorted(c.id for c in counted)),
            left_out=tuple(f"{reason} {count}" for reason, count in told.left.items()),
            conflicts=told.clashes,
            unreviewed=figure.unreviewed,
            note=told.note,
            proof=(
                *(self._sentence(c) for c in counted),
                *closing_sentences(told),
            ),
        )  # fmt: skip

    def _sentence(self, said: Said) -> str:
        """Return the sentence of a claim: many figures count it."""
        if said.id not in self._sentences:
            source = self._sources[said.source]
            self._sentences[said.id] = claim_sentence(said, self._publisher(source), source.published_day)
        return self._sentences[said.id]

    def _publisher(self, document: Document) -> str | None:
        return document.publisher if document.publisher and self.names.shows(document.publisher) else None

    def _figure_id(self, figure: LedgerFigure) -> str:
        if self._profile.ids == "keyed":
            return self.id("figure", figure.id)
        return f"figure-{hashlib.sha256(figure.id.encode()).hexdigest()[:PLAIN_FIGURE]}"

    def ruling(self, judgement: Judgement, objects: tuple[str, ...]) -> Ruling:
        """Return a judgement about objects of the release; none of them: about what the book calls so."""
        shown = self._profile.authors == "show"
        if not shown:
            self._withheld.note("authors of judgements", "author")
        return Ruling(
            self.id("judgement", judgement.id),
            judgement.number,
            judgement.verb,
            objects or judgement.objects,
            judgement.field,
            self._text(judgement.value, "values of judgements"),
            self._text(judgement.because, "reasons of judgements"),
            judgement.author if shown else None,
            judgement.at if shown else None,
        )
