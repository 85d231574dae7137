"""What joins or parts events whatever their likeness: copies, decisions, ids that lists give, wholes and parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from tallybook.incidents.blocking import Pair
from tallybook.incidents.copies import Copies
from tallybook.incidents.decisions import Decisions
from tallybook.incidents.events import Told
from tallybook.model import Claim
from tallybook.model.claim import OF_BOOK

Stated = tuple[str, str | None, int | None, int | None]
"""Document, measure and bounds of a number."""


@dataclass(frozen=True, slots=True)
class Certain:
    """Pairs of event numbers that do not hang on a score."""

    sure: tuple[Pair, ...]
    """One event, unless a person keeps them apart."""
    forbidden: tuple[Pair, ...]
    nested: tuple[Pair, ...]
    """Whole and part, in this order: never one event."""


def certain(told: Sequence[Told], decided: Decisions, copies: Copies) -> Certain:
    """Return what joins and what parts some events for certain."""
    numbers = {name: i for i, t in enumerate(told) for c in t.claims for name in (c.id, incident_id(c.id))}
    nested = _nested(told, numbers, decided)
    return Certain(
        sure=(
            *_equal(told),
            *_of_one_report(told),
            *_copied(told, copies),
            *_numbered(decided.same, numbers),
            *_numbered([(t.key[1].partition(OF_BOOK)[0], t.claims[0].id) for t in told], numbers),
            *_of_one_incident(told),
        ),
        forbidden=(*_numbered(decided.different, numbers), *((min(p), max(p)) for p in nested)),
        nested=tuple(nested),
    )


def incident_id(claim_id: str) -> str:
    """Return the id of the incident whose earliest claim this is."""
    return f"i-{sha256(claim_id.encode()).hexdigest()[:12]}"


def _numbered(decided: Sequence[tuple[str, str]], numbers: Mapping[str, int]) -> list[Pair]:
    found = [(numbers[a], numbers[b]) for a, b in decided if a in numbers and b in numbers]
    return [(min(p), max(p)) for p in found if p[0] != p[1]]


def of_book(event: Told) -> str | None:
    """Return the name of the book that an event was imported from; None where it was read here."""
    return event.key[1].partition(OF_BOOK)[2] or None


def _of_one_incident(told: Sequence[Told]) -> list[Pair]:
    """Pair the events of imported books that are one incident there, each with the first."""
    first: dict[str, int] = {}
    pairs_found = [(first.setdefault(event.key[1], i), i) for i, event in enumerate(told) if of_book(event)]
    return [pair for pair in pairs_found if pair[0] != pair[1]]


def _equal(told: Sequence[Told]) -> list[Pair]:
    """Pair the events of equal texts that hold the same passages."""
    first: dict[tuple[str, tuple[tuple[int, int, str | None], ...]], int] = {}
    found = []
    for i, event in enumerate(told):
        if event.document is None:
            continue
        passages = tuple(sorted((c.span.start, c.span.end, c.measure or c.about) for c in event.claims))
        original = first.setdefault((event.document.sha256, passages), i)
        if original != i and told[original].key[0] != event.key[0]:
            found.append((original, i))
    return found


def _of_one_report(told: Sequence[Told]) -> list[Pair]:
    """Pair an event of an imported book with the event of the same report here that tells its numbers.

    Only where each tells numbers of the other alone: what one team tells as two events is not made one by the other.
    """
    imported = {t.report_hash for t in told if of_book(t)}
    reports: dict[str | None, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, event in enumerate(told):
        if event.report_hash in imported:
            reports[event.report_hash][event.key[0]].append(i)
    found = []
    for documents in reports.values():
        for mine, yours in combinations(documents.values(), 2):
            if of_book(told[mine[0]]) or of_book(told[yours[0]]):
                found += _telling_alike(mine, yours, told)
    return found


def _telling_alike(mine: Sequence[int], yours: Sequence[int], told: Sequence[Told]) -> list[Pair]:
    """Pair events of two documents of one report that tell numbers of each other, and of no other event in it."""
    numbers = {i: {_stated("", claim) for claim in told[i].claims} for i in (*mine, *yours)}
    shared = [(i, j) for i in mine for j in yours if not numbers[i].isdisjoint(numbers[j])]
    times = Counter(i for pair in shared for i in pair)
    return [pair for pair in shared if times[pair[0]] == times[pair[1]] == 1]


def _copied(told: Sequence[Told], copies: Copies) -> list[Pair]:
    """Pair the events of near copies where a passage was taken over: one number of one measure, on days that meet."""
    by_number: dict[Stated, set[int]] = defaultdict(set)
    for i, event in enumerate(told):
        for claim in event.claims:
            by_number[_stated(event.key[0], claim)].add(i)
    found = set()
    for i, event in enumerate(told):
        for claim in event.claims:
            passage = copies.passage(claim)
            originals = by_number[_stated(passage.document.key, claim)] if passage else ()
            for original in originals if len(originals) == 1 else ():
                if told[original].key[0] != event.key[0] and _meet(told[original], event):
                    found.add((min(i, original), max(i, original)))
    return sorted(found)


def _stated(document: str, claim: Claim) -> Stated:
    count = claim.count
    return document, claim.measure or claim.about, count.low if count else None, count.high if count else None


def _meet(a: Told, b: Told) -> bool:
    return a.days[0] <= b.days[1] and b.days[0] <= a.days[1]


def _nested(told: Sequence[Told], numbers: Mapping[str, int], decided: Decisions) -> list[Pair]:
    """Return (whole, part) event numbers: numbers that one report nests, and what a person called a part."""
    found = {
        (numbers[c.part_of], i)
        for i, t in enumerate(told)
        for c in t.claims
        if c.part_of is not None and c.part_of in numbers and numbers[c.part_of] != i
    }
    found |= {(numbers[w], numbers[p]) for p, w in decided.part_of if p in numbers and w in numbers}
    return sorted((w, p) for w, p in found if w != p)
