"""In the reports of how many events each word of news stands: what is rare, and what is an ordinary word."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Of `events` events, how many have each word in their reports; a word that is missing stands in hardly any."""

    events: int
    holding: Mapping[str, int]
    ordinary: frozenset[str] = frozenset()
    """Words that often stand in small letters, and are no names."""

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of a case-folded word, in natural logs."""
        return log((self.events + 1) / (self.holding.get(word, 0) + 1))


@cache
def word_counts() -> WordCounts:
    """Return the shipped table, `packs/core/words.csv`."""
    text = files("tallybook.knowledge").joinpath("packs", "core", "words.csv").read_text(encoding="utf-8")
    (_, events, _), *rows = csv.reader(text.splitlines()[1:])
    ordinary = frozenset(word for word, _, flag in rows if flag == "y")
    return WordCounts(int(events), {word: int(number) for word, number, _ in rows}, ordinary)
