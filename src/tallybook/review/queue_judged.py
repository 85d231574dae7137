"""The queue after a judgement that changes no record: only the questions around what was judged are asked anew."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallybook.model import Claim, Conflict, Incident
from tallybook.review.queue import Material, Question, asked_around, weightiest_first


@dataclass(frozen=True, slots=True)
class Shelves:
    """The records of a book by what they are found with."""

    claims: Mapping[str, Claim]
    """By id."""
    claims_in: Mapping[str, Sequence[Claim]]
    """By key of their document."""
    incidents: Mapping[str, Incident]
    """By id."""
    incident_of: Mapping[str, str]
    """Incident id by claim."""


def questions_judged(
    earlier: Sequence[Question], before: Material, now: Material, judged: Collection[str], shelves: Shelves
) -> tuple[Question, ...]:
    """Return the questions of a book from those before some claims were judged otherwise; equal to asking all anew.

    Both materials are of the same claims, documents and incidents, which stand on the shelves.
    """
    was, here = {id(c) for c in before.conflicts}, {id(c) for c in now.conflicts}
    differing = {c.claims for c in before.conflicts if id(c) not in here}
    differing.update(c.claims for c in now.conflicts if id(c) not in was)
    part = _part(now, frozenset(judged), differing, shelves)
    old, new = (
        set(asked_around(replace(part, conflicts=_touched(book.conflicts, judged, differing), decided=book.decided,
                                 judgements=book.judgements), judged))
        for book in (before, now)
    )  # fmt: skip
    gone = {question.id for question in old - new}
    kept = [question for question in earlier if question.id not in gone] if gone else list(earlier)
    for question in new - old:
        insort(kept, question, key=weightiest_first)
    return tuple(kept)


def _touched(
    conflicts: Iterable[Conflict], judged: Collection[str], differing: Collection[tuple[str, ...]]
) -> list[Conflict]:
    mine = frozenset(judged)
    return [c for c in conflicts if c.claims in differing or not mine.isdisjoint(c.claims)]


def _part(book: Material, judged: frozenset[str], differing: Collection[tuple[str, ...]], shelves: Shelves) -> Material:
    """Return the claims that questions around judged claims are made of, with all claims of their incidents."""
    mine = [shelves.claims[c] for c in sorted(judged) if c in shelves.claims]
    incidents = [shelves.incidents[i] for i in sorted({shelves.incident_of.get(c.id, "") for c in mine} - {""})]
    near = {c.id for c in mine}.union(*(i.claims for i in incidents), *differing)
    near.update(c for conflict in _touched(book.conflicts, judged, ()) for c in conflict.claims)
    near.update(c.id for key in {c.document for c in mine} for c in shelves.claims_in.get(key, ()))
    names = {name for c in mine for name in c.perpetrator if not book.is_known_actor(name)}
    if names:
        near.update(c.id for c in book.claims if not names.isdisjoint(c.perpetrator))
    keys = sorted({shelves.claims[c].document for c in near if c in shelves.claims})
    ordered = [c for key in keys for c in shelves.claims_in.get(key, ()) if c.id in near]
    return replace(book, claims=ordered, incidents=incidents)
