"""Reading pack files row by row, with messages that name file, row and field."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tallybook.errors import KnowledgeError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_file(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises: KnowledgeError if it is no UTF-8 or no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" line {line + 1}" if line is not None else ""
        raise KnowledgeError(f"{path}{where}: not valid YAML. Check indentation and quotes.") from error


def yaml_rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (where, row) for a YAML file that is a list of mappings.

    Raises: KnowledgeError if the file is no such list, a row lacks a required field, or a word is read as a truth value.
    """
    rows = yaml_file(path) or []
    if not isinstance(rows, list):
        raise KnowledgeError(f"{path}: should be a list of rows, each starting with '- '.")
    for number, row in enumerate(rows, 1):
        where = f"{path.name} row {number}"
        if not isinstance(row, Mapping):
            raise KnowledgeError(f"{path}: {where} is no mapping. Write it as '- field: value'.")
        _refuse_truths(path, where, row)
        for field in required:
            if not row.get(field):
                raise KnowledgeError(
                    f"{path}: {where} ({row.get('name') or row.get('id') or '?'}) lacks {field!r}. Add it."
                )
        yield where, row


def _refuse_truths(path: Path, where: str, row: Mapping[str, Any]) -> None:
    """Refuse a list of words of which YAML reads one as true or false."""
    for field, value in row.items():
        if isinstance(value, list) and any(isinstance(word, bool) for word in value):
            raise KnowledgeError(
                f"{path}: {where}, {field}: a word of the list is read as true or false. Put on, off, yes and no in quotes."
            )


def csv_rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (where, row) for a CSV file with a header.

    Raises: KnowledgeError if the file is no UTF-8, a column is missing or a required cell is empty.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in required if c not in (reader.fieldnames or ())]
            if missing:
                raise KnowledgeError(f"{path}: column {missing[0]!r} is missing. Add it to the header line.")
            for row in reader:
                where = f"{path.name} line {reader.line_num}"
                for field in required:
                    if not (row.get(field) or "").strip():
                        raise KnowledgeError(f"{path}: {where} has no {field!r}. Fill it in or remove the line.")
                yield where, row
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error


def listed(value: Any) -> tuple[str, ...]:
    """Return a YAML value as a tuple of strings: nothing, one, or many."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(str(v) for v in value)
    return (str(value),)


def piped(value: str | None) -> tuple[str, ...]:
    """Split a CSV cell at `|`."""
    return tuple(part.strip() for part in (value or "").split("|") if part.strip())
