"""A text cut into passages: paragraphs, bullets, headings. Offsets stay those of the normalised text."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLET = re.compile(r"\s*(?:[-*\u2022\u25aa\u25cf\u2013\u2014>\u00b7]|\(?\d{1,2}[.)]|[a-z][.)])\s+")
WRAP_WIDTH = (45, 100)
"""Shortest and longest line, in characters, of text that was broken by a fixed-width printer; set on muc4 dev."""
MAX_PASSAGE = 4_000
"""Longest passage handed to the parser, in characters: longer ones are cut at a sentence end or a space."""

_ABBREVIATED = re.compile(
    r"\b(Brgy|Bgy|Dept|Prov|Dist|Mt|Ft|Gov|Gen|Col|Maj|Capt|Lt|Sgt|Cpl|Insp|Supt|Cmdr|Brig|Rev|Hon|Sen)\.(?=\s+[A-Z])"
)
"""Abbreviations whose full stop the parser takes for a sentence's end."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of text that is read together; `text` has the length of what it stands for."""

    start: int
    end: int
    text: str
    kind: str  # body, bullet, heading, title


def passages(text: str) -> list[Passage]:
    """Cut `text` into passages in order; blank ones are left out, nothing else is.

    Lines that a printer broke are read as one passage; line ends inside become spaces, so lengths hold.
    """
    found: list[Passage] = []
    for start, end in _blocks(text):
        lines = _lines(text, start, end)
        if len(lines) > 1 and _is_wrapped([text[a:b] for a, b in lines]):
            found += _cut(text, start, end, "body")
        else:
            for a, b in lines:
                found += _cut(text, a, b, _kind(text[a:b]))
    return found


def _blocks(text: str) -> list[tuple[int, int]]:
    blocks, at = [], 0
    for gap in re.finditer(r"\n[ \t]*\n\s*", text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    return [(a, b) for a, b in blocks if text[a:b].strip()]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines, at = [], start
    for part in text[start:end].split("\n"):
        if part.strip():
            lines.append((at, at + len(part)))
        at += len(part) + 1
    return lines


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether the lines look broken by width: all but the last of like width, most not ending a sentence."""
    inner = [line.rstrip() for line in lines[:-1]]
    if any(BULLET.match(line) for line in lines[1:]):
        return False
    if not all(WRAP_WIDTH[0] <= len(line) <= WRAP_WIDTH[1] for line in inner):
        return False
    open_ended = sum(not line.endswith((".", "!", "?", ":", '"', "\u201d")) for line in inner)
    return open_ended * 2 >= len(inner)


def _kind(line: str) -> str:
    if BULLET.match(line):
        return "bullet"
    bare = line.strip()
    return "heading" if len(bare) < 90 and not bare.endswith((".", "!", "?", '"', "\u201d", ":", ",", ";")) else "body"


def _cut(text: str, start: int, end: int, kind: str) -> list[Passage]:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    pieces = []
    while end - start > MAX_PASSAGE:
        window = text[start : start + MAX_PASSAGE]
        at = max(window.rfind(". ") + 1, 0) or max(window.rfind(" "), 0) or MAX_PASSAGE
        pieces.append((start, start + at))
        start += at
    pieces.append((start, end))
    return [Passage(a, b, readable(text[a:b]), kind) for a, b in pieces if b > a]


def readable(text: str) -> str:
    """Return `text` of the same length as a parser reads it best: line ends as spaces, shouting in sentence case."""
    text = _ABBREVIATED.sub(r"\1 ", text)
    text = text.replace("|", ";")
    flat = re.sub(r"[\n\t\r\u2028\u2029\u200b\u200e\u200f\ufeff]", " ", text)
    letters = sum(map(str.isalpha, flat))
    if letters > 20 and sum(map(str.isupper, flat)) > 0.85 * letters:
        lowered = flat.lower()
        return lowered if len(lowered) == len(flat) else flat
    return flat
