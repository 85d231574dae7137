"""The gate: on our own gold reports no figure falls below its floor, open and sealed halves alike."""

import pytest
from evals.floors import read_floors
from evals.gold import evaluate
from evals.gold_files import OWN_REPORTS, corpus_hash
from evals.reports import default_reader
from evals.request import Request
from evals.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate(Request(default_reader()))


def test_floors_were_measured_on_these_reports() -> None:
    read_floors()["gold"].check_corpus(corpus_hash(OWN_REPORTS))


def test_no_figure_falls_below_its_floor(result: Result) -> None:
    floors = read_floors()["gold"]
    assert floors.limits
    assert floors.broken_by(result.metrics) == []


def test_the_reader_beats_numbers_near_verbs(result: Result) -> None:
    for half in ("", "sealed_"):
        for metric in ("found_f1", "record_f1"):
            reader, baseline = result.metrics[half + metric], result.metrics[f"{half}baseline_{metric}"]
            assert reader is not None
            assert baseline is not None
            assert reader > baseline
