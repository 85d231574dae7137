"""Numbers that are no counts of people, by the trap patterns of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tallybook.claims.numbers import NumberMention
from tallybook.knowledge.lexicon import number_pattern


class Traps:
    """Say of each number whether a pattern marks it as an age, a date, a weapon, a unit's name ..."""

    def __init__(self, patterns: Iterable[tuple[str, str]], words: Mapping[str, Any]) -> None:
        number = number_pattern(words["units"], words["scales"])
        self._patterns = [(rule, re.compile(p.replace("{N}", number))) for rule, p in patterns]

    def rules(self, text: str, offset: int, numbers: list[NumberMention]) -> dict[int, str]:
        """Return the rule that traps each number, by the number's core start; numbers that pass are absent.

        Cost: one pass of every pattern over `text`; no pattern nests repetition.
        """
        if not numbers:
            return {}
        marked: dict[int, str] = {}
        for rule, pattern in self._patterns:
            for match in pattern.finditer(text):
                start, end = match.span("n")
                for number in numbers:
                    if offset + start <= number.core_start < offset + end:
                        marked.setdefault(number.core_start, rule)
        return marked
