"""Why events are held together or kept apart: the surest pair of each, and the likeliest that stayed apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tallybook.incidents.blocking import Pair
from tallybook.incidents.events import Told
from tallybook.incidents.features import Features, in_words
from tallybook.incidents.weights import THRESHOLD, weights
from tallybook.model import Link

DOUBTFUL, MOST_DOUBTS = 0.2, 3
"""Probability from which a pair of incidents that stayed apart is kept as a question, and how many each keeps."""


def links_of(
    told: Sequence[Told], group: Sequence[int], features: Mapping[Pair, Features], scores: Mapping[Pair, float]
) -> tuple[Link, ...]:
    """Keep, for each event after the first, the surest pair that holds it in its cluster."""
    made = []
    for i in group[1:]:
        pairs_of_it = [(min(i, j), max(i, j)) for j in group if j != i]
        able = [p for p in pairs_of_it if scores.get(p, 0.0) >= THRESHOLD]
        if able:
            surest = max(able, key=lambda p: (scores[p], (-p[0], -p[1])))
            made.append(_link(told[surest[0]], told[surest[1]], round(scores[surest], 4), features[surest]))
        else:
            made.append(_link(told[group[0]], told[i], 1.0, ()))
    return tuple(made)


def doubts_of(
    told: Sequence[Told],
    groups: Sequence[Sequence[int]],
    features: Mapping[Pair, Features],
    scores: Mapping[Pair, float],
) -> list[tuple[Link, ...]]:
    """Return for each group the likeliest pairs with events of other groups that stayed apart."""
    group_of = {i: n for n, group in enumerate(groups) for i in group}
    able: dict[tuple[int, int], tuple[float, Pair]] = {}
    for pair, score in scores.items():
        a, b = group_of[pair[0]], group_of[pair[1]]
        if a != b and score >= DOUBTFUL:
            known = able.get((a, b))
            if known is None or (score, known[1]) > (known[0], pair):
                able[a, b] = able[b, a] = (score, pair)
    found: dict[int, list[tuple[float, Pair]]] = defaultdict(list)
    for (a, _), told_apart in able.items():
        found[a].append(told_apart)
    return [
        tuple(_across(told, pair, group_of[pair[0]] == n, score, features) for score, pair in _likeliest(found[n]))
        for n in range(len(groups))
    ]


def _likeliest(pairs: list[tuple[float, Pair]]) -> list[tuple[float, Pair]]:
    return sorted(pairs, key=lambda p: (-p[0], p[1]))[:MOST_DOUBTS]


def _across(told: Sequence[Told], pair: Pair, first: bool, score: float, features: Mapping[Pair, Features]) -> Link:
    """Return the link of a pair, the claim of the group it is kept with first."""
    made = _link(told[pair[0]], told[pair[1]], round(score, 4), features[pair])
    return made if first else replace(made, a=made.b, b=made.a)


def _link(a: Told, b: Told, score: float, features: Features) -> Link:
    known = weights()
    worth = tuple(sorted((name, known.get(name, 0.0)) for name in features))
    reason = in_words(features) if features else "decided, or a copy of one text"
    return Link(a.claims[0].id, b.claims[0].id, score, worth, reason)
