"""Footage, photos and recordings that a report tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.model.records import Evidence

_KIND = re.compile(
    r"\b(?P<kind>videos?|footage|clips?|photos?|photographs?|pictures?|satellite\s+(?:images?|imagery)|images?|recordings?|audio)\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:shows?|showed|showing|depicts?|depicted|depicting|appears?\s+to\s+show|appeared\s+to\s+show|purport(?:s|ed|ing|edly)?\s+(?:to\s+)?show(?:ing|s|ed)?|captured|captures|of)\s+(?P<what>[^.;]+)",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"\b(?:obtained|posted|released|published|seen|verified|shared|circulated|taken|aired|broadcast|reviewed|provided|filmed|geolocated|received)\s+(?:\w+\s+)?by\s+(?:the\s+)?(?P<who>[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*|\w+)"
)
_POSTED = re.compile(
    r"\b(?:posted|released|published|shared|obtained|aired|broadcast|issued|distributed|circulated|handed\s+out)\b"
)
_KINDS = {
    "v": "video", "f": "video", "c": "video", "p": "photo", "s": "satellite imagery", "i": "photo", "r": "audio", "a": "audio",
}  # fmt: skip
"""Kind of evidence by the first letter of its word."""


def evidence(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention], actors: Actors) -> list[Evidence]:
    """Return the footage, photos or recordings that a sentence tells of, with who holds them and what they show."""
    text = f.sentence.text
    kind = _KIND.search(text)
    if kind is None:
        return []
    shows = _SHOWS.search(text, kind.end())
    holder = _HOLDER.search(text)
    who = _holder(notes, f, mentions, actors, holder)
    if shows is None and holder is None and who is None:
        return []
    name = _KINDS[kind["kind"][0].lower()]
    end = shows.end() if shows else holder.end() if holder else kind.end()
    what = shows["what"].strip() if shows else None
    return [Evidence(*notes.record("evidence", f, kind.start(), end), name, who, what)]


def _holder(
    notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention], actors: Actors, holder: re.Match[str] | None
) -> str | None:
    """Return who got, posted or published it: by the words 'by X', else the first actor or the publisher before the verb."""
    text, publisher = f.sentence.text, notes.document.publisher
    if holder:
        start = f.sentence.start + holder.start("who")
        if publisher and (text[holder.start("who") :].startswith(publisher) or holder["who"] in ("this", "our", "us")):
            return publisher
        named = next(
            (m for m in mentions if m.start <= start < m.end or m.end == f.sentence.start + holder.end()), None
        )
        if named is not None:
            return named.name
        return actors.knowledge.actors.canonical(holder["who"]) or holder["who"]
    posted = _POSTED.search(text)
    if posted is None:
        return None
    first = next((m for m in mentions if m.start < f.sentence.start + posted.start()), None)
    teller = next((a.source for a in f.attributions if a.cue.start == f.sentence.start + posted.start()), None)
    if first is None and teller is not None and teller.organisation:
        return teller.organisation
    return first.name if first else publisher if publisher and publisher in text[: posted.start()] else None
