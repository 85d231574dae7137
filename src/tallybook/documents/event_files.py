"""Event data sets of the user's own, in the layout of UCDP or ACLED, to documents."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tallybook.documents.arrival import Arrival, Raw, Stated, arrive
from tallybook.documents.event_rows import EventLayout, event_layout, head, written
from tallybook.errors import DocumentError
from tallybook.model import Issue

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a day of an event may lie in: year 0025 is a misread one."""


@dataclass(frozen=True, slots=True)
class EventArrival:
    """A data set as it arrived: its document, and how many rows went in and were left out."""

    arrival: Arrival
    rows: int
    left_out: int


def event_arrival(path: Path, kind: str, stated: Stated) -> EventArrival:
    """Return the document that a data set makes; `kind` is ucdp or acled.

    Columns are found by name, in any order; a file without a header line is read in the codebook's order. A row that
    cannot be read, or that repeats an id, is left out with an issue that names its line; the rest goes in.

    Raises: DocumentError where the file is no such table.
    """
    layout = event_layout(kind)
    data = _bytes(path)
    table = list(_numbered(_text(data, path)))
    if not table:
        raise DocumentError(str(path), "it has no rows", "Give a file with one line for each event.")
    header, body = _header(table, layout, path)
    issues: list[Issue] = []
    seen: set[str] = set()
    lines = [head(kind), written(layout.columns)]
    for number, cells in body:
        row = dict(zip(header, cells, strict=False))
        trouble = _trouble(row, cells, header, layout, seen)
        if trouble:
            issues.append(Issue("event-row-unreadable", f"{path.name} line {number}: {trouble}", path.name))
            continue
        seen.add(row[layout.columns[0]])
        lines.append(written([row.get(column, "").strip() for column in layout.columns]))
    name = stated.publisher or layout.name
    raw = Raw("\n\n".join(lines) + "\n", data, path.name, path.stem, publisher=name, language="en")
    arrival = arrive(raw, stated)
    noticed = (*arrival.issues, *issues)
    return EventArrival(Arrival(arrival.document, noticed, None, arrival.normalised), len(seen), len(issues))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        what = trouble.strerror or "it cannot be read"
        raise DocumentError(str(path), what, "Check the file and its rights.") from trouble


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(str(path), f"not UTF-8 at byte {error.start}", "Save the file as UTF-8.") from error


def _numbered(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV file, with the line that each begins on."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    found, line = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            found.append((line, row))
        line = reader.line_num + 1
    return found


def _header(
    table: list[tuple[int, list[str]]], layout: EventLayout, path: Path
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the column names and the rows under them."""
    first = [cell.strip().lower() for cell in table[0][1]]
    missing = [column for column in layout.needed if column not in first]
    if not missing:
        return first, table[1:]
    if len(first) == len(layout.columns) and len(missing) == len(layout.needed):
        return list(layout.columns), table
    raise DocumentError(
        str(path), f"no column {missing[0]!r}, which files of {layout.name} have", "Check --as, and the header line"
    )


def _trouble(
    row: Mapping[str, str], cells: Sequence[str], header: Sequence[str], layout: EventLayout, seen: set[str]
) -> str | None:
    """Return why a row cannot be read; None where it can."""
    if len(cells) != len(header):
        return f"it has {len(cells)} cells and the header {len(header)}; the row is left out."
    for column in layout.needed:
        if not row[column].strip():
            return f"{column} is empty; the row is left out."
    if row[layout.columns[0]].strip() in seen:
        return f"{layout.columns[0]} {row[layout.columns[0]]} is there twice; the row is left out."
    for column in layout.days:
        if not _is_day(row[column].strip()):
            return f"{column} {row[column]!r} is no day as 2024-03-05; the row is left out."
    if len(layout.days) > 1 and row[layout.days[0]] > row[layout.days[1]]:
        return f"{layout.days[0]} lies after {layout.days[1]}; the row is left out."
    for column in layout.numbers:
        value = row.get(column, "").strip()
        if value and not (value.isascii() and value.isdigit()):
            return f"{column} {value!r} is no whole number of people; the row is left out."
    return _bad_point(row)


def _bad_point(row: Mapping[str, str]) -> str | None:
    for column, most in (("latitude", 90.0), ("longitude", 180.0)):
        value = row.get(column, "").strip()
        try:
            fits = not value or abs(float(value)) <= most
        except ValueError:
            fits = False
        if not fits:
            return f"{column} {value!r} is no number of degrees; the row is left out."
    return None


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False
