"""Sheets that bellingcat's auto-archiver keeps, saved as CSV: one report a row that holds the words of a post."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.identity import id_from_text
from tallybook.documents.limits import MAX_MEMBERS

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


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the rows that hold words, and a note of those that hold none; rows are read one at a time.

    Raises: Unreadable where it is not UTF-8, no CSV, or has too many rows.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    without: list[int] = []
    try:
        rows = csv.reader(text)
        header = _header(next(rows, []))
        for number, cells in enumerate(rows, 2):
            if number > MAX_MEMBERS:
                raise Unreadable(f"it has more than {MAX_MEMBERS} rows. Split it")
            told = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if told.get(TEXT) or told.get(TITLE):
                yield _part(told, number)
            elif any(told.values()):
                without.append(number)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"it is no CSV in UTF-8 ({type(error).__name__}). Save the sheet anew") from error
    finally:
        text.detach()
    if without:
        yield Note("rows-without-text", f"rows without words: {len(without)}, the first in row {without[0]}.")


def _part(told: dict[str, str], number: int) -> Part:
    link = told.get(LINK) or None
    words = told.get(TEXT) or told.get(TITLE) or ""
    return Part(
        f"row {number}", text=words, id=id_from_text(link or words), title=told.get(TITLE) or None,
        published=told.get(TIME) or None, url=link,
    )  # fmt: skip


def _header(cells: list[str]) -> list[str]:
    return [" ".join(cell.casefold().split()) for cell in cells]
