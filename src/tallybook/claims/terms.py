"""Terms of a list found in running text: by their first words, which is quicker than one long pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Kind = TypeVar("Kind")
_WORD = re.compile(r"(?<![\w-])\w+")
_WORD_GOES_ON = re.compile(r"\w")


class Terms(Generic[Kind]):
    """Find terms of several kinds, in any case, where no word or hyphen goes on before them and no word after."""

    def __init__(self, terms: Iterable[tuple[str, Kind]]) -> None:
        self._by_first: dict[str, list[tuple[str, Kind]]] = {}
        for term, kind in sorted(((t.lower(), k) for t, k in terms), key=lambda p: (-len(p[0]), p[0])):
            first = _WORD.match(term)
            if first is None:
                raise ValueError(f"a term must begin with a letter or a digit, and {term!r} does not")
            self._by_first.setdefault(first.group(), []).append((term, kind))

    def find(self, text: str) -> Iterator[tuple[str, Kind, int, int]]:
        """Yield (term, kind, start, end) in the order of the text; of each kind the longest where they overlap."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        taken: dict[Kind, int] = {}
        for word in _WORD.finditer(lower):
            start = word.start()
            for term, kind in self._by_first.get(word.group(), ()):
                end = start + len(term)
                if (
                    taken.get(kind, 0) <= start
                    and lower.startswith(term, start)
                    and not _WORD_GOES_ON.match(lower, end)
                ):
                    taken[kind] = end
                    yield term, kind, start, end
