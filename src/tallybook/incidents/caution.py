"""Pairs that never join by what is known of them alone: where the evidence is poor, or speaks against itself.

A wrong merge hides victims. Such a pair keeps its place as a question for review, and does not keep apart what other
reports hold together.
"""

from __future__ import annotations

from collections.abc import Iterable

HELD = 0.3
"""Probability that such a pair is given at most: too little to join, enough to ask. Below `weights.FLOOR` one such pair
would keep whole incidents apart, which splits more than it mends (docs/explanation/linking.md)."""
APART = 0.1
"""Probability that a pair is given at most that is surely in two places: below `weights.FLOOR`, so that it keeps apart
what a vaguer report would hold together."""
ELSEWHERE = frozenset({"place: another", "place: far"})
NO_PLACE = frozenset({"place: not known", "place: one country", "place: other names, not sure"})
NO_DAY = frozenset({"date: not stated", "date: long periods overlap"})
WEEKS_APART = "date: weeks apart"
OTHER_ACT = frozenset({"type: other kinds", "author: another"})
OTHER_NUMBER = frozenset({"count: others", "count: of another size"})
ONE_STORY = frozenset({"wording: most the same", "wording: much the same", "short wording: most the same",
                       "short wording: much the same", "victims: one named by both"})  # fmt: skip
"""What tells one event where place and day do not."""
ONE_STORY_SURELY = ONE_STORY - {"short wording: much the same"}
"""What outweighs that both the act and the number differ. Short reports of one war are much the same by its words."""
LONG_STORY = frozenset(f for f in ONE_STORY if not f.startswith("short"))
"""What tells one event although the days surely differ by weeks: short reports of one war are much the same."""
ALIKE = ONE_STORY | {"wording: alike"}
"""What may tell one event although the places surely differ: then the reader was surely wrong."""


def doubt(features: Iterable[str]) -> str | None:
    """Return in words why a pair with these features does not join by itself; None where it may."""
    most, why = _most(set(features))
    return why if most < 1.0 else None


def careful(probability: float, features: Iterable[str]) -> float:
    """Return the probability that linking goes by: at most `HELD`, or `APART`, where there is doubt."""
    return min(probability, _most(set(features))[0])


def _most(held: set[str]) -> tuple[float, str]:
    if not held.isdisjoint(ELSEWHERE) and held.isdisjoint(ALIKE):
        return APART, "the places surely differ"
    if WEEKS_APART in held and held.isdisjoint(LONG_STORY):
        return HELD, "the days are surely weeks apart"
    if not held.isdisjoint(NO_PLACE) and not held.isdisjoint(NO_DAY) and held.isdisjoint(ONE_STORY):
        return HELD, "neither one place nor one day is known"
    if not held.isdisjoint(OTHER_ACT) and not held.isdisjoint(OTHER_NUMBER) and held.isdisjoint(ONE_STORY_SURELY):
        return HELD, "both the act and the number differ"
    return 1.0, ""
