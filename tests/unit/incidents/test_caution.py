"""Pairs that do not join by themselves, and say why."""

from __future__ import annotations

import pytest

from tallybook.incidents.caution import APART, HELD, careful, doubt
from tallybook.incidents.features import in_words
from tallybook.incidents.weights import FLOOR, THRESHOLD, weights

NOWHERE = ("place: one country", "date: not stated", "short wording: alike", "published: together")
AT_ODDS = ("place: same", "date: same day", "type: other kinds", "count: others", "short wording: much the same")


@pytest.mark.parametrize("features", [NOWHERE, AT_ODDS])
def test_poor_or_torn_evidence_is_held_between_the_floor_and_the_threshold(features: tuple[str, ...]) -> None:
    assert careful(0.97, features) == HELD
    assert careful(0.1, features) == 0.1
    assert FLOOR < HELD < THRESHOLD
    assert "in doubt, since" in in_words(features)


def test_what_is_surely_elsewhere_keeps_clusters_apart_unless_the_words_are_one_story() -> None:
    elsewhere = ("place: another", "date: same day", "count: same number", "short wording: alike")
    assert careful(0.9, elsewhere) == APART < FLOOR
    assert careful(0.9, (*elsewhere[:3], "wording: alike")) == 0.9


@pytest.mark.parametrize(
    "features",
    [
        (*NOWHERE, "victims: one named by both"),
        ("place: one country", "date: same day", "short wording: alike"),
        (*AT_ODDS[:3], "count: grew with time"),
        (*AT_ODDS[:4], "wording: most the same"),
    ],
)
def test_what_tells_one_story_may_join(features: tuple[str, ...]) -> None:
    assert doubt(features) is None
    assert careful(0.97, features) == 0.97


def test_every_feature_that_caution_names_is_a_weight() -> None:
    from tallybook.incidents import caution

    named = caution.NO_PLACE | caution.NO_DAY | caution.OTHER_ACT | caution.OTHER_NUMBER | caution.ONE_STORY
    assert named <= set(weights())
