"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tallybook.documents.limits import MAX_TEXT_BYTES


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a JSON Lines file, read: its text and what it says about it."""

    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class WithoutText:
    """A row that holds no text."""

    line: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no row at all, and why."""

    line: int
    why: str


Line = Row | WithoutText | Unreadable


def rows_of(file: IO[bytes]) -> Iterator[Line]:
    """Yield what each line of an open file holds; a line over the limit is passed over and named."""
    number = 0
    while line := file.readline(MAX_TEXT_BYTES + 1):
        number += 1
        if len(line) > MAX_TEXT_BYTES:
            _skip_rest(file, line)
            yield Unreadable(number, f"is longer than {MAX_TEXT_BYTES // 1_000_000} MB")
        elif line.strip():
            yield _row(number, line.removeprefix(b"\xef\xbb\xbf"))


def _skip_rest(file: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_TEXT_BYTES)


def _row(number: int, line: bytes) -> Line:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Unreadable(number, "is not UTF-8")
    except (ValueError, RecursionError):
        return Unreadable(number, "is not JSON")
    if not isinstance(value, dict):
        return Unreadable(number, "is no JSON object")
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        return WithoutText(number)
    return Row(
        text=storable(text),
        id=_word(value.get("id")) or _word(value.get("doc_id")),
        title=_word(value.get("title")),
        publisher=_word(value.get("publisher")),
        published=_word(value.get("published")) or _word(value.get("dct")),
        url=_word(value.get("url")),
    )


def _word(value: object) -> str | None:
    """Return a string or number as words; anything else, and the empty string, is absent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return storable(str(value)).strip() or None


def storable(text: str) -> str:
    """Replace what no file or database can hold (lone surrogates, NUL) by U+FFFD, one for one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")
