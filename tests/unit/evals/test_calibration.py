"""Calibration errors on hand-computed cases."""

from __future__ import annotations

import pytest
from evals.calibration import Bin, bins, error


def test_bins_are_tenths_and_empty_ones_are_left_out() -> None:
    assert bins([(0.25, False), (0.25, True), (1.0, True)]) == [Bin(2, 0.25, 0.5), Bin(1, 1.0, 1.0)]


def test_error_weighs_bins_by_size() -> None:
    found = bins([(0.9, True), (0.9, True), (0.9, False), (0.1, False)])
    assert error(found) == pytest.approx(0.75 * abs(0.9 - 2 / 3) + 0.25 * 0.1, abs=1e-4)
    assert error([]) is None
