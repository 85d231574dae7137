"""Rows of an event data set as the text of a document: a paragraph of one line each, cells apart by commas.

A line feed inside a cell is written as backslash and n. The text is what the book keeps and what quotes are taken from;
it is read again like any other report, and a row can be had back from its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from tallybook.knowledge.rows import yaml_file
from tallybook.model import Span

KINDS = ("ucdp", "acled")
HEAD = "Events of a data set, one a line, as Tallybook writes imported {kind} rows (1)"
"""First line of such a document; the number is that of the form."""
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,]*))(,|$)')


@dataclass(frozen=True, slots=True)
class EventLayout:
    """The columns of a data set and what they mean."""

    kind: str
    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    days: tuple[str, ...]
    numbers: tuple[str, ...]
    place_precision: Mapping[str, str]
    radius_km: Mapping[str, float]
    date_precision: Mapping[str, str]
    event_types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row: where its line stands in the document, and where each cell does."""

    span: Span
    cells: Mapping[str, str]
    spans: Mapping[str, Span]


@cache
def event_layout(kind: str) -> EventLayout:
    """Return a data set's layout; `kind` is one of KINDS.

    Raises: KnowledgeError where its file does not hold.
    """
    with as_file(files("tallybook.documents").joinpath(f"{kind}_events.yaml")) as path:
        told: dict[str, Any] = yaml_file(path)
    columns, needed, days, numbers = (tuple(told[name]) for name in ("columns", "needed", "days", "numbers"))
    return EventLayout(
        kind, told["name"], columns, needed, days, numbers,
        told["place_precision"], told["radius_km"], told["date_precision"], told["event_types"],
    )  # fmt: skip


def head(kind: str) -> str:
    """Return the first line of a document of this kind."""
    return HEAD.format(kind=kind)


def event_kind(text: str) -> str | None:
    """Return whose rows a document's text holds; None where it is no data set."""
    return next((kind for kind in KINDS if text.startswith(head(kind) + "\n")), None)


def written(cells: Sequence[str]) -> str:
    """Return a row as a line of text."""
    return ",".join(_cell(value) for value in cells)


def _cell(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return '"' + plain.replace('"', '""') + '"' if any(c in plain for c in ',"') else plain


def row_of(line: str, columns: Sequence[str], start: int = 0) -> EventRow | None:
    """Return the row of a line that stands at `start`; None where it has not one cell for each column."""
    cells, spans, at = [], [], 0
    while at <= len(line):
        match = _CELL.match(line, at)
        if match is None:
            return None
        group = 1 if match[1] is not None else 2
        cells.append(_plain(match[1].replace('""', '"') if group == 1 else match[2]))
        spans.append(Span(start + match.start(group), start + match.end(group)))
        at = match.end() if match[3] else len(line) + 1
    if len(cells) != len(columns):
        return None
    named = dict(zip(columns, spans, strict=True))
    return EventRow(Span(start, start + len(line)), dict(zip(columns, cells, strict=True)), named)


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value) if "\\" in value else value


def event_rows(text: str, columns: Sequence[str]) -> Iterator[EventRow]:
    """Yield the rows of a data set in the order of the text; the first line and the header are none."""
    start, header = 0, written(columns)
    for number, line in enumerate(text.split("\n")):
        row = row_of(line, columns, start) if number and line and line != header else None
        if row is not None:
            yield row
        start += len(line) + 1
