"""The queue after a judgement that changes no record: only the questions around what was judged are asked anew."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection
from dataclasses import replace

from tallybook.model import Conflict
from tallybook.review.queue import Material, Question, asked_around, weightiest_first


def questions_judged(
    earlier: tuple[Question, ...], before: Material, now: Material, judged: Collection[str]
) -> tuple[Question, ...]:
    """Return the questions of a book from those before some claims were judged otherwise; equal to asking all anew.

    Both materials are of the same claims, documents and incidents.
    """
    claims = frozenset(judged)
    differing = set(before.conflicts) ^ set(now.conflicts)
    old, new = (set(asked_around(_part(book, claims, differing), claims)) for book in (before, now))
    gone = {question.id for question in old - new}
    kept = [question for question in earlier if question.id not in gone] if gone else list(earlier)
    for question in new - old:
        insort(kept, question, key=weightiest_first)
    return tuple(kept)


def _part(book: Material, judged: frozenset[str], differing: Collection[Conflict]) -> Material:
    """Return the claims that questions around judged claims are made of, with all claims of their incidents."""
    incidents = [i for i in book.incidents if not judged.isdisjoint(i.claims)]
    near = judged.union(*(i.claims for i in incidents))
    mine = [c for c in book.claims if c.id in judged]
    documents, names = {c.document for c in mine}, {name for c in mine for name in c.perpetrator}
    conflicts = [c for c in book.conflicts if c in differing or not judged.isdisjoint(c.claims)]
    near = near.union(*(c.claims for c in conflicts))
    claims = [
        c for c in book.claims
        if c.id in near or c.document in documents or (names and not names.isdisjoint(c.perpetrator))
    ]  # fmt: skip
    return replace(book, claims=claims, incidents=incidents, conflicts=conflicts)
