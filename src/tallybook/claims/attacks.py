"""Attacks that a report tells without counting anybody: 'a bomb exploded in the market', 'gunmen burned two buses'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallybook.claims.doers import Doers
from tallybook.claims.facts import SentenceFacts
from tallybook.knowledge.word_lists import AttackWords, either

BEFORE = 4
"""Words before an attack that may tell that it was not done."""
GAP = 60
"""Most characters between a thing that goes off and what it did."""


@dataclass(frozen=True, slots=True)
class Attack:
    """Where the words for an attack stand in its sentence's text, and who did it as worded there."""

    start: int
    end: int
    by: str | None


class Attacks:
    """Find attacks without a number; compiled once and shared by all documents."""

    def __init__(self, words: AttackWords, doers: Doers) -> None:
        things, deeds, gap = either(words.things), either(words.deeds), rf"[^.;]{{0,{GAP}}}?"
        self._doers = doers
        self._not_done = re.compile(rf"\b(?:{either(words.not_done)})\b")
        self._told = re.compile(
            rf"\b(?:(?:{things})\b{gap}\s(?:{either(words.went_off)})|(?:{deeds})\b{gap}\s(?:{either(words.happened)})"
            rf"|(?:{either(words.used)})\s+(?:[\w-]+\s+){{0,4}}?(?:{things})|(?:{either(words.struck)}))\b"
        )

    def of(self, facts: SentenceFacts) -> Attack | None:
        """Return the first attack of a sentence; plans, threats and what did not happen are none."""
        text = facts.sentence.lower
        by = self._doers.beside(facts)
        who = facts.sentence.text[by.start - facts.sentence.start : by.end - facts.sentence.start] if by else None
        for match in self._told.finditer(text):
            before = " ".join(text[: match.start()].split()[-BEFORE:])
            if not self._not_done.search(before):
                return Attack(match.start(), match.end(), who)
        return Attack(by.start - facts.sentence.start, len(text), who) if by else None
