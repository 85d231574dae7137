"""What actors did, and with how many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.attacks import Attacks
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds, best
from tallybook.claims.notes import Notes
from tallybook.knowledge.record_words import ConductWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either
from tallybook.model.records import Conduct, ForceSize


class Acts:
    """Find what actors did and how large forces are; compiled once and shared by all documents."""

    def __init__(self, words: ConductWords, kinds: Kinds, attacks: Attacks) -> None:
        self.kinds, self.attacks = kinds, attacks
        self.act = for_lowered(rf"\b(?:{either(words.acts)})\b")
        self.where = re.compile(
            rf"\b(?:{either(words.where)})\s+(?P<where>the\s+(?:{either(words.units)})|[A-Z][\w\u2019'-]*(?:\s+[A-Z][\w\u2019'-]*)*)"
        )
        self.whole = re.compile(either(words.whole))
        self.again = re.compile(f"the (?:{either(words.again)})")
        self.state = re.compile(rf"\b(?:{either(words.state)})\b")
        self.meant = re.compile(rf"\b(?:{either(words.meant)})\s+$")
        self.telling = re.compile(rf"\b(?:{either(words.telling)})\b")
        self.strong = for_lowered(
            rf"\b(?:{either(words.forces)})\s+(?:(?:{either(words.counting)})\s+)?(?:of\s+)?$",
        )

    def conduct(
        self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention], last_place: str | None, actors: Actors
    ) -> list[Conduct]:
        """Return what a sentence tells to have been done without counting anybody; plans and possibilities are none."""
        return self._by_actor(notes, f, mentions, last_place, actors) or self._by_nobody_named(notes, f)

    def _by_actor(
        self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention], last_place: str | None, actors: Actors
    ) -> list[Conduct]:
        text = f.sentence.text
        act = self.act.search(f.sentence.lower)
        if act is None:
            return []
        by = next((m for m in mentions if m.end <= f.sentence.start + act.start()), None)
        doer = by.name if by else actors.state if self.state.search(text[: act.start()]) else None
        if doer is None or self.meant.search(text[: act.start()]):
            return []
        if by is not None and self.telling.search(text[by.end - f.sentence.start : act.start()]):
            by = next((m for m in mentions if f.sentence.start + act.start() > m.start > by.end), by)
            doer = by.name
        kind = best([self.kinds.votes(text, 1.0)])
        if kind == "other":
            return []
        where = self.where.search(text, act.end())
        place = where["where"] if where else None
        whole = where.group() if where and self.whole.match(where.group()) else place
        if place and last_place and self.again.fullmatch(place):
            whole = last_place
        end = where.end() if where else len(text)
        return [Conduct(*notes.record("conduct", f, act.start(), end), doer, kind, whole, self._weapons(f))]

    def _by_nobody_named(self, notes: Notes, f: SentenceFacts) -> list[Conduct]:
        """Return the attack that a sentence tells of nobody named: 'a bomb exploded in the market'."""
        attack, kind = self.attacks.of(f), best([self.kinds.votes(f.sentence.text, 1.0)])
        if attack is None or kind == "other":
            return []
        where = next((m.name for m in f.places if m.role == "at"), None)
        told = notes.record("conduct", f, attack.start, len(f.sentence.text))
        return [Conduct(*told, attack.by, kind, where, self._weapons(f))]

    def _weapons(self, f: SentenceFacts) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, _, _ in self.kinds.weapons(f.sentence.text)))

    def force_sizes(
        self, notes: Notes, f: SentenceFacts, drafts: Sequence[Draft], mentions: Sequence[ActorMention]
    ) -> list[ForceSize]:
        """Return the sizes of forces: counted fighters, or people in a column or band, that no claim counts as harmed."""
        taken = {id(d.group) for d in drafts}
        found = []
        for g in f.groups:
            if id(g) in taken or g.kind != "people" or g.value is None or g.indefinite or g.person is None:
                continue
            before = f.sentence.lower[: g.start - f.sentence.start]
            if g.person.affiliation == "combatant" or self.strong.search(before):
                told = notes.record("force", f, g.start - f.sentence.start, g.end - f.sentence.start)
                who = next((m.name for m in mentions if g.start <= m.start < g.end), None)
                where = next((m.name for m in f.places if m.role == "at"), None)
                found.append(ForceSize(*told, who, g.count.low, g.count.high, where))
        return found
