"""The linear choice between candidates."""

from __future__ import annotations

import math

import pytest
from evals.train import Case, held_out, trained

from tallybook.claims.choose import Chooser, segment


def test_the_highest_sum_of_weights_wins_and_the_first_of_equals() -> None:
    chooser = Chooser({"near": 2.0, "far": -1.0})
    assert chooser.pick([{"far": 1.0}, {"near": 1.0}, {"near": 1.0}])[0] == 1
    assert chooser.score({"near": 0.5, "unheard-of": 9.0}) == 1.0


def test_probabilities_add_up_to_one() -> None:
    odds = Chooser({"near": 1.0}).probabilities([{"near": 1.0}, {}])
    assert math.isclose(sum(odds), 1.0)
    assert odds[0] > odds[1]


@pytest.mark.parametrize(
    ("at", "stretch"), [(2, "segment-opening"), (12, "segment-earlier"), (32, "segment-own"), (45, "segment-later")]
)
def test_a_position_belongs_to_the_group_before_it(at: int, stretch: str) -> None:
    assert segment(at, 30, [10, 30, 40]) == stretch


def test_training_prefers_what_gold_accepts() -> None:
    cases = [Case(f"r{i}", ({"good": 1.0}, {"bad": 1.0, "noise": i % 2}), (True, False), False) for i in range(20)]
    weights = trained(cases, 1.0)
    assert weights["good"] > 0 > weights["bad"]
    assert all(held.right for held in held_out(cases, 1.0))


def test_the_order_of_features_does_not_matter() -> None:
    weights = {f"f{n}": 0.1 * n - 0.7 for n in range(12)}
    chooser = Chooser(weights)
    there = dict.fromkeys(weights, 1.0)
    back = dict.fromkeys(reversed(weights), 1.0)
    assert chooser.score(there) == chooser.score(back)
