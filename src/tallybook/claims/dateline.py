"""The dateline of a report, in the sentence that it opens: 'KARSK, Orvania (AP) -'. It tells where somebody wrote."""

from __future__ import annotations

import re

from tallybook.claims.parse import Sentence

_DATELINE = re.compile(
    r"[A-Z][\w.'\u2019 ]{1,30}?(?:,\s*[A-Z][\w.'\u2019 ]{1,30}){0,2}(?:,\s*[A-Z][a-z]{2,8}\.?\s+\d{1,2})?\s*(?:\([^)]{2,40}\)\s*)?"
    r"(?:-{1,2}|[\u2013\u2014\u2015])\s+"
)


def dateline_end(sentence: Sentence) -> int:
    """Return where a sentence begins after its dateline; its own beginning where it has none, or in no capitals."""
    opens = sentence.first and sentence.tokens[0].text.isupper()
    match = _DATELINE.match(sentence.text) if opens else None
    return sentence.start + match.end() if match is not None else sentence.start
