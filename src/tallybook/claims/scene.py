"""Where and when: the events of a report, and what each draft takes from its sentence or from its event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tallybook.claims.clock import find_time
from tallybook.claims.context import Context
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.events import Event, Events, Pending, refine
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import HarmDates, date_for, days_clash, days_long
from tallybook.claims.harm_places import harm_places, place_for
from tallybook.claims.place_fit import PlaceFit
from tallybook.claims.place_mentions import COUNTRY, REGION, PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.claims.scopes import covers_period
from tallybook.claims.untold_places import UntoldPlaces
from tallybook.model.claim import DateRange

NEAR = 3
"""Sentences after a claim in which its missing place or date is still sought; the catalogue of reports finds most there."""
TOLL = -1
"""Event of a draft that belongs to none: a toll of a war or a period."""
LABEL = 8
"""Longest line, in words, that is taken for a label: '8 September -', 'Hodan district'."""
HISTORY = 30
"""Days before an event from which a date told in a sentence without harm is its background."""


_THERE = re.compile(
    r"\b(?:killed|injured|wounded|died|kidnapped|arrested|abducted|captured|bodies|people)\s+(?:were\s+)?(?:\w+\s+)?there\b|\bin\s+(?:the\s+same|that)\s+(?:area|town|village|city|place|district|location|camp)\b|\bat\s+the\s+same\s+(?:place|post|spot|location|base|checkpoint)\b",
    re.IGNORECASE,
)


class Scene:
    """Puts drafts into events, in the order of telling."""

    def __init__(self, context: Context, places: PlaceFinder, published: date | None) -> None:
        self.context, self.places, self.published = context, places, published
        self.dates, self.fit = HarmDates(published), PlaceFit(places)
        self.events, self.pending = Events(context, self.fit), Pending()
        self.last_place: PlaceMention | None = None

    @property
    def dated(self) -> list[tuple[SentenceFacts, DateMention, DateRange, bool]]:
        """Return every resolved date with its sentence; the last item says whether it is a statement's or a dateline's."""
        return self.dates.dated

    @property
    def unresolved(self) -> list[DateMention]:
        """Return the dates that hang on what the report does not tell."""
        return self.dates.unresolved

    def stage(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> None:
        """Fill date, place, time and event of every draft. The title's drafts belong to the first event."""
        by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            by_sentence.setdefault(id(draft.facts), []).append(draft)
        body = [f for f in facts if f.field == "body"]
        self.dates.days.begin(body)
        for index, f in enumerate(body):
            here = by_sentence.get(id(f), [])
            if here:
                self._claims(f, here, index)
            else:
                self._told(f, index)
        for f in facts:
            if f.field == "title":
                self._title(f, by_sentence.get(id(f), []))
        wide = [m for f in facts for m in f.places if m.rank == REGION and m.role in ("at", "mention", "weak")]
        lead = self.events.told[0].place if self.events.told else None
        untold = UntoldPlaces(self.context, self.places, lead, wide)
        for draft in drafts:
            self._inherit(draft, untold)

    def _claims(self, f: SentenceFacts, here: Sequence[Draft], index: int) -> None:
        dates, places = self.dates.of(f), harm_places(f)
        starts = sorted({d.group.start for d in here})
        clock = find_time(f.sentence.text)
        opens = self.context.separate(f.sentence.text) or (self._labelled(f, places) and bool(self.events.told))
        first = True
        for draft in sorted(here, key=lambda d: d.group.start):
            draft.date = date_for(draft, dates, starts)
            draft.own_date = draft.date is not None
            draft.mention = place_for(draft, places, starts)
            if draft.mention is None and self.last_place is not None and _THERE.search(f.sentence.text):
                draft.mention = self.last_place
            draft.own_place = draft.mention is not None
            draft.time = clock[0] if (clock and draft.own_date) or (clock and not self.events.told) else None
            self._scope(draft)
            if draft.scope == "cumulative":
                draft.event = TOLL
                continue
            draft.event = self.events.of(draft, self.pending, index, opens=opens and first)
            first = False
        self.pending = Pending()
        self.last_place = next((m for m in reversed(places) if m.rank < COUNTRY), self.last_place)

    def _scope(self, draft: Draft) -> None:
        if covers_period(draft, self.context):
            draft.scope = "cumulative"
        if draft.date is None and draft.scope == "cumulative":
            draft.date = self._up_to_publication()

    def _labelled(self, f: SentenceFacts, places: Sequence[PlaceMention]) -> bool:
        """Say whether a line opens with its place: 'TOLWA - Gunmen ...', 'North: ...', a bullet of a roundup."""
        if not places or not f.sentence.first:
            return False
        before, after = (
            f.sentence.text[: places[0].start - f.sentence.start],
            f.sentence.text[places[0].end - f.sentence.start :],
        )
        return (
            not before.strip(" *-\u2022\u2013\u2014>(")
            and re.match(r"\s*(?:[:\u2013\u2014]|-\s|\s-)", after) is not None
        )

    def _told(self, f: SentenceFacts, index: int) -> None:
        """A sentence without harm may complete the event before it, or set the scene for the next."""
        dates, places = self.dates.of(f), harm_places(f)
        wanted = (
            ("day", "night", "range", "week", "month")
            if f.sentence.kind == "heading"
            else ("day", "night", "range", "week")
        )
        day = next((r for m, r in dates if r.precision in wanted and not m.since), None)
        self.last_place = next((m for m in reversed(places) if m.rank < COUNTRY), self.last_place)
        where = next((m for m in places if m.role == "at"), None) or (
            places[0] if places and f.sentence.kind in ("heading", "bullet") else None
        )
        if self._completes(f, day, where, index):
            return
        if not self._sets_scene(f, day, where):
            return
        if day is not None and not self._long_before(day):
            self.pending.date = day
        self.pending.place = where or self.pending.place

    def _completes(self, f: SentenceFacts, day: DateRange | None, where: PlaceMention | None, index: int) -> bool:
        """Complete the event told last, if it is near and neither day nor place contradicts it, and say whether it did."""
        event = self.events.told[-1] if self.events.told else None
        if event is None or index - event.last > NEAR or self.context.separate(f.sentence.text):
            return False
        if days_clash(event.date, day) or self.fit.clash(event.place, where):
            return False
        refine(event, day, where, self.fit)
        clock = find_time(f.sentence.text)
        event.time = event.time or (clock[0] if clock else None)
        return True

    def _sets_scene(self, f: SentenceFacts, day: DateRange | None, where: PlaceMention | None) -> bool:
        """Say whether a sentence without harm tells where and when of what follows; a patrol's journey does not."""
        if not self.events.told or f.sentence.kind == "heading" or len(f.sentence.tokens) <= LABEL:
            return True
        return self.context.warlike(f.sentence.text) or (day is not None and where is not None)

    def _long_before(self, day: DateRange) -> bool:
        """Say whether a date told in passing lies so far before the event that it is history."""
        told = self.events.told[-1].date if self.events.told else None
        if told is None or told.start is None or day.end is None:
            return False
        return date.fromisoformat(told.start) - date.fromisoformat(day.end) > timedelta(days=HISTORY)

    def _title(self, f: SentenceFacts, here: Sequence[Draft]) -> None:
        dates, places = self.dates.of(f), harm_places(f)
        for draft in here:
            draft.date = date_for(draft, dates, [])
            draft.mention = place_for(draft, places, [])
            draft.own_date, draft.own_place = draft.date is not None, draft.mention is not None
            self._scope(draft)
            draft.event = TOLL if draft.scope == "cumulative" else 0
        if not self.events.told:
            self.events.add(Event(None, places[0] if places else self.pending.place, 0))
        elif places and self.events.told[0].place is None:
            self.events.told[0].place = places[0]

    def _inherit(self, draft: Draft, untold: UntoldPlaces) -> None:
        """Give a draft what its event tells more closely than its own words, then its place and their spans."""
        event = self.events.told[draft.event] if 0 <= draft.event < len(self.events.told) else None
        if event is not None:
            if draft.date is None or _closer_day(event.date, draft.date):
                draft.date = event.date
            draft.time = draft.time or event.time
            if draft.mention is None or self._closer_place(event.place, draft.mention):
                draft.mention = event.place or draft.mention
        if draft.date is None and draft.scope == "incident":
            draft.date = self._up_to_publication()
        draft.place = self.places.resolve(draft.mention) if draft.mention is not None else untold.of(draft)
        if draft.mention is not None:
            draft.spans["place"] = draft.mention.parts[0][2]
        if draft.date is not None and draft.date.span is not None:
            draft.spans["date"] = draft.date.span

    def _closer_place(self, event: PlaceMention | None, own: PlaceMention) -> bool:
        """Say whether an event's place lies in a draft's own one and is smaller."""
        if event is None or event.rank >= own.rank or self.fit.clash(event, own):
            return False
        return own.rank >= REGION or self.fit.holds(own, event)

    def _up_to_publication(self) -> DateRange | None:
        """Return any day up to publication, for harm without a day of its own; None where that is not known."""
        end = self.published.isoformat() if self.published else None
        return DateRange(None, end, "before", None, None, True, None) if end else None


def _closer_day(event: DateRange | None, own: DateRange) -> bool:
    """Say whether an event's day lies in a draft's own longer time."""
    if event is None or own.precision == "day" or days_clash(event, own):
        return False
    return days_long(event) < days_long(own)
