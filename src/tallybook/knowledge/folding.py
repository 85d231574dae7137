"""Names brought to one spelling, so that the same place or actor is found under each of its spellings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb`]")
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """Return `name` without case, accents, apostrophes and punctuation, words joined by one space."""
    if name.isascii():
        return _GAPS.sub(" ", name.casefold().replace("'", "").replace("`", "")).strip()
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _GAPS.sub(" ", _APOSTROPHES.sub("", bare)).strip()
