"""Events as single reports tell them: the claims that one document tells under one event key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from tallybook.model import Claim, DateRange, Document, Place

DENIALS = ("denied", "negated", "retracted")
PRECISIONS = ("exact", "near", "admin3", "admin2", "admin1", "country", "unresolved")
UNDATED_DAYS = 7
"""Days before publication in which an event without a stated day is looked for: the codebook's own limit."""
NAMELESS = frozenset(
    {
        "a", "an", "the", "of", "in", "on", "at", "to", "by", "and", "or", "were", "was", "is", "are", "had",
        "has", "have", "been", "that", "said", "says", "people", "person", "persons", "killed", "injured",
        "wounded", "died", "dead", "least", "more", "than", "nearly", "about", "some", "according", "from",
        "with", "for", "its", "their", "his", "her", "it", "they",
    }
)  # fmt: skip
"""Words that every report of harm has, and that tell no two events apart."""


@dataclass(frozen=True)
class Told:
    """One event of one report, with what its claims say of it."""

    key: tuple[str, str]
    """Document and event key."""
    claims: tuple[Claim, ...]
    document: Document | None

    @cached_property
    def order(self) -> tuple[str, str]:
        """Publication time in UTC and smallest claim id: what makes an event the earliest."""
        return published(self.document), self.claims[0].id

    @cached_property
    def place(self) -> Place | None:
        """The most specific place that its claims name."""
        return most_specific(c.place for c in self.claims)

    @cached_property
    def when(self) -> DateRange | None:
        """The narrowest interval that its claims share, or their hull."""
        return shared_interval([c.date for c in self.claims if c.part_of is None] or [c.date for c in self.claims])

    @cached_property
    def days(self) -> tuple[int, int, bool]:
        """First and last day number in which it may have happened, and whether the day was stated."""
        return _days(self.when, self.document)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Event types told, without `other`."""
        return frozenset(c.event_type for c in self.claims) - {"other"}

    @cached_property
    def authors(self) -> frozenset[str]:
        """Perpetrators named."""
        return frozenset(a for c in self.claims for a in c.perpetrator)

    @cached_property
    def statuses(self) -> frozenset[str]:
        """Affiliations of those harmed, where stated."""
        return frozenset(c.target.affiliation for c in self.claims) & {"civilian", "combatant"}

    @cached_property
    def groups(self) -> frozenset[str]:
        """Organisations of those harmed, where stated."""
        return frozenset(c.target.group for c in self.claims if c.target.group)

    @cached_property
    def times(self) -> frozenset[str]:
        """Times of day told, HH:MM."""
        return frozenset(c.time for c in self.claims if c.time)

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, float]]:
        """Measure to the widest bounds told of it."""
        found: dict[str, tuple[int, float]] = {}
        for c in self.claims:
            if c.measure and c.count and c.part_of is None and (c.count.low, c.count.high) != (None, None):
                low, high = c.count.low or 0, float("inf") if c.count.high is None else c.count.high
                known = found.get(c.measure, (low, high))
                found[c.measure] = (min(low, known[0]), max(high, known[1]))
        return found

    @cached_property
    def words(self) -> Counter[str]:
        """Words of its quotes, lower case, without the words that every report of harm has."""
        told = (w.strip(".,;:!?\"'()[]“”‘’").casefold() for q in {c.quote for c in self.claims} for w in q.split())
        return Counter(w for w in told if len(w) > 1 and w not in NAMELESS)


def published(document: Document | None) -> str:
    """Return the publication time in UTC, or what sorts after every time where there is none."""
    if document is None or not document.published:
        return "~"
    if len(document.published) <= 10:
        return document.published
    try:
        at = datetime.fromisoformat(document.published)
    except ValueError:
        return document.published
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()


def linkable(claim: Claim) -> bool:
    """Say whether a claim belongs to an incident: scope incident, and a count or a denial. Tolls belong to none."""
    return claim.scope == "incident" and (claim.count is not None or claim.stance in DENIALS)


def events(claims: Iterable[Claim], documents: Mapping[str, Document], apart: Mapping[str, str]) -> list[Told]:
    """Group claims by document and event key, in the order of their keys.

    A claim without key is an event of its own. `apart` gives claims that a person took out of their event a key.
    """
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if linkable(claim):
            key = claim.event or f"claim {claim.id}"
            grouped[claim.document, apart.get(claim.id, key)].append(claim)
    return [
        Told(key, tuple(sorted(grouped[key], key=lambda c: c.id)), documents.get(key[0])) for key in sorted(grouped)
    ]


def most_specific(places: Iterable[Place | None]) -> Place | None:
    """Return the place known most precisely; of equals the one with the longest chain, then by name."""
    told = [p for p in places if p is not None]
    return min(told, key=_vagueness) if told else None


def _vagueness(place: Place) -> tuple[int, int, str, str]:
    rank = PRECISIONS.index(place.precision) if place.precision in PRECISIONS else len(PRECISIONS)
    return rank, -len(place.admin), place.name, place.id or ""


def shared_interval(dates: Sequence[DateRange | None]) -> DateRange | None:
    """Return the interval that all dates share; their hull where they share none; None where there is none."""
    told = [d for d in dates if d is not None and (d.start or d.end)]
    if not told:
        return None
    starts = [d.start for d in told if d.start]
    ends = [d.end for d in told if d.end]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and start > end:
        start, end = min(starts), max(ends)
    same = [d for d in told if (d.start, d.end) == (start, end)]
    same.sort(key=lambda d: (d.vague, d.precision, d.text or ""))
    return same[0] if same else DateRange(start, end, "day" if start == end else "range")


def _days(when: DateRange | None, document: Document | None) -> tuple[int, int, bool]:
    if when is not None and when.start and when.end:
        return _number(when.start), _number(when.end), True
    known = when.end if when is not None and when.end else None
    last = known or (document.published[:10] if document and document.published else None)
    if when is not None and when.start:
        first = _number(when.start)
        return first, max(first, _number(last) if last else first + UNDATED_DAYS), True
    if last is None:
        return 0, 0, False
    return _number(last) - UNDATED_DAYS, _number(last), False


def _number(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()
