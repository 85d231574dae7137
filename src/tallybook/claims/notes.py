"""What every record of a report has: an id, its words with their span, and who says so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.sources import owner
from tallybook.model.document import Document
from tallybook.model.span import Span


def record_id(document: Document, kind: str, span: Span, *more: str | None) -> str:
    """Return an id from document, kind of record, place in the text and content."""
    content = "\x1f".join([document.key, kind, str(span.start), str(span.end), *(m or "" for m in more)])
    return f"{kind[:1]}{hashlib.sha256(content.encode()).hexdigest()[:15]}"


@dataclass(frozen=True, slots=True)
class Notes:
    """Quotes one document."""

    document: Document
    published: date | None

    def said(self, f: SentenceFacts, start: int, end: int) -> tuple[str, ...]:
        """Return who says the words `start`..`end` of the text: their source, else the publisher, else nobody."""
        found = owner(f.attributions, start, end)
        return found.source.claimants if found else ((self.document.publisher,) if self.document.publisher else ())

    def record(
        self, kind: str, f: SentenceFacts, start: int, end: int, *more: str | None
    ) -> tuple[str, str, Span, tuple[str, ...]]:
        """Return what a record of these words of a sentence begins with: its id, quote, span, and who says it."""
        quote, span = self.span(f, start, end)
        return record_id(self.document, kind, span, *more), quote, span, self.said(f, span.start, span.end)

    def span(self, f: SentenceFacts, start: int, end: int) -> tuple[str, Span]:
        """Return words of a sentence and where they stand in the text; offsets are the sentence's."""
        span = Span(f.sentence.start + start, f.sentence.start + end)
        return span.of(self.document.text), span
