"""Rows of a list of persons as the text of a document: one line each, with what was read where the cell says otherwise.

    line 7 | name: Sabir Orhal | age: 34 | sex: M => male | date: 5.3.2024 => 2024-03-05 | status: killed

The text is what the book keeps and what quotes are taken from; it is read again like any other report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallybook.model import Span

HEAD = "List of persons, one a line, as Tallybook writes imported lists (1)"
"""First line of such a document; the number is that of the form."""
FIELDS = ("name", "age", "sex", "place", "date", "incident", "source", "status", "circumstance")
"""What a row may tell, in this order."""
_LINE = re.compile(r"line (\d+)$")
_BETWEEN, _MEANS = " | ", " => "


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row tells of one field: the words of the list, and what they were read as."""

    words: str
    means: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row, and where it stands in the document."""

    line: int
    span: Span
    cells: Mapping[str, Cell]

    def told(self, field: str) -> str | None:
        """Return what a field was read as; None where the row does not tell it."""
        return self.cells[field].means if field in self.cells else None


def written(line: int, cells: Mapping[str, Cell]) -> str:
    """Return a row as a line of text."""
    told = [(field, cells[field]) for field in FIELDS if field in cells]
    return _BETWEEN.join([f"line {line}", *(f"{field}: {_words(cell)}" for field, cell in told)])


def _words(cell: Cell) -> str:
    return cell.words if cell.words == cell.means else f"{cell.words}{_MEANS}{cell.means}"


def clean(words: str, most: int = 300) -> str:
    """Return the words of a cell on one line, without characters that steer, or part the fields of a row."""
    plain = "".join(c for c in words if c.isprintable() or c.isspace() or c in "\u200c\u200d")
    return " ".join(plain.split()).replace("|", "/").replace("=>", "=")[:most].strip()


def is_list(text: str) -> bool:
    """Say whether a document's text is a list of persons."""
    return text.startswith(HEAD + "\n")


def rows(text: str) -> Iterator[ListRow]:
    """Yield the rows of a list of persons in the order of the text; what is no row is passed over."""
    start = 0
    for line in text.split("\n"):
        first, *told = line.split(_BETWEEN)
        match = _LINE.match(first)
        if match:
            cells = (_cell(part) for part in told)
            yield ListRow(int(match[1]), Span(start, start + len(line)), dict(c for c in cells if c is not None))
        start += len(line) + 1


def _cell(part: str) -> tuple[str, Cell] | None:
    field, colon, value = part.partition(": ")
    if not colon or field not in FIELDS:
        return None
    words, _, means = value.partition(_MEANS)
    return field, Cell(words, means or words)
