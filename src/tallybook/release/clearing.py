"""The gate: a book's records in, the records of a release out. Whatever is written later comes from here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from tallybook.errors import UsageError
from tallybook.knowledge.folding import fold
from tallybook.ledger import Book, incident_figures
from tallybook.ledger.judged import ATTACH
from tallybook.model import Claim, Control, DateRange, Document, Incident, Judgement, Place, Victim
from tallybook.model import Figure as LedgerFigure
from tallybook.release.delays import held_back
from tallybook.release.figures import Told, figures
from tallybook.release.keys import Key
from tallybook.release.material import Material
from tallybook.release.naming import UNNAMED, Names
from tallybook.release.places import Places, Where
from tallybook.release.profile import Profile
from tallybook.release.records import Bounds, Edition, Event, Figure, Held, Person, Ruling, Said, Source
from tallybook.release.small_cells import age_band, few_people, lonely
from tallybook.release.telling import claim_sentence, closing_sentences
from tallybook.release.withheld import Withheld

PLAIN_FIGURE = 16
"""Hex digits of a figure's id in a release with plain ids."""
NEVER_TOLD = (ATTACH,)
"""Verbs of judgements that enter no release: names of evidence files, and where a photograph was taken."""
NO_AREA = ("country", "unresolved")
"""Precisions of places that no figure is broken down by."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What may be written, and what was withheld."""

    edition: Edition
    withheld: Withheld


def cleared(material: Material, profile: Profile, key: Key | None) -> Cleared:
    """Pass a book through the gate of a profile.

    Events are held back first, so that no figure knows of them; then names, places, texts and ids are taken to what the
    profile shows. Pure: equal books, profiles and keys give equal editions.

    Raises: UsageError where the filters name what the profile does not show.
    """
    withheld = Withheld()
    kept = held_back(material, profile, withheld)
    clearing = _Clearing(material, kept, profile, key, withheld)
    clearing.check_filters()
    return Cleared(clearing.edition(), withheld)


