"""Whose people were harmed, and who did the harm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.actor_mentions import ActorMention, ActorMentions
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.parse import Sentence
from tallybook.claims.syntax import token_in

CLIMB = 4
"""Words that a subject is sought above the word of harm."""
_BY = re.compile(
    r"\b(?:by|blamed\s+on|blam(?:es?|ed|ing)|accus(?:es?|ed|ing)|(?:attack|killings?|raid|ambush|bombing|blast|deaths?|it|them|shelling)s?\s+to|attributed\s+to|carried\s+out\s+by|at\s+the\s+hands\s+of|launched\s+by|staged\s+by)\s+(?:suspected\s+|alleged\s+|presumed\s+|unidentified\s+|unknown\s+|armed\s+|members\s+of\s+|fighters\s+(?:of|from)\s+|elements\s+of\s+|militants\s+(?:of|from)\s+|the\s+|a\s+|an\s+|group\s+of\s+|some\s+)*$",
    re.IGNORECASE,
)
_BELONGS = re.compile(r"\s*(?:of|from|among|belonging\s+to)\s+(?:the\s+)?")
_TARGET = re.compile(
    r"\s+(?:\w+\s+)?(?:soldiers|troops|police|fighters|militants|rebels|insurgents|post|base|position)", re.IGNORECASE
)
_CLAIMED = re.compile(
    r"[^.;]{0,90}\b(?:(?:claim(?:s|ed)|(?:took|takes|has\s+taken|accept(?:s|ed)))\s+(?:responsibility|credit)|(?:claim(?:s|ed)|admit(?:s|ted)|acknowledged)\s+(?:the|both|this|these|having|that\s+it|carrying\s+out)\s*(?:attacks?|raids?|bombings?|killings?|ambush|blast|explosion|carried\s+out)?|(?:said|says)\s+(?:that\s+)?(?:it|they|its\s+(?:\w+\s+)?(?:fighters|men|forces))\s+(?:had\s+|has\s+|have\s+)?(?:fired|shelled|bombed|targeted|ambushed|carried\s+out\s+(?:the|an?)\s+(?:\w+\s+)?(?:attack|bombing|raid|ambush)|(?:was|were)\s+(?:behind|responsible))|(?:was|were)\s+behind\s+the)"
)


class Actors:
    """The actors of one report: who the harmed belonged to, and who did the harm."""

    def __init__(self, found: ActorMentions) -> None:
        self.found, self.knowledge, self.patterns = found, found.knowledge, found.patterns

    @property
    def state(self) -> str | None:
        """Return the name of the country's own forces, or None where no country is known."""
        return self.found.state

    def fights(self, name: str | None) -> bool:
        """Say whether the organisation called `name` bears arms."""
        return self.found.fights(name)

    def mentions(self, facts: SentenceFacts) -> list[ActorMention]:
        """Return every actor of the sentence in order; where two overlap the name wins over phrase and adjective."""
        return self.found.of(facts)

    def group_of(self, draft: Draft, speaker: str | None) -> str | None:
        """Return the organisation that the harmed people belong to, as far as the words right before the noun say."""
        group, sentence = draft.group, draft.facts.sentence
        for mention in sorted(self.mentions(draft.facts), key=lambda m: m.how != "name"):
            between = sentence.text[group.end - sentence.start : mention.start - sentence.start]
            inside = group.start <= mention.start < group.end
            if inside or (mention.start >= group.end and _BELONGS.fullmatch(between)):
                return mention.name
        if self._lost(draft):
            own = [m for m in self.mentions(draft.facts) if m.end <= group.start]
            return self._subject(draft, own) or speaker
        before = sentence.text[: group.start - sentence.start].lower()
        owned = self.patterns.own_dead.search(before)
        if owned is not None:
            at = sentence.start + owned.start()
            named = (m.name for m in self.mentions(draft.facts) if m.start < at <= m.end + 1)
            return speaker if owned["whose"] else next(named, None)
        words = set(group.words)
        if words & {"its", "their"} and not self.fights(speaker):
            armed = [m.name for m in self.mentions(draft.facts) if m.end <= group.start and self.fights(m.name)]
            return armed[-1] if armed else speaker
        if words & {"its", "our", "their"} or re.search(r"\b(?:of its|of our|of their|lost)\s*$", before):
            return speaker
        if group.person is None or group.person.affiliation != "combatant":
            return None
        if group.noun in self.patterns.state_nouns and self._foreign_army(speaker):
            return speaker
        if group.noun in self.patterns.state_nouns or words & self.patterns.state_words:
            return self.found.state
        if group.noun in self.patterns.rebel_nouns:
            return self.found.rebel
        if group.noun in self.patterns.attacking:
            return None if self.found.unclaimed else self.found.rebel
        if group.noun in self.patterns.peacekeepers:
            return self.found.mission
        police = "police" in words or group.noun in self.patterns.police_nouns
        return self.found.police if police and not words - {"police", *(group.noun or "").split()} else None

    def _foreign_army(self, speaker: str | None) -> bool:
        """Say whether who speaks is the army of another country: the 'soldiers' that it counts are its own."""
        actor = self.knowledge.actors.find(speaker, self.found.country, self.found.on) if speaker else None
        foreign = actor is not None and actor.country not in (None, self.found.country)
        return foreign and actor is not None and actor.kind == "state_forces"

    def _lost(self, draft: Draft) -> bool:
        """Say whether the subject of the word of harm is whose people were harmed: 'the army lost 20 men', 'losing eight'."""
        if draft.trigger is None or draft.trigger[0] >= draft.group.first:
            return False
        told = [t.lower for t in draft.facts.sentence.tokens[draft.trigger[0] : draft.trigger[0] + 2]]
        return told[0] in self.patterns.losing and told[-1] not in ("their", "his", "her")

    def doer(self, draft: Draft) -> tuple[str | None, str | None]:
        """Return who did the harm as the draft's own sentence says, and the rule that tells it.

        The rules: the speaker's own forces, the subject, 'by X', an attacker ('X's shelling').
        """
        mentions = [m for m in self.mentions(draft.facts) if not (draft.group.start <= m.start < draft.group.end)]
        lost = self._lost(draft)
        own = None if lost else self._own_forces(draft)
        subject = None if lost or own else self._subject(draft, mentions)
        agent = None if own or subject else self._agent(draft.facts, mentions)
        attacker = None if own or subject or agent else self._attacker(draft.facts, mentions)
        found = {"own-forces": own, "subject": subject, "by": agent, "attacker": attacker}
        return next(((name, rule) for rule, name in found.items() if name), (None, None))

    def one_side(self, one: str | None, other: str | None) -> bool:
        """Say whether the register has two organisations on one side of the war."""
        if one is None or other is None:
            return False
        a, b = (self.knowledge.actors.find(name, self.found.country, self.found.on) for name in (one, other))
        side = a.side_on(self.found.on) if a is not None else None
        return side is not None and b is not None and side == b.side_on(self.found.on)

    def claiming(self, facts: SentenceFacts) -> list[str]:
        """Return the sides that a sentence says claimed an attack."""
        if not self.patterns.claim.search(facts.sentence.lower):
            return []
        text, start = facts.sentence.text, facts.sentence.start
        return [m.name for m in self.mentions(facts) if _CLAIMED.match(text[m.end - start :])]

    @property
    def unclaimed(self) -> bool:
        """Say whether the report says that nobody claimed an attack."""
        return self.found.unclaimed

    def attacker(self, facts: SentenceFacts) -> str | None:
        """Return an attacker that a sentence names without counting anybody: 'The military dropped bombs on ...'."""
        sentence = facts.sentence
        for mention in self.mentions(facts):
            after = sentence.text[mention.end - sentence.start :]
            before = sentence.text[: mention.start - sentence.start]
            attacked = self.patterns.attacked.match(after) or self.patterns.act.match(after)
            if attacked or _BY.search(before) or _CLAIMED.match(after):
                return mention.name
        return None

    def _own_forces(self, draft: Draft) -> str | None:
        """'its forces killed 20', 'we killed two': the speaker's own side did it."""
        if draft.trigger is None or not draft.sources:
            return None
        sentence = draft.facts.sentence
        before = sentence.text[: sentence.tokens[draft.trigger[0]].start - sentence.start]
        return draft.sources[0].organisation if self.patterns.own_forces.search(before) else None

    def _subject(self, draft: Draft, mentions: Sequence[ActorMention]) -> str | None:
        """Return the subject of the word of harm, or of the words that it hangs on."""
        if draft.trigger is None:
            return None
        sentence, verb = draft.facts.sentence, draft.trigger[0]
        seen = {verb}
        for _ in range(CLIMB):
            token = sentence.tokens[verb]
            for child in token.children:
                role = sentence.tokens[child].dep
                name = _within(sentence, child, mentions) if role in ("nsubj", "agent") else None
                if name is not None or role == "nsubj":
                    return name
            if token.dep not in ("conj", "advcl", "xcomp") or token.head in seen:
                return None
            verb = token.head
            seen.add(verb)
        return None

    def _agent(self, facts: SentenceFacts, mentions: Sequence[ActorMention]) -> str | None:
        """'killed by X', 'blamed on X'; 'by X sources' is no agent."""
        sentence = facts.sentence
        for mention in mentions:
            before, after = (
                sentence.text[: mention.start - sentence.start],
                sentence.text[mention.end - sentence.start :],
            )
            if (_BY.search(before) or self._by_parse(sentence, mention)) and not re.match(
                r"\s*(?:control|territory|sources?)\b", after
            ):
                return mention.name
        return None

    def _by_parse(self, sentence: Sentence, mention: ActorMention) -> bool:
        """Say whether a side stands in what a deed was done by: 'shelling by the paramilitary X', 'shot by men of X'."""
        k = token_in(sentence, mention.start, mention.end)
        if k is None:
            return False
        for _ in range(CLIMB):
            token = sentence.tokens[k]
            over = sentence.tokens[token.head]
            if token.dep in ("compound", "amod", "nmod", "appos", "poss"):
                k = token.head
            elif token.dep == "pobj" and over.lower == "by":
                return self.patterns.deed.fullmatch(sentence.tokens[over.head].lower) is not None
            elif token.dep == "pobj" and over.lower in ("of", "from"):
                k = over.head
            else:
                return False
        return False

    def _attacker(self, facts: SentenceFacts, mentions: Sequence[ActorMention]) -> str | None:
        """'X fighters stormed', 'X's shelling'; 'X soldiers' without an attack of theirs are those attacked."""
        for mention in mentions:
            after = facts.sentence.text[mention.end - facts.sentence.start :]
            attacked = self.patterns.attacked.match(after)
            target = mention.how != "name" and self.patterns.forces.match(after) and _TARGET.match(after)
            if attacked or (not target and self.patterns.act_near.match(after)):
                return mention.name
        return None


def _within(sentence: Sentence, head: int, mentions: Sequence[ActorMention]) -> str | None:
    """Return the first actor with a word inside the phrase of the token `head`."""
    inside = sentence.subtree(head)
    return next((m.name for m in mentions if any(m.start <= sentence.tokens[i].start < m.end for i in inside)), None)
