"""Tables from CSV, tab-separated and XLSX files, read within limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge.imports.workbooks import MOST_COLUMNS, WorkbookRefused, sheets_of

MOST_BYTES = 400_000_000
"""Largest file that is read; the largest GeoNames country file, that of the United States, has 340 MB."""
MOST_UNPACKED = 400_000_000
"""Largest XLSX file when unpacked."""
MOST_ROWS = 3_000_000
"""Rows beyond which a table is no table of places of one war."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, each with where it stands."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[str, Mapping[str, str]]]


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises: KnowledgeError if it is too large or not UTF-8.
    """
    _check_size(path)
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KnowledgeError(f"{path} line {line}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error


def cells_of(path: Path) -> list[tuple[str, list[str]]]:
    """Return the rows of a CSV, tab-separated or XLSX file as text cells, each with where it stands; empty rows left out.

    Raises: KnowledgeError if the file cannot be read as a table.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return list(_sheet(path))
    text = text_of(path)
    first = text[: text.find("\n") + 1 or len(text)]
    delimiter = max((",", "\t", ";"), key=first.count)
    rows: list[tuple[str, list[str]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        for cells in reader:
            if any(c.strip() for c in cells):
                rows.append((f"line {reader.line_num}", cells))
                _limit(path, rows)
    except csv.Error as error:
        raise KnowledgeError(f"{path}: not a table ({error}). Save it as CSV with one header line.") from error
    return rows


def table_of(path: Path, cells: list[tuple[str, list[str]]]) -> Table:
    """Return the rows under the first one as the header.

    Raises: KnowledgeError on a repeated column.
    """
    header = [c.strip() for c in cells[0][1]]
    named = [c for c in header if c]
    twice = next((c for c in named if named.count(c) > 1), None)
    if twice is not None:
        raise KnowledgeError(f"{path} line 1: column {twice!r} stands twice. Rename one of them.")
    rows = ((where, dict(zip(header, (c.strip() for c in row), strict=False))) for where, row in cells[1:])
    return Table(tuple(header), rows)


def _check_size(path: Path) -> None:
    if not path.is_file():
        raise KnowledgeError(f"{path}: there is no such file. Give a file of places.")
    if path.stat().st_size > MOST_BYTES:
        raise KnowledgeError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB. Keep the rows of your war only.")


def _limit(path: Path, rows: list[tuple[str, list[str]]]) -> None:
    if len(rows) > MOST_ROWS:
        raise KnowledgeError(f"{path}: more than {MOST_ROWS:,} rows. Keep the rows of your war only.")
    if len(rows[-1][1]) > MOST_COLUMNS:
        raise KnowledgeError(
            f"{path} {rows[-1][0]}: more than {MOST_COLUMNS} cells. Save it as CSV with one header line."
        )


def _sheet(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the first sheet that has any."""
    _check_size(path)
    rows: list[tuple[str, list[str]]] = []
    try:
        for sheet in sheets_of(path, MOST_UNPACKED):
            for number, values in enumerate(sheet, 1):
                if any(v is not None and str(v).strip() for v in values):
                    rows.append((f"row {number}", ["" if v is None else str(v) for v in values]))
                    _limit(path, rows)
            if rows:
                break
    except WorkbookRefused as error:
        raise KnowledgeError(f"{path}: {error}") from error
    yield from rows
