"""Footage, photos and recordings that a report tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.knowledge.record_words import EvidenceWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either
from tallybook.model.records import Evidence


class Footage:
    """Find footage, photos and recordings; compiled once and shared by all documents."""

    def __init__(self, words: EvidenceWords) -> None:
        self.kinds = {kind: for_lowered(either(names)) for kind, names in words.kinds.items()}
        self.kind = for_lowered(rf"\b(?:{'|'.join(either(names) for names in words.kinds.values())})\b")
        self.shows = for_lowered(rf"\b(?:{either((*words.show, *words.showing))})\s+(?P<what>[^.;]+)")
        self.held = re.compile(
            rf"\b(?:{either(words.held)})\s+(?:\w+\s+)?by\s+(?:the\s+)?(?P<who>[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*|\w+)"
        )
        self.posted = re.compile(rf"\b(?:{either(words.posted)})\b")
        self.outlet = re.compile(either(words.outlet))

    def of(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention], actors: Actors) -> list[Evidence]:
        """Return the footage, photos or recordings that a sentence tells of, with who holds them and what they show."""
        low = f.sentence.lower
        kind = self.kind.search(low)
        if kind is None:
            return []
        shows = self.shows.search(low, kind.end())
        holder = self.held.search(f.sentence.text)
        who = self._holder(notes, f, mentions, actors, holder)
        if shows is None and holder is None and who is None:
            return []
        name = next(k for k, words in self.kinds.items() if words.fullmatch(kind.group()))
        end = shows.end() if shows else holder.end() if holder else kind.end()
        what = f.sentence.text[slice(*shows.span("what"))].strip() if shows else None
        return [Evidence(*notes.record("evidence", f, kind.start(), end), name, who, what)]

    def _holder(
        self,
        notes: Notes,
        f: SentenceFacts,
        mentions: Sequence[ActorMention],
        actors: Actors,
        holder: re.Match[str] | None,
    ) -> str | None:
        """Return who got, posted or published it: by the words 'by X', else the first actor or the publisher before the verb."""
        text, publisher = f.sentence.text, notes.document.publisher
        if holder:
            start = f.sentence.start + holder.start("who")
            if publisher and (
                text[holder.start("who") :].startswith(publisher) or self.outlet.fullmatch(holder["who"])
            ):
                return publisher
            named = next(
                (m for m in mentions if m.start <= start < m.end or m.end == f.sentence.start + holder.end()), None
            )
            if named is not None:
                return named.name
            return actors.knowledge.actors.canonical(holder["who"]) or holder["who"]
        posted = self.posted.search(text)
        if posted is None:
            return None
        first = next((m for m in mentions if m.start < f.sentence.start + posted.start()), None)
        teller = next((a.source for a in f.attributions if a.cue.start == f.sentence.start + posted.start()), None)
        if first is None and teller is not None and teller.organisation:
            return teller.organisation
        return first.name if first else publisher if publisher and publisher in text[: posted.start()] else None
