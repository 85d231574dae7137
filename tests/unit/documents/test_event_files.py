"""UCDP- and ACLED-shaped files of the user's own: what goes in, what is left out and why. Every row is invented."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.documents.arrival import Stated
from tallybook.documents.event_files import event_arrival
from tallybook.documents.event_rows import event_layout, event_rows, head, row_of, written
from tallybook.errors import DocumentError

STATED = Stated("2024-06-01")
ROW = {
    "id": "1", "type_of_violence": "3", "side_a": "Orvanian Armed Forces", "side_b": "Civilians",
    "where_prec": "1", "where_coordinates": "Ulsten", "adm_1": "Dovrin", "latitude": "-46.95", "longitude": "-18.52",
    "country": "Orvania", "date_prec": "1", "date_start": "2024-03-12", "date_end": "2024-03-12", "deaths_a": "0",
    "deaths_b": "0", "deaths_civilians": "5", "deaths_unknown": "0", "best": "5", "high": "8", "low": "3",
}  # fmt: skip


def ucdp(path: Path, *rows: dict[str, str], header: bool = True) -> Path:
    columns = event_layout("ucdp").columns
    out = io.StringIO()
    writer = csv.writer(out)
    if header:
        writer.writerow(columns)
    writer.writerows([[row.get(c, "") for c in columns] for row in rows])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_rows_become_paragraphs_of_one_document(tmp_path: Path) -> None:
    made = event_arrival(ucdp(tmp_path / "e.csv", ROW, ROW | {"id": "2"}), "ucdp", STATED)
    document = made.arrival.document
    assert document is not None
    assert (made.rows, made.left_out, document.publisher, document.language) == (2, 0, "UCDP GED", "en")
    assert document.text.startswith(head("ucdp") + "\n")
    rows = list(event_rows(document.text, event_layout("ucdp").columns))
    assert [r.cells["id"] for r in rows] == ["1", "2"]
    assert all(r.spans["best"].of(document.text) == "5" for r in rows)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"best": ""}, "best is empty"), ({"date_start": "0025-01-01"}, "no day"), ({"low": "-3"}, "no whole number"),
        ({"date_end": "2024-03-01"}, "lies after"), ({"id": "1"}, "there twice"), ({"latitude": "146"}, "no number of"),
    ],
)  # fmt: skip
def test_a_bad_row_is_an_issue_with_its_line_and_the_rest_goes_in(
    tmp_path: Path, change: dict[str, str], told: str
) -> None:
    made = event_arrival(ucdp(tmp_path / "e.csv", ROW, ROW | {"id": "2"} | change), "ucdp", STATED)
    assert (made.rows, made.left_out) == (1, 1)
    (issue,) = made.arrival.issues
    assert issue.code == "event-row-unreadable"
    assert "e.csv line 3" in issue.message
    assert told in issue.message


def test_a_file_without_header_is_read_in_the_codebooks_order(tmp_path: Path) -> None:
    assert event_arrival(ucdp(tmp_path / "e.csv", ROW, header=False), "ucdp", STATED).rows == 1


@pytest.mark.parametrize(("content", "told"), [(b"", "no rows"), (b"a,b\n1,2\n", "no column"), (b"\xff\xfe", "UTF-8")])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "e.csv").write_bytes(content)
    with pytest.raises(DocumentError, match=told):
        event_arrival(tmp_path / "e.csv", "ucdp", STATED)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r")), min_size=2, max_size=6))
def test_a_row_can_be_had_back_from_its_line(cells: list[str]) -> None:
    columns = [str(n) for n in range(len(cells))]
    line = written(cells)
    assert "\n" not in line
    row = row_of(line, columns)
    assert row is not None
    assert list(row.cells.values()) == cells
