"""The events of a report as it tells them, and to which of them each number belongs."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.harm_dates import days_clash, days_long
from tallybook.claims.place_fit import PlaceFit
from tallybook.claims.place_mentions import TOWNSHIP, PlaceMention
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
    elif (
        where is not None and event.place is not None and where.rank < event.place.rank and event.place.rank >= TOWNSHIP
    ):
        event.place = PlaceMention(where.start, where.end, (*where.parts, *event.place.parts), where.role, where.prep)


@dataclass(slots=True)
class Pending:
    """Day and place told ahead of the numbers that they are of."""

    date: DateRange | None = None
    place: PlaceMention | None = None


@dataclass(slots=True)
class Events:
    """The events of one report in the order of telling."""

    context: Context
    fit: PlaceFit
    told: list[Event] = field(default_factory=list)
    numbers: dict[int, set[int | None]] = field(default_factory=dict)  # what has been counted of each event

    def of(self, draft: Draft, pending: Pending, index: int, *, opens: bool) -> int:
        """Return which event a draft of body sentence `index` belongs to; a new one where nothing that is told fits.

        `opens`: its sentence begins something else.
        """
        day, where = draft.date or pending.date, draft.mention or pending.place
        if not self.told:
            self.numbers[0] = {draft.group.value}
            return self.add(Event(day, where, index, draft.time))
        current = self._current(draft)
        event = self.told[current]
        if not opens and not self._clash(event, draft, day, pending.place):
            closer = event.place is None or self._told_before(draft)
            self._go_on(event, draft.date, draft.mention if closer else None, index)
            self.numbers.setdefault(current, set()).add(draft.group.value)
            return current
        earlier = None if opens else self._earlier(draft, day, where)
        if earlier is not None:
            self._go_on(self.told[earlier], draft.date, draft.mention, index)
            return earlier
        inherited = event.date if day is None and (not opens or not draft.facts.dates) else day
        return self.add(Event(inherited, where, index, draft.time))

    def add(self, event: Event) -> int:
        """Add an event and return its number."""
        self.told.append(event)
        return len(self.told) - 1

    def _go_on(self, event: Event, day: DateRange | None, where: PlaceMention | None, index: int) -> None:
        refine(event, day, where, self.fit)
        event.last = index

    def _current(self, draft: Draft) -> int:
        """Return the event told last, or that of the whole that a draft is a part of."""
        if draft.part_of is not None and draft.part_of.event >= 0 and not draft.own_date:
            return draft.part_of.event
        return len(self.told) - 1

    def _clash(self, event: Event, draft: Draft, day: DateRange | None, pending: PlaceMention | None) -> bool:
        """Say whether day or place of a draft cannot be those of an event."""
        if days_clash(event.date, day):
            return True
        if draft.own_place:
            return self.fit.clash(event.place, draft.mention)
        return self.fit.clash(event.place, pending) and not self.context.back(draft.facts.sentence.text)

    def _earlier(self, draft: Draft, day: DateRange | None, where: PlaceMention | None) -> int | None:
        """Return the last event that agrees with what a draft tells of day and place; None if none does."""
        if where is None and day is None:
            return None
        for number in range(len(self.told) - 1, -1, -1):
            event = self.told[number]
            if (day is not None and event.date is None) or days_clash(event.date, day):
                continue
            if self.fit.clash(event.place, where) or (where is not None and event.place is None):
                continue
            if where is not None or number == 0 or draft.own_date:
                return number
        return None

    def _told_before(self, draft: Draft) -> bool:
        """Say whether the event told last has this number already: its place is then told again, more closely."""
        return draft.group.value is not None and draft.group.value in self.numbers.get(len(self.told) - 1, ())
