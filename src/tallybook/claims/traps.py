"""Numbers that are no counts of people, by the trap patterns of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tallybook.claims.numbers import NumberMention
from tallybook.claims.sieve import Sieve
from tallybook.knowledge.lexicon import Trap, number_pattern
from tallybook.knowledge.small_letters import lowered


class Traps:
    """Say of each number whether a pattern marks it as an age, a date, a weapon, a unit's name ..."""

    def __init__(self, traps: Iterable[Trap], words: Mapping[str, Any]) -> None:
        number = number_pattern(words["units"], words["scales"])
        compiled = [(t, re.compile(t.pattern.replace("{N}", number))) for t in traps]
        self._any = Sieve(((t.rule, pattern), t.needs) for t, pattern in compiled)
        self._written = Sieve(((t.rule, pattern), t.needs) for t, pattern in compiled if not t.digits)

    def rules(self, text: str, offset: int, numbers: list[NumberMention]) -> dict[int, str]:
        """Return the rule that traps each number, by the number's core start; numbers that pass are absent.

        Cost: one pass over `text` of every pattern that has what it needs there; no pattern nests repetition.
        """
        if not numbers:
            return {}
        marked: dict[int, str] = {}
        digits = any(text[n.core_start - offset].isdigit() for n in numbers)
        for rule, pattern in (self._any if digits else self._written).that_may_match(lowered(text)):
            for match in pattern.finditer(text):
                start, end = match.span("n")
                for number in numbers:
                    if offset + start <= number.core_start < offset + end:
                        marked.setdefault(number.core_start, rule)
        return marked
