"""The one normalisation of text, and the way back to the original.

NFC, CRLF to LF, no-break spaces to spaces. Nothing is trimmed, nothing put in front, quotes stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tallybook.model import Span

NO_BREAK_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})

MAY_CHANGE = re.compile(r"\r\n|[^\r]?[^\x00-\x7f]+", re.DOTALL)
"""Where NFC and line ends can change a text: CRLF, and runs beyond ASCII with the character that they may join."""

JOINS_BACKWARDS = re.compile(
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u0f73\u0f75\u0f81\u102e"
    "\u1161-\u1175\u11a8-\u11c2\u1b35\U00011127\U0001133e\U00011357\U000113b8\U000113bb\U000113c2\U000113c5"
    "\U000113c7-\U000113c9\U000114b0\U000114ba\U000114bd\U000115af\U00011930\U00016d67\U0001611e-\U00016129]"
)
"""Characters of combining class 0 that NFC may join to, or reorder with, the one before.

Source: DerivedNormalizationProps.txt of Unicode 16 (NFC_Quick_Check=Maybe);
three Tibetan vowel signs that decompose.
"""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and the places where it and its original run apart.

    `anchors` are pairs (offset in the text, offset in the original), in code points, ascending; after an anchor both
    run in step until the next.
    """

    text: str
    anchors: tuple[tuple[int, int], ...]

    def original(self, span: Span) -> Span:
        """Return where the words of `span` stand in the original, rounded out to whole characters."""
        return Span(self._back(span.start), self._back(span.end))

    def _back(self, offset: int) -> int:
        place = bisect_right(self.anchors, (offset, len(self.text) * 4 + 4)) - 1
        text_at, original_at = self.anchors[place]
        return original_at + offset - text_at


def normalise(original: str) -> Normalised:
    """Return the normalised text of `original` with the map that leads back. Linear in its length.

    Source: CONTRACT 'Documents'; Unicode Standard Annex 15.
    """
    if "\r\n" not in original and unicodedata.is_normalized("NFC", original):
        return Normalised(original.translate(NO_BREAK_SPACES), ((0, 0),))
    pieces: list[str] = []
    anchors: list[tuple[int, int]] = [(0, 0)]
    done = text_at = 0
    for start, end, piece in _changes(original):
        pieces += (original[done:start], piece)
        text_at += start - done + len(piece)
        done = end
        if len(piece) != end - start:
            anchors.append((text_at, end))
    pieces.append(original[done:])
    return Normalised("".join(pieces).translate(NO_BREAK_SPACES), tuple(anchors))


def _changes(original: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, replacement) of each stretch that normalisation changes, in order."""
    for match in MAY_CHANGE.finditer(original):
        if match.group() == "\r\n":
            yield match.start(), match.end(), "\n"
        else:
            yield from _recomposed(match.group(), match.start())


def _recomposed(run: str, offset: int) -> Iterator[tuple[int, int, str]]:
    """Yield the changes inside one run, one combining sequence at a time."""
    if unicodedata.is_normalized("NFC", run):
        return
    cuts = [i for i, char in enumerate(run) if i == 0 or _starts_anew(char)]
    for start, end in zip(cuts, [*cuts[1:], len(run)], strict=True):
        piece = unicodedata.normalize("NFC", run[start:end])
        if piece != run[start:end]:
            yield offset + start, offset + end, piece


def _starts_anew(char: str) -> bool:
    return unicodedata.combining(char) == 0 and not JOINS_BACKWARDS.match(char)
