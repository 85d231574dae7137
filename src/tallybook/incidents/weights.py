"""What each feature of a pair of events is worth: the learned weights, and the thresholds that joining obeys.

The score of a pair is the logistic of the sum of the weights of its features: natural-log odds that two reports tell
one event. The weights are `learned/weights.yaml`; `python -m evals.train_links` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp, fsum

import yaml

BEFORE = "before anything is known"
"""Name of the weight that every pair starts from."""

THRESHOLD = 0.45
"""Probability from which two events are one, and which the mean over two clusters must reach to join them. Of the
thresholds at which the public sets that may be fitted on have no wrong merge the one that finds the most; the curve it
was chosen on, and what it costs: docs/explanation/linking.md."""

FLOOR = 0.15
"""Probability below which one compared pair keeps two clusters apart, whatever the mean: a report that names only the
province must not make one event of two villages. At 0.1 a fifth of the pairs that open gold reports put together belong
apart, at 0.15 a seventh. Guarded by tests/unit/incidents and the link evals."""

UNSCORED = 0.2
"""Probability taken for a pair that blocking never compared: two follow-ups of one event may share few words."""

NEAR_KM = 5.0
"""Kilometres between two places, beyond their own radii, that still count as near. About a village and its fields."""
FAR_FACTOR = 3.0
"""Times the reach of both places from which they are far."""


@cache
def weights() -> Mapping[str, float]:
    """Return the learned weights by feature."""
    text = files("tallybook.incidents").joinpath("learned", "weights.yaml").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in yaml.safe_load(text)["weights"].items()}


def probability(features: Iterable[str]) -> float:
    """Return the probability that a pair with these features is one event, 0..1."""
    known = weights()
    odds = fsum((known[BEFORE], *(known.get(name, 0.0) for name in features)))
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
