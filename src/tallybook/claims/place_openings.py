"""Passages and reports that open with their place: items of a roundup, labels, datelines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tallybook.claims.parse import Sentence

_ITEM = re.compile(
    r"[\s*\u2022>-]*[A-Z\u00c0-\u00de][\w\u2019' .,-]{1,40}?(?:\([^)]{2,30}\)\s*)?\s[-\u2013\u2014]{1,2}\s+(?=[\w\u201c\"])"
)
"""'BALAD RUZ - Gunmen ...': a passage that opens with its place, as those of a roundup do."""
LABEL = 14
"""Tokens that a label has at most."""
ROUNDUP = 2
"""Passages opening so from which a report is a roundup; a single one is the dateline."""
_DATELINE_AFTER = re.compile(
    r"\s*(?:,[^,.]{2,20})?,?[^.]{0,20}(?:\([A-Z][^)]*\)\s*)?[-\u2013\u2014:]{1,2}\s"
    r"|\s*(?:,[^,.\d]{2,20})?,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?\s*(?:\(|$)"
)


def dateline_follows(after: str) -> bool:
    """Say whether what follows a name makes it the town of a dateline: ' (Meridian) -', ', March 26 (Meridian)'."""
    return _DATELINE_AFTER.match(after) is not None


def items_of(sentences: Iterable[Sentence]) -> frozenset[int]:
    """Return the sentences that open the items of a roundup, by identity; none where fewer than two passages do."""
    opening = [id(s) for s in sentences if s.first and _ITEM.match(s.text)]
    return frozenset(opening) if len(opening) >= ROUNDUP else frozenset()


def labels_of(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Return the sentences without a verb that open a passage of several, by identity: 'Tuesday, Sarno, to the west.'"""
    return frozenset(
        id(s)
        for s, following in pairwise(sentences)
        if s.first and s.passage == following.passage and len(s.tokens) <= LABEL and s.kind in ("body", "bullet")
        and not any(t.tag.startswith("V") or t.tag == "MD" for t in s.tokens)
    )  # fmt: skip
