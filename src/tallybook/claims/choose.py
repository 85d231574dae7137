"""A linear choice between candidates: the learned part of the reader, small enough to read.

Source: conditional logit (McFadden 1974). A candidate scores the sum of the weights of its features; the highest
score wins, the first of equals. Weights are trained by `python -m evals.train` on the open gold reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import mul
from typing import Protocol

Features = Mapping[str, float]


class Candidate(Protocol):
    """What may be chosen, with what speaks for it."""

    @property
    def features(self) -> Features:
        """Return its features by name."""

    @property
    def told(self) -> str:
        """Return how it reads in a trace."""


class Chooser:
    """Choose between candidates by the weights of their features."""

    def __init__(self, weights: Features) -> None:
        self.weights = weights

    def score(self, features: Features) -> float:
        """Return the score of one candidate: unbounded, higher is better; unknown features weigh nothing.

        The sum is exact before it is rounded, so that it does not matter in which order the features were found.
        """
        return math.fsum(map(mul, map(self.weights.get, features, repeat(0.0)), features.values()))

    def pick(self, candidates: Sequence[Features]) -> tuple[int, float]:
        """Return the index of the best of at least one candidate, the first of equals, and how likely it is."""
        if len(candidates) == 1:
            return 0, 1.0
        odds = self.probabilities(candidates)
        at = odds.index(max(odds))
        return at, odds[at]

    def sure(self, features: Features) -> float:
        """Return the probability of what has these features, against nothing."""
        return self.probabilities([features, {}])[0]

    def probabilities(self, candidates: Sequence[Features]) -> list[float]:
        """Return how likely each candidate is, adding up to 1."""
        scores = [self.score(c) for c in candidates]
        top = max(scores, default=0.0)
        raised = [math.exp(s - top) for s in scores]
        total = sum(raised)
        return [r / total for r in raised]


def segment(at: int, own: int, starts: Sequence[int]) -> str:
    """Say in which counted group's stretch of a sentence position `at` lies: of the group at `own`, of one before, of one after."""
    following = min((s for s in starts if s > own), default=None)
    if at >= own:
        return "segment-own" if following is None or at < following else "segment-later"
    before = [s for s in starts if s < own]
    return "segment-earlier" if any(s <= at for s in before) else "segment-opening"


def share_of(true: Iterable[bool]) -> float:
    """Return which share of `true` holds; 0 of nothing."""
    held = [*true]
    return sum(held) / len(held) if held else 0.0


def evidence(odds: float) -> Features:
    """Return what calibration sees of a choice: how far its probability is from even, in nats."""
    kept = min(max(odds, 0.001), 0.999)
    return {"any": 1.0, "odds": math.log(kept / (1 - kept))}
