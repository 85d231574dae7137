"""Floors only rise."""

from pathlib import Path

import pytest
from evals.floors import CorpusChanged, Floors, read_floors, write_floors

MEASURED = {"found_f1": 0.91239, "record_f1": 0.7, "false_per_100": 2.667}


def test_floors_rise_and_ceilings_sink() -> None:
    old = Floors("a", {"found_f1": 0.9, "record_f1": 0.6, "false_per_100": 4.0})
    assert old.raised_to("gold", MEASURED, "a").limits == {"found_f1": 0.912, "record_f1": 0.7, "false_per_100": 2.667}


def test_a_worse_figure_moves_nothing() -> None:
    old = Floors("a", {"found_f1": 0.95, "record_f1": 0.8, "false_per_100": 1.0})
    assert old.raised_to("gold", MEASURED, "a") == old


def test_another_corpus_starts_anew() -> None:
    old = Floors("a", {"found_f1": 0.95})
    assert old.raised_to("gold", MEASURED, "b").limits["found_f1"] == 0.912
    with pytest.raises(CorpusChanged, match="--raise-floors"):
        old.check_corpus("b")
    old.check_corpus("a")


def test_broken_floors_are_named_with_both_numbers() -> None:
    floors = Floors(None, {"found_f1": 0.95, "record_f1": 0.7, "false_per_100": 2.0, "sealed_found_f1": 0.1})
    assert floors.broken_by(MEASURED) == [
        "found_f1 is 0.91239, its limit is 0.95",
        "false_per_100 is 2.667, its limit is 2.0",
        "sealed_found_f1 was not measured; its limit is 0.1",
    ]


def test_what_was_just_measured_breaks_no_floor() -> None:
    assert Floors().raised_to("gold", MEASURED, "a").broken_by(MEASURED) == []


def test_floors_survive_the_file(tmp_path: Path) -> None:
    floors = {"gold": Floors("a", {"found_f1": 0.9}), "muc4": Floors(None, {"f1": 0.4})}
    write_floors(floors, tmp_path / "baseline.json")
    assert read_floors(tmp_path / "baseline.json") == floors
    assert read_floors(tmp_path / "none.json") == {}
