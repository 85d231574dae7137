"""Names brought to one spelling, so that the same place or actor is found under each of its spellings."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb`]")
_GAPS = re.compile(r"[\W_]+")
_ASCII = {n: " " if _GAPS.match(chr(n)) else chr(n).lower() for n in range(128)} | {ord("'"): None, ord("`"): None}


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """Return `name` without case, accents, apostrophes and punctuation, words joined by one space."""
    if name.isascii():
        return _GAPS.sub(" ", name.casefold().replace("'", "").replace("`", "")).strip()
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _GAPS.sub(" ", _APOSTROPHES.sub("", bare)).strip()


def fold_words(text: str) -> list[str]:
    """Return the words of `fold(text)`. For long texts, which it reads many times faster and does not keep."""
    if text.isascii():
        return text.translate(_ASCII).split()
    plain = text.casefold()
    for letter, spelt in _LETTERS.items():
        plain = plain.replace(chr(letter), str(spelt))
    bare = _combining().sub("", unicodedata.normalize("NFKD", plain))
    return _GAPS.sub(" ", _APOSTROPHES.sub("", bare)).split()


@cache
def _combining() -> re.Pattern[str]:
    """Return what finds runs of marks that join the letter before them."""
    return re.compile(f"[{''.join(c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(c))}]+")
