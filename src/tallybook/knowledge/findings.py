"""What a check finds in a pack's files, and the reading of them that goes on after the first fault."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.rows import yaml_file
from tallybook.model.described import described

REQUIRED = {
    "actors.yaml": ("id", "name", "kind", "source"),
    "places.csv": ("id", "name", "kind", "source"),
    "countries.csv": ("iso3", "name", "source"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold, or that a person should know."""

    file: str = described("path of the file")
    row: str | None = described("'row 3' or 'line 12', with the id; null for the whole file")
    field: str | None = described("field or column; null for the whole row")
    message: str = described("what is wrong, and what to do")
    grave: bool = described("true if the pack cannot be used; false if another pack says otherwise", default=True)

    def line(self) -> str:
        """Return the finding in one line."""
        where = " ".join(p for p in (self.file, self.row) if p) + (f", {self.field}" if self.field else "")
        return f"{where}: {self.message}"


class PackFiles:
    """The files of one pack. What does not hold is told, and the rest is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def tell(self, file: str, row: str | None, field: str | None, message: str, *, grave: bool = True) -> None:
        self.findings.append(Finding(str(self.folder / file), row, field, message, grave))

    def yaml(self, file: str) -> Any:
        if not self.readable(file):
            return None
        try:
            return yaml_file(self.folder / file)
        except KnowledgeError as error:
            self.tell(file, *_split(str(error), str(self.folder / file)))
            return None

    def readable(self, file: str) -> bool:
        path = self.folder / file
        if not path.exists():
            return False
        data = path.read_bytes()
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.tell(file, f"line {line}", None, f"not UTF-8 at byte {error.start}. Save the file as UTF-8.")
            return False
        return True

    def table(self, file: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the rows that have what they must; tell of the others."""
        if not self.readable(file):
            return
        with (self.folder / file).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [c for c in REQUIRED[file] if c not in (reader.fieldnames or ())]
            for column in missing:
                self.tell(file, "line 1", column, "column is missing. Add it to the header line.")
            if missing:
                return
            for row in reader:
                where = f"line {reader.line_num}"
                empty = [c for c in REQUIRED[file] if not (row.get(c) or "").strip()]
                for column in empty:
                    self.tell(file, where, column, "empty. Fill it in or remove the line.")
                if None in row:
                    self.tell(
                        file, where, None, "more cells than the header has columns. Put cells with a comma in quotes."
                    )
                elif not empty:
                    yield where, {k: v or "" for k, v in row.items()}


def _split(message: str, path: str) -> tuple[str | None, None, str]:
    """Take 'FILE line 3: what' apart: row, no field, what."""
    rest = message.removeprefix(path)
    row, _, what = rest.partition(": ")
    return row.strip() or None, None, what


def finding_of(message: str) -> Finding:
    """Return what a loader refused, 'FILE: what', as a finding."""
    file, _, what = message.partition(": ")
    return Finding(file, None, None, what)
