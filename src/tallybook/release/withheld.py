"""What a release does not show, counted by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

REASONS = {
    "recent": "happened, or was reported, within the days that the profile holds events back",
    "sensitive": "may be at a hospital, shelter, camp or position, which the profile holds back longer",
    "undated": "neither the day of the event nor of its report is known",
    "name": "names of victims are shown only where consent is recorded",
    "age": "the age in years is taken to child or adult",
    "person": "a claimant, doer or group that is not known as an organisation",
    "publisher": "a publisher that is not known as an organisation",
    "text": "quotes, titles, addresses, reasons and words of counts may hold names and places",
    "place": "a place finer than the profile shows is taken to its larger unit",
    "coordinates": "coordinates are taken to the cell of a keyed grid",
    "unplaced": "no larger unit of the place is known",
    "small": "sex and age of few people in one event, place and month, and of the others beside them",
    "author": "who judged, and at what hour, is not told",
    "control": "the profile does not tell who holds which place",
    "evidence": "files, their names and what they say of themselves, such as where a photograph was taken",
    "filter": "lies outside what was asked for",
}
"""Why something is not shown, in words."""


@dataclass(slots=True)
class Withheld:
    """Counts of what was withheld, by kind of record or field and reason."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, what: str, reason: str, many: int = 1) -> None:
        """Count something; reasons are those of REASONS."""
        if many:
            self.counts[what, reason] += many

    def rows(self) -> list[dict[str, object]]:
        """Return what was withheld, by kind and reason."""
        return [
            {"what": what, "reason": reason, "because": REASONS[reason], "count": count}
            for (what, reason), count in sorted(self.counts.items())
        ]
