"""Where a text quotes somebody word for word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tallybook.model.span import Span

OPENING, CLOSING, EITHER = ("“", "„", "``"), ("”",), ('"', "''")
_MARK = re.compile(r"[“„”\"\n]|''|``")


def quotations(text: str) -> list[Span]:
    """Return the quotations of `text`, marks included, in order, none inside another.

    One without an end runs to the end of its line, as papers print a quotation of several paragraphs. Linear in `text`.
    """
    return list(_scanned(text))


def _scanned(text: str) -> Iterator[Span]:
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if opened is None:
            if mark in OPENING + EITHER:
                opened = at
        elif mark == "\n":
            yield Span(opened, at)
            opened = None
        elif mark in CLOSING + EITHER:
            yield Span(opened, match.end())
            opened = None
    if opened is not None:
        yield Span(opened, len(text))


class Quoted:
    """The quotations of one text, asked by place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def holds(self, at: int) -> bool:
        """Say whether place `at` stands inside a quotation."""
        k = bisect_right(self._starts, at) - 1
        return k >= 0 and at < self.spans[k].end

    def between(self, start: int, end: int) -> Sequence[Span]:
        """Return the quotations that begin in `start`..`end`, in order."""
        return self.spans[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]
