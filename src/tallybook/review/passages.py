"""Judgements carried over: a report that is read anew has new claims, and what was decided holds for the same words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallybook.ledger.judged import ACCEPT, REJECT, RETRACT
from tallybook.model import Claim, Judgement, Passage, Span
from tallybook.review.fields import REFERENCES

ON_THE_READING = (ACCEPT, REJECT, RETRACT)
"""Verbs that judge how words were read: they hold for a new claim only where it reads the same number."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A passage that a standing judgement is about, and for which no claim is found any more."""

    judgement: Judgement
    passage: Passage


def passage_of(name: str, claim: Claim) -> Passage:
    """Return the passage by which a claim, named `name` in a judgement, is found again. Takes the claim as read."""
    told = claim.count
    return Passage(
        name, claim.id, claim.document, claim.field, claim.span, claim.quote, claim.measure or claim.about,
        told.low if told else None, told.high if told else None, told.span if told else None,
    )  # fmt: skip


class Claims:
    """The claims of a book as read, to find passages in."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_id = {c.id: c for c in claims}
        self._by_document: Mapping[str, list[Claim]] | None = None

    def carried(self, judgement: Judgement) -> tuple[Judgement, tuple[Orphan, ...]]:
        """Return a judgement about the claims that its words stand for now, and the passages that stand for none."""
        if not judgement.passages:
            return judgement, ()
        found = {p: self.find(p, judgement.verb) for p in judgement.passages}
        lost = tuple(Orphan(judgement, p) for p, claim in found.items() if claim is None)
        now = {p.object: claim.id for p, claim in found.items() if claim is not None}
        gone = {p.object for p, claim in found.items() if claim is None}
        objects = tuple(dict.fromkeys(now.get(o, o) for o in judgement.objects if o not in gone))
        return replace(judgement, objects=objects, means=_referring(judgement, now)), lost

    def find(self, passage: Passage, verb: str) -> Claim | None:
        """Return the claim that a passage stands for: the one with its id, else the likest over the same words."""
        known = self._by_id.get(passage.claim)
        if known is not None:
            return known
        able = [c for c in self._of(passage.document) if _same_words(passage, c, verb)]
        return min(able, key=lambda c: _unlikeness(passage, c)) if able else None

    def _of(self, document: str) -> Sequence[Claim]:
        if self._by_document is None:
            grouped: dict[str, list[Claim]] = defaultdict(list)
            for claim in self._by_id.values():
                grouped[claim.document].append(claim)
            self._by_document = grouped
        return self._by_document.get(document, ())


def _referring(judgement: Judgement, now: Mapping[str, str]) -> str | None:
    """Return the value with the present id where it is the id of a claim."""
    if judgement.field not in REFERENCES or judgement.means is None:
        return judgement.means
    value = json.loads(judgement.means)
    return json.dumps(now.get(value, value))


def _same_words(passage: Passage, claim: Claim, verb: str) -> bool:
    """Say whether a claim is of the same measure and over the same words, and, for a reading, of the same number."""
    if claim.field != passage.field or (claim.measure or claim.about) != passage.measure:
        return False
    if not _overlap(passage.span, claim.span):
        return False
    if _bounds(claim) == (passage.low, passage.high):
        return True
    words = claim.count.span if claim.count else None
    return verb not in ON_THE_READING and words is not None and _overlap(words, passage.words)


def _unlikeness(passage: Passage, claim: Claim) -> tuple[bool, bool, int, str]:
    """Order claims by how unlike a passage they are: other words of the count, another number, ends that differ."""
    words = claim.count.span if claim.count else None
    ends = abs(claim.span.start - passage.span.start) + abs(claim.span.end - passage.span.end)
    return words != passage.words, _bounds(claim) != (passage.low, passage.high), ends, claim.id


def _bounds(claim: Claim) -> tuple[int | None, int | None]:
    return (claim.count.low, claim.count.high) if claim.count else (None, None)


def _overlap(a: Span, b: Span | None) -> bool:
    return b is not None and a.start < b.end and b.start < a.end
