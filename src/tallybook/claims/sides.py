"""Who accuses whom, and who belongs with whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.claims.source import OUTLET
from tallybook.knowledge.record_words import AllegationWords, RelationWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either
from tallybook.model.records import Allegation, Relation

GAP = 60
"""Characters between two names within which the words tell how they belong together."""


class Sides:
    """Find accusations, and how actors belong together; compiled once and shared by all documents."""

    def __init__(self, accusing: AllegationWords, relating: RelationWords) -> None:
        self.accused = (
            for_lowered(rf"\b(?:{either(accusing.accuse)})\b\s+(?P<whom>[^.;,]{{2,80}}?)\s+of\s+(?P<of>[^.;,\u2014]+)"),
            for_lowered(rf"\b(?:{either(accusing.blaming)})\s+(?P<whom>[^.;,]{{2,60}}?)\s+for\s+(?P<of>[^.;,\u2014]+)"),
        )
        self.people_of = for_lowered(either(accusing.people_of))
        self.doing = re.compile(rf"^(?:{either(accusing.doing)})\s+")
        self.ties = {tie: for_lowered(either(phrases)) for tie, phrases in relating.ties.items()}
        self.tie = for_lowered(
            rf"(?:,\s*)?(?P<tie>{'|'.join(either(phrases) for phrases in relating.ties.values())})\s+(?:the\s+)?$"
        )

    def allegations(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Allegation]:
        """Return who accuses or blames whom, and of what."""
        found = []
        for pattern in self.accused:
            for m in pattern.finditer(f.sentence.lower):
                at = f.sentence.start + m.start()
                first, last = f.sentence.start + m.start("whom"), f.sentence.start + m.end("whom")
                whom = next((a for a in mentions if first <= a.start < last), None)
                accuser = next((a for a in reversed(mentions) if a.end <= at), None)
                teller = _teller(f, at) or (accuser.name if accuser else None)
                said = teller or next(iter(notes.said(f, at, at + 1)[-1:]), None)
                if said is None or self.people_of.fullmatch(m["whom"].strip()):
                    continue
                deed = self.doing.sub("", f.sentence.text[slice(*m.span("of"))].strip())
                accused = whom.name if whom else f.sentence.text[slice(*m.span("whom"))].strip()
                ident, quote, span, _ = notes.record("allegation", f, m.start(), m.end())
                found.append(Allegation(ident, quote, span, (said,), said, accused, deed))
        return found

    def relations(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Relation]:
        """Return how actors named side by side belong together: allies, wings, splinters, those who back another."""
        found = []
        names = [m for m in mentions if m.how == "name"]
        for a, b in pairwise(names):
            gap = f.sentence.lower[a.end - f.sentence.start : b.start - f.sentence.start]
            m = self.tie.search(gap)
            if m and a.name != b.name and len(gap) < GAP:
                tie = next(name for name, phrases in self.ties.items() if phrases.fullmatch(m["tie"]))
                told = notes.record("relation", f, a.start - f.sentence.start, b.end - f.sentence.start)
                found.append(Relation(*told, a.name, tie, b.name))
        return found


def _teller(f: SentenceFacts, at: int) -> str | None:
    """Return the body, or else the person, that is the subject of the verb at text offset `at`: whoever 'it' or 'he' is."""
    source = next((a.source for a in f.attributions if a.cue.start == at and a.source.kind != OUTLET), None)
    return (source.organisation or source.speaker) if source is not None else None
