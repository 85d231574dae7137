"""The page of accuracy tells what was measured, what was not run, and what lies below its mark."""

import datetime

import pytest
from evals.accuracy import Metrics, page
from evals.calibration import Bin

DAY = datetime.date(2031, 5, 17)
GOLD: Metrics = {
    "sealed_found_f1": 0.934,
    "sealed_record_f1": 0.70,
    "sealed_false_per_100": 2.5,
    "sealed_baseline_found_f1": 0.5,
    "found_f1": 0.95,
    "field_date": 0.9,
    "sealed_field_date": 0.8,
    "sealed_ece_date": 0.05,
    "sealed_ece_count": 0.03,
}


@pytest.fixture
def lines() -> list[str]:
    return page({"gold": GOLD, "muc4": None}, [Bin(40, 0.75, 0.5)], DAY).splitlines()


def test_figures_stand_beside_the_baseline_and_the_mark(lines: list[str]) -> None:
    assert "| gold | sealed_found_f1 | 0.934 | 0.500 | 0.92 |" in lines
    assert "| gold | sealed_false_per_100 | 2.50 |  | 3 |" in lines


def test_sets_that_were_not_run_are_told(lines: list[str]) -> None:
    assert "| muc4 | f1 | not run |  | 0.4 |" in lines
    assert "| wikievents | f1 | not run |  | 0.5 |" in lines


def test_fields_are_told_open_and_sealed(lines: list[str]) -> None:
    assert "| date | 0.900 | 0.800 | 0.050 |" in lines
    assert "| count and measure | 0.950 | 0.934 | 0.030 |" in lines


def test_bins_show_how_often_a_confidence_was_right(lines: list[str]) -> None:
    assert "| 0.75 | 40 | 0.50 | ########## |" in lines


def test_only_what_was_run_and_lies_on_the_wrong_side_is_weak(lines: list[str]) -> None:
    weak = lines[lines.index("## What is weak") + 1 :]
    assert [line for line in weak if line] == ["- `gold` sealed_record_f1: 0.700, useful from 0.75."]


def test_nothing_weak_is_told_as_such() -> None:
    good: Metrics = {"f1": 0.9}
    assert "- No figure lies below its mark." in page({"wikievents": good}, [], DAY)


def test_without_gold_no_field_and_no_bin_is_told() -> None:
    told = page({}, [], DAY)
    assert "## Field by field" not in told
    assert "## Does the confidence" not in told


def test_the_day_of_the_run_is_told(lines: list[str]) -> None:
    assert any("2031-05-17" in line for line in lines)
