"""Which dates of a sentence may be those of its harm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tallybook.claims.date_mentions import DateMention
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.telling_days import TellingDays
from tallybook.model.claim import DateRange

_STATEMENT = re.compile(
    r"(?:\b(?:said|says|told|reported|announced|confirmed|added|stated|tweeted|posted|wrote|declared|claimed|updated?|released|published|issued|dated|speaking|interview|conference|briefing|statement|report|reporters|journalists|communiqu[eé]|disclosed|revealed|spokes(?:man|woman|person)|denied|read(?:\s+out)?|(?:raised|lowered|revised|corrected|adjusted)\s+(?:its|the|their|his|her)\s+[\w\s-]{0,30}?(?:toll|losses|figures?|number|count|tally|estimate))\b)"
    r"(?:\s+(?:this|reporters|journalists|newsmen|to\s+(?:reporters|journalists|newsmen|the\s+press)|responsibility|the\s+[\w-]+|local\s+media|[A-Z]\w+(?:\s+[A-Z]\w+)*|in\s+a\s+(?:\w+\s+)?(?:statement|post|report|update|briefing|interview|broadcast|message)|at\s+a\s+(?:news|press)\s+conference|by\s+(?:phone|telephone)|here))*\s*,?\s*(?:on\s+|late\s+|early\s+|earlier\s+|later\s+|late\s+on\s+|by\s+)?(?:the\s+)?$"
)

_FIGURE = re.compile(
    r"\s+(?:(?:death|official|previous)\s+)?(?:figures?|toll|count|tally|statement|announcement|report|estimate|briefing|bulletin)\b"
)
_OPENING = re.compile(r"\W*(?:(?:[Ll]ate |[Ee]arly )?[Oo]n\s+)?")
DATELINE = 60
"""Longest dateline, in characters, up to its date."""
STAMPED, STAMP = 3, 4
"""Last passage that may hold a page's stamp, and most words before the date of one."""
ENDLESS = 100_000
"""Days that count as longer than any interval told."""
SPEAKER_REACH, CUE_REACH = 25, 14
"""Characters from a speaker to a date, and from it to the word of speech, within which it is the day of speaking."""


