"""Which claims, incidents and records pass the filters of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tallybook.model import MEASURES, Claim, Control, DateRange, Incident, Place, Victim
from tallybook.runs import naming
from tallybook.runs.desk import Desk
from tallybook.runs.naming import Asked


@dataclass(frozen=True, slots=True)
class Filter:
    """A checked filter; what it does not name passes. A record passes only where it lies wholly inside."""

    measure: str | None
    who: tuple[str, ...]
    by: str | None
    place: str | None
    since: str | None
    until: str | None
    desk: Desk

    @property
    def is_open(self) -> bool:
        """Say whether everything passes."""
        return self.who == ("any",) and not (self.measure or self.by or self.place or self.since or self.until)

    def claim(self, claim: Claim) -> bool:
        """Say whether a claim passes; a denial counts with the measure it is about."""
        return (
            (self.measure is None or self.measure in (claim.measure, claim.about))
            and any(POPULATIONS[name](claim) for name in self.who)
            and (self.by is None or any(self._includes(self.by, actor) for actor in claim.perpetrator))
            and self._inside(claim.place)
            and self._during(claim.date)
        )

    def incident(self, incident: Incident) -> bool:
        """Say whether an incident passes: its place and date, and one of its claims in the rest."""
        claims = [self.desk.claim_of[c] for c in incident.claims]
        wide = Filter(self.measure, self.who, self.by, None, None, None, self.desk)
        return self._inside(incident.place) and self._during(incident.date) and any(wide.claim(c) for c in claims)

    def victim(self, victim: Victim) -> bool:
        """Say whether a victim passes: by the claim that counts the person."""
        if self.is_open:
            return True
        counted = self.desk.claim_of.get(victim.claim or "")
        return counted is not None and self.claim(counted)

    def control(self, control: Control) -> bool:
        """Say whether a record of control passes: its holder, place and start."""
        return (
            (self.by is None or self._includes(self.by, control.holder))
            and (self.place is None or self._inside(self._located(control.place)))
            and self._during(control.since)
        )

    def _includes(self, outer: str, inner: str) -> bool:
        return self.desk.knowledge.actors.includes(outer, inner)

    def _inside(self, place: Place | None) -> bool:
        if self.place is None:
            return True
        return place is not None and self.desk.geography.within(place, self.place) is True

    def _during(self, date: DateRange | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if date is None:
            return False
        after = self.since is None or (date.start is not None and date.start >= self.since)
        return after and (self.until is None or (date.end is not None and date.end <= self.until))

    def _located(self, name: str) -> Place:
        told = next((c.place for c in self.desk.claims if c.place and c.place.name == name), None)
        candidates = self.desk.knowledge.places.find(name)
        if told or not candidates:
            return told or Place(name)
        best = candidates[0]
        return Place(best.name, best.admin, best.country, id=best.id, precision="near")


def filter_from(asked: Asked, desk: Desk) -> Filter:
    """Check a filter as it was typed.

    Raises: UsageError, UnknownName, BadDate
    """
    measure = naming.one_of("--measure", asked.measure, MEASURES) if asked.measure else None
    return Filter(
        measure,
        naming.who(asked.who),
        naming.actor(asked.by, desk) if asked.by else None,
        naming.place(asked.place, desk) if asked.place else None,
        naming.day("--since", asked.since),
        naming.day("--until", asked.until),
        desk,
    )


POPULATIONS: dict[str, Callable[[Claim], bool]] = {
    "any": lambda claim: True,
    "civilian": lambda claim: claim.target.affiliation == "civilian",
    "combatant": lambda claim: claim.target.affiliation == "combatant",
    "unknown": lambda claim: claim.target.affiliation in ("unknown", "mixed"),
    "children": lambda claim: claim.target.age == "child",
    "women": lambda claim: claim.target.sex == "female" and claim.target.age != "child",
}
"""What each word of --who asks of a claim."""
