"""What linking worked out before: events and how they compare, so that a book that hardly changed is linked quickly."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.incidents.caution import careful
from tallybook.incidents.events import Told
from tallybook.incidents.features import Features, compare
from tallybook.incidents.weights import probability

Key = tuple[str, str]


class Memory:
    """Events and comparisons of the linkings of one book. Holds what it was last given; grows with what changes."""

    def __init__(self) -> None:
        self.told: dict[Key, Told] = {}
        """Events by document and event key."""
        self._compared: dict[tuple[Key, Key], tuple[Told, Told, Features]] = {}
        self._scores: dict[Features, float] = {}

    def keep(self, told: Iterable[Told]) -> None:
        """Remember the events of a linking."""
        self.told.update((event.key, event) for event in told)

    def features(self, a: Told, b: Told) -> Features:
        """Return how two events compare, worked out once for the same two."""
        known = self._compared.get((a.key, b.key))
        if known is not None and known[0] is a and known[1] is b:
            return known[2]
        found = compare(a, b)
        self._compared[a.key, b.key] = (a, b, found)
        return found

    def score(self, features: Features) -> float:
        """Return the probability that linking goes by for a pair with these features."""
        known = self._scores.get(features)
        if known is None:
            known = self._scores[features] = careful(probability(features), features)
        return known
