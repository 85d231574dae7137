"""Linking some events of a book anew, with the rest as it is: the same incidents that linking all of it gives.

Incidents never reach beyond a connected component of the pairs that may join or nest. So only the components that new
or changed events touch are clustered anew; around them, other incidents keep what they hold and are asked again only
which pairs with theirs were left in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallybook.incidents.blocking import Pair
from tallybook.incidents.certain import Certain, certain
from tallybook.incidents.copies import Copies
from tallybook.incidents.decisions import decisions
from tallybook.incidents.events import Told
from tallybook.incidents.features import Features
from tallybook.incidents.link import clustered, components, incidents_of, joining
from tallybook.incidents.memory import Memory
from tallybook.incidents.reasons import DOUBTFUL, doubts_of
from tallybook.incidents.weights import THRESHOLD
from tallybook.model import Incident, Judgement, Link
from tallybook.model.linked_event import EventKey

KeyPair = tuple[EventKey, EventKey]


class ReachesFurther(Exception):
    """What changed cannot be linked without the rest: link the whole book."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some events of a book, linked anew."""

    incidents: dict[EventKey, Incident]
    """By the key of each event that was linked anew its incident."""
    components: dict[EventKey, EventKey]
    """By the same keys the first event of the component that each is in now."""


class Scores:
    """How events of a book compare: each pair is worked out once."""

    def __init__(self, told: Mapping[EventKey, Told]) -> None:
        self._told = told
        self._memory = Memory()

    def features(self, pair: KeyPair) -> Features:
        """Return how two events compare, given with the smaller key first."""
        return self._memory.features(self._told[pair[0]], self._told[pair[1]])

    def score(self, pair: KeyPair) -> float:
        """Return the probability that linking goes by."""
        return self._memory.score(self.features(pair))

    def joins(self, pair: KeyPair) -> bool:
        """Say whether a pair may be one event."""
        return self.score(pair) >= THRESHOLD

    def doubtful(self, pair: KeyPair) -> bool:
        """Say whether a pair that stays apart is kept as a question."""
        return self.score(pair) >= DOUBTFUL


def part_linked(
    told: Mapping[EventKey, Told],
    again: Collection[EventKey],
    pairs: Iterable[KeyPair],
    scores: Scores,
    judgements: Sequence[Judgement],
    copies: Copies,
) -> Part:
    """Link the events `again`, whole components, anew. `told` holds them and all events of the reports of what they
    copy; `pairs` are at least all compared pairs between them.

    Raises: ReachesFurther where something holds them together with events outside.
    """
    keys = sorted(told)
    number = {key: n for n, key in enumerate(keys)}
    events = [told[key] for key in keys]
    mine = {number[key] for key in again}
    features, weighed = _numbered(((a, b) for a, b in pairs if a in again and b in again), number, scores)
    sure = _inside(certain(events, decisions(judgements), copies), mine)
    groups = [g for g in clustered(events, weighed, sure) if g[0] in mine]
    made = incidents_of(events, groups, features, weighed, sure.nested)
    heads = components(events, weighed, sure)
    return Part(
        {keys[i]: incident for group, incident in zip(groups, made, strict=True) for i in group},
        {keys[i]: keys[heads[i]] for i in mine},
    )


def doubts_anew(
    told: Mapping[EventKey, Told], pairs: Iterable[KeyPair], scores: Scores, home: Mapping[EventKey, str],
    asked: Collection[str],
) -> dict[str, tuple[Link, ...]]:  # fmt: skip
    """Return the doubts of the incidents that are asked for. `pairs` are all compared pairs of their events, and
    `home` is the incident of every event in them."""
    keys = sorted(key for key in told if key in home)
    number = {key: n for n, key in enumerate(keys)}
    features, weighed = _numbered(pairs, number, scores)
    grouped: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        grouped[home[key]].append(number[key])
    names = sorted(grouped)
    found = doubts_of([told[key] for key in keys], [grouped[name] for name in names], features, weighed)
    return {name: doubts for name, doubts in zip(names, found, strict=True) if name in asked}


def _numbered(
    pairs: Iterable[KeyPair], number: Mapping[EventKey, int], scores: Scores
) -> tuple[dict[Pair, Features], dict[Pair, float]]:
    ordered = sorted({(min(p), max(p)) for p in pairs})
    features = {(number[a], number[b]): scores.features((a, b)) for a, b in ordered}
    return features, {(number[p[0]], number[p[1]]): scores.score(p) for p in ordered}


def _inside(sure: Certain, mine: Collection[int]) -> Certain:
    """Return what is certain of some events alone.

    Raises: ReachesFurther where it holds one of them together with another.
    """
    if any((a in mine) != (b in mine) for a, b in joining({}, sure)):
        raise ReachesFurther
    within = [
        tuple(p for p in pairs if p[0] in mine and p[1] in mine) for pairs in (sure.sure, sure.forbidden, sure.nested)
    ]
    return Certain(*within)
