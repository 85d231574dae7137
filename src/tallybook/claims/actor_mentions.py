"""Actors in a sentence: names, definite phrases and adjectives, each to its canonical name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.actor_patterns import ActorPatterns
from tallybook.claims.facts import SentenceFacts
from tallybook.knowledge import Knowledge
from tallybook.knowledge.actors import Actor
from tallybook.knowledge.folding import fold

HOW = ("name", "phrase", "demonym", "adjective", "generic")
"""Ways to tell of an actor; where two overlap the earlier one wins."""
_LABELS = ("army", "military", "police", "air force", "security forces", "navy", "government")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where it stands."""

    start: int
    end: int
    name: str
    actor: Actor | None
    how: str  # one of HOW


class ActorMentions:
    """Find the actors of one report's sentences."""

    def __init__(
        self,
        knowledge: Knowledge,
        patterns: ActorPatterns,
        country: str | None,
        facts: Sequence[SentenceFacts],
        publisher: str | None = None,
        on: str | None = None,
    ) -> None:
        self.knowledge, self.patterns, self.country, self.publisher = knowledge, patterns, country, publisher
        self.on = on
        local = knowledge.actors.of_country(country, on) if country else ()
        guests = [
            a for a in knowledge.actors if country in a.also_in and a.kind in ("rebel", "militia") and a.exists(on)
        ]
        self._phrases = {p.lower(): a for a in (*guests, *local) for p in a.phrases if a.called(fold(p), on)}
        self._adjectives = {w.lower(): a for a in (*guests, *local) for w in a.adjectives if a.called(fold(w), on)}
        self._either = self._compiled()
        self._mentions: dict[int, list[ActorMention]] = {}
        self._sides = {id(f): [*self._named(f), *self._of_countries(f), *self._described(f)] for f in facts}
        self._the_group = self._told_before(facts)
        counts = Counter(m.name for f in facts for m in self._sides[id(f)] if self._is_group(m))
        self.rebel = min(counts, key=lambda n: (-counts[n], n)) if counts else None
        missions = Counter(m.name for f in facts for m in self._sides[id(f)] if self.patterns.mission.search(m.name))
        self.mission = min(missions, key=lambda n: (-missions[n], n)) if missions else None
        """Who sent the peacekeepers: the mission that the report tells of most."""
        self.unclaimed = any(patterns.unclaimed.search(f.sentence.lower) for f in facts if "claim" in f.sentence.lower)
        own = (a for a in local if a.kind == "state_forces")
        held = (
            a for a in local if a.kind == "external" and not patterns.held_by.isdisjoint(p.lower() for p in a.phrases)
        )
        state = next(own, None) or next(held, None)
        land = knowledge.countries.by_iso.get(country or "")
        self.state = state.name if state else f"{land.demonyms[0]} army" if land and land.demonyms else None
        self.police = self._police_of(land.demonyms if land else ())
        """The police of the report's country, where the register knows them by the country's name."""

    def of(self, facts: SentenceFacts) -> list[ActorMention]:
        """Return every actor of the sentence in order; where two overlap the name wins, or the phrase that begins with it."""
        if id(facts) not in self._mentions:
            self._mentions[id(facts)] = self._found(facts)
        return self._mentions[id(facts)]

    def fights(self, name: str | None) -> bool:
        """Say whether the organisation called `name` bears arms."""
        if name is None:
            return False
        actor = self.knowledge.actors.find(name, self.country, self.on)
        if actor is not None:
            return actor.kind in ("rebel", "militia", "state_forces", "external")
        return name in (self.rebel, self.state) or self.patterns.armed.search(name) is not None

    def _police_of(self, demonyms: Sequence[str]) -> str | None:
        """Return the name of what the register knows as 'Kessan police', or None."""
        for demonym in demonyms:
            called = f"{demonym} police"
            actor = self._phrases.get(called.lower()) or self.knowledge.actors.find(called, self.country, self.on)
            if actor is not None and actor.country == self.country:
                return actor.name
        return None

    def _is_group(self, mention: ActorMention) -> bool:
        """Say whether a mention is of an armed group: by the register, or by the words of its name."""
        if mention.actor is not None:
            return mention.actor.kind in ("rebel", "militia")
        return mention.how == "name" and self.patterns.rebel_name.search(mention.name) is not None

    def _told_before(self, facts: Sequence[SentenceFacts]) -> dict[int, str | None]:
        """Return, by the id of each sentence's facts, the armed group that spoke or was named last before it."""
        told: dict[int, str | None] = {}
        last: str | None = None
        for f in facts:
            told[id(f)] = last
            heard = (
                a.source.organisation for a in reversed(f.attributions) if self._may_be_meant(a.source.organisation)
            )
            named = (m.name for m in reversed(self._sides[id(f)]) if self._is_group(m))
            last = next(heard, None) or next(named, last)
        return told

    def _may_be_meant(self, name: str | None) -> bool:
        """Say whether 'the group' may be an organisation that spoke: no ministry, no army, no hospital."""
        if name is None:
            return False
        actor = self.knowledge.actors.find(name, self.country, self.on)
        return actor.kind in ("rebel", "militia") if actor else self.patterns.rebel_name.search(name) is not None

    def _compiled(self) -> re.Pattern[str] | None:
        words = sorted((*self._phrases, *self._adjectives), key=len, reverse=True)
        return (
            re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in words) + r")(?![\w-])", re.IGNORECASE)
            if words
            else None
        )

    def _found(self, facts: SentenceFacts) -> list[ActorMention]:
        found = [*self._sides[id(facts)], *self._generic(facts)]
        kept: list[ActorMention] = []
        names = [a for a in found if a.how == "name"]
        whole = [a for a in found if a.how == "phrase" and any(_holds(a, n) for n in names)]
        for mention in [*whole, *sorted(found, key=lambda a: (HOW.index(a.how), a.start))]:
            if not any(mention.start < k.end and k.start < mention.end for k in kept):
                kept.append(mention)
        return sorted(kept, key=lambda a: a.start)

    def _named(self, facts: SentenceFacts) -> Iterator[ActorMention]:
        for n in facts.names:
            listed = n.kind == "actor" and n.actor is not None and n.actor.kind != "outlet"
            armed = n.kind == "organisation" and self.patterns.armed.search(n.canonical)
            if n.canonical != self.publisher and (listed or armed):
                yield ActorMention(n.start, n.end, n.canonical, n.actor, "name")

    def _of_countries(self, facts: SentenceFacts) -> Iterator[ActorMention]:
        """'Kessan troops', 'Kessa's air strikes': the state's forces as the register has them, else as worded."""
        for n in facts.names:
            if n.kind not in ("demonym", "country"):
                continue
            after = self.patterns.of_country.match(facts.sentence.text[n.end - facts.sentence.start :])
            if after is None:
                continue
            land = self.knowledge.countries.named(n.canonical)
            own = next(
                (a for a in self.knowledge.actors if land and a.country == land.iso3 and a.kind == "state_forces"), None
            )
            word = after.group(1).lower()
            if word in self.patterns.rebel_nouns or word in self.patterns.unofficial:
                yield ActorMention(n.start, n.end, f"{n.text} {word}", None, "demonym")
                continue
            label = word if word in _LABELS else "forces"
            yield ActorMention(n.start, n.end, own.name if own else f"{n.text} {label}", own, "demonym")

    def _described(self, facts: SentenceFacts) -> Iterator[ActorMention]:
        """'the junta', 'rebel forces': phrases and adjectives that mean an actor of this country."""
        sentence = facts.sentence
        for m in self._either.finditer(sentence.text) if self._either is not None else ():
            word = m.group().lower()
            actor = self._phrases.get(word)
            if actor is None:
                if not self.patterns.forces.match(sentence.text[m.end() :]):
                    continue
                actor = self._adjectives[word]
            how = "phrase" if word in self._phrases else "adjective"
            yield ActorMention(sentence.start + m.start(), sentence.start + m.end(), actor.name, actor, how)

    def _generic(self, facts: SentenceFacts) -> Iterator[ActorMention]:
        """'the army', 'the rebels': the report's own sides; 'the group' is the one told of last."""
        sentence, before = facts.sentence, self._the_group.get(id(facts))
        for pattern, name in ((self.patterns.the_state, self.state), (self.patterns.the_rebels, self.rebel)):
            if name is None:
                continue
            for m in pattern.finditer(sentence.text):
                start, end = sentence.start + m.start(), sentence.start + m.end()
                here = [s.name for s in self._sides[id(facts)] if s.end <= start and self._is_group(s)]
                told = here[-1] if here else before
                meant = told if told and m.group().lower() in ("the group", "the movement") else name
                yield ActorMention(
                    start, end, meant, self.knowledge.actors.find(meant, self.country, self.on), "generic"
                )
        bare = ((self.patterns.bare_state, self.patterns.bare_words, self.state), (self.patterns.police, self.patterns.police_words, "police"))  # fmt: skip
        for pattern, words, name in bare:
            if name is None or not any(word in sentence.lower for word in words):
                continue
            for m in pattern.finditer(sentence.text):
                start, end = sentence.start + m.start("who"), sentence.start + m.end("who")
                yield ActorMention(start, end, name, self.knowledge.actors.find(name, self.country, self.on), "generic")


def _holds(whole: ActorMention, name: ActorMention) -> bool:
    """Say whether a phrase holds a name and more: 'FARC dissidents' are not the FARC."""
    return whole.start <= name.start and name.end <= whole.end and name.end - name.start < whole.end - whole.start