class _Clearing:
    def __init__(self, whole: Material, kept: Material, profile: Profile, key: Key | None, withheld: Withheld) -> None:
        self._whole, self._kept, self._profile, self._key, self._withheld = whole, kept, profile, key, withheld
        self._places = Places(profile, key, kept.knowledge)
        told = list(places_of(whole))
        fine = {p.name for p in told if self._places.is_fine(p)}
        areas = {n for p in told if (w := self._places.shown(p)) for n in (w.name, *w.admin) if n}
        self._names = Names(profile, kept.knowledge, kept.organisations, fine, areas, withheld)
        self._incident_of = {c: i.id for i in kept.incidents for c in i.claims}
        self._claim_of = {c.id: c for c in kept.claims}
        self._hidden = few_people(kept.claims, kept.incidents, profile.smallest_cell, withheld)

    def check_filters(self) -> None:
        """Refuse filters that would tell what the profile withholds.

        Raises: UsageError
        """
        asked = self._kept.asked
        if asked.by and not self._names.shows(asked.by):
            raise UsageError(f"--by {asked.by!r} is no name that the profile {self._profile.name} shows.")
        if asked.place and self._profile.places != "exact":
            named = [p for p in places_of(self._whole) if fold(p.name) == fold(asked.place)]
            if any(self._places.is_fine(p) for p in named):
                raise UsageError(
                    f"--in {asked.place!r} is finer than the profile {self._profile.name} shows. Name a larger unit."
                )

    def edition(self) -> Edition:
        """Return the records of the release, each kind in the order of its ids."""
        told = list(self._figures())
        wanted = self._kept.passing.claims | {c for t in told for c in t.figure.counted}
        wanted |= {c for i in self._kept.incidents if i.id in self._kept.passing.incidents for c in i.claims}
        wanted &= self._claim_of.keys()
        said = {c: self._said(self._claim_of[c]) for c in sorted(wanted)}
        self._withheld.note("claims", "filter", len(self._claim_of) - len(wanted))
        persons = list(self._persons(wanted))
        held = list(self._held())
        documents = {self._claim_of[c].document for c in wanted}
        documents |= {k for k, v in self._kept.victims if v.id in self._kept.passing.victims}
        documents |= {k for k, c in self._kept.control if c.id in self._kept.passing.control}
        events = [self._event(i) for i in self._kept.incidents if wanted & set(i.claims)]
        sources = [self._source(self._kept.documents[d]) for d in documents if d in self._kept.documents]
        return Edition(
            self._profile.name,
            self._kept.as_of,
            _ordered(said.values()),
            _ordered(events),
            _ordered(persons),
            _ordered(held),
            tuple(self._figure(t, said) for t in told),
            _ordered(sources),
            tuple(self._rulings(wanted, {i.id for i in self._kept.incidents if wanted & set(i.claims)})),
        )

    @cached_property
    def _book(self) -> Book:
        return self._book_of(self._kept.claims)

    def _book_of(self, claims: Iterable[Claim]) -> Book:
        k = self._kept
        return Book(
            claims, k.documents, k.incidents, k.judgements, k.geography, k.knowledge.actors, k.copies, k.named
        )  # fmt: skip

    def _figures(self) -> Iterable[Told]:
        shown = self._kept.passing.claims
        fine = self._book
        if self._hidden:
            fine = self._book_of(c for c in self._kept.claims if c.id not in self._hidden)
        areas = {
            w.admin[-1] if w.admin else w.name for c in self._kept.claims
            if c.id in shown and (w := self._places.shown(c.place)) and w.name and w.precision not in NO_AREA
        }  # fmt: skip
        return figures(self._book, fine, self._kept.asked, shown, tuple(sorted(a for a in areas if a)))

    def _id(self, kind: str, value: str) -> str:
        return self._key.name(kind, value) if self._profile.ids == "keyed" and self._key else value

    def _text(self, text: str | None, what: str) -> str | None:
        if text is None or self._profile.text == "show":
            return text
        self._withheld.note(what, "text")
        return None

    def _where(self, place: Place | None, what: str) -> Where | None:
        shown = self._places.shown(place)
        if place is not None and shown is not None and self._profile.places != "exact":
            if self._places.is_fine(place):
                self._withheld.note(what, "place")
            if place.lat is not None:
                self._withheld.note(what, "coordinates" if shown.lat is not None else "unplaced")
        return shown

    def _source(self, document: Document) -> Source:
        shown = self._profile.text == "show"
        publisher = self._names.of(document.publisher, "publisher") if document.publisher else None
        return Source(
            self._id("source", document.key),
            None if publisher == UNNAMED else publisher,
            document.published_day,
            self._text(document.title, "titles"),
            self._text(document.url, "addresses"),
            document.language,
            document.sha256 if shown else None,
        )

    def _said(self, claim: Claim) -> Said:
        count, date, hidden = claim.count, claim.date or DateRange(), claim.id in self._hidden
        decided = self._book.decided
        return Said(
            id=self._id("claim", claim.id),
            source=self._id("source", claim.document),
            incident=self._incident(claim.id),
            measure=claim.measure,
            low=count.low if count else None,
            high=count.high if count else None,
            modifier=count.modifier if count else None,
            words=self._text(count.text, "words of counts") if count else None,
            affiliation=claim.target.affiliation,
            group=self._names.of(claim.target.group) if claim.target.group else None,
            sex=None if hidden else claim.target.sex,
            age=None if hidden else claim.target.age,
            stance=claim.stance,
            about=claim.about,
            claimants=self._names.several(claim.claimants),
            origin=self._names.of(self._book.origins.of(claim)),
            perpetrator=self._names.several(claim.perpetrator),
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
        return self._id("claim", claim) if claim is not None and claim in self._claim_of else None

    def _incident(self, claim: str | None) -> str | None:
        found = self._incident_of.get(claim or "")
        return self._id("incident", found) if found else None

    def _event(self, incident: Incident) -> Event:
        date = incident.date or DateRange()
        ids = {i.id for i in self._kept.incidents}
        return Event(
            self._id("incident", incident.id),
            incident.event_type,
            self._where(incident.place, "places of incidents"),
            date.start,
            date.end,
            date.precision if incident.date else None,
            tuple(Bounds(**row) for row in incident_figures(self._book, incident)),
            tuple(sorted(self._id("claim", c) for c in incident.claims if c in self._claim_of)),
            tuple(sorted({self._id("source", self._claim_of[c].document)
                          for c in incident.claims if c in self._claim_of})),
            tuple(sorted(self._id("incident", p) for p in incident.parts if p in ids)),
        )  # fmt: skip

    def _persons(self, claims: Iterable[str]) -> Iterable[Person]:
        wanted = set(claims)
        mine = [
            (k, v) for k, v in self._kept.victims
            if v.id in self._kept.passing.victims and (v.claim is None or v.claim in wanted)
        ]  # fmt: skip
        told = ((v, self._kept.person_of.get(v.id, v.id), self._cell(v)) for _, v in mine)
        hidden = lonely(told, self._profile.smallest_cell)
        self._withheld.note("sex and age of persons", "small", len(hidden))
        for key, victim in mine:
            yield self._person(key, victim, victim.id in hidden)

    def _cell(self, victim: Victim) -> tuple[str | None, str | None]:
        claim = self._claim_of.get(victim.claim or "")
        where = self._places.shown(claim.place) if claim else None
        return where.name if where else None, (claim.date.start or "")[:7] if claim and claim.date else None

    def _person(self, document: str, victim: Victim, hidden: bool) -> Person:
        named = self._profile.names == "show"
        if not named:
            self._withheld.note("names of victims", "name")
            self._withheld.note("ages of victims", "age", int(victim.age_low is not None))
        return Person(
            self._id("victim", victim.id),
            self._id("person", self._kept.person_of.get(victim.id, victim.id)),
            self._id("source", document),
            self._claim(victim.claim),
            self._incident(victim.claim),
            victim.name if named else None,
            victim.age_low if named else None,
            victim.age_high if named else None,
            None if hidden else age_band(victim),
            None if hidden else victim.sex,
            victim.harm,
            self._text(victim.circumstance, "circumstances") if named else None,
            self._text(victim.quote, "quotes") if named else None,
        )

    def _held(self) -> Iterable[Held]:
        for key, record in self._kept.control:
            if record.id not in self._kept.passing.control:
                continue
            if self._profile.control == "withhold":
                self._withheld.note("control", "control")
                continue
            yield self._holding(key, record)

    def _holding(self, document: str, record: Control) -> Held:
        since = record.since or DateRange()
        place = self._located(record.place)
        return Held(
            self._id("control", record.id),
            self._id("source", document),
            self._where(place, "places of control"),
            self._names.of(record.holder),
            since.start,
            since.end,
            self._text(record.exception, "exceptions of control"),
            self._names.several(record.claimants),
            self._text(record.quote, "quotes"),
        )

    def _located(self, name: str) -> Place:
        """Return the place that a record of control names: as claims know it, else as the gazetteer does."""
        return self._located_names.get(fold(name)) or located(name, self._kept)

    @cached_property
    def _located_names(self) -> dict[str, Place]:
        return {fold(p.name): p for p in places_of(self._whole) if p.precision != "unresolved"}

    def _figure(self, told: Told, said: dict[str, Said]) -> Figure:
        figure = told.figure
        counted = [said[c] for c in figure.counted if c in said]
        sources = {self._id("source", k): d for k, d in self._kept.documents.items()}
        left = Counter(x.reason for x in figure.left_out)
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
            left_out=tuple(f"{reason} {count}" for reason, count in sorted(left.items())),
            conflicts=len(figure.conflicts),
            unreviewed=figure.unreviewed,
            note=told.note,
            proof=(
                *(claim_sentence(c, self._publisher(sources[c.source]), sources[c.source].published_day)
                  for c in counted),
                *closing_sentences(figure),
            ),
        )  # fmt: skip

    def _publisher(self, document: Document) -> str | None:
        return document.publisher if document.publisher and self._names.shows(document.publisher) else None

    def _figure_id(self, figure: LedgerFigure) -> str:
        if self._profile.ids == "keyed":
            return self._id("figure", figure.id)
        return f"figure-{hashlib.sha256(figure.id.encode()).hexdigest()[:PLAIN_FIGURE]}"

    def _rulings(self, claims: Set[str], incidents: Set[str]) -> Iterable[Ruling]:
        shown = self._profile.authors == "show"
        kinds = dict.fromkeys(claims, "claim") | dict.fromkeys(incidents, "incident")
        kinds |= dict.fromkeys(self._kept.documents, "source")
        for judgement in self._kept.log:
            if judgement.verb in NEVER_TOLD:
                self._withheld.note("evidence files", "evidence")
                continue
            objects = [self._id(kinds[o], o) for o in judgement.objects if o in kinds]
            if len(objects) < len(judgement.objects) and self._profile.ids == "keyed":
                self._withheld.note("judgements", "filter")
                continue
            yield self._ruling(judgement, tuple(objects), shown)

    def _ruling(self, judgement: Judgement, objects: tuple[str, ...], shown: bool) -> Ruling:
        if not shown:
            self._withheld.note("authors of judgements", "author")
        return Ruling(
            self._id("judgement", judgement.id),
            judgement.number,
            judgement.verb,
            objects or judgement.objects,
            judgement.field,
            self._text(judgement.value, "values of judgements"),
            self._text(judgement.because, "reasons of judgements"),
            judgement.author if shown else None,
            judgement.at if shown else None,
        )


def places_of(material: Material) -> Iterable[Place]:
    """Yield every place that the records of a book name, those of victims and of control too."""
    seen: set[Place] = set()
    told = [c.place for c in material.claims] + [i.place for i in material.incidents]
    told += [v.place for _, v in material.victims]
    for place in (*told, *(located(c.place, material) for _, c in material.control)):
        if place is not None and place not in seen:
            seen.add(place)
            yield place


def located(name: str, material: Material) -> Place:
    """Return the place of a name as the gazetteer knows it; unresolved where it does not."""
    found = material.knowledge.places.find(name)
    if not found:
        return Place(name)
    entry = material.knowledge.places.get(found[0].id)
    if entry is None:
        return Place(name)
    level = entry.kind if entry.kind in ("country", "admin1", "admin2", "admin3") else "exact"
    return Place(entry.name, entry.admin, entry.country, entry.lat, entry.lon, entry.radius_km, level, entry.id)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Named)


def _ordered(records: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(records, key=lambda r: r.id))
