"""A coder brings a UCDP-shaped file of her own, and gets it back out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.journeys.driving import tallybook
from tests.unit.documents.test_event_files import ROW, ucdp

SIDES = {
    "type_of_violence": "1", "side_b": "Hask Liberation Front", "deaths_a": "4", "deaths_b": "9",
    "deaths_civilians": "2", "deaths_unknown": "1", "best": "16", "low": "12", "high": "20",
    "number_of_sources": "-1", "source_headline": 'He said "no",\nthen left',
    "date_start": "2024-03-09", "date_prec": "2",
}  # fmt: skip
MONTH = {"date_prec": "4", "where_prec": "4", "date_start": "2024-02-01", "date_end": "2024-02-29", "adm_2": "Karsk"}
ROWS = (ROW, ROW | SIDES | {"id": "2"}, ROW | MONTH | {"id": "3"})
BOOK = ("--book", "events.db")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    ucdp(folder / "mine.csv", *ROWS, ROW | {"id": "4", "best": "many"})
    said = tallybook("import", "mine.csv", "--as", "ucdp", *BOOK, at=folder)
    assert said.code == 0, said.err
    assert "events 3, rows left out 1" in said.out
    assert "mine.csv line" in said.err
    return folder


def test_the_same_file_again_changes_nothing(at: Path) -> None:
    before = tallybook("verify", *BOOK, "--format", "json", at=at).out
    assert "nothing changed" in tallybook("import", "mine.csv", "--as", "ucdp", *BOOK, at=at).out
    assert tallybook("verify", *BOOK, "--format", "json", at=at).out == before


def test_the_file_comes_out_as_it_went_in(at: Path) -> None:
    assert tallybook("release", "out", "--profile", "internal", *BOOK, at=at).code == 0
    with (at / "out/layouts/ucdp_ged.csv").open(encoding="utf-8", newline="") as file:
        out = {row["id"]: row for row in csv.DictReader(file)}
    for row in ROWS:
        came = {name: value for name, value in out[row["id"]].items() if value}
        assert came == {name: value for name, value in row.items() if value}
    report = json.loads((at / "out/losses/ucdp_ged.json").read_text(encoding="utf-8"))
    assert "changed_since_import" not in {x["rule"] for x in report["rules"]}


def test_a_correction_comes_out_and_is_listed(at: Path) -> None:
    claim = next(
        c["id"] for d in tallybook("claims", *BOOK, "--format", "json", at=at).objects() for c in d["claims"]
        if c["count"]["text"] == "5,8,3" and c["date"]["start"] == "2024-03-12"
    )  # fmt: skip
    said = tallybook("decide", "set-field", claim, "count=4", "--author", "Ana", "--because", "a recount", *BOOK, at=at)
    assert said.code == 0, said.err
    assert tallybook("release", "later", "--profile", "internal", *BOOK, at=at).code == 0
    with (at / "later/layouts/ucdp_ged.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["id"] == "1")
    assert (row["low"], row["best"], row["high"], row["deaths_civilians"]) == ("4", "4", "4", "4")
    report = json.loads((at / "later/losses/ucdp_ged.json").read_text(encoding="utf-8"))
    assert {x["detail"] for x in report["records"] if x["rule"] == "changed_since_import"} == {
        "low: 3 became 4", "high: 8 became 4",
    }  # fmt: skip
