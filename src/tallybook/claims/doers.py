"""The words for armed people who did harm, where a report names nobody: 'by unidentified gunmen'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.knowledge.word_lists import ActorWords, either
from tallybook.model.span import Span

REMEMBERED = 2_000
"""Sentences whose doers are kept; every draft of an event asks for those beside it."""
GAP = 80
"""Most characters between an act and 'by', and between the people and what they did, where more is told of them."""


class Doers:
    """Find who did it by the words for armed people; compiled once and shared by all documents."""

    def __init__(self, words: ActorWords) -> None:
        people, acts = either(words.marked_doers), either(words.doer_acts)
        marked = rf"(?:{either(words.doer_marks)})\s+(?:\w+\s+)?(?:{people})"
        armed = rf"(?:{either(words.doers)}|{marked})"
        opening = rf"\bby\s+(?:(?:{either(words.doer_openings)})\s+)*"
        word = rf"(?!(?:{either(words.doer_ends)})\b)[\w\[\]()-]+\s+"
        apart = rf",?\s+(?:{either(words.doer_apart)})\b[^.;]{{1,{GAP}}}?"
        self._act = re.compile(rf"\b(?:{acts})\b")
        self._behind = re.compile(
            rf"{opening}(?P<who>(?:groups?\s+of\s+)?(?:{word}){{0,2}}?{armed})\b|\bby\s+(?:(?:{word}){{3,7}}?(?P<member>{armed})|(?P<members>(?:{word}){{1,7}}?members))\b"
        )
        self._told = (
            re.compile(
                rf"\b(?:{acts}|{either(words.doer_deeds)})\b[^.;]{{0,{GAP}}}?{opening}(?P<who>(?:groups?\s+of\s+)?(?:{word}){{0,2}}?(?:{people}))\b"
            ),
            re.compile(
                rf"\b(?P<who>(?:groups?\s+of\s+)?(?:{word})?{armed})(?:{apart})?,?\s+(?:(?:{either(words.doer_helpers)})\s+)*(?:{acts})\b"
            ),
            re.compile(rf"\b(?P<who>(?:groups?\s+of\s+)?(?:{word})?(?:{people})){apart},?\s+(?:{acts})\b"),
        )
        self._found: dict[str, list[tuple[int, int]]] = {}

    def of(self, draft: Draft) -> Span | None:
        """Return the words of the draft's sentence for people who did it; None if there are none.

        Names are the register's business; these are the words of a report that names nobody.
        """
        return self._first(draft.facts, [(draft.group.start, draft.group.end)])

    def beside(self, facts: SentenceFacts) -> Span | None:
        """Return the words of a sentence for people who attacked, none of whom it counts as harmed; None if there are none."""
        return self._first(facts, [(link.group.start, link.group.end) for link in facts.links])

    def _first(self, facts: SentenceFacts, harmed: Sequence[tuple[int, int]]) -> Span | None:
        offset = facts.sentence.start
        for start, end in self._in(facts.sentence.lower):
            if all(offset + end <= first or last <= offset + start for first, last in harmed):
                return Span(offset + start, offset + end)
        return None

    def _in(self, text: str) -> list[tuple[int, int]]:
        """Return where the words for doers stand in a sentence, those that an act is told of most closely first."""
        told = self._found.get(text)
        if told is None:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            told = self._found[text] = []
            if " by " in text:
                told += [m.span(m.lastgroup or 0) for m in self._behind.finditer(text)]
            if self._act.search(text):
                told += [m.span("who") for pattern in self._told for m in pattern.finditer(text)]
        return told
