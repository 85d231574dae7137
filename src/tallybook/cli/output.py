"""Printing: JSON lines, CSV, issues and errors."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tallybook.errors import DocumentError
from tallybook.model import Issue
from tallybook.release.cells import safe_cell


def print_json(item: Mapping[str, Any]) -> None:
    """Print one object on one line."""
    sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table as CSV; None is an empty cell, never 0."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])


def print_line(text: str = "") -> None:
    """Print a line of plain text."""
    sys.stdout.write(text + "\n")


def tell_issue(issue: Issue) -> None:
    """Print an issue on standard error, on one line."""
    print(f"issue: {issue.code}: {' '.join(issue.message.split())}", file=sys.stderr)


def tell_error(error: DocumentError) -> None:
    """Print why a document could not be read, on one line."""
    print(f"error: {' '.join(str(error).split())}", file=sys.stderr)


def tell(message: str) -> None:
    """Print a remark on standard error."""
    print(message, file=sys.stderr)
