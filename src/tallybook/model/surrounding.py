"""The sentence around some words, for people to read."""

from __future__ import annotations

import re

from tallybook.model.span import Span

_END = re.compile(r"[.!?\u104b\u061f\u1362][\"'\u2019\u201d)]*\s+|\n\s*\n|$")


def sentence_at(text: str, span: Span) -> str:
    """Return the sentence that words stand in, its spaces evened; two where the words span an end. Never cut inside."""
    start = 0
    for end in _END.finditer(text):
        if end.end() > span.start and end.start() < span.end:
            continue
        if end.end() <= span.start:
            start = end.end()
        elif end.start() >= span.end:
            return " ".join(text[start : end.end()].split())
    return " ".join(text[start:].split())
