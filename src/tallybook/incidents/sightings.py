"""What each record of a named victim gives to tell people by: name, age, sex, event, place and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tallybook.knowledge.person_names import PersonName, person_name
from tallybook.model import Claim, DateRange, Document, Incident, Place, Victim
from tallybook.model.moments import published


@dataclass(frozen=True, slots=True)
class Sighting:
    """One record of a victim, laid out for comparison."""

    victim: Victim
    document: str
    """Key of the document it stands in."""
    order: tuple[str, str]
    """Publication time in UTC and record id: what makes a record the earliest."""
    name: PersonName
    sex: str | None
    incident: str | None
    """Id of the incident of the claim that counts the person."""
    place: Place | None
    days: tuple[int, int] | None
    """First and last day number in which the person was harmed; None where no day is stated."""


def sightings(
    victims: Iterable[tuple[str, Victim]],
    documents: Mapping[str, Document],
    claims: Mapping[str, Claim],
    incidents: Iterable[Incident],
) -> list[Sighting]:
    """Return a sighting for each victim, given with the key of its document, sorted by record id.

    What a record does not tell itself is taken from the claim that counts the person, then from that claim's incident.
    """
    held = {c: i for i in incidents for c in i.claims}
    made = []
    for key, victim in sorted(victims, key=lambda v: v[1].id):
        claim, incident = claims.get(victim.claim or ""), held.get(victim.claim or "")
        name = person_name(victim.name)
        made.append(
            Sighting(
                victim, key, (published(documents.get(key)), victim.id), name, victim.sex or name.sex,
                incident.id if incident else None, _place(victim, claim, incident), _days(victim, claim, incident),
            )
        )  # fmt: skip
    return made


def _place(victim: Victim, claim: Claim | None, incident: Incident | None) -> Place | None:
    told = (victim.place, claim.place if claim else None, incident.place if incident else None)
    return next((p for p in told if p is not None), None)


def _days(victim: Victim, claim: Claim | None, incident: Incident | None) -> tuple[int, int] | None:
    told = (victim.date, claim.date if claim else None, incident.date if incident else None)
    return next((days for when in told if (days := _numbers(when)) is not None), None)


def _numbers(when: DateRange | None) -> tuple[int, int] | None:
    if when is None or not when.start or not when.end:
        return None
    return date.fromisoformat(when.start[:10]).toordinal(), date.fromisoformat(when.end[:10]).toordinal()
