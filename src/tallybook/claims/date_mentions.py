"""An expression of date where it stands, and the days it means once publication and anchor are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tallybook.model.claim import DateRange
from tallybook.model.span import Span

Found = tuple[date | None, date | None, str, bool]
"""First and last day, precision, and whether the words are vague."""
Resolve = Callable[[date | None, date | None], Found | None]
"""From the day of publication and the last date told to what the words mean; None where what they hang on is not known."""
ReadMatch = Callable[[re.Match[str]], Resolve]
"""From matched words to what resolves them."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of date and how to resolve it."""

    start: int
    end: int
    text: str
    kind: str  # absolute, partial, weekday, relative, period, anchored
    resolve: Resolve
    since: bool = False
    until: bool = False
    part: str | None = None

    @property
    def needs_publication(self) -> bool:
        """Say whether the words mean nothing without a publication date."""
        return self.kind in ("partial", "weekday", "relative", "period")

    @property
    def anchored(self) -> bool:
        """Say whether the words hang on another date of the report."""
        return self.kind == "anchored"

    def range(self, published: date | None, anchor: date | None, offset: int = 0) -> DateRange | None:
        """Return the interval, or None where what it hangs on is not known."""
        found = self.resolve(published, anchor)
        if found is None:
            return None
        start, end, precision, vague = found
        if self.since:
            end = published
            precision = "since"
        base = anchor if self.anchored else published if self.needs_publication else None
        return DateRange(
            start.isoformat() if start else None, end.isoformat() if end else None, precision, self.text,
            Span(self.start, self.end), vague, base.isoformat() if base else None,
        )  # fmt: skip
