"""Sheets of bellingcat's auto-archiver, saved as CSV or XLSX: one report a row that holds the words of a post."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.identity import id_from_text
from tallybook.documents.limits import MAX_MEMBERS, MAX_SHEET_BYTES
from tallybook.knowledge.imports.workbooks import WorkbookRefused, sheets_of

LINK, STATUS, TEXT = "link", "archive status", "text content"
TITLE, TIME = "upload title", "upload timestamp"
"""Columns as the archiver names them, unless somebody renamed them. Source: its module gsheet_feeder_db."""
FEWEST = {LINK, STATUS, TEXT}


def is_sheet(start: bytes, name: str) -> bool:
    """Say whether bytes begin such a sheet: by its name and the columns of its first line."""
    if not name.endswith(".csv"):
        return False
    line = start.partition(b"\n")[0].decode("utf-8-sig", "replace")
    try:
        return set(_header(next(csv.reader([line]), []))) >= FEWEST
    except csv.Error:
        return False


def is_workbook(start: bytes, name: str) -> bool:
    """Say whether bytes begin a workbook (XLSX), which only opens to tell whether it is such a sheet."""
    return start.startswith(b"PK\x03\x04") and name.endswith(".xlsx")


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the rows that hold words, and a note of those that hold none; rows are read one at a time.

    Raises: Unreadable where it is not UTF-8, no CSV, or has too many rows.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        rows = csv.reader(text)
        yield from _told(_header(next(rows, [])), enumerate(rows, 2))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"it is no CSV in UTF-8 ({type(error).__name__}). Save the sheet anew") from error
    finally:
        text.detach()


def workbook_parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the same of the first sheet of a workbook that has the archiver's columns.

    Raises: Unreadable where it is damaged, opens to too much, declares entities, or has no such sheet.
    """
    try:
        for sheet in sheets_of(file, MAX_SHEET_BYTES):
            rows = ([_cell(v) for v in values] for values in sheet)
            header = _header(next(rows, []))
            if set(header) >= FEWEST:
                yield from _told(header, enumerate(rows, 2))
                return
    except WorkbookRefused as error:
        raise Unreadable(str(error).removesuffix(".")) from error
    raise Unreadable(
        "it is a workbook without the columns Link, Archive status and Text content of the auto-archiver. "
        "A list of persons is imported with 'tallybook import FILE --as MAPPING'"
    )


def _told(header: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Part | Note]:
    without: list[int] = []
    for number, cells in rows:
        if number > MAX_MEMBERS:
            raise Unreadable(f"it has more than {MAX_MEMBERS} rows. Split it")
        told = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if told.get(TEXT) or told.get(TITLE):
            yield _part(told, number)
        elif any(told.values()):
            without.append(number)
    if without:
        yield Note("rows-without-text", f"rows without words: {len(without)}, the first in row {without[0]}.")


def _cell(value: object) -> str:
    """Return the words of a cell; a time as ISO 8601."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _part(told: dict[str, str], number: int) -> Part:
    link = told.get(LINK) or None
    words = told.get(TEXT) or told.get(TITLE) or ""
    return Part(
        f"row {number}", text=words, id=id_from_text(link or words), title=told.get(TITLE) or None,
        published=told.get(TIME) or None, url=link,
    )  # fmt: skip


def _header(cells: list[str]) -> list[str]:
    return [" ".join(cell.casefold().split()) for cell in cells]
