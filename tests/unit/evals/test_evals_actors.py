"""Sides against the register on cases worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from evals.actors_ucdp import Side, key, score, sides
from evals.request import NoData

from tallybook.knowledge import load
from tallybook.knowledge.actors import Actor, ActorRegister


def test_a_side_is_right_if_the_key_says_so_and_wrong_if_nobody_is_found() -> None:
    register = ActorRegister([Actor("a", "Army A", "rebel", "MMR", aliases=("AA",), ucdp="ULA")])
    known = [Side("ULA", "2020-01-01"), Side("ULA", "2020-01-01"), Side("AA", "2020-01-01"), Side("XX", "2020-01-01")]
    metrics = score(register, known, {"ULA": "Army A", "AA": "Army B"}).metrics
    assert metrics["accuracy"] == 0.5
    assert metrics["names_accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert metrics["by_name_alone"] == 0.0


def test_every_actor_of_the_key_is_in_the_register() -> None:
    names = {a.name for a in load().actors}
    assert set(key().values()) <= names


def test_missing_data_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="is not there"):
        list(sides(tmp_path / "ged_myanmar.csv"))
