"""Lists of persons, CSV or XLSX, to documents: one line a row, those of one event side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tallybook.documents.arrival import Arrival, Raw, Stated, arrive
from tallybook.documents.list_mapping import HARMS, ListMapping, Unreadable, meaning
from tallybook.documents.list_rows import FIELDS, HEAD, Cell, clean, written
from tallybook.errors import DocumentError, KnowledgeError, UsageError
from tallybook.knowledge.imports.tables import cells_of, table_of
from tallybook.model import Issue

NEEDED = ("name", "status")
"""Fields without which a row names nobody, or nothing that befell somebody."""


@dataclass(frozen=True, slots=True)
class ListArrival:
    """A list as it arrived: its document, and the rows and cells that could not be read."""

    arrival: Arrival
    rows: int
    left_out: int


def list_arrival(path: Path, mapping: ListMapping, stated: Stated) -> ListArrival:
    """Return the document that a list makes. A row without a name, or of no known status, is left out with an issue;
    another cell that cannot be read is left away with one. What the mapping states wins over the options.

    Raises: DocumentError where the file is no table; UsageError where a column of the mapping is not in it.
    """
    try:
        cells = cells_of(path)
        if len(cells) < 2:
            raise DocumentError(str(path), "it has no rows", "Give a table with one header line and a row a person.")
        table = table_of(path, cells)
    except KnowledgeError as error:
        what, _, hint = str(error).removeprefix(str(path)).lstrip(": ").partition(". ")
        raise DocumentError(str(path), what, hint.replace("a file of places", "a list of persons")) from error
    _check_columns(path, table.columns, mapping)
    name, issues, kept, left = path.stem, [], [], 0
    for where, row in table.rows:
        line = int(re.sub(r"\D", "", where))
        told, trouble = _row(row, mapping)
        issues += [_issue(path.name, line, text) for text in trouble]
        if all(field in told for field in NEEDED):
            kept.append((line, told))
        else:
            left += 1
    text = "\n".join([HEAD, *(written(line, told) for line, told in sorted(kept, key=_beside)), ""])
    own = (mapping.title, mapping.publisher, mapping.published, mapping.url)
    arrival = arrive(Raw(text, path.read_bytes(), path.name, name, *own), stated)
    noticed = (*arrival.issues, *issues)
    return ListArrival(Arrival(arrival.document, noticed, None, arrival.normalised), len(kept), left)


def _check_columns(path: Path, columns: Iterable[str], mapping: ListMapping) -> None:
    known = [c for c in columns if c]
    missing = next((c for told in mapping.columns.values() for c in told if c not in known), None)
    if missing is not None:
        listed = ", ".join(known)[:300]
        raise UsageError(f"{path}: no column {missing!r}. Its columns: {listed}. Mend the mapping.")


def _row(row: Mapping[str, str], mapping: ListMapping) -> tuple[dict[str, Cell], list[str]]:
    told: dict[str, Cell] = {}
    trouble = []
    for field in FIELDS:
        own = " ".join(clean(row.get(c, "")) for c in mapping.columns.get(field, ())).strip()
        words = own or clean(mapping.fixed.get(field, ""))
        try:
            means = meaning(field, words, mapping) if words else None
        except Unreadable as unreadable:
            trouble.append(f"{field} {unreadable}")
            continue
        if means is not None:
            told[field] = Cell(words, clean(means))
    if "name" not in told:
        trouble.append("it names nobody; the row is left out")
    elif "status" not in told:
        trouble.append(f"its status is none of {', '.join(HARMS)}; the row is left out")
    return told, trouble


def _issue(name: str, line: int, text: str) -> Issue:
    return Issue("list-row-unreadable", f"{name} line {line}: {text}.", f"{name} line {line}")


def _beside(row: tuple[int, Mapping[str, Cell]]) -> tuple[tuple[str, ...], int]:
    """Return what sets the rows of one event side by side, then their order in the list."""
    line, told = row
    event = tuple(told[f].means if f in told else "" for f in ("status", "incident", "place", "date"))
    return event, line
