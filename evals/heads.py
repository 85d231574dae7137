"""The head word of a noun phrase or a verb group, found without a parser."""

from __future__ import annotations

import re

from tallybook.model import Span

AFTER_THE_HEAD = re.compile(
    r"\s*(?:,|\(|--|—|\b(?:of|in|for|from|with|at|on|by|to|near|who|whom|which|that|whose|and|or|including)\b)",
    re.IGNORECASE,
)
"""What begins the words behind a head: a comma, a bracket, a preposition, a relative or a conjunction."""

WORD = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")


def head(text: str, span: Span) -> Span:
    """Return the last word before whatever follows the head; the whole span where it holds no word."""
    phrase = span.of(text)
    words = list(WORD.finditer(phrase))
    if not words:
        return span
    cut = next((m.start() for m in AFTER_THE_HEAD.finditer(phrase) if m.start() > words[0].start()), len(phrase))
    last = [word for word in words if word.start() < cut][-1]
    return Span(span.start + last.start(), span.start + last.end())


def head_word(phrase: str) -> str:
    """Return the head of a phrase in lower case, a possessive 's cut off."""
    word = head(phrase, Span(0, len(phrase))).of(phrase).casefold()
    return re.sub(r"['’]s$", "", word)
