"""What several layouts need of an event: its days, its sides, its area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import cos, pi, radians, sin

from tallybook.knowledge import Knowledge
from tallybook.model.earth import KM_PER_DEGREE
from tallybook.release.naming import UNNAMED
from tallybook.release.places import Where
from tallybook.release.records import Edition, Event, Said, Source

CORNERS = 32
"""Corners of the polygon that stands for a circle."""
STATE, CIVILIANS = "state_forces", "Civilians"


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its claims and reports."""

    event: Event
    claims: tuple[Said, ...]
    sources: tuple[Source, ...]

    def killed(self) -> tuple[Said, ...]:
        """Return the claims that count killed people and that nobody rejected."""
        return tuple(c for c in self.claims if c.measure == "killed" and c.review != "rejected")

    def groups(self) -> tuple[str, ...]:
        """Return the organisations of the people harmed, most often named first."""
        return by_frequency(c.group for c in self.claims if c.group)

    def doers(self) -> tuple[str, ...]:
        """Return who is said to have done it, most often named first."""
        return by_frequency(p for c in self.claims for p in c.perpetrator)

    def claimants(self) -> tuple[str, ...]:
        """Return whose word it is, each once, sorted; those that are not named last."""
        return tuple(sorted({c.origin or UNNAMED for c in self.claims}, key=lambda n: (n == UNNAMED, n)))


def events(edition: Edition) -> list[Told]:
    """Return the events with their claims and reports, by first day and id."""
    claims, sources = {c.id: c for c in edition.claims}, {s.id: s for s in edition.sources}
    told = [
        Told(e, tuple(claims[c] for c in e.claims if c in claims), tuple(sources[s] for s in e.sources if s in sources))
        for e in edition.incidents
    ]
    return sorted(told, key=lambda t: (t.event.start or t.event.end or "9999", t.event.id))


def by_frequency(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without those withheld, most frequent first, then in the order of letters."""
    counts: dict[str, int] = {}
    for name in names:
        if name != UNNAMED:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda n: (-counts[n], n)))


def days(event: Event) -> tuple[date, date] | None:
    """Return the first and last day that it may have been; None where either end is open."""
    if not event.start or not event.end:
        return None
    return date.fromisoformat(event.start), date.fromisoformat(event.end)


def middle(first: date, last: date) -> date:
    """Return the day in the middle, the earlier one of two."""
    return first + timedelta(days=(last - first).days // 2)


def step(length: int, steps: Iterable[Mapping[str, int]]) -> int | None:
    """Return the code of a length in days from rows of `{up_to, code}`, shortest first; None beyond the last."""
    return next((s["code"] for s in steps if length <= s["up_to"]), None)


def kind_of(name: str, knowledge: Knowledge) -> str | None:
    """Return what kind of actor bears a name; None where nobody knows."""
    canonical = knowledge.actors.canonical(name)
    return next((a.kind for a in knowledge.actors if a.name == canonical), None) if canonical else None


def country_name(iso3: str | None, knowledge: Knowledge) -> str | None:
    """Return the name of a country, or its code where the name is not known."""
    country = knowledge.countries.by_iso.get(iso3 or "")
    return country.name if country else iso3


def units(where: Where | None) -> tuple[str | None, str | None, str | None]:
    """Return the first three administrative levels that a place is released with, largest first.

    A chain tells the order of units, not their levels: the largest is taken for the first.
    """
    if where is None:
        return None, None, None
    chain = [*reversed(where.admin)]
    if where.precision in ("admin1", "admin2", "admin3") and where.name:
        chain.append(where.name)
    first, second, third = ([*chain, None, None, None])[:3]
    return first, second, third


@lru_cache(maxsize=10_000)
def circle(lat: float, lon: float, radius_km: float) -> tuple[tuple[float, float], ...]:
    """Return a closed ring of (lon, lat) around a point, counter-clockwise, in degrees to 4 decimals."""
    ring = []
    for corner in range(CORNERS):
        angle = 2 * pi * corner / CORNERS
        north = radius_km * sin(angle) / KM_PER_DEGREE
        east = radius_km * cos(angle) / (KM_PER_DEGREE * max(0.01, cos(radians(lat))))
        ring.append((round(lon + east, 4), round(max(-90.0, min(90.0, lat + north)), 4)))
    return (*ring, ring[0])
