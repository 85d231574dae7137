"""Errors put into classes, and the tables of a cross-validation."""

from __future__ import annotations

from typing import Any

import pytest
from evals.agreement import Pair
from evals.crossval import WHOLE, ablation, page
from evals.error_classes import counted, kind_class, perpetrator_class, place_class
from evals.gold_files import GoldReport
from evals.gold_score import ReportScore
from evals.reports import report

RIGHT = dict.fromkeys(("affiliation", "place", "date", "claimant", "scope", "event_type", "perpetrator", "group"), True)


def pair(gold: dict[str, Any], printed: dict[str, Any], **right: bool) -> Pair:
    return Pair(gold, printed, RIGHT | right)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ({}, "no place printed"),
        ({"name": "Kessa", "precision": "country"}, "the country printed for a place in it"),
        ({"name": "Tesk", "admin": ["Sarno"]}, "a smaller place inside the right one"),
        ({"name": "Orvan", "precision": "admin1"}, "a larger unit of the right place"),
        ({"name": "Ulm", "country": "DEU", "precision": "exact"}, "a place in another country"),
        ({"name": "Tesk", "precision": "unresolved"}, "another place, in no gazetteer"),
        ({"name": "Tesk", "precision": "exact"}, "another place of the report"),
    ],
)
def test_places(printed: dict[str, Any], told: str) -> None:
    gold = {"place": {"name": "Sarno", "admin": ["Orvan"], "country": "QQQ"}}
    assert place_class(pair(gold, {"place": printed})) == told


@pytest.mark.parametrize(
    ("gold", "printed", "told"),
    [
        ("Tesk Front", None, "nobody printed"),
        (None, "Tesk Front", "somebody printed where the report tells nobody"),
        ("Tesk Front", "Sarno Guards", "the side that was harmed"),
        ("Tesk Front", "Red Crescent", "the claimant, who did not do it"),
        ("Tesk Front", "Ulm Front", "another side"),
    ],
)
def test_perpetrators(gold: str | None, printed: str | None, told: str) -> None:
    claim = {"perpetrator": gold, "claimant": "Red Crescent", "target": {"group": "Sarno Guards"}}
    assert perpetrator_class(pair(claim, {"perpetrator": printed})) == told


def test_kinds_of_event() -> None:
    assert kind_class(pair({"event_type": ["airstrike", "shelling"]}, {"event_type": "other"})) == (
        "airstrike printed as other"
    )


def test_tables_count_errors_and_leave_out_parts() -> None:
    gold = GoldReport(report("r", "Twelve died."), (), (), sealed=False)
    wrong = pair({"id": "c1", "event_type": "airstrike"}, {"event_type": "other"}, event_type=False)
    score = ReportScore(gold, (wrong,), (), ())
    assert counted("event_type", [score]) == {"airstrike printed as other": 1}
    scores = {WHOLE: [score], "kind": [ReportScore(gold, (pair({}, {}),), (), ())]}
    row = list(ablation(scores))[-1]
    assert row.startswith("| kind by rules | 1 | 1.000 | 0.000 |")
    assert "| airstrike printed as other | 1 | r c1 |" in page(scores)
