"""Lists of persons: what a mapping says, what rows become, and what happens to bad and hostile cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tallybook.documents import Stated
from tallybook.documents.list_mapping import Unreadable, mapping_of, meaning
from tallybook.documents.list_rows import HEAD, is_list, rows
from tallybook.documents.person_lists import ListArrival, list_arrival
from tallybook.errors import DocumentError, UsageError

STATED = Stated("2024-12-31", "2024-04-01", "Health Office")
COLUMNS = {"name": "Name", "age": "Age", "sex": "Sex", "place": "Town", "date": "Died", "status": "Outcome"}
HEADER = "Name,Age,Sex,Town,Died,Outcome\n"


def arrived(folder: Path, text: str, **more: Any) -> ListArrival:
    file = folder / "dead.csv"
    file.write_text(HEADER + text, encoding="utf-8")
    return list_arrival(file, mapping_of({"columns": COLUMNS, **more}, "m.yaml"), STATED)


def test_row_becomes_a_line_with_its_number_and_what_it_was_read_as(tmp_path: Path) -> None:
    made = arrived(tmp_path, "Sabir Orhal,34,M,Karsk,5.3.2024,dead\n", dates="day-first")
    assert made.arrival.document is not None
    head, line, _ = made.arrival.document.text.split("\n")
    assert head == HEAD
    assert line == (
        "line 2 | name: Sabir Orhal | age: 34 | sex: M => male | place: Karsk | date: 5.3.2024 => 2024-03-05"
        " | status: dead => killed"
    )
    assert made.arrival.document.publisher == "Health Office"


def test_lines_are_read_again_as_they_were_written(tmp_path: Path) -> None:
    made = arrived(tmp_path, "Sabir Orhal,34,M,Karsk,2024-03-05,dead\nMira Venn,,,,,missing\n")
    assert made.arrival.document is not None
    text = made.arrival.document.text
    assert is_list(text)
    told = list(rows(text))
    assert [(r.line, r.told("name"), r.told("age"), r.told("status")) for r in told] == [
        (2, "Sabir Orhal", "34", "killed"),
        (3, "Mira Venn", None, "missing"),
    ]
    assert [r.span.of(text)[:6] for r in told] == ["line 2", "line 3"]


def test_bad_row_is_an_issue_with_its_line_and_the_rest_goes_in(tmp_path: Path) -> None:
    made = arrived(tmp_path, ",34,M,Karsk,2024-03-05,dead\nMira Venn,twelve,F,,,dead\nIlo Dask,,,,,vanished\n")
    assert (made.rows, made.left_out) == (1, 2)
    assert [(i.code, i.object) for i in made.arrival.issues] == [
        ("list-row-unreadable", "dead.csv line 2"),
        ("list-row-unreadable", "dead.csv line 3"),
        ("list-row-unreadable", "dead.csv line 4"),
        ("list-row-unreadable", "dead.csv line 4"),
    ]
    assert "'twelve', which is no age" in made.arrival.issues[1].message


def test_rows_of_one_event_stand_together(tmp_path: Path) -> None:
    towns = ("Karsk", "Brannik", "Karsk")
    made = arrived(tmp_path, "".join(f"{n} Venn,,,{t},2024-03-05,dead\n" for n, t in zip("ABC", towns, strict=True)))
    assert made.arrival.document is not None
    assert [r.line for r in rows(made.arrival.document.text)] == [3, 2, 4]


def test_fixed_values_and_own_words(tmp_path: Path) -> None:
    columns = {"name": ["Name", "Town"], "sex": "Sex"}
    made = arrived(tmp_path, "Sabir,,x,Orhal,,\n", columns=columns, fixed={"status": "killed", "place": "Karsk"},
                   values={"sex": {"X": "female"}})  # fmt: skip
    assert made.arrival.document is not None
    (row,) = rows(made.arrival.document.text)
    assert (row.told("name"), row.told("sex"), row.told("place")) == ("Sabir Orhal", "female", "Karsk")


HOSTILE = ("x | status: injured | name: y", "a\nline 9 | name: b", "=cmd|' /C calc'!A0", "<script>")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cell_stays_one_name_on_one_line(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    made = arrived(tmp_path, f'"{quoted}",,,,,dead\n')
    assert made.arrival.document is not None
    (row,) = rows(made.arrival.document.text)
    assert row.told("status") == "killed"
    assert row.told("name") == " ".join(name.replace("|", "/").split())


def test_xlsx_is_read_with_its_dates(tmp_path: Path) -> None:
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.strip().split(","))
    sheet.append(["Sabir Orhal", 34, "male", "Karsk", datetime(2024, 3, 5), "killed"])
    book.save(tmp_path / "dead.xlsx")
    made = list_arrival(tmp_path / "dead.xlsx", mapping_of({"columns": COLUMNS}, "m.yaml"), STATED)
    assert made.arrival.document is not None
    (row,) = rows(made.arrival.document.text)
    assert (row.told("date"), row.told("age"), row.line) == ("2024-03-05", "34", 2)


@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("age", "34", "34"), ("age", "34 years", "34"), ("age", "30-39", "30-39"), ("age", "30s", "30-39"),
        ("age", "8 months", "0"), ("age", "34.0", "34"), ("age", "unknown", None), ("sex", "F", "female"),
        ("sex", "ذكر", "male"), ("status", "Wounded", "injured"), ("date", "2024-03", "2024-03-01/2024-03-31"),
        ("date", "5 March 2024", "2024-03-05"), ("date", "2024-03-05 00:00:00", "2024-03-05"), ("date", "-", None),
        ("date", "2024", "2024-01-01/2024-12-31"), ("name", " Ana ", "Ana"),
    ],
)  # fmt: skip
def test_cells_are_read(field: str, words: str, expected: str | None) -> None:
    mapping = mapping_of({"columns": {"name": "n", "status": "s"}}, "m.yaml")
    assert meaning(field, words, mapping) == expected


@pytest.mark.parametrize(
    ("field", "words"),
    [("age", "400"), ("age", "-3"), ("date", "05/04/2024"), ("date", "31.02.2024"), ("sex", "x"), ("status", "gone")],
)
def test_cells_that_cannot_be_read_are_refused(field: str, words: str) -> None:
    with pytest.raises(Unreadable):
        meaning(field, words, mapping_of({"columns": {"name": "n", "status": "s"}}, "m.yaml"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no `columns`"), ({"columns": {"age": "A"}}, "no column for `name`"),
        ({"columns": {"name": "N"}}, "what befell"),
        ({"columns": {"name": "N", "colour": "C"}}, "'colour' is not known"),
        ({"columns": {"name": "N"}, "fixed": {"status": "killed"}, "dates": "mixed"}, "`dates` is 'mixed'"),
        ({"columns": {"name": "N"}, "fixed": ["x"]}, "`fixed` is no mapping"), ({"colums": {}}, "no `columns`"),
    ],
)  # fmt: skip
def test_wrong_mapping_is_told(content: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        mapping_of(content, "m.yaml")


def test_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no column 'Full name'\. Its columns: Name, Age"):
        arrived(tmp_path, "a,,,,,dead\n", columns={**COLUMNS, "name": "Full name"})


@pytest.mark.parametrize("content", [b"", b"Name\n", b"\xff\xfe\x00", b"PK\x03\x04 broken"])
def test_file_that_is_no_table_is_a_document_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ("dead.xlsx" if content.startswith(b"PK") else "dead.csv")
    file.write_bytes(content)
    with pytest.raises(DocumentError):
        list_arrival(file, mapping_of({"columns": COLUMNS}, "m.yaml"), STATED)
