"""Long lists, a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tallybook.errors import UsageError
from tallybook.model.wire import Json

Row = TypeVar("Row")
Key = Callable[[Row], Any]
PAGE, MAX_PAGE = 50, 500
"""Rows of a page where nothing is asked, and at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of a list is asked for, in which order."""

    sort: str = ""
    """Name of a column; with a minus in front the greatest first."""
    cursor: str = ""
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of a list."""

    rows: tuple[Row, ...]
    total: int
    first: int
    """Number of the first row, from 1; 0 where there is none."""
    next: str | None
    previous: str | None
    sort: str

    def json(self, items: Sequence[Json], name: str) -> Json:
        """Return the page in the shape of every list of the API."""
        return {
            "schema": f"tallybook.{name}-list/1", "items": list(items), "total": self.total, "next": self.next,
            "previous": self.previous, "sort": self.sort,
        }  # fmt: skip


def ordered(rows: Sequence[Row], keys: Mapping[str, Key[Row]], sort: str) -> list[Row]:
    """Return rows by a column; what has no value comes last either way. Equal ones keep their order.

    Raises: UsageError for an unknown column.
    """
    name = sort.removeprefix("-")
    if not name:
        return list(rows)
    if name not in keys:
        raise UsageError(f"sort {sort!r} is not known. Give one of: {', '.join(keys)}; with - in front for descending.")
    valued = [(keys[name](row), row) for row in rows]
    known = [pair for pair in valued if pair[0] not in (None, "")]
    known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [row for _, row in known] + [row for value, row in valued if value in (None, "")]


def page_of(rows: Sequence[Row], asked: Asked, id_of: Callable[[Row], str]) -> Listed[Row]:
    """Return the rows that a cursor points at; one that was made before the list changed finds its row again.

    Raises: UsageError for a cursor that no list gave.
    """
    limit = max(1, min(asked.limit, MAX_PAGE))
    start = _start(rows, asked.cursor, id_of) if asked.cursor else 0
    shown = tuple(rows[start : start + limit])
    after, before = start + limit, max(0, start - limit)
    return Listed(
        shown,
        len(rows),
        start + 1 if shown else 0,
        _cursor(after, id_of(rows[after])) if after < len(rows) else None,
        _cursor(before, id_of(rows[before])) if start > 0 and rows else None,
        asked.sort,
    )


def _cursor(at: int, id: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([at, id], separators=(",", ":")).encode()).decode().rstrip("=")


def _start(rows: Sequence[Row], cursor: str, id_of: Callable[[Row], str]) -> int:
    try:
        at, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not (isinstance(at, int) and isinstance(id, str) and at >= 0):
            raise ValueError
    except (ValueError, TypeError, binascii.Error) as trouble:
        raise UsageError(f"cursor {cursor[:40]!r} was given by no list. Start without one.") from trouble
    if at < len(rows) and id_of(rows[at]) == id:
        return at
    return next((n for n, row in enumerate(rows) if id_of(row) == id), min(at, max(0, len(rows) - 1)))
