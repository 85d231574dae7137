"""The day from which a report counts its days: of publication, or of its dateline, a heading or the week it sums up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tallybook.claims.date_mentions import DateMention
from tallybook.claims.facts import SentenceFacts
from tallybook.model.claim import DateRange

LATE = 4
"""Most days from a dateline to publication; a later report carries the dateline of something else."""
WEEK, LATE_WEEK = (5, 10), 21
"""Fewest and most days of a week that a bulletin sums up, and most days from its end to publication."""
CALENDAR = ("absolute", "partial")
"""Kinds of expression that name a day of the calendar."""
LIVE = 3
"""Lines that open with a clock time from which a report is told by the hour."""
LINE = 14
"""Most words of a first line that is a heading."""
_CLOCK = re.compile(r"\W*(?:[01]?\d|2[0-3])[:.h][0-5]\d\b(?!\s*(?:per cent|percent|%|[mb]illion))")


class TellingDays:
    """Keeps from which day the words of one report count, in the order of telling."""

    def __init__(self, published: date | None) -> None:
        self.published, self.day = published, published
        self.week_end: date | None = None
        self.live = False

    def begin(self, body: Sequence[SentenceFacts]) -> None:
        """Look over the sentences of the body: a report is told by the hour if several lines open with a clock time."""
        self.live = sum(1 for f in body if opens_with_clock(f)) >= LIVE

    def dateline(self, day: DateRange) -> None:
        """Count from the day of a dateline, if publication followed soon."""
        told = _one_day(day)
        if told is not None and self.published is not None and 0 <= (self.published - told).days <= LATE:
            self.day = told

    def told(self, f: SentenceFacts, mention: DateMention, found: DateRange) -> None:
        """Count from the week or day that a heading, or the opening of a bulletin, tells."""
        if self.published is None or found.start is None or found.end is None:
            return
        first, last = date.fromisoformat(found.start), date.fromisoformat(found.end)
        short = f.sentence.passage == 0 and len(f.sentence.tokens) <= LINE
        opening = f.field == "title" or f.sentence.kind == "heading" or short
        weekly = opening and WEEK[0] <= (last - first).days + 1 <= WEEK[1] and not found.vague
        if weekly and 0 <= (self.published - last).days <= LATE_WEEK:
            self.week_end = last
        if self.live and first == last and opening and mention.kind in CALENDAR:
            self.day = first

    def range(self, mention: DateMention, anchor: date | None) -> DateRange | None:
        """Return what a mention means; None where what it hangs on is not known."""
        found = mention.range(self.published, anchor)
        base = self._base(mention, found)
        return found if base == self.published else mention.range(base, anchor)

    def _base(self, mention: DateMention, found: DateRange | None) -> date | None:
        if mention.kind == "weekday":
            return self.week_end or self.day
        close = found is not None and found.precision in ("day", "night")
        return self.day if mention.kind == "relative" and close and not mention.since else self.published

    def of_hour(self, f: SentenceFacts, anchor: date | None) -> DateMention | None:
        """Return the day of a line that opens with a clock time, as a mention; None of any other line.

        Nor of one after another day, `anchor`, was told: the hours are then of news about that day.
        """
        if not self.live or f.dates or anchor not in (None, self.day) or not opens_with_clock(f):
            return None
        match = _CLOCK.match(f.sentence.text)
        end = match.end() if match else 0
        start = end - len(f.sentence.text[:end].lstrip(" -*[("))
        text = f.sentence.text[start:end]
        return DateMention(
            f.sentence.start + start, f.sentence.start + end, text, "relative",
            lambda published, anchor: (published, published, "day", False) if published else None,
        )  # fmt: skip


def opens_with_clock(f: SentenceFacts) -> bool:
    """Say whether a line opens with a clock time: '14:05 The mayor says'."""
    return f.field == "body" and f.sentence.first and _CLOCK.match(f.sentence.text) is not None


def _one_day(day: DateRange) -> date | None:
    return date.fromisoformat(day.start) if day.start and day.start == day.end else None
