"""Weights follow the cases, and keep the coder's where there are none."""

from __future__ import annotations

import pytest
from evals.train_links import PRIOR, Compared, fit


def test_what_no_case_shows_keeps_its_prior() -> None:
    weights = fit([Compared(("date: same day",), True), Compared(("date: weeks apart",), False)])
    assert weights["type: fire and captivity"] == PRIOR["type: fire and captivity"]
    assert weights["victims: others"] == PRIOR["victims: others"]


def test_many_cases_outweigh_the_prior() -> None:
    cases = [Compared(("count: others",), True)] * 200 + [Compared(("count: same number",), False)] * 200
    weights = fit(cases)
    assert weights["count: others"] > 0 > weights["count: same number"]


def test_fitting_is_deterministic() -> None:
    cases = [Compared(("date: same day", "place: same"), True)] * 3 + [Compared(("date: days apart",), False)] * 5
    assert fit(cases) == fit(list(reversed(cases))) == pytest.approx(fit(cases))
