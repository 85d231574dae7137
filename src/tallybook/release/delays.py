"""What is held back for a while: events, tolls and changes of control that are recent, or at a sensitive site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tallybook.knowledge.folding import fold
from tallybook.ledger.book import NamedPerson
from tallybook.model import Claim, Incident
from tallybook.release.material import Material, Passing
from tallybook.release.profile import Profile
from tallybook.release.withheld import Withheld


@dataclass(frozen=True, slots=True)
class Delay:
    """Two days: what ended after the first is recent; what ended after the second is held back at sensitive sites."""

    recent: str
    sensitive: str
    words: tuple[str, ...]

    def reason(self, last: str | None, told: Iterable[str]) -> str | None:
        """Return why something that ended on a day, told in these words, is held back; None where it is not."""
        if last is None:
            return "undated"
        if last > self.recent:
            return "recent"
        return "sensitive" if last > self.sensitive and self.is_sensitive(told) else None

    def is_sensitive(self, told: Iterable[str]) -> bool:
        """Say whether words name a sensitive site, in singular or plural."""
        text = " ".join(f" {fold(t)} " for t in told)
        return any(f" {word} " in text or f" {word}s " in text for word in self.words)


def held_back(material: Material, profile: Profile, withheld: Withheld) -> Material:
    """Return the book without what the profile holds back; nothing of it reaches a figure.

    An incident is as late as the latest day that it, or one of its claims, may have been; without any day, as late as
    its latest report. Nothing is held back where the profile has no delays.
    """
    if not profile.delay_days and not profile.sensitive_days:
        return material
    today = date.fromisoformat(material.as_of)
    delay = Delay(
        (today - timedelta(days=profile.delay_days)).isoformat(),
        (today - timedelta(days=profile.sensitive_days)).isoformat(),
        tuple(fold(w) for w in profile.sensitive_words),
    )
    return _Sieve(material, delay, withheld).sieved()


class _Sieve:
    def __init__(self, material: Material, delay: Delay, withheld: Withheld) -> None:
        self._material, self._delay, self._withheld = material, delay, withheld
        self._claim_of = {c.id: c for c in material.claims}

    def sieved(self) -> Material:
        material = self._material
        incidents = tuple(i for i in material.incidents if self._keeps(i.id, "incidents", *self._of_incident(i)))
        kept = {c for i in incidents for c in i.claims}
        linked = {c for i in material.incidents for c in i.claims}
        claims = tuple(
            c for c in material.claims
            if (c.id in kept if c.id in linked else self._keeps(c.id, "claims", self._last(c), self._words(c)))
        )  # fmt: skip
        self._withheld.note("claims of incidents held back", "recent", len(linked - kept))
        present = {c.id for c in claims}
        control = tuple(
            (key, record) for key, record in material.control
            if self._keeps(record.id, "control", self._said(key), (record.place, record.quote))
        )  # fmt: skip
        victims = tuple((k, v) for k, v in material.victims if self._victim(k, v.claim, present))
        self._withheld.note("victims", "recent", len(material.victims) - len(victims))
        documents = {c.document for c in claims} | {k for k, _ in (*control, *victims)}
        ids = frozenset(i.id for i in incidents)
        return replace(
            material,
            claims=claims,
            incidents=tuple(replace(i, parts=tuple(p for p in i.parts if p in ids)) for i in incidents),
            control=control,
            victims=victims,
            named=tuple(_without(p, present) for p in material.named if any(c in present for _, c in p.claims)),
            documents={k: d for k, d in material.documents.items() if k in documents},
            copies=tuple(pair for pair in material.copies if set(pair) <= documents),
            passing=Passing(
                material.passing.claims & present, material.passing.incidents & ids,
                material.passing.victims, material.passing.control,
            ),
        )  # fmt: skip

    def _keeps(self, _id: str, what: str, last: str | None, told: Iterable[str]) -> bool:
        reason = self._delay.reason(last, told)
        if reason is not None:
            self._withheld.note(what, reason)
        return reason is None

    def _of_incident(self, incident: Incident) -> tuple[str | None, list[str]]:
        claims = [self._claim_of[c] for c in incident.claims if c in self._claim_of]
        days = [incident.date.end if incident.date else None, *(c.date.end if c.date else None for c in claims)]
        ends = [d for d in days if d] or [d for c in claims if (d := self._said(c.document))]
        words = [w for c in claims for w in self._words(c)]
        return max(ends, default=None), [*words, incident.place.name if incident.place else ""]

    def _last(self, claim: Claim) -> str | None:
        return claim.date.end if claim.date and claim.date.end else self._said(claim.document)

    def _said(self, document: str) -> str | None:
        known = self._material.documents.get(document)
        return known.published_day if known else None

    @staticmethod
    def _words(claim: Claim) -> tuple[str, ...]:
        return claim.quote, claim.place.name if claim.place else "", claim.target.text or ""

    def _victim(self, document: str, claim: str | None, present: set[str]) -> bool:
        if claim is not None:
            return claim in present
        return self._delay.reason(self._said(document), ()) is None


def _without(person: NamedPerson, present: set[str]) -> NamedPerson:
    """Return a person as the claims that are there name them."""
    return replace(person, claims=tuple(told for told in person.claims if told[1] in present))
