"""Bytes to characters: the declared charset, a byte order mark, strict UTF-8, and only then a guess that says so."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESS_BYTES = 200_000
"""Bytes shown to the guesser: its time grows with them, its answer does not change beyond."""

LAST_RESORT = "cp1252"
"""Read where the guesser has no answer: every byte of it that has no character becomes U+FFFD."""

MOSTLY_ASCII = 0.25
"""Share of bytes beyond ASCII up to which a text is Western: Windows-1252, whose quotes and accents are that rare. The
detector takes such texts for Baltic or Greek."""

WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
"""Browsers read these names as Windows-1252. Source: WHATWG Encoding Standard, section 4.2."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the charset they were read with, and whether that charset was guessed."""

    text: str
    charset: str
    guessed: bool


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the characters of `data`. Never fails: the last resort marks what it cannot read with U+FFFD."""
    for mark, charset in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], charset)
            return Decoded(text, charset, False) if text is not None else _guess(data[len(mark) :])
    for charset in _declared_first(declared):
        text = _strict(data, charset)
        if text is not None:
            return Decoded(text, charset, False)
    return _guess(data)


def _declared_first(declared: str | None) -> list[str]:
    if declared is None:
        return ["utf-8"]
    name = declared.strip().strip("\"'").lower()
    return [WEB_NAMES.get(name, name), "utf-8"]


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes) -> Decoded:
    """Read damaged UTF-8 as UTF-8, mostly ASCII bytes as Windows-1252, and the rest as the detector says."""
    damaged = data.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    beyond_ascii = sum(char > "\x7f" for char in damaged) - lost
    if beyond_ascii > lost:
        return Decoded(damaged, "damaged utf-8", True)
    if lost <= MOSTLY_ASCII * len(data):
        return Decoded(data.decode(LAST_RESORT, errors="replace"), LAST_RESORT, True)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:GUESS_BYTES]).best()
    charset = best.encoding if best is not None else LAST_RESORT
    return Decoded(data.decode(charset, errors="replace"), charset, True)
