"""Claims of many reports to incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from tallybook.incidents.blocking import Pair, pairs
from tallybook.incidents.clusters import cluster
from tallybook.incidents.copies import Copies, near_copies
from tallybook.incidents.decisions import Decisions, decisions, taken_out
from tallybook.incidents.events import Told, events, most_specific, shared_interval
from tallybook.incidents.features import Features
from tallybook.incidents.memory import Memory
from tallybook.incidents.reasons import doubts_of, links_of
from tallybook.incidents.weights import probability
from tallybook.model import Claim, Document, Incident, Judgement, Link, Victim
from tallybook.model.claim import OF_BOOK

Stated = tuple[str, str | None, int | None, int | None]
"""Document, measure and bounds of a number."""


def link(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    judgements: Sequence[Judgement] = (),
    copies: Iterable[tuple[str, str]] | None = None,
    victims: Iterable[Victim] = (),
    memory: Memory | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents that these claims are about, sorted by id; documents are keyed by `Document.key`.

    Claims told under one event key in one document are one event; events of different documents are compared inside
    blocks of place and days and clustered. Two events of one document stay apart, a part never merges with its
    whole, a person's `same` and `different` always hold; what is told in copied passages joins, and so does an event
    whose key is the id of an incident, as lists may give it. `copies` are pairs of document keys (copy, original),
    found anew where they are not given. `memory` spares the comparisons of a linking before, and keeps those of this
    one; it changes no result. Events of an imported book are as its team made them: one incident of theirs joins, and
    two stay apart. Independent of all orders. Tolls are in no incident. Near linear in claims while the claims of one
    place and day stay few.
    """
    decided = decisions(judgements)
    pairs_of_copies = near_copies(documents.values()) if copies is None else copies
    compared = memory or Memory()
    told = events(claims, documents, taken_out(decided, claims, incident_id), victims, compared.told)
    compared.keep(told)
    numbers = {name: i for i, t in enumerate(told) for c in t.claims for name in (c.id, incident_id(c.id))}
    features = {pair: compared.features(told[pair[0]], told[pair[1]]) for pair in pairs(told)}
    scores = {pair: probability(f) for pair, f in features.items()}
    nested = _nested(told, numbers, decided)
    groups = cluster(
        len(told),
        [_of_book(t) or t.key[0] for t in told],
        scores,
        sure=[
            *_equal(told),
            *_copied(told, Copies(documents.values(), pairs_of_copies)),
            *_numbered(decided.same, numbers),
            *_numbered([(t.key[1].partition(OF_BOOK)[0], t.claims[0].id) for t in told], numbers),
            *_of_one_incident(told),
        ],
        forbidden=[*_numbered(decided.different, numbers), *((min(p), max(p)) for p in nested)],
        leading={i for i, t in enumerate(told) if t.leading},
    )
    return _incidents(told, groups, features, scores, nested)


def incident_id(claim_id: str) -> str:
    """Return the id of the incident whose earliest claim this is."""
    return f"i-{sha256(claim_id.encode()).hexdigest()[:12]}"


def _numbered(decided: Sequence[tuple[str, str]], numbers: Mapping[str, int]) -> list[Pair]:
    found = [(numbers[a], numbers[b]) for a, b in decided if a in numbers and b in numbers]
    return [(min(p), max(p)) for p in found if p[0] != p[1]]


def _of_book(event: Told) -> str | None:
    """Return the name of the book that an event was imported from; None where it was read here."""
    return event.key[1].partition(OF_BOOK)[2] or None


def _of_one_incident(told: Sequence[Told]) -> list[Pair]:
    """Pair the events of imported books that are one incident there, each with the first."""
    first: dict[str, int] = {}
    pairs_found = [(first.setdefault(event.key[1], i), i) for i, event in enumerate(told) if _of_book(event)]
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


def _incidents(
    told: Sequence[Told],
    groups: list[list[int]],
    features: Mapping[Pair, Features],
    scores: Mapping[Pair, float],
    nested: Sequence[Pair],
) -> tuple[Incident, ...]:
    names: dict[int, str] = {}
    for group in groups:
        earliest = min((told[i] for i in group), key=lambda t: t.order)
        names.update(dict.fromkeys(group, incident_id(earliest.claims[0].id)))
    parts = _parts(names, nested)
    doubts = doubts_of(told, groups, features, scores)
    made = [
        replace(
            _incident([told[i] for i in g], names[g[0]], parts, links_of(told, g, features, scores)), doubts=doubts[n]
        )
        for n, g in enumerate(groups)
    ]
    return tuple(sorted(made, key=lambda i: i.id))


def _parts(names: Mapping[int, str], nested: Sequence[Pair]) -> dict[str, set[str]]:
    """Return the parts of each incident; of two that would hold each other neither does."""
    held = {(names[w], names[p]) for w, p in nested if names[w] != names[p]}
    parts: dict[str, set[str]] = defaultdict(set)
    for whole, part in held:
        if (part, whole) not in held:
            parts[whole].add(part)
    return parts


def _incident(group: Sequence[Told], name: str, parts: Mapping[str, set[str]], links: tuple[Link, ...]) -> Incident:
    claims = sorted((c for t in group for c in t.claims), key=lambda c: c.id)
    aliases = {incident_id(t.claims[0].id) for t in group} - {name}
    return Incident(
        id=name,
        claims=tuple(c.id for c in claims),
        documents=tuple(sorted({t.key[0] for t in group})),
        event_type=_kind(claims),
        place=most_specific(t.place for t in group),
        date=shared_interval([t.when for t in group]),
        parts=tuple(sorted(parts.get(name, ()))),
        aliases=tuple(sorted(aliases)),
        links=links,
    )


def _kind(claims: Sequence[Claim]) -> str:
    """Return the event type that most claims tell; of equals the first in the alphabet; `other` where none does."""
    told = Counter(c.event_type for c in claims if c.event_type != "other")
    return min(told, key=lambda k: (-told[k], k)) if told else "other"
