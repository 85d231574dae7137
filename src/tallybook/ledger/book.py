"""All that the ledger knows: claims, their documents, what they are about, and what people decided."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tallybook.incidents.copies import Copies, near_copies
from tallybook.knowledge.claimant_kinds import NOT_KNOWN, OUTLETS
from tallybook.ledger.judged import Decided, decided
from tallybook.ledger.origins import Origins, Reports, own_voice, reports
from tallybook.ledger.protocols import BookPlaces, Geography, Kinds, NamedSides, NoKinds, Sides
from tallybook.model import Claim, Document, Incident, Judgement, Place
from tallybook.model.moments import moment

if TYPE_CHECKING:
    from hashlib import _Hash


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person who is named as harmed."""

    id: str
    name: str
    claims: tuple[tuple[str, str], ...]
    """Measure, and id of the claim that counts the person, of each record that names them; sorted."""


class Book:
    """Values in, figures out: reads nothing but what it is given.

    `documents` may be keyed by anything: `Document.key` is what claims refer to. Without `geography` and `sides`
    places nest as the claims themselves tell and every actor stands alone. `copies` are pairs of document keys (copy,
    original); they are found anew where they are not given. `named` are the people whom reports and lists name.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        documents: Mapping[str, Document] | Iterable[Document],
        incidents: Iterable[Incident],
        judgements: Iterable[Judgement] = (),
        geography: Geography | None = None,
        sides: Sides | None = None,
        copies: Iterable[tuple[str, str]] | None = None,
        named: Iterable[NamedPerson] = (),
        kinds: Kinds | None = None,
    ) -> None:
        held = documents.values() if isinstance(documents, Mapping) else documents
        self.claims: dict[str, Claim] = {c.id: c for c in sorted(claims, key=lambda c: c.id)}
        self.documents: dict[str, Document] = {d.key: d for d in held}
        self.incidents: dict[str, Incident] = {i.id: i for i in sorted(incidents, key=lambda i: i.id)}
        self.judgements: tuple[Judgement, ...] = tuple(judgements)
        self.sides: Sides = sides or NamedSides()
        self.kinds: Kinds = kinds or NoKinds()
        self.geography: Geography = geography or BookPlaces(_places(self.claims.values(), self.incidents.values()))
        self.named: tuple[NamedPerson, ...] = tuple(sorted(named, key=lambda p: p.id))
        self.views: dict[tuple[str, str | None], object] = {}
        self._near_copies = None if copies is None else tuple(copies)
        self._said_by: dict[str, Book] = {}

    @cached_property
    def decided(self) -> Decided:
        """What people decided about claims."""
        return decided(self.judgements)

    @cached_property
    def reports(self) -> Reports:
        """Copies and replaced versions among the documents."""
        return reports(self.documents.values())

    @cached_property
    def near_copies(self) -> tuple[tuple[str, str], ...]:
        """Pairs of document keys, copy and original."""
        return near_copies(self.documents.values()) if self._near_copies is None else self._near_copies

    @cached_property
    def copies(self) -> Copies:
        """Where copied passages come from."""
        return Copies(self.documents.values(), self.near_copies)

    @cached_property
    def origins(self) -> Origins:
        """The origin of every claim."""
        return Origins(self.claims.values(), self.documents, self.reports, self.copies, self.sides)

    @cached_property
    def incident_of(self) -> dict[str, str]:
        """Claim id to incident id."""
        return {c: i.id for i in self.incidents.values() for c in i.claims}

    @cached_property
    def alias(self) -> dict[str, str]:
        """Former incident ids to the present ones."""
        return {old: i.id for i in self.incidents.values() for old in i.aliases}

    @cached_property
    def state(self) -> str:
        """Twelve hex digits over all that figures depend on; equal books give equal digits."""
        first, last = self._told
        digest = first.copy()
        for judgement in self.judgements:
            digest.update(judgement.id.encode() + b"\n")
        digest.update(last)
        return digest.hexdigest()[:12]

    @cached_property
    def _told(self) -> tuple[_Hash, bytes]:
        """What stands before the judgements in the state, hashed, and what stands after them."""
        first = hashlib.sha256()
        for name in (*self.claims, *sorted(self.documents), *self.incidents):
            first.update(name.encode() + b"\n")
        lines = [" ".join((*incident.claims, *incident.parts)) for incident in self.incidents.values()]
        lines += [" ".join((person.id, *(c for told in person.claims for c in told))) for person in self.named]
        return first, "".join(f"{line}\n" for line in lines).encode()

    def upto(self, day: str | None) -> Book:
        """Return the book as documents published up to `day` make it; undated ones stay out. None: all of it."""
        if day is None:
            return self
        kept = {k: d for k, d in self.documents.items() if (at := moment(d.published)) and at.day <= day}
        claims = [c for c in self.claims.values() if c.document in kept]
        return Book(
            claims, kept, self.incidents.values(), self.judgements, self.geography, self.sides, self.near_copies,
            self.named, self.kinds,
        )  # fmt: skip

    def said_by(self, kind: str | None) -> Book:
        """Return the book as the claims of one kind of source make it, with all else as it is; None: all of it."""
        if kind is None:
            return self
        if kind not in self._said_by:
            self._said_by[kind] = self.part(
                [c.id for c in self.claims.values() if self.kind_of(c) == kind], self.incidents
            )
        return self._said_by[kind]

    def kind_of(self, claim: Claim) -> str:
        """Return the kind of source whose word a claim is: that of its origin, or else of a claimant beside it.

        An outlet is one whose own word it is, unless the name says otherwise, as that of an army's press office.
        """
        origin = self.origins.of(claim)
        found = [kind for name in (origin, *claim.claimants) if (kind := self.kinds.kind(name)) != NOT_KNOWN]
        return found[0] if found else OUTLETS if own_voice(claim, self.documents.get(claim.document)) else NOT_KNOWN

    def part(self, claims: Collection[str], incidents: Collection[str]) -> Book:
        """Return some claims and incidents of the book, with all else as the whole book has it."""
        for name in ("decided", "reports", "copies", "origins", "alias"):
            getattr(self, name)
        made = self._but("incident_of", "state", "_told", "_named")
        made.claims = {c: self.claims[c] for c in sorted(claims) if c in self.claims}
        made.incidents = {i: self.incidents[i] for i in sorted(incidents) if i in self.incidents}
        return made

    def judged(self, judgements: Iterable[Judgement]) -> Book:
        """Return the same claims, documents, incidents and people under other judgements."""
        for name in ("reports", "copies", "origins", "incident_of", "alias", "_told"):
            getattr(self, name)
        made = self._but("decided", "state")
        made.judgements = tuple(judgements)
        return made

    def _but(self, *names: str) -> Book:
        """Return the same book without what these names were worked out as, and without its views."""
        made = copy(self)
        for name in names:
            made.__dict__.pop(name, None)
        made.views, made._said_by = {}, {}
        return made

    def place(self, name: str) -> Place:
        """Return the place of that name as the book's claims know it, or the bare name."""
        return self._named.get(name.casefold()) or Place(name)

    @cached_property
    def _named(self) -> dict[str, Place]:
        best: dict[str, Place] = {}
        for place in _places(self.claims.values(), self.incidents.values()):
            known = best.get(place.name.casefold())
            if known is None or _detail(place) > _detail(known):
                best[place.name.casefold()] = place
        return best


def _detail(place: Place) -> tuple[bool, int, tuple[str, ...], str]:
    return place.precision != "unresolved", len(place.admin), place.admin, place.country or ""


def _places(claims: Iterable[Claim], incidents: Iterable[Incident]) -> list[Place]:
    told = [c.place for c in claims if c.place] + [i.place for i in incidents if i.place]
    return sorted(set(told), key=lambda p: (p.name, p.admin, p.country or "", p.precision))
