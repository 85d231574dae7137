"""Claims of many reports to incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallybook.incidents.blocking import Pair, pairs
from tallybook.incidents.certain import Certain, certain, incident_id, of_book
from tallybook.incidents.clusters import cluster
from tallybook.incidents.copies import Copies, near_copies
from tallybook.incidents.decisions import decisions, taken_out
from tallybook.incidents.events import Told, events, most_specific, shared_interval
from tallybook.incidents.features import Features
from tallybook.incidents.memory import Memory
from tallybook.incidents.reasons import doubts_of, links_of
from tallybook.incidents.weights import THRESHOLD
from tallybook.model import Claim, Document, Incident, Judgement, Link, Victim


@dataclass(frozen=True, slots=True)
class Linking:
    """Incidents, and what they were made of."""

    told: tuple[Told, ...]
    """Events of single reports, in the order of their keys."""
    groups: tuple[tuple[int, ...], ...]
    """Numbers of the events of each incident."""
    incidents: tuple[Incident, ...]
    """One for each group, in the order of groups."""
    components: tuple[int, ...]
    """By event the smallest number among those that it may be of one incident with, or nest with."""


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
    made = linking(claims, documents, judgements, copies, victims, memory)
    return tuple(sorted(made.incidents, key=lambda i: i.id))


def linking(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    judgements: Sequence[Judgement] = (),
    copies: Iterable[tuple[str, str]] | None = None,
    victims: Iterable[Victim] = (),
    memory: Memory | None = None,
) -> Linking:
    """Link as `link` does, and return what the incidents were made of as well."""
    pairs_of_copies = near_copies(documents.values()) if copies is None else copies
    compared = memory or Memory()
    told = told_in(claims, documents, judgements, victims, compared)
    features = {pair: compared.features(told[pair[0]], told[pair[1]]) for pair in pairs(told)}
    scores = {pair: compared.score(f) for pair, f in features.items()}
    sure = certain(told, decisions(judgements), Copies(documents.values(), pairs_of_copies))
    groups = clustered(told, scores, sure)
    found = incidents_of(told, groups, features, scores, sure.nested)
    return Linking(tuple(told), tuple(map(tuple, groups)), found, components(told, scores, sure))


def told_in(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    judgements: Sequence[Judgement],
    victims: Iterable[Victim],
    memory: Memory,
) -> list[Told]:
    """Return the events of these documents, each as people parted it, in the order of their keys."""
    told = events(claims, documents, taken_out(decisions(judgements), claims, incident_id), victims, memory.told)
    memory.keep(told)
    return told


def clustered(told: Sequence[Told], scores: Mapping[Pair, float], sure: Certain) -> list[list[int]]:
    """Return the events of each incident by their numbers."""
    return cluster(
        len(told),
        [of_book(t) or t.key[0] for t in told],
        scores,
        sure=sure.sure,
        forbidden=sure.forbidden,
        leading={i for i, t in enumerate(told) if t.leading},
    )


def joining(scores: Mapping[Pair, float], sure: Certain) -> Iterable[Pair]:
    """Yield the pairs by which incidents hang together: what may join, and what nests."""
    yield from (pair for pair, score in scores.items() if score >= THRESHOLD)
    yield from sure.sure
    yield from sure.nested


def components(told: Sequence[Told], scores: Mapping[Pair, float], sure: Certain) -> tuple[int, ...]:
    """Return for each event the smallest number in its connected component of all pairs that may join or nest."""
    head = list(range(len(told)))

    def top(i: int) -> int:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for a, b in joining(scores, sure):
        low, high = sorted((top(a), top(b)))
        head[high] = low
    return tuple(top(i) for i in range(len(told)))


def incidents_of(
    told: Sequence[Told],
    groups: Sequence[Sequence[int]],
    features: Mapping[Pair, Features],
    scores: Mapping[Pair, float],
    nested: Sequence[Pair],
) -> tuple[Incident, ...]:
    """Return the incident of each group, in their order."""
    names: dict[int, str] = {}
    for group in groups:
        earliest = min((told[i] for i in group), key=lambda t: t.order)
        names.update(dict.fromkeys(group, incident_id(earliest.claims[0].id)))
    parts = _parts(names, nested)
    doubts = doubts_of(told, groups, features, scores)
    return tuple(
        replace(
            _incident([told[i] for i in g], names[g[0]], parts, links_of(told, g, features, scores)), doubts=doubts[n]
        )
        for n, g in enumerate(groups)
    )


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
