"""Numbers that are no counts of people, by the trap patterns of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tallybook.claims.numbers import NumberMention
from tallybook.knowledge.lexicon import number_pattern

_FIGURE = re.compile(r"\d")
_FIGURE_AS_N = r"(?P<n>\d"
"""What a trap that only marks figures has in its pattern: it is not tried where no figure stands."""


class Traps:
    """Say of each number whether a pattern marks it as an age, a date, a weapon, a unit's name ..."""

    def __init__(self, patterns: Iterable[tuple[str, str]], words: Mapping[str, Any]) -> None:
        number = number_pattern(words["units"], words["scales"])
        self._patterns = [
            (rule, "{N}" in p or _FIGURE_AS_N not in p, re.compile(p.replace("{N}", number))) for rule, p in patterns
        ]

    def rules(self, text: str, offset: int, numbers: list[NumberMention]) -> dict[int, str]:
        """Return the rule that traps each number, by the number's core start; numbers that pass are absent.

        Cost: one pass of every pattern over `text`; no pattern nests repetition.
        """
        if not numbers:
            return {}
        marked: dict[int, str] = {}
        figures = _FIGURE.search(text) is not None
        for rule, in_words, pattern in self._patterns:
            if not (in_words or figures):
                continue
            for match in pattern.finditer(text):
                start, end = match.span("n")
                for number in numbers:
                    if offset + start <= number.core_start < offset + end:
                        marked.setdefault(number.core_start, rule)
        return marked
