"""Pairs that never join by what is known of them alone: where the evidence is poor, or speaks against itself.

A wrong merge hides victims. Such a pair keeps its place as a question for review, and does not keep apart what other
reports hold together.
"""

from __future__ import annotations

from collections.abc import Iterable

HELD = 0.3
"""Probability that such a pair is given at most: too little to join, enough to ask. Below `weights.FLOOR` one such pair
would keep whole incidents apart, which splits more than it mends (docs/explanation/linking.md)."""
NO_PLACE = frozenset({"place: not known", "place: one country", "place: other names, not sure"})
NO_DAY = frozenset({"date: not stated", "date: long periods overlap"})
OTHER_ACT = frozenset({"type: other kinds", "author: another"})
OTHER_NUMBER = frozenset({"count: others", "count: of another size"})
ONE_STORY = frozenset({"wording: most the same", "wording: much the same", "short wording: most the same",
                       "short wording: much the same", "victims: one named by both"})  # fmt: skip
"""What tells one event where place and day do not."""
ONE_STORY_SURELY = ONE_STORY - {"short wording: much the same"}
"""What outweighs that both the act and the number differ. Short reports of one war are much the same by its words."""


def doubt(features: Iterable[str]) -> str | None:
    """Return in words why a pair with these features does not join by itself; None where it may."""
    held = set(features)
    if held & NO_PLACE and held & NO_DAY and not held & ONE_STORY:
        return "neither one place nor one day is known"
    if held & OTHER_ACT and held & OTHER_NUMBER and not held & ONE_STORY_SURELY:
        return "both the act and the number differ"
    return None


def careful(probability: float, features: Iterable[str]) -> float:
    """Return the probability that linking goes by: at most `HELD` where there is doubt."""
    return probability if probability <= HELD or doubt(features) is None else HELD
