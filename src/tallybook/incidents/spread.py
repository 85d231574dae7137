"""Incidents that grew past reason: reports held together that set them far apart, or on days far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from tallybook.model import Claim, Incident, Issue
from tallybook.model.earth import apart

SPREAD = "incident-spread"
FAR_KM, FAR_DAYS, MANY = 50.0, 10, 60
"""Kilometres between two of its places, beyond their own radii, days between two of its days, and reports, from which
a person should look at an incident: no single attack is so wide or so long, and few are told so often."""
NARROW = ("exact", "near", "admin3")
"""Precisions of places that are points or small areas."""


def spread(incident: Incident, claims: Iterable[Claim]) -> Issue | None:
    """Return the issue of an incident whose claims lie too far apart by place or day, or are too many; else None."""
    told = tuple(claims)
    found = [*_places(told), *_days(told)]
    if len(incident.documents) > MANY:
        found.append(f"{len(incident.documents)} reports tell it")
    if not found:
        return None
    message = (
        f"Incident {incident.id} may be several: {'; '.join(found)}. Look at it with `tallybook why {incident.id}`, "
        "and decide `different` where it is."
    )
    return Issue(SPREAD, message, incident.id)


def _places(claims: Iterable[Claim]) -> Iterator[str]:
    places = {
        (c.place.name, c.place.lat, c.place.lon, c.place.radius_km or 0.0)
        for c in claims
        if c.place and c.place.lat is not None and c.place.lon is not None and c.place.precision in NARROW
    }
    pairs = ((apart((a[1], a[2]), (b[1], b[2])), a, b) for a, b in combinations(sorted(places), 2))
    far = [(km, a[0], b[0]) for km, a, b in pairs if km > FAR_KM + a[3] + b[3]]
    if far:
        km, one, other = max(far)
        yield f"{one} and {other} are {km:.0f} km apart"


def _days(claims: Iterable[Claim]) -> Iterator[str]:
    days = sorted({c.date.start for c in claims if c.date and c.date.start and c.date.start == c.date.end})
    if days and (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days > FAR_DAYS:
        yield f"its days reach from {days[0]} to {days[-1]}"