class HarmDates:
    """Tell dates of harm from those of statements and datelines, in the order of telling."""

    def __init__(self, published: date | None) -> None:
        self.published, self.days = published, TellingDays(published)
        self.anchor: date | None = None
        self.week: tuple[int, DateRange] | None = None
        """The sentence that told last of 'last week', by number, and the days that it meant."""
        self.unresolved: list[DateMention] = []
        self.dated: list[tuple[SentenceFacts, DateMention, DateRange, bool]] = []
        """Every resolved date with its sentence; the last item says whether it is a statement's or a dateline's."""

    def of(self, f: SentenceFacts) -> list[tuple[DateMention, DateRange]]:
        """Return the dates of a sentence that may tell of harm; call once a sentence, in order: later days hang on earlier ones."""
        found = []
        hour = self.days.of_hour(f, self.anchor)
        told = [r for m in f.dates if self._is_spoken(f, m) and (r := self.days.range(m, None)) is not None]
        for mention in f.dates if hour is None else [hour]:
            resolved = self._week_before(f, mention, self.days.range(mention, self.anchor), told)
            dateline = self._dateline(f, mention)
            if resolved is not None and dateline:
                self.days.dateline(resolved)
            elif resolved is not None:
                self.days.told(f, mention, resolved)
            if dateline or self._is_spoken(f, mention):
                if resolved is not None and resolved.start and resolved.start == resolved.end and self.anchor is None:
                    self.anchor = date.fromisoformat(resolved.start)
                if resolved is not None:
                    self.dated.append((f, mention, resolved, True))
                continue
            if resolved is None:
                self.unresolved.append(mention)
                continue
            if mention.since or mention.until:
                resolved = self._open_ended(mention, resolved)
            if (
                not mention.since
                and resolved.start
                and (resolved.start == resolved.end or resolved.precision == "night")
            ):
                self.anchor = date.fromisoformat(resolved.start)
            if mention.text.lower().endswith("last week") and resolved.precision == "week":
                self.week = (f.sentence.index, resolved)
            found.append((mention, resolved))
            self.dated.append((f, mention, resolved, False))
        return found

    def _is_spoken(self, f: SentenceFacts, mention: DateMention) -> bool:
        """Say whether a date tells when something was said, and not when harm was done."""
        before = f.sentence.text[: mention.start - f.sentence.start]
        return _STATEMENT.search(before) is not None or _spoken_on(f, mention) or _figure_of(f, mention)

    def _week_before(
        self, f: SentenceFacts, mention: DateMention, found: DateRange | None, told: Sequence[DateRange]
    ) -> DateRange | None:
        """Return a weekday that was told already on an earlier day, or after 'last week', as that of the week before."""
        if found is None or mention.kind != "weekday" or found.start is None or found.end is None or mention.since:
            return found
        earlier = replace(found, start=_days_back(found.start), end=_days_back(found.end))
        if any(t.precision == "day" and t.end is not None and t.end < found.start for t in told):
            return earlier
        if self.week is None or f.sentence.index - self.week[0] > 1 or self._is_spoken(f, mention):
            return found
        week, opens = self.week[1], _OPENING.fullmatch(f.sentence.text[: mention.start - f.sentence.start])
        within = (week.start or "") <= (earlier.start or "") <= (week.end or "")
        return earlier if within and not opens and found.start > (week.end or "") else found

    def _open_ended(self, mention: DateMention, day: DateRange) -> DateRange:
        """'until Monday' has no start; 'since Monday' lasts up to publication."""
        if mention.until:
            day = replace(day, start=None, precision="before")
        if mention.since:
            end = self.published.isoformat() if self.published else None
            day = replace(day, end=end, precision="since")
        return day

    def _dateline(self, f: SentenceFacts, mention: DateMention) -> bool:
        """Say whether a date stands in the dateline or is the page's stamp: it tells of publication, not of harm."""
        if f.field != "body" or f.sentence.passage > STAMPED:
            return False
        text, start = f.sentence.text, f.sentence.start
        before, after = text[: mention.start - start], text[mention.end - start :]
        if f.sentence.first and (before.strip() or f.sentence.passage == 0) and _opens(before, after):
            return True
        alone = not re.search(r"\w{4,}", after) and len(before.split()) <= STAMP
        resolved = mention.range(self.published, None) if alone and self.published is not None else None
        if resolved is None or resolved.end is None or self.published is None:
            return False
        return resolved.end >= self.published.isoformat()


def _days_back(day: str) -> str:
    """Return the ISO day a week before `day`."""
    return (date.fromisoformat(day) - timedelta(days=7)).isoformat()


def _opens(before: str, after: str) -> bool:
    """Say whether a date between these words is of a dateline: capitals or a town before it, a mark after it."""
    if len(before) >= DATELINE or not re.match(r"[^.]{0,30}?(?:[-\u2013\u2014:]|\))\s?", after):
        return False
    return before.upper() == before or re.fullmatch(r"[A-Z][\w' .-]+,\s*(?:[A-Z][\w' .-]+,\s*)?", before) is not None


def date_for(draft: Draft, dates: Sequence[tuple[DateMention, DateRange]], starts: Sequence[int]) -> DateRange | None:
    """Return the date that a draft takes from its own sentence: the next before another number, else the last before it."""
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


def days_long(r: DateRange) -> int:
    """Return how many days an interval holds; one with an open end is longer than any that holds."""
    if not (r.start and r.end):
        return ENDLESS
    return (date.fromisoformat(r.end) - date.fromisoformat(r.start) + timedelta(days=1)).days


def days_clash(a: DateRange | None, b: DateRange | None) -> bool:
    """Say whether two closed intervals have no day in common."""
    if a is None or b is None or not (a.start and a.end and b.start and b.end):
        return False
    return a.end < b.start or b.end < a.start


def _figure_of(f: SentenceFacts, mention: DateMention) -> bool:
    """Say whether a date only tells when something was said: 'Saturday's figure had been 36'."""
    return _FIGURE.match(f.sentence.text, mention.end - f.sentence.start) is not None


def _spoken_on(f: SentenceFacts, mention: DateMention) -> bool:
    """Say whether a date stands between a speaker and the word of speech: 'the army on Monday blamed'."""
    return any(
        a.verb != "label"
        and a.source.span.end <= mention.start <= a.source.span.end + SPEAKER_REACH
        and mention.end <= a.cue.start <= mention.end + CUE_REACH
        for a in f.attributions
    )
