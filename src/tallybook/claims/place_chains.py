"""Places that nest: 'Sarno village of Keshti district, Orvan province' is one place with what it lies in."""

from __future__ import annotations

import re
from dataclasses import replace

from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns

_OF, _THE = re.compile(r"\s+of\s+"), re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE)
_UNIT_WORD = re.compile(
    r"\b(?:village|town|city|hamlet|camp|neighbou?rhood|suburb|port|settlement|island|capital)$", re.IGNORECASE
)
"""Units that a larger place is told before: 'the Keshti village of Sarno'. 'The Keshti district of Orvan' lies in Orvan."""


def chained(singles: list[PlaceMention], text: str, offset: int, patterns: PlacePatterns) -> list[PlaceMention]:
    """Join mentions that nest: 'Sarno village of Keshti district, Orvan province', 'Namkham's Nawng Sant ward'."""
    found: list[PlaceMention] = []
    for mention in singles:
        if found:
            gap = text[found[-1].end - offset : mention.start - offset]
            adjectival = patterns.adjectival_gap.match(gap) or _describes(text, offset, found[-1], gap)
            if adjectival or (patterns.chain_gap.match(gap) and _nests(found[-1], mention, gap)):
                last = found[-1]
                if adjectival:
                    found[-1] = replace(mention, start=last.start, parts=(*mention.parts, *last.parts))
                    continue
                possessive = re.match(r"\s*[\u2019']s", gap)
                parts = (
                    (*last.parts[:-1], *mention.parts, last.parts[-1]) if possessive else (*last.parts, *mention.parts)
                )
                role = last.role if last.role not in ("mention", "owner") else mention.role
                found[-1] = replace(last, end=mention.end, parts=parts, role=role)
                continue
        found.append(mention)
    return found


def _describes(text: str, offset: int, last: PlaceMention, gap: str) -> bool:
    """Say whether the place before `gap` only tells in what the next one lies: 'the Keshti village of Sarno'."""
    united = last.end > last.parts[0][2].end or bool(_UNIT_WORD.search(text[: last.end - offset]))
    return _OF.fullmatch(gap) is not None and united and _THE.search(text[: last.start - offset]) is not None


def _nests(inner: PlaceMention, outer: PlaceMention, gap: str) -> bool:
    """Say whether the place after `gap` is the larger one that holds the place before it."""
    if re.match(r"\s*[\u2019']s", gap):
        return True
    rank_in, rank_out = inner.parts[-1][1], outer.parts[0][1]
    if re.match(r",\s+(?:an?|the)\s", gap) and re.search(r"\b(?:in|of)\s+(?:the\s+)?$", gap):
        return rank_out >= rank_in
    if re.match(r"\s*,?\s*in\b", gap) or re.match(r"\s*of\b", gap):
        return rank_out >= rank_in
    return rank_out > rank_in
