"""A release of another team: what becomes documents, what is left out and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tallybook.documents.arrival import Stated
from tallybook.documents.record_rows import record_rows
from tallybook.documents.release_files import CHANGED, ROW, release_arrival
from tallybook.errors import DocumentError
from tallybook.release.manifest import Attribution
from tallybook.release.profile import load_profile
from tallybook.release.writing import release
from tests.unit.release import sample

STATED = Stated("2024-06-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = sample.material(log=(sample.judgement(),))
    release(tmp_path / "team", made, load_profile("internal"), None, Attribution("Recorders of Hask"))
    return tmp_path / "team"


def changed(folder: Path, table: str, line: int, **fields: Any) -> None:
    path = folder / f"{table}.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()
    rows[line - 1] = json.dumps(json.loads(rows[line - 1]) | fields)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_each_report_is_a_document_with_its_own_publisher_and_day(folder: Path) -> None:
    made = release_arrival(folder, STATED)
    documents = [a.document for a in made.arrivals if a.document]
    assert {(d.publisher, d.published_day) for d in documents} >= {("Dovrin Herald", "2024-03-13")}
    assert made.origin == "Recorders of Hask"
    assert (made.rows, made.left_out, len(made.judgements)) == (8, 0, 1)
    kinds = [row.kind for d in documents for row in record_rows(d.text)]
    assert sorted(kinds) == ["claim"] * 6 + ["control"] + ["source"] * len(documents) + ["victim"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"measure": "drowned"}, "measure 'drowned' is none of killed"),
        ({"low": -1}, "low -1 is no whole number"),
        ({"low": 5, "high": 2}, "low 5 is more than high 2"),
        ({"low": True}, "low True is no whole number"),
        ({"start": "2024-02-31"}, "'2024-02-31' is no day"),
        ({"start": "2024-05-31", "end": "2024-05-01"}, "lies after end"),
        ({"place": {"name": "x", "lat": 91}}, "lat 91 is no number of degrees"),
        ({"source": "d9"}, "its report 'd9' is not in sources.jsonl"),
        ({"claimants": "Ana"}, "claimants is no list"),
        ({"id": 7}, "no record with an id"),
        ({"origin": ["x"]}, "origin is no text"),
    ],
)
def test_a_bad_row_is_an_issue_with_its_line_and_the_rest_goes_in(
    folder: Path, fields: dict[str, Any], told: str
) -> None:
    whole = release_arrival(folder, STATED)
    changed(folder, "claims", 2, **fields)
    made = release_arrival(folder, STATED)
    assert (made.rows, made.left_out) == (whole.rows - 1, 1)
    issue = next(i for i in made.issues if i.code == ROW)
    assert issue.message.startswith("claims.jsonl line 2: ")
    assert told in issue.message


def test_a_file_that_was_changed_is_told(folder: Path) -> None:
    changed(folder, "claims", 1, low=3)
    assert [i.code for i in release_arrival(folder, STATED).issues] == [CHANGED]


def test_what_is_no_release_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no release of Tallybook"):
        release_arrival(tmp_path, STATED)
    (folder / "victims.jsonl").unlink()
    with pytest.raises(DocumentError, match="whole release"):
        release_arrival(folder, STATED)
    (folder / "manifest.json").write_text('{"schema": "other"}', encoding="utf-8")
    with pytest.raises(DocumentError, match="its manifest"):
        release_arrival(folder, STATED)
