"""One event as its report tells it, and what more is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.harm_dates import days_clash, days_long
from tallybook.claims.place_fit import PlaceFit
from tallybook.claims.place_mentions import PlaceMention
from tallybook.model.claim import DateRange


@dataclass(slots=True)
class Event:
    """One event as its report tells it."""

    date: DateRange | None = None
    place: PlaceMention | None = None
    last: int = 0
    time: str | None = None


def refine(event: Event, day: DateRange | None, where: PlaceMention | None, fit: PlaceFit) -> None:
    """Take over a day or a place that is told more closely than the event's own and does not contradict it."""
    if (
        day is not None
        and day.precision not in ("since", "before")
        and (event.date is None or (days_long(day) < days_long(event.date) and not days_clash(event.date, day)))
    ):
        event.date = day
    if where is not None and (event.place is None or (fit.holds(event.place, where) and where.rank < event.place.rank)):
        event.place = where
    elif where is not None and event.place is not None and where.rank < event.place.rank and event.place.rank >= 3:
        event.place = PlaceMention(where.start, where.end, (*where.parts, *event.place.parts), where.role, where.prep)
