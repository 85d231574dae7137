"""What each feature of a pair of events is worth, in one place.

The score of a pair is the logistic of the sum of the weights of its features: natural-log odds that two reports tell
one event. Set by hand on invented near misses (same village next day, same day next village, revised tolls, copies);
guarded by tests/unit/incidents. They hold until the link evals give labelled pairs to fit them on.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from types import MappingProxyType

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "before anything is known": -3.0,
        "place: same": 2.2,
        "place: near": 1.2,
        "place: one holds the other": 0.9,
        "place: far": -5.0,
        "place: another": -4.5,
        "place: not known": -0.6,
        "date: same day": 2.2,
        "date: periods overlap": 1.1,
        "date: not stated": 0.2,
        "date: next day": -4.0,
        "date: days apart": -7.0,
        "type: same": 0.8,
        "type: other kinds": -0.8,
        "type: fire and captivity": -4.0,
        "author: same": 0.8,
        "author: another": -0.8,
        "target: same status": 0.3,
        "target: another status": -0.5,
        "target: same group": 0.3,
        "count: same number": 1.2,
        "count: can agree": 0.4,
        "count: grew with time": 0.1,
        "count: others": -0.7,
        "count: of another size": -2.0,
        "time: same hour": 0.6,
        "time: other hours": -2.5,
        "words": 2.4,
        "copy": 20.0,
    }
)

THRESHOLD = 0.5
"""Probability from which two events are one, and which the mean over two clusters must reach to join them. A wrong
merge hides victims and a wrong split shows them twice; at even odds neither is preferred."""

FLOOR = 0.3
"""Probability below which one compared pair keeps two clusters apart, whatever the mean: a report that names only the
province must not make one event of two villages. Guarded by tests/unit/incidents."""

UNSCORED = 0.02
"""Probability taken for a pair that blocking never compared: far in time or place, so almost surely two events."""

NEAR_KM = 5.0
"""Kilometres between two places, beyond their own radii, that still count as near. About a village and its fields."""
FAR_FACTOR = 3.0
"""Times the reach of both places from which they are far."""


def probability(features: Mapping[str, float]) -> float:
    """Return the probability that a pair with these features is one event, 0..1."""
    odds = sum(WEIGHTS[name] * value for name, value in features.items()) + WEIGHTS["before anything is known"]
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
