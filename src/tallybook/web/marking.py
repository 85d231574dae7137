"""A text cut at the edges of what was read from it, so that a page can mark it by field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tallybook.model import Claim, Document, Span

PARAGRAPH = re.compile(r"\n\s*\n")
AROUND = 900
"""Characters shown at most before and behind a claim's words: a paragraph is shorter, a page without breaks is not."""

QUOTE = "quote"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words of a text and what was read from them."""

    span: Span
    field: str
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    start: int
    fields: tuple[str, ...]
    claims: tuple[str, ...]


def marks_of(claim: Claim, field: str = "body") -> list[Mark]:
    """Return the marks of a claim in one text, body or title."""
    if claim.field != field:
        return []
    found = [Mark(claim.span, QUOTE, claim.id)]
    found += [Mark(span, name, claim.id) for name, span in claim.spans]
    told = (("count", claim.count), ("target", claim.target), ("place", claim.place), ("date", claim.date))
    found += [Mark(part.span, name, claim.id) for name, part in told if part is not None and part.span is not None]
    return sorted(set(found))


def pieces(text: str, marks: Iterable[Mark], window: Span | None = None) -> list[Piece]:
    """Cut a text, or a window of it, where marks begin and end. The pieces together are the text, character by
    character. O(marks x pieces)."""
    shown = window or Span(0, len(text))
    inside = [m for m in marks if m.span.start < shown.end and shown.start < m.span.end]
    edges = {shown.start, shown.end}
    for mark in inside:
        edges.update(e for e in (mark.span.start, mark.span.end) if shown.start < e < shown.end)
    cuts = sorted(edges)
    found = []
    for start, end in pairwise(cuts):
        over = [m for m in inside if m.span.start <= start and end <= m.span.end]
        fields = tuple(dict.fromkeys(m.field for m in over))
        claims = tuple(dict.fromkeys(m.claim for m in over if m.claim))
        found.append(Piece(text[start:end], start, fields, claims))
    return found


def paragraph(text: str, span: Span) -> Span:
    """Return the paragraph around words, no more than AROUND characters to either side."""
    start, end = 0, len(text)
    for gap in PARAGRAPH.finditer(text):
        if gap.end() <= span.start:
            start = gap.end()
        elif gap.start() >= span.end:
            end = gap.start()
            break
    return Span(max(start, span.start - AROUND), min(end, span.end + AROUND))


def text_of(document: Document, field: str) -> str:
    """Return the text that spans of a claim count in."""
    return document.text if field == "body" else document.title or ""
