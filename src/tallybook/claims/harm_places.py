"""Which places of a sentence may be where its harm was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.place_mentions import COUNTRY, PlaceMention

_BODY_ELSEWHERE = re.compile(
    r"(?:(?<!outside a )(?<!outside the )(?<!near a )(?<!on a )(?<!on the )(?<!hit a )(?<!hit the )(?<!struck a )\b(?:hospitals?|clinic|morgue|mortuary|health cent(?:re|er))\s+(?:\w+\s+)?(?:in|at|of)|\b(?:taken|rushed|flown|evacuated|transferred|transported|airlifted|moved|brought|referred|fled|flee|withdrew|returned|sent|going|headed|way|en route|travell?ing|driving|heading|bound)\s+(?:\w+\s+){0,4}?(?:to|in|for|into|towards?|from)|\b(?:told|speaking|spoke|said|briefing|conference|reporters|statement)\b[^.;]{0,40}?\b(?:from|in|at)|\b(?:resident|native|natives|hailed|citizen|citizens|governor|mayor|head|chief|hometown|born|buried|funeral|based|headquartered|minister|army|government|militants|fighters|originally|known|ally|allied|backed)\s+(?:in|from|of|at|for))\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)


def elsewhere(before: str) -> bool:
    """Say whether a place after these words is where a body, a speaker or a traveller is, not where harm was done."""
    return _BODY_ELSEWHERE.search(before) is not None


def harm_places(f: SentenceFacts) -> list[PlaceMention]:
    """Return the places of a sentence that may be where harm was done; the strongest kind that there is."""
    good = []
    for mention in f.places:
        before = f.sentence.text[: mention.start - f.sentence.start]
        if mention.role in ("dateline", "owner") or elsewhere(before):
            continue
        good.append(mention)
    strong = [m for m in good if m.role == "at"]
    if strong:
        return strong
    opening = [
        m
        for m in good
        if m.role == "mention" and not f.sentence.text[: m.start - f.sentence.start].strip(" *-\u2022\u2013\u2014>")
    ]
    after = [
        m for m in opening if re.match(r"\s*(?:[:\u2013\u2014(-]|\s-)", f.sentence.text[m.end - f.sentence.start :])
    ]
    rest = [
        m
        for m in good
        if m.role in ("weak", "distance")
        and m.prep in ("of", "into", "through", "for", "to", "from", "", "and", "against")
    ]
    return (
        after
        or [m for m in rest if m.role == "distance" or m.prep in ("of", "through", "into", "and")]
        or [m for m in good if m.role == "mention"][:1]
    )


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
    later = [m for m in narrow if m.start > at]
    if before:
        return before[-1]
    return later[0] if later else None
