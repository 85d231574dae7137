"""Which places of a sentence may be where its harm was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.place_mentions import COUNTRY, PlaceMention
from tallybook.knowledge.small_letters import for_lowered, lowered

_BODY_ELSEWHERE = for_lowered(
    r"(?:(?<!outside a )(?<!outside the )(?<!near a )(?<!on a )(?<!on the )(?<!hit a )(?<!hit the )(?<!struck a )\b(?:hospitals?|clinic|morgue|mortuary|facility|infirmary|(?:health|medical) (?:cent(?:re|er)|post|facility)s?|hospital (?:staff|workers|sources?))\s+(?:\w+\s+)?(?:in|at|of)|\b(?:taken|rushed|flown|evacuated|transferred|transported|airlifted|moved|brought|referred|fled|flee|withdrew|returned|sent|going|headed|way|en route|travell?ing|driving|heading|bound)\s+(?:\w+\s+){0,6}?(?:to|in|for|into|towards?|from)|\b(?:told|speaking|spoke|said|briefing|conference|reporters|statement)\b[^.;]{0,40}?\b(?:from|in|at)|\b(?:resident|native|natives|hailed|citizen|citizens|governor|mayor|head|chief|hometown|born|buried|funeral|based|headquartered|minister|army|government|militants|fighters|originally|known|ally|allied|backed|officials?|spokes(?:man|woman|person)|diplomats?|analysts?)\s+(?:in|from|of|at|for))\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$",
)

_MARK = re.compile(r"\s*(?:[:\u2013\u2014(-]|\s-)")
CROSSED = ("of", "through", "into", "and")
"""Prepositions of little weight after which a place may still be that of the harm."""
FAR = (*CROSSED, "for", "to", "from", "", "against")
"""The same for a place from which a distance is told."""


def elsewhere(before: str) -> bool:
    """Say whether a place after these words is where a body, a speaker or a traveller is, not where harm was done."""
    return _BODY_ELSEWHERE.search(lowered(before)) is not None


def harm_places(f: SentenceFacts) -> list[PlaceMention]:
    """Return the places of a sentence that may be where harm was done; the strongest kind that there is."""
    start = f.sentence.start
    good = [
        m for m in f.places if m.role not in ("dateline", "owner") and not elsewhere(f.sentence.text[: m.start - start])
    ]
    strong = [m for m in good if m.role == "at"]
    if strong:
        return strong
    named = [m for m in good if m.role == "mention"]
    heading = [m for m in named if _heads(f, m)]
    crossed = [m for m in good if m.prep in {"weak": CROSSED, "distance": FAR}.get(m.role, ())]
    return heading or crossed or named[:1]


def _heads(f: SentenceFacts, m: PlaceMention) -> bool:
    """Say whether a line opens with a place and a mark after it: 'Sarno: ...', 'Sarno - ...'."""
    before, after = f.sentence.text[: m.start - f.sentence.start], f.sentence.text[m.end - f.sentence.start :]
    return not before.strip(" *-\u2022\u2013\u2014>") and _MARK.match(after) is not None


def place_for(draft: Draft, places: Sequence[PlaceMention], starts: Sequence[int]) -> PlaceMention | None:
    """Return the place that a draft takes from its own sentence: the next before another number, else the last before it."""
    if not places:
        return None
    at = draft.group.start
    following = next((s for s in starts if s > at), draft.facts.sentence.end + 1)
    narrow = [m for m in places if m.rank < COUNTRY] or list(places)
    after = [m for m in narrow if at <= m.start < following]
    before = [m for m in narrow if m.start < at]
    if after:
        return after[0]
    return before[-1] if before else narrow[0]
