"""Events as single reports tell them: the claims that one document tells under one event key."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from tallybook.documents.record_rows import report_hash
from tallybook.incidents.parting import parted
from tallybook.incidents.wording import NO_WORDS, Words, wording
from tallybook.knowledge.word_counts import word_counts
from tallybook.model import Claim, DateRange, Document, Place, Victim
from tallybook.model.claim import OF_BOOK
from tallybook.model.moments import published

DENIALS = ("denied", "negated", "retracted")
PRECISIONS = ("exact", "near", "admin3", "admin2", "admin1", "country", "unresolved")
UNDATED_DAYS = 7
"""Days before publication in which an event without a stated day is looked for: the codebook's own limit."""
PARAGRAPH = re.compile(r"\n\s*\n")


Key = tuple[str, str]
"""Document and event key."""
Bounds = tuple[int, float]
"""Lowest and highest number that words allow; infinite where they are open above."""


@dataclass(frozen=True)
class Told:
    """One event of one report, with what its claims say of it."""

    key: tuple[str, str]
    """Document and event key."""
    claims: tuple[Claim, ...]
    document: Document | None
    report: Words = field(default_factory=dict, repr=False)
    """The rarest words of the whole report."""
    own: Words = field(default_factory=dict, repr=False)
    """The rarest words of the paragraphs that tell this event; of the whole report for the event it tells first."""
    leading: bool = True
    """Whether its report tells it first."""
    named: frozenset[str] = frozenset()
    """Names of the people it harmed, case folded."""

    def is_told_by(
        self, claims: tuple[Claim, ...], document: Document | None, leading: bool, named: frozenset[str]
    ) -> bool:
        """Say whether this is the event that these make."""
        return (self.leading, self.named, self.claims, self.document) == (leading, named, claims, document)

    @cached_property
    def order(self) -> tuple[str, str]:
        """Publication time in UTC and smallest claim id: what makes an event the earliest."""
        return published(self.document), self.claims[0].id

    @cached_property
    def report_hash(self) -> str | None:
        """SHA-256 of the report that tells it, also where it came with the records of another book."""
        return report_hash(self.document) if self.document else None

    @cached_property
    def place(self) -> Place | None:
        """The most specific place that its claims name."""
        return most_specific(c.place for c in self.claims)

    @cached_property
    def place_sure(self) -> float:
        """How sure the reader is of that place, 0..1; 1 where it does not say, as of what a person set."""
        told = [dict(c.confidences).get("place", 1.0) for c in self.claims if c.place == self.place]
        return max(told, default=1.0)

    @cached_property
    def when(self) -> DateRange | None:
        """The narrowest interval that its claims share, or their hull."""
        return shared_interval([c.date for c in self.claims if c.part_of is None] or [c.date for c in self.claims])

    @cached_property
    def days_sure(self) -> float:
        """How sure the reader is of those days, 0..1; 1 where it does not say, as of what a person set."""
        return max((dict(c.confidences).get("date", 1.0) for c in self.claims if c.date is not None), default=1.0)

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
    def tolls(self) -> Mapping[str, tuple[Bounds, ...]]:
        """Measure to the bounds told of it, the largest number first; parts of a number are left out."""
        found: dict[str, set[Bounds]] = defaultdict(set)
        for c in self.claims:
            if c.measure and c.count and c.part_of is None and (c.count.low, c.count.high) != (None, None):
                high = float("inf") if c.count.high is None else c.count.high
                found[c.measure].add((c.count.low or 0, high))
        return {measure: tuple(sorted(told, reverse=True)) for measure, told in found.items()}


NONE_KNOWN: Mapping[Key, Told] = {}


def linkable(claim: Claim) -> bool:
    """Say whether a claim belongs to an incident: scope incident, and a count or a denial. Tolls belong to none."""
    return claim.scope == "incident" and (claim.count is not None or claim.stance in DENIALS)


def events(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    apart: Mapping[str, str],
    victims: Iterable[Victim] = (),
    known: Mapping[Key, Told] = NONE_KNOWN,
) -> list[Told]:
    """Group claims by document and event key, in the order of their keys.

    A claim without key is an event of its own; claims of one key that cannot be one event are several (`parting`).
    `apart` gives claims that a person took out of their event a key. An event that is as it is `known` is the known
    one, with all that was worked out of it.
    """
    grouped: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if linkable(claim):
            key = claim.event or f"claim {claim.id}"
            grouped[claim.document, apart.get(claim.id, key)].append(claim)
    grouped = _parted(grouped)
    leading = _leading(grouped)
    names = _names(victims)
    reports: dict[str, Words] = {}
    made = []
    for event in sorted(grouped):
        held = tuple(sorted(grouped[event], key=lambda c: c.id))
        document = documents.get(event[0])
        first = document is None or event in leading
        named = frozenset(name for c in held for name in names.get(c.id, ()))
        before = known.get(event)
        if before is not None and before.is_told_by(held, document, first, named):
            made.append(before)
            continue
        if document is not None and document.key not in reports:
            reports[document.key] = wording((document.title or "", document.text), word_counts())
        report = reports.get(event[0], NO_WORDS)
        own = report if first or document is None else wording(_passages(held, document), word_counts())
        made.append(Told(event, held, document, report, own, first, named))
    return made


def _parted(grouped: Mapping[Key, Sequence[Claim]]) -> dict[Key, list[Claim]]:
    """Part the events whose claims cannot be one; the part that is told first keeps the key.

    Events of an imported book stay as its team made them.
    """
    made: dict[Key, list[Claim]] = {}
    for (document, event), claims in grouped.items():
        first, *others = [list(claims)] if OF_BOOK in event else parted(claims)
        made[document, event] = first
        made.update({(document, f"{event} without {other[0].id}"): other for other in others})
    return made


def _leading(grouped: Mapping[tuple[str, str], Sequence[Claim]]) -> set[Key]:
    """Return, for each document, the key of the event whose claim stands first, in the title before the text."""
    first: dict[str, tuple[tuple[bool, int, str], Key]] = {}
    for event, claims in grouped.items():
        stands = min((c.field != "title", c.span.start, c.id) for c in claims), event
        first[event[0]] = min(stands, first.get(event[0], stands))
    return {event for _, event in first.values()}


def _names(victims: Iterable[Victim]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for victim in victims:
        if victim.claim:
            found[victim.claim].append(victim.name.casefold())
    return found


def _passages(claims: Iterable[Claim], document: Document) -> list[str]:
    """Return the title, or the paragraphs, that hold these claims; each once, in the order of the text."""
    ends = _paragraph_ends(document)
    held: set[int] = set()
    for start in {c.span.start for c in claims if c.field != "title"}:
        at = bisect_left(ends, start)
        held.update(p for p in (at, at + 1) if p < len(ends) and (p == 0 or ends[p - 1] <= start))
    found = [document.title or ""] if any(c.field == "title" for c in claims) else []
    return [*found, *(document.text[ends[p - 1] if p else 0 : ends[p]] for p in sorted(held))]


@lru_cache(maxsize=1)
def _paragraph_ends(document: Document) -> tuple[int, ...]:
    """Return where the paragraphs of a text end; the events of one document are asked for one after another."""
    return (*(m.start() for m in PARAGRAPH.finditer(document.text)), len(document.text))


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
