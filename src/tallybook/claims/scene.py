"""Where and when: the events of a report, and what each draft takes from its sentence or from its event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tallybook.claims.clock import find_time
from tallybook.claims.context import Context
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.knowledge.folding import fold
from tallybook.model.claim import DateRange, Place

NEAR = 3
"""Sentences after a claim in which its missing place or date is still sought; the catalogue of reports finds most there."""

ONGOING = 5
"""Longest stretch, in days, of 'since Saturday' that is one action at one place and no toll of a period."""
LABEL = 8
"""Longest line, in words, that is taken for a label: '8 September -', 'Hodan district'."""
HISTORY = 30
"""Days before an event from which a date told in a sentence without harm is its background."""

_STATEMENT = re.compile(
    r"(?:\b(?:said|says|told|reported|announced|confirmed|added|stated|tweeted|posted|wrote|declared|claimed|updated?|released|published|issued|dated|speaking|interview|conference|briefing|statement|report|reporters|journalists|communiqu[eé]|disclosed|revealed|spokes(?:man|woman|person)|denied)\b)"
    r"(?:\s+(?:reporters|journalists|responsibility|the\s+[\w-]+|local\s+media|[A-Z]\w+(?:\s+[A-Z]\w+)*|in\s+a\s+(?:\w+\s+)?(?:statement|post|report|update|briefing|interview|broadcast|message)|at\s+a\s+(?:news|press)\s+conference|by\s+(?:phone|telephone)|here))*\s*,?\s*(?:on\s+|late\s+|early\s+|earlier\s+|later\s+|late\s+on\s+|by\s+)?(?:the\s+)?$"
)
_BODY_ELSEWHERE = re.compile(
    r"(?:(?<!outside a )(?<!outside the )(?<!near a )(?<!on a )(?<!on the )(?<!hit a )(?<!hit the )(?<!struck a )\b(?:hospitals?|clinic|morgue|mortuary|health cent(?:re|er))\s+(?:\w+\s+)?(?:in|at|of)|\b(?:taken|rushed|flown|evacuated|transferred|transported|airlifted|moved|brought|referred|fled|flee|withdrew|returned|sent|going|headed|way|en route|travell?ing|driving|heading|bound)\s+(?:\w+\s+){0,4}?(?:to|in|for|into|towards?|from)|\b(?:told|speaking|spoke|said|briefing|conference|reporters|statement)\b[^.;]{0,40}?\b(?:from|in|at)|\b(?:resident|native|natives|hailed|citizen|citizens|governor|mayor|head|chief|hometown|born|buried|funeral|based|headquartered|minister|army|government|militants|fighters|originally|known|ally|allied|backed)\s+(?:in|from|of|at|for))\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)


_THERE = re.compile(
    r"\b(?:killed|injured|wounded|died|kidnapped|arrested|abducted|captured|bodies|people)\s+(?:were\s+)?(?:\w+\s+)?there\b|\bin\s+(?:the\s+same|that)\s+(?:area|town|village|city|place|district|location|camp)\b|\bat\s+the\s+same\s+(?:place|post|spot|location|base|checkpoint)\b",
    re.IGNORECASE,
)


def _spoken_on(f: SentenceFacts, mention: DateMention) -> bool:
    """Say whether a date stands between a speaker and the word of speech: 'the army on Monday blamed'."""
    return any(
        a.verb != "label"
        and a.source.span.end <= mention.start <= a.source.span.end + 25
        and mention.end <= a.cue.start <= mention.end + 14
        for a in f.attributions
    )


def elsewhere(before: str) -> bool:
    """Say whether a place after these words is where a body, a speaker or a traveller is, not where harm was done."""
    return _BODY_ELSEWHERE.search(before) is not None


@dataclass(slots=True)
class Event:
    """One event as its report tells it."""

    date: DateRange | None = None
    place: PlaceMention | None = None
    last: int = 0
    time: str | None = None
    cumulative: bool = False


class Scene:
    """Puts drafts into events, in the order of telling."""

    def __init__(self, context: Context, places: PlaceFinder, published: date | None) -> None:
        self.context, self.places, self.published = context, places, published
        self.events: list[Event] = []
        self.anchor: date | None = None
        self.numbers: dict[int, set[int | None]] = {}
        self.pending_date: DateRange | None = None
        self.pending_place: PlaceMention | None = None
        self.last_place: PlaceMention | None = None
        self.wide: list[PlaceMention] = []
        self.unresolved: list[DateMention] = []
        self.dated: list[tuple[SentenceFacts, DateMention, DateRange, bool]] = []
        """Every resolved date with its sentence; the last item says whether it is a statement's or a dateline's."""

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

    # -- dates

    def _harm_dates(self, f: SentenceFacts) -> list[tuple[DateMention, DateRange]]:
        found = []
        for mention in f.dates:
            before = f.sentence.text[: mention.start - f.sentence.start]
            resolved = mention.range(self.published, self.anchor)
            if _STATEMENT.search(before) or _spoken_on(f, mention) or self._dateline(f, mention):
                if resolved is not None and resolved.start and resolved.start == resolved.end and self.anchor is None:
                    self.anchor = date.fromisoformat(resolved.start)
                if resolved is not None:
                    self.dated.append((f, mention, resolved, True))
                continue
            if resolved is None:
                self.unresolved.append(mention)
                continue
            if mention.until:
                resolved = DateRange(
                    None, resolved.end, "before", resolved.text, resolved.span, resolved.vague, resolved.anchor
                )
            if mention.since:
                resolved = DateRange(
                    resolved.start,
                    self.published.isoformat() if self.published else None,
                    "since",
                    resolved.text,
                    resolved.span,
                    resolved.vague,
                    resolved.anchor,
                )
            elif (resolved.start and resolved.start == resolved.end) or (
                resolved.precision == "night" and resolved.start
            ):
                self.anchor = date.fromisoformat(resolved.start)
            found.append((mention, resolved))
            self.dated.append((f, mention, resolved, False))
        return found

    def _dateline(self, f: SentenceFacts, mention: DateMention) -> bool:
        """Say whether a date stands in the dateline or is the page's stamp: it tells of publication, not of harm."""
        if f.field != "body" or f.sentence.passage > 3:
            return False
        before, after = (
            f.sentence.text[: mention.start - f.sentence.start],
            f.sentence.text[mention.end - f.sentence.start :],
        )
        if (
            f.sentence.first
            and (before.strip() or f.sentence.passage == 0)
            and len(before) < 60
            and re.match(r"[^.]{0,30}?(?:[-\u2013\u2014:]|\))\s?", after)
            and (before.upper() == before or re.fullmatch(r"[A-Z][\w' .-]+,\s*(?:[A-Z]\w+,\s*)?", before))
        ):
            return True
        alone = not re.search(r"\w{4,}", after) and len(before.split()) <= 4
        resolved = mention.range(self.published, None)
        return (
            alone
            and self.published is not None
            and resolved is not None
            and resolved.end is not None
            and resolved.end >= self.published.isoformat()
        )

    def _date_for(
        self, draft: Draft, dates: Sequence[tuple[DateMention, DateRange]], starts: Sequence[int]
    ) -> DateRange | None:
        if not dates:
            return None
        at = draft.group.start
        following = next((s for s in starts if s > at), draft.facts.sentence.end + 1)
        days = [(m, r) for m, r in dates if not m.since] or list(dates)
        after = [r for m, r in days if at <= m.start < following]
        before = [r for m, r in days if m.start < at]
        wide = [r for m, r in dates if m.since]
        chosen = after[0] if after else before[-1] if before else days[0][1]
        if wide and not (after and chosen.precision == "day"):
            return wide[0]
        return chosen

    # -- places

    def _harm_places(self, f: SentenceFacts) -> list[PlaceMention]:
        good = []
        for mention in f.places:
            before = f.sentence.text[: mention.start - f.sentence.start]
            if mention.role in ("dateline", "owner") or _BODY_ELSEWHERE.search(before):
                continue
            good.append(mention)
        strong = [m for m in good if m.role == "at"]
        if strong:
            return strong
        opening = [
            m
            for m in good
            if m.role == "mention" and not f.sentence.text[: m.start - f.sentence.start].strip(" *-\u2022\u2013\u2014>")
        ]
        after = [
            m for m in opening if re.match(r"\s*(?:[:\u2013\u2014(-]|\s-)", f.sentence.text[m.end - f.sentence.start :])
        ]
        rest = [
            m
            for m in good
            if m.role in ("weak", "distance")
            and m.prep in ("of", "into", "through", "for", "to", "from", "", "and", "against")
        ]
        return (
            after
            or [m for m in rest if m.role == "distance" or m.prep in ("of", "through", "into", "and")]
            or [m for m in good if m.role == "mention"][:1]
        )

    def _place_for(self, draft: Draft, places: Sequence[PlaceMention], starts: Sequence[int]) -> PlaceMention | None:
        if not places:
            return None
        at = draft.group.start
        following = next((s for s in starts if s > at), draft.facts.sentence.end + 1)
        narrow = [m for m in places if m.rank < 6] or list(places)
        after = [m for m in narrow if at <= m.start < following]
        before = [m for m in narrow if m.start < at]
        if after:
            return after[0]
        later = [m for m in narrow if m.start > at]
        if before:
            return before[-1]
        return later[0] if later else None

    # -- sentences

    def _claims(self, f: SentenceFacts, here: Sequence[Draft], index: int) -> None:
        dates, places = self._harm_dates(f), self._harm_places(f)
        starts = sorted({d.group.start for d in here})
        clock = find_time(f.sentence.text)
        opens = self.context.separate(f.sentence.text) or (self._labelled(f, places) and bool(self.events))
        first = True
        for draft in sorted(here, key=lambda d: d.group.start):
            draft.date = self._date_for(draft, dates, starts)
            draft.own_date = draft.date is not None
            draft.mention = self._place_for(draft, places, starts)
            if draft.mention is None and self.last_place is not None and _THERE.search(f.sentence.text):
                draft.mention = self.last_place
            draft.own_place = draft.mention is not None
            draft.time = clock[0] if (clock and draft.own_date) or (clock and not self.events) else None
            self._scope(draft)
            if draft.scope == "cumulative":
                draft.event = -1
                continue
            draft.event = self._event_for(draft, f, index, opens and first)
            first = False
        self.pending_date = self.pending_place = None
        self.last_place = next((m for m in reversed(places) if m.rank < 6), self.last_place)

    def _scope(self, draft: Draft) -> None:
        text = draft.facts.sentence.text
        wide = draft.date is not None and (
            draft.date.precision in ("since", "year", "month")
            or (draft.date.precision in ("range", "week") and _days(draft.date) > 1)
        )
        if (
            draft.date is not None
            and draft.date.precision == "since"
            and _days(draft.date) <= ONGOING
            and draft.mention is not None
            and draft.mention.rank <= 4
        ):
            return
        if (
            (draft.date is not None and draft.date.precision == "since")
            or (wide and self.context.cumulative(text))
            or (
                wide
                and draft.date is not None
                and draft.date.precision in ("range",)
                and re.search(r"\b(?:past|last|previous)\b(?!\s+weekend)", draft.date.text or "", re.IGNORECASE)
            )
            or (
                self.context.cumulative(text)
                and not (draft.own_date and draft.date and _days(draft.date) <= 1)
                and not (draft.mention is not None and draft.mention.rank <= 2)
            )
            or (
                draft.rule == "toll-brought"
                and re.search(
                    r"\b(?:this|since|so far|year|month|week|overall|war|conflict)\b",
                    text[draft.group.end - draft.facts.sentence.start :],
                )
            )
        ):
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
            self._days_clash(event.date, day)
            or (draft.own_place and self.clash(event.place, draft.mention))
            or (
                not draft.own_place
                and self.clash(event.place, self.pending_place)
                and not self.context.back(f.sentence.text)
            )
        )
        if not clash and not opens:
            self._refine(event, draft.date, draft.mention if event.place is None or self._told_before(draft) else None)
            self.numbers.setdefault(current, set()).add(draft.group.value)
            event.last = index
            return current
        for number in range(len(self.events) - 1, -1, -1):
            other = self.events[number]
            if (
                not opens
                and (day is None or other.date is None or not self._days_clash(other.date, day))
                and not self.clash(other.place, where)
                and (where is not None or day is not None)
                and (day is None or other.date is not None)
            ):
                if where is None and number != 0 and not draft.own_date:
                    continue
                if where is not None and other.place is None:
                    continue
                self._refine(other, draft.date, draft.mention)
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
        dates, places = self._harm_dates(f), self._harm_places(f)
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
            fits = not self._days_clash(event.date, day) and not self.clash(event.place, where)
            if fits and (self.context.back(f.sentence.text) or index - event.last <= NEAR):
                self._refine(event, day, where)
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
        dates, places = self._harm_dates(f), self._harm_places(f)
        for draft in here:
            draft.date = self._date_for(draft, dates, [])
            draft.mention = self._place_for(draft, places, [])
            draft.own_date, draft.own_place = draft.date is not None, draft.mention is not None
            self._scope(draft)
            draft.event = -1 if draft.scope == "cumulative" else 0
        if self.events and places and self.events[0].place is None:
            self.events[0].place = places[0]
        if not self.events:
            self.events.append(Event(None, places[0] if places else self.pending_place, 0))

    def _refine(self, event: Event, day: DateRange | None, where: PlaceMention | None) -> None:
        if (
            day is not None
            and day.precision not in ("since", "before")
            and (event.date is None or (_days(day) < _days(event.date) and not self._days_clash(event.date, day)))
        ):
            event.date = day
        if where is not None and (
            event.place is None or (self.holds(event.place, where) and where.rank < event.place.rank)
        ):
            event.place = where
        elif where is not None and event.place is not None and where.rank < event.place.rank and event.place.rank >= 3:
            event.place = PlaceMention(
                where.start, where.end, (*where.parts, *event.place.parts), where.role, where.prep
            )

    def _days_clash(self, a: DateRange | None, b: DateRange | None) -> bool:
        if a is None or b is None or not (a.start and a.end and b.start and b.end):
            return False
        return a.end < b.start or b.end < a.start

    def clash(self, a: PlaceMention | None, b: PlaceMention | None) -> bool:
        """Say whether two places cannot be one: different names, neither inside the other by chain or gazetteer."""
        if a is None or b is None:
            return False
        names_a, names_b = {fold(p[0]) for p in a.parts}, {fold(p[0]) for p in b.parts}
        if names_a & names_b and (fold(a.name) in names_b or fold(b.name) in names_a):
            return False
        if self.holds(a, b) or self.holds(b, a):
            return False
        if max(a.rank, b.rank) >= 5 and min(a.rank, b.rank) < 5:
            return self._known_apart(a, b)
        if a.rank != b.rank and (max(a.rank, b.rank) >= 3):
            return self._known_apart(a, b)
        return True

    def _known_apart(self, a: PlaceMention, b: PlaceMention) -> bool:
        """Say whether the gazetteer knows both and puts neither inside the other."""
        one, two = self.places.resolve(a), self.places.resolve(b)
        if one.precision == "unresolved" or two.precision == "unresolved":
            return False
        large, small = (one, two) if a.rank >= b.rank else (two, one)
        units = {fold(x) for x in small.admin}
        if large.country and small.country and large.country != small.country:
            return True
        return (
            bool(units)
            and fold(large.name) not in units
            and not any(fold(large.name) in u or u in fold(large.name) for u in units)
            and large.precision != "country"
        )

    def holds(self, outer: PlaceMention, inner: PlaceMention) -> bool:
        """Say whether `inner` is known to lie in `outer`: by its chain, or by the gazetteer."""
        if fold(outer.name) in {fold(p[0]) for p in inner.parts}:
            return True
        if outer.rank <= inner.rank and outer.rank < 5:
            return False
        place, big = self.places.resolve(inner), self.places.resolve(outer)
        if big.precision == "country":
            return place.country == big.country
        names = {fold(x) for x in (place.name, *place.admin)}
        return any(fold(outer.name) == n or (fold(outer.name) in n.split(" ") and len(n.split()) <= 3) for n in names)

    # -- what drafts take over

    def _inherit(self, draft: Draft) -> None:
        event = self.events[draft.event] if 0 <= draft.event < len(self.events) else None
        if event is not None:
            if draft.date is None or (
                event.date is not None
                and _days(event.date) < _days(draft.date)
                and not self._days_clash(event.date, draft.date)
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


def _days(r: DateRange) -> int:
    if not (r.start and r.end):
        return 100_000
    return (date.fromisoformat(r.end) - date.fromisoformat(r.start) + timedelta(days=1)).days
