"""The weights of the reader's choices, as the file holds them."""

from __future__ import annotations

import pytest
from evals.train import LEAN, RARE, RIDGE, Case, fitted, trained

CASES = [Case(str(i), ({"told": 1.0}, {"new": 1.0}), (i % 3 > 0, i % 3 == 0), rules_right=True) for i in range(30)]


def test_weights_of_events_lean_towards_a_new_one() -> None:
    plain, leaning = trained(CASES, RIDGE["event"], RARE), fitted("event", CASES)
    assert leaning["new"] - plain["new"] == pytest.approx(LEAN["event"]["new"], abs=0.001)
    assert leaning["told"] == pytest.approx(plain["told"], abs=0.001)


def test_weights_of_other_choices_are_as_trained() -> None:
    plain = trained(CASES, RIDGE["scope"], RARE)
    assert fitted("scope", CASES) == pytest.approx(plain, abs=0.001)
