"""Workbooks (XLSX), opened within limits: bombs and parts that declare entities are refused before anything is parsed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

MOST_COLUMNS = 200
"""Cells of a row that are read."""
_PROLOGUE = 4096
"""First bytes of a part in which a document type would be declared."""

Rows = Iterator[tuple[Any, ...]]
"""The values of one sheet's cells, row by row; None for an empty one."""


class WorkbookRefused(Exception):
    """A workbook cannot be read; the message says why and what to do, without the name of the file."""


def sheets_of(file: Path | IO[bytes], most_unpacked: int) -> Iterator[Rows]:
    """Yield the rows of each sheet in turn; `most_unpacked` are the bytes that the workbook may open to.

    Raises: WorkbookRefused if it is damaged, locked, opens to too much, or declares a document type.
    """
    import openpyxl

    _refuse_bombs(file, most_unpacked)
    if not isinstance(file, Path):
        file.seek(0)
    try:
        book: Any = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _rows(sheet)
        book.close()
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise _damaged(error) from error


def _rows(sheet: Any) -> Rows:
    try:
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    except Exception as error:
        raise _damaged(error) from error


def _refuse_bombs(file: Path | IO[bytes], most_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if sum(p.file_size for p in parts) > most_unpacked:
                raise WorkbookRefused(
                    f"it unpacks to more than {most_unpacked // 1_000_000} MB. Save the sheet you need as CSV."
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(_PROLOGUE) or part.flag_bits & 1:
                            raise WorkbookRefused(f"{part.filename} in it declares a document type. Save it as CSV.")
    except WorkbookRefused:
        raise
    except Exception as error:  # zipfile raises a dozen kinds on bytes that were changed
        raise _damaged(error) from error


def _damaged(error: Exception) -> WorkbookRefused:
    return WorkbookRefused(f"the workbook is damaged ({type(error).__name__}). Save it anew, or as CSV.")
