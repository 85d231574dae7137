"""The words for armed people who did harm, where a report names nobody: 'by unidentified gunmen'."""

from __future__ import annotations

import re

from tallybook.claims.drafts import Draft
from tallybook.knowledge.word_lists import ActorWords, either
from tallybook.model.span import Span


class Doers:
    """Find who did it by the words for armed people; compiled once and shared by all documents."""

    def __init__(self, words: ActorWords) -> None:
        marked = rf"(?:{either(words.doer_marks)})\s+(?:\w+\s+)?(?:{either(words.marked_doers)})"
        armed = rf"(?:{either(words.doers)}|{marked})"
        self.behind = re.compile(
            r"\bby\s+(?:alleged\s+)?(?:(?:an?|the|some|several|suspected|alleged|a\s+group\s+of|two|three|four|five)\s+)*"
            rf"(?P<who>(?:[\w-]+\s+){{0,2}}?{armed})\b"
        )
        self.before = re.compile(
            rf"\b(?P<who>(?:[\w-]+\s+)?{armed})\s+(?:(?:had|have|has|also|today|yesterday|who|reportedly)\s+)*"
            rf"(?:{either(words.doer_acts)})\b"
        )

    def of(self, draft: Draft) -> Span | None:
        """Return the words of the draft's sentence for armed people who did it; None if there are none.

        Names are the register's business; these are the words of a report that names nobody.
        """
        sentence = draft.facts.sentence
        for pattern in (self.behind, self.before):
            for match in pattern.finditer(sentence.lower):
                start, end = sentence.start + match.start("who"), sentence.start + match.end("who")
                if end <= draft.group.start or draft.group.end <= start:
                    return Span(start, end)
        return None
