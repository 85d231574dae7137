"""The gate: a book's records in, the records of a release out. Whatever is written later comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from tallybook.errors import UsageError
from tallybook.knowledge.folding import fold
from tallybook.ledger import Book
from tallybook.ledger.judged import ATTACH
from tallybook.model import Claim, Victim
from tallybook.release.delays import held_back
from tallybook.release.figures import Told, figures
from tallybook.release.former import Former
from tallybook.release.keys import Key
from tallybook.release.locating import places_of
from tallybook.release.material import Material
from tallybook.release.profile import Profile
from tallybook.release.records import Edition, Held, Person, Ruling
from tallybook.release.showing import Showing
from tallybook.release.small_cells import few_people, lonely
from tallybook.release.withheld import Withheld

NEVER_TOLD = (ATTACH,)
"""Verbs of judgements that enter no release: names of evidence files, and where a photograph was taken."""
NO_AREA = ("country", "unresolved")
"""Precisions of places that no figure is broken down by."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What may be written, and what was withheld."""

    edition: Edition
    withheld: Withheld


def cleared(material: Material, profile: Profile, key: Key | None, former: Former | None = None) -> Cleared:
    """Pass a book through the gate of a profile.

    Events are held back first, so that no figure knows of them; then names, places, texts and ids are taken to what the
    profile shows. What a former release kept to itself about few people stays there. Pure: equal books, profiles, keys
    and former releases give equal editions.

    Raises: UsageError where the filters name what the profile does not show.
    """
    withheld = Withheld()
    kept = held_back(material, profile, withheld)
    clearing = _Clearing(material, kept, profile, key, withheld, former)
    clearing.check_filters()
    return Cleared(clearing.edition(), withheld)


class _Clearing:
    def __init__(
        self, whole: Material, kept: Material, profile: Profile, key: Key | None, withheld: Withheld,
        former: Former | None,
    ) -> None:  # fmt: skip
        self._whole, self._kept, self._profile, self._withheld, self._former = whole, kept, profile, withheld, former
        self._showing = Showing(whole, kept, profile, key, withheld)
        self._claim_of = {c.id: c for c in kept.claims}
        self._hidden = few_people(
            kept.claims, kept.incidents, profile.smallest_cell, withheld, lambda c: self._told_before("claim", c)
        )

    def _told_before(self, kind: str, name: str) -> bool | None:
        """Say whether the former release tells sex or age of a record; None where it has no such record."""
        return self._former.tells_people(self._showing.id(kind, name)) if self._former else None

    def check_filters(self) -> None:
        """Refuse filters that would tell what the profile withholds.

        Raises: UsageError
        """
        asked = self._kept.asked
        if asked.by and not self._showing.names.shows(asked.by):
            raise UsageError(f"--by {asked.by!r} is no name that the profile {self._profile.name} shows.")
        if asked.place and self._profile.places != "exact":
            named = [p for p in places_of(self._whole) if fold(p.name) == fold(asked.place)]
            if any(self._showing.places.is_fine(p) for p in named):
                raise UsageError(
                    f"--in {asked.place!r} is finer than the profile {self._profile.name} shows. Name a larger unit."
                )

    def edition(self) -> Edition:
        """Return the records of the release, each kind in the order of its ids."""
        showing = self._showing
        told = list(self._figures())
        wanted = self._kept.passing.claims | {c for t in told for c in t.figure.counted}
        wanted |= {c for i in self._kept.incidents if i.id in self._kept.passing.incidents for c in i.claims}
        wanted &= self._claim_of.keys()
        said = {c: showing.said(self._claim_of[c], self._book, hidden=c in self._hidden) for c in sorted(wanted)}
        self._withheld.note("claims", "filter", len(self._claim_of) - len(wanted))
        persons = list(self._persons(wanted))
        held = list(self._held())
        documents = {self._claim_of[c].document for c in wanted}
        documents |= {k for k, v in self._kept.victims if v.id in self._kept.passing.victims}
        documents |= {k for k, c in self._kept.control if c.id in self._kept.passing.control}
        events = [showing.event(i, self._book) for i in self._kept.incidents if wanted & set(i.claims)]
        sources = [showing.source(self._kept.documents[d]) for d in documents if d in self._kept.documents]
        return Edition(
            self._profile.name,
            self._kept.as_of,
            _ordered(said.values()),
            _ordered(events),
            _ordered(persons),
            _ordered(held),
            tuple(showing.figure(t, said) for t in told),
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
            if c.id in shown and (w := self._showing.places.shown(c.place)) and w.name and w.precision not in NO_AREA
        }  # fmt: skip
        return figures(self._book, fine, self._kept.asked, shown, tuple(sorted(a for a in areas if a)))

    def _persons(self, claims: Iterable[str]) -> Iterable[Person]:
        wanted = set(claims)
        mine = [
            (k, v) for k, v in self._kept.victims
            if v.id in self._kept.passing.victims and (v.claim is None or v.claim in wanted)
        ]  # fmt: skip
        told = ((v, self._kept.person_of.get(v.id, v.id), self._cell(v)) for _, v in mine)
        hidden = lonely(told, self._profile.smallest_cell, lambda v: self._told_before("victim", v))
        self._withheld.note("sex and age of persons", "small", len(hidden))
        for key, victim in mine:
            yield self._showing.person(key, victim, hidden=victim.id in hidden)

    def _cell(self, victim: Victim) -> tuple[str | None, str | None]:
        claim = self._claim_of.get(victim.claim or "")
        where = self._showing.places.shown(claim.place) if claim else None
        return where.name if where else None, (claim.date.start or "")[:7] if claim and claim.date else None

    def _held(self) -> Iterable[Held]:
        for key, record in self._kept.control:
            if record.id not in self._kept.passing.control:
                continue
            if self._profile.control == "withhold":
                self._withheld.note("control", "control")
                continue
            yield self._showing.holding(key, record)

    def _rulings(self, claims: Set[str], incidents: Set[str]) -> Iterable[Ruling]:
        kinds = dict.fromkeys(claims, "claim") | dict.fromkeys(incidents, "incident")
        kinds |= dict.fromkeys(self._kept.documents, "source")
        for judgement in self._kept.log:
            if judgement.verb in NEVER_TOLD:
                self._withheld.note("evidence files", "evidence")
                continue
            objects = [self._showing.id(kinds[o], o) for o in judgement.objects if o in kinds]
            if len(objects) < len(judgement.objects) and self._profile.ids == "keyed":
                self._withheld.note("judgements", "filter")
                continue
            yield self._showing.ruling(judgement, tuple(objects))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Named)


def _ordered(records: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(records, key=lambda r: r.id))
