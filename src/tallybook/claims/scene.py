"""Where and when: the events of a report, and what each draft takes from its sentence or from its event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from tallybook.claims.clock import find_time
from tallybook.claims.context import Context
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.events import Event, refine
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import HarmDates, date_for, days_clash, days_long
from tallybook.claims.harm_places import harm_places, place_for
from tallybook.claims.place_fit import PlaceFit
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.claims.scopes import covers_period
from tallybook.model.claim import DateRange, Place

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
        self.events: list[Event] = []
        self.numbers: dict[int, set[int | None]] = {}
        self.pending_date: DateRange | None = None
        self.pending_place: PlaceMention | None = None
        self.last_place: PlaceMention | None = None
        self.wide: list[PlaceMention] = []

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
        for index, f in enumerate(body):
            here = by_sentence.get(id(f), [])
            if here:
                self._claims(f, here, index)
            else:
                self._told(f, index)
        self.wide = [m for f in facts for m in f.places if m.rank == 5 and m.role in ("at", "mention", "weak")]
        for f in facts:
            if f.field == "title":
                self._title(f, by_sentence.get(id(f), []))
        for draft in drafts:
            self._inherit(draft)

    def _claims(self, f: SentenceFacts, here: Sequence[Draft], index: int) -> None:
        dates, places = self.dates.of(f), harm_places(f)
        starts = sorted({d.group.start for d in here})
        clock = find_time(f.sentence.text)
        opens = self.context.separate(f.sentence.text) or (self._labelled(f, places) and bool(self.events))
        first = True
        for draft in sorted(here, key=lambda d: d.group.start):
            draft.date = date_for(draft, dates, starts)
            draft.own_date = draft.date is not None
            draft.mention = place_for(draft, places, starts)
            if draft.mention is None and self.last_place is not None and _THERE.search(f.sentence.text):
                draft.mention = self.last_place
            draft.own_place = draft.mention is not None
            draft.time = clock[0] if (clock and draft.own_date) or (clock and not self.events) else None
            self._scope(draft)
            if draft.scope == "cumulative":
                draft.event = TOLL
                continue
            draft.event = self._event_for(draft, f, index, opens and first)
            first = False
        self.pending_date = self.pending_place = None
        self.last_place = next((m for m in reversed(places) if m.rank < 6), self.last_place)

    def _scope(self, draft: Draft) -> None:
        if covers_period(draft, self.context):
            draft.scope = "cumulative"
        if draft.date is None and draft.scope == "cumulative" and self.published:
            draft.date = DateRange(None, self.published.isoformat(), "before", None, None, True, None)

    def _event_for(self, draft: Draft, f: SentenceFacts, index: int, opens: bool) -> int:
        if not self.events:
            self.events.append(
                Event(draft.date or self.pending_date, draft.mention or self.pending_place, index, draft.time)
            )
            self.numbers[0] = {draft.group.value}
            return 0
        current = len(self.events) - 1
        if draft.part_of is not None and draft.part_of.event >= 0 and not draft.own_date:
            current = draft.part_of.event
        event = self.events[current]
        day, where = draft.date or self.pending_date, draft.mention or self.pending_place
        clash = (
            days_clash(event.date, day)
            or (draft.own_place and self.clash(event.place, draft.mention))
            or (
                not draft.own_place
                and self.clash(event.place, self.pending_place)
                and not self.context.back(f.sentence.text)
            )
        )
        if not clash and not opens:
            refine(
                event, draft.date, draft.mention if event.place is None or self._told_before(draft) else None, self.fit
            )
            self.numbers.setdefault(current, set()).add(draft.group.value)
            event.last = index
            return current
        for number in range(len(self.events) - 1, -1, -1):
            other = self.events[number]
            if (
                not opens
                and (day is None or other.date is None or not days_clash(other.date, day))
                and not self.clash(other.place, where)
                and (where is not None or day is not None)
                and (day is None or other.date is not None)
            ):
                if where is None and number != 0 and not draft.own_date:
                    continue
                if where is not None and other.place is None:
                    continue
                refine(other, draft.date, draft.mention, self.fit)
                other.last = index
                return number
        inherited = event.date if day is None and (not opens or not self._sets_day(f)) else day
        self.events.append(Event(inherited, where, index, draft.time))
        return len(self.events) - 1

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

    def _told_before(self, draft: Draft) -> bool:
        """Say whether the current event has this number already: its place is then told again, more closely."""
        return draft.group.value is not None and draft.group.value in self.numbers.get(len(self.events) - 1, ())

    def _sets_day(self, f: SentenceFacts) -> bool:
        return bool(f.dates)

    def _told(self, f: SentenceFacts, index: int) -> None:
        """A sentence without harm may complete the event before it, or set the scene for the next."""
        dates, places = self.dates.of(f), harm_places(f)
        wanted = (
            ("day", "night", "range", "week", "month")
            if f.sentence.kind == "heading"
            else ("day", "night", "range", "week")
        )
        day = next((r for m, r in dates if r.precision in wanted and not m.since), None)
        self.last_place = next((m for m in reversed(places) if m.rank < 6), self.last_place)
        where = next((m for m in places if m.role == "at"), None) or (
            places[0] if places and f.sentence.kind in ("heading", "bullet") else None
        )
        if self.events and index - self.events[-1].last <= NEAR and not self.context.separate(f.sentence.text):
            event = self.events[-1]
            fits = not days_clash(event.date, day) and not self.clash(event.place, where)
            if fits and (self.context.back(f.sentence.text) or index - event.last <= NEAR):
                refine(event, day, where, self.fit)
                clock = find_time(f.sentence.text)
                if clock and event.time is None:
                    event.time = clock[0]
                return
        if not self._sets_scene(f, day, where):
            return
        if day is not None and not self._long_before(day):
            self.pending_date = day
        self.pending_place = where or self.pending_place

    def _sets_scene(self, f: SentenceFacts, day: DateRange | None, where: PlaceMention | None) -> bool:
        """Say whether a sentence without harm tells where and when of what follows; a patrol's journey does not."""
        if not self.events or f.sentence.kind == "heading" or len(f.sentence.tokens) <= LABEL:
            return True
        return self.context.warlike(f.sentence.text) or (day is not None and where is not None)

    def _long_before(self, day: DateRange) -> bool:
        """Say whether a date told in passing lies so far before the event that it is history."""
        told = self.events[-1].date if self.events else None
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
        if self.events and places and self.events[0].place is None:
            self.events[0].place = places[0]
        if not self.events:
            self.events.append(Event(None, places[0] if places else self.pending_place, 0))

    def clash(self, a: PlaceMention | None, b: PlaceMention | None) -> bool:
        """Say whether two places cannot be one: different names, neither inside the other by chain or gazetteer."""
        return self.fit.clash(a, b)

    def holds(self, outer: PlaceMention, inner: PlaceMention) -> bool:
        """Say whether `inner` is known to lie in `outer`: by its chain, or by the gazetteer."""
        return self.fit.holds(outer, inner)

    def _inherit(self, draft: Draft) -> None:
        event = self.events[draft.event] if 0 <= draft.event < len(self.events) else None
        if event is not None:
            if draft.date is None or (
                event.date is not None
                and days_long(event.date) < days_long(draft.date)
                and not days_clash(event.date, draft.date)
                and draft.date.precision not in ("day",)
            ):
                draft.date = event.date
            draft.time = draft.time or event.time
            if draft.mention is None or (
                event.place is not None
                and event.place.rank < draft.mention.rank
                and (draft.mention.rank >= 5 or self.holds(draft.mention, event.place))
                and not self.clash(event.place, draft.mention)
            ):
                draft.mention = event.place or draft.mention
        if draft.date is None and self.published and draft.scope == "incident":
            draft.date = DateRange(None, self.published.isoformat(), "before", None, None, True, None)
        draft.place = self.resolved(draft.mention) or self._somewhere(draft)
        if draft.mention is not None:
            draft.spans["place"] = draft.mention.parts[0][2]
        if draft.date is not None and draft.date.span is not None:
            draft.spans["date"] = draft.date.span

    def _somewhere(self, draft: Draft) -> Place | None:
        """Where no place is told: the first event's for an incident without one, the report's country for a toll."""
        lead = self.events[0].place if self.events else None
        unit = re.search(
            r"\bin\s+the\s+(?:same\s+)?(state|province|department|region|district|governorate|county|town|city|village)\b",
            draft.facts.sentence.text,
        )
        if unit and lead is not None:
            larger = [p for p in lead.parts if p[1] >= self.places.patterns.rank(unit.group(1))]
            if larger:
                at = lead.parts.index(larger[0])
                return self.resolved(PlaceMention(lead.start, lead.end, lead.parts[at:], lead.role, lead.prep))
        if re.search(r"\bnationwide\b|\bacross\s+the\s+country\b|\bin\s+the\s+country\b", draft.facts.sentence.text):
            return self.country()
        if draft.scope == "incident" and (
            self.context.background(draft.facts.sentence.text) or self.context.separate(draft.facts.sentence.text)
        ):
            return None
        if draft.scope == "incident" and lead is not None:
            return self.resolved(lead)
        wide = [m for m in self.wide if draft.scope == "cumulative" or not self.events]
        if wide:
            counts = Counter(m.name for m in wide)
            return self.resolved(min(wide, key=lambda m: (-counts[m.name], m.start)))
        return self.country()

    def country(self) -> Place | None:
        """Return the report's country as a place."""
        land = self.places.knowledge.countries.by_iso.get(self.places.country or "")
        return Place(land.name, (), land.iso3, precision="country", id=land.iso3) if land else None

    def resolved(self, mention: PlaceMention | None) -> Place | None:
        """Return the resolved place of a mention."""
        return self.places.resolve(mention) if mention is not None else None
