"""`export parquet`: what a book holds, as tables that other programs read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Runner

REPORTS = (
    ("a", "12 civilians were killed in Karsk on 2023-12-31."),
    ("b", "5 people were killed in Tolvi on 2024-03-01."),
    ("c", "3 soldiers were injured."),
)


@pytest.fixture
def filled(run: Runner, tmp_path: Path) -> Runner:
    pytest.importorskip("pyarrow", reason="NOT TESTED: pyarrow is not installed")
    rows = [json.dumps({"id": i, "text": t, "publisher": "Herald", "published": "2024-03-05"}) for i, t in REPORTS]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert run("add", "rows.jsonl", "--engine", "local").code == 0
    return run


def rows(folder: Path) -> list[dict[str, Any]]:
    from pyarrow import dataset

    found = dataset.dataset(folder, partitioning="hive").to_table().to_pylist()
    return sorted(found, key=lambda row: row.get("document") or row["id"])


def claim_in_tolvi(run: Runner) -> str:
    told = [json.loads(line) for line in run("claims", "--format", "json", "--in", "Tolvi").out.splitlines()]
    (claim,) = (claim for document in told for claim in document["claims"])
    return str(claim["id"])


def test_claims_are_parted_by_year_and_what_is_not_stated_is_null(filled: Runner, tmp_path: Path) -> None:
    done = filled("export", "parquet", "tables", "--format", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["rows"] == {"claims": 3, "incidents": 3, "documents": 3, "judgements": 0}
    found = {row["low"]: row for row in rows(tmp_path / "tables/claims")}
    assert sorted(p.name for p in (tmp_path / "tables/claims").iterdir()) == [
        "year=2023", "year=2024", "year=__HIVE_DEFAULT_PARTITION__",
    ]  # fmt: skip
    assert (found[12]["year"], found[3]["year"]) == (2023, None)
    assert found[12]["date_start"] == date(2023, 12, 31)
    assert (found[3]["date_start"], found[3]["place"]) == (None, None)
    assert found[5]["claimants"] == ["Herald"]
    incidents = {row["id"]: row for row in rows(tmp_path / "tables/incidents")}
    assert found[5]["id"] in incidents[found[5]["incident"]]["claims"]


def test_texts_are_written_only_if_asked_for(filled: Runner, tmp_path: Path) -> None:
    filled("export", "parquet", "bare")
    filled("export", "parquet", "whole", "--texts")
    assert {row["text"] for row in rows(tmp_path / "bare/documents")} == {None}
    assert {row["text"] for row in rows(tmp_path / "whole/documents")} == {text for _, text in REPORTS}


def test_claims_are_as_people_set_them_and_the_log_is_there(filled: Runner, tmp_path: Path) -> None:
    claim = claim_in_tolvi(filled)
    done = filled("decide", "set-field", claim, "count", "7", "--because", "misread", "--author", "A")
    assert done.code == 0, done.err
    filled("export", "parquet", "tables")
    assert {row["low"] for row in rows(tmp_path / "tables/claims")} == {12, 7, 3}
    (judgement,) = rows(tmp_path / "tables/judgements")
    assert (judgement["verb"], judgement["objects"], judgement["standing"]) == ("set-field", [claim], True)


def test_streamed_and_held_rows_are_the_same(filled: Runner, tmp_path: Path) -> None:
    filled("export", "parquet", "streamed")
    claim = claim_in_tolvi(filled)
    filled("decide", "accept", claim, "--because", "right", "--author", "A")
    filled("export", "parquet", "held")
    for table in ("claims", "incidents", "documents"):
        assert rows(tmp_path / "streamed" / table) == rows(tmp_path / "held" / table)


def test_a_folder_with_something_in_it_is_left_alone(filled: Runner, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.txt").touch()
    done = filled("export", "parquet", "tables")
    assert done.code == 2
    assert "something is there already" in done.err
    assert [p.name for p in (tmp_path / "tables").iterdir()] == ["mine.txt"]


def test_what_is_missing_is_named(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(REPORTS[0][1], encoding="utf-8")
    run("add", "a.txt", "--engine", "local")

    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("tallybook.runs.exporting.parquet.import_module", absent)
    done = run("export", "parquet", "tables")
    assert done.code == 2
    assert "tallybook[parquet]" in done.err
