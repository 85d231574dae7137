"""Cells of CSV files: nothing in them is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet takes for a formula. Source: OWASP, 'CSV Injection'."""
_MAY_RUN = frozenset(FORMULA_STARTS)
LINES = 1_000
"""Lines that are written at once."""
PLAIN_NUMBER = re.compile(r"-\d+(\.\d+)?")
"""A negative number is no formula."""


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs: text that looks like a formula gets a quote in front; None is empty."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def csv_pieces(header: Iterable[Sequence[Any]], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file's text in pieces: header lines as they are, then rows of safe cells, lines ended by LF."""
    safe = ([safe_cell(v) if isinstance(v, str) and v[:1] in _MAY_RUN else v for v in row] for row in rows)
    lines = chain(header, safe)
    while piece := list(islice(lines, LINES)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(piece)
        yield out.getvalue()


def csv_text(header: Iterable[Sequence[Any]], rows: Iterable[Sequence[Any]]) -> str:
    """Return all that `csv_pieces` yields."""
    return "".join(csv_pieces(header, rows))
