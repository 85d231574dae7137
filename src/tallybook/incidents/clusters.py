"""From scored pairs to clusters, under constraints that always hold.

Events that their reports tell first are joined before the rest: what a report mentions in passing must not keep it
from the incident it is about. Pairs are taken from the surest down. Two clusters join if nobody forbids it, the mean
over all their pairs reaches the threshold, and no compared pair is too unlike: one weak link never chains two events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum

from tallybook.incidents.weights import FLOOR, THRESHOLD, UNSCORED

Pair = tuple[int, int]


class Clusters:
    """Disjoint sets of event numbers that grow by joins."""

    def __init__(
        self, size: int, forbidden: Iterable[Pair], documents: Sequence[str], threshold: float = THRESHOLD
    ) -> None:
        self._threshold = threshold
        self._head = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._documents = documents
        self._forbidden: dict[int, set[int]] = defaultdict(set)
        for a, b in forbidden:
            self._forbidden[a].add(b)
            self._forbidden[b].add(a)

    def head(self, i: int) -> int:
        """Return the name of the cluster that holds event `i`."""
        return self._head[i]

    def join(self, a: int, b: int) -> None:
        """Make one cluster of those of `a` and `b`."""
        keep, gone = sorted((self._head[a], self._head[b]))
        if keep == gone:
            return
        for member in self._members[gone]:
            self._head[member] = keep
        self._members[keep] += self._members.pop(gone)

    def allowed(self, a: int, b: int) -> bool:
        """Say whether no constraint keeps the clusters of `a` and `b` apart."""
        left, right = self._members[self._head[a]], self._members[self._head[b]]
        if not {self._documents[i] for i in left}.isdisjoint(self._documents[i] for i in right):
            return False
        return not any(j in self._forbidden[i] for i in left for j in right if i in self._forbidden)

    def forbidden(self, a: int, b: int) -> bool:
        """Say whether a person keeps the clusters of `a` and `b` apart."""
        left, right = self._members[self._head[a]], self._members[self._head[b]]
        return any(j in self._forbidden[i] for i in left for j in right if i in self._forbidden)

    def alike(self, a: int, b: int, scores: Mapping[Pair, float]) -> bool:
        """Say whether the mean over all pairs of two clusters reaches the threshold and no pair is too unlike."""
        left, right = self._members[self._head[a]], self._members[self._head[b]]
        across = [scores.get((min(i, j), max(i, j))) for i in left for j in right]
        if any(s is not None and s < FLOOR for s in across):
            return False
        return fsum(UNSCORED if s is None else s for s in across) / len(across) >= self._threshold

    def all(self) -> list[list[int]]:
        """Return the clusters, members sorted, in the order of their smallest member."""
        return [sorted(self._members[h]) for h in sorted(self._members)]


def cluster(
    size: int,
    documents: Sequence[str],
    scores: Mapping[Pair, float],
    sure: Iterable[Pair] = (),
    forbidden: Iterable[Pair] = (),
    leading: Collection[int] = (),
    threshold: float = THRESHOLD,
) -> list[list[int]]:
    """Return clusters of event numbers. `sure` pairs join first, `forbidden` ones never; a pair in both stays apart.

    Pairs of `leading` events are taken before the others. Events of one document never join, unless a `sure` pair says
    so. Ties are broken by number, so the result depends on the events alone.
    """
    grown = Clusters(size, forbidden, documents, threshold)
    for a, b in sorted(sure):
        if not grown.forbidden(a, b):
            grown.join(a, b)
    able = (
        (not (pair[0] in leading and pair[1] in leading), -score, pair)
        for pair, score in scores.items()
        if score >= threshold
    )
    for _, _, (a, b) in sorted(able):
        if grown.head(a) != grown.head(b) and grown.allowed(a, b) and grown.alike(a, b, scores):
            grown.join(a, b)
    return grown.all()
