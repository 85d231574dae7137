"""Who accuses whom, and who belongs with whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.claims.source import OUTLET
from tallybook.model.records import Allegation, Relation

GAP = 60
"""Characters between two names within which the words tell how they belong together."""
_ACCUSED = re.compile(r"\baccus(?:ed|es|ing|e)\b\s+(?P<whom>[^.;,]{2,80}?)\s+of\s+(?P<of>[^.;,\u2014]+)", re.IGNORECASE)
_BLAMED = re.compile(r"\b(?:blam(?:ed|es|ing))\s+(?P<whom>[^.;,]{2,60}?)\s+for\s+(?P<of>[^.;,\u2014]+)", re.IGNORECASE)
_PEOPLE_OF = frozenset({"elements", "members", "fighters", "men", "soldiers", "troops", "leaders"})
"""Who are accused together with the body after 'of': 'accuse elements of the Front'."""
_ALLY = re.compile(
    r"(?:,\s*)?(?P<rel>an?\s+(?:close\s+)?ally\s+of|allied\s+(?:with|to)|an\s+offshoot\s+of|a\s+splinter\s+(?:group\s+)?(?:of|from)|a\s+breakaway\s+faction\s+of|the\s+(?:armed|military|political)\s+wing\s+of|backed\s+by|supported\s+by|affiliated\s+(?:with|to)|linked\s+to|aligned\s+with|loyal\s+to|fighting\s+alongside|alongside|a\s+member\s+of|part\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_RELATION = {
    "ally": "ally",
    "allied": "ally",
    "alongside": "ally",
    "fighting": "ally",
    "aligned": "ally",
    "offshoot": "splinter",
    "splinter": "splinter",
    "breakaway": "splinter",
    "wing": "part_of",
    "backed": "backed_by",
    "supported": "backed_by",
    "affiliated": "affiliated",
    "linked": "affiliated",
    "loyal": "affiliated",
    "member": "part_of",
    "part": "part_of",
}


def allegations(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Allegation]:
    """Return who accuses or blames whom, and of what."""
    found = []
    for pattern in (_ACCUSED, _BLAMED):
        for m in pattern.finditer(f.sentence.text):
            at = f.sentence.start + m.start()
            first, last = f.sentence.start + m.start("whom"), f.sentence.start + m.end("whom")
            whom = next((a for a in mentions if first <= a.start < last), None)
            accuser = next((a for a in reversed(mentions) if a.end <= at), None)
            teller = _teller(f, at) or (accuser.name if accuser else None)
            said = teller or next(iter(notes.said(f, at, at + 1)[-1:]), None)
            if said is None or m["whom"].strip().lower() in _PEOPLE_OF:
                continue
            ident, quote, span, _ = notes.record("allegation", f, m.start(), m.end())
            accused = whom.name if whom else m["whom"].strip()
            found.append(Allegation(ident, quote, span, (said,), said, accused, _bare_of(m["of"])))
    return found


def _teller(f: SentenceFacts, at: int) -> str | None:
    """Return the body, or else the person, that is the subject of the verb at text offset `at`: whoever 'it' or 'he' is."""
    source = next((a.source for a in f.attributions if a.cue.start == at and a.source.kind != OUTLET), None)
    return (source.organisation or source.speaker) if source is not None else None


def _bare_of(words: str) -> str:
    return re.sub(r"^(?:using|use of|the use of|employing|having used|deploying)\s+", "", words.strip())


def relations(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Relation]:
    """Return how actors named side by side belong together: allies, wings, splinters, those who back another."""
    found = []
    names = [m for m in mentions if m.how == "name"]
    for a, b in pairwise(names):
        gap = f.sentence.text[a.end - f.sentence.start : b.start - f.sentence.start]
        m = _ALLY.search(gap)
        if m and a.name != b.name and len(gap) < GAP:
            word = next((v for k, v in _RELATION.items() if k in m["rel"].lower()), "ally")
            told = notes.record("relation", f, a.start - f.sentence.start, b.end - f.sentence.start)
            found.append(Relation(*told, a.name, word, b.name))
    return found
