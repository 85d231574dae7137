"""Who did the harm: the armed sides that a report names, and nobody, described for the choice between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.actors import Actors
from tallybook.claims.author_marks import Camps, people_marks, phrase_marks, words_marks
from tallybook.claims.choose import Chooser, share_of
from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.place_openings import items_of
from tallybook.claims.syntax import governor, token_in

MOST = 14
"""Sides that are weighed for a claim, those told most often first."""
OFTEN = 4
"""Times a side is told from which it counts as told often."""


@dataclass(frozen=True, slots=True)
class Option:
    """A side that may have done the harm; None for nobody told."""

    name: str | None
    features: dict[str, float]

    @property
    def told(self) -> str:
        """Return its name."""
        return self.name or "nobody"


class Authors:
    """Describes the sides of one report for its drafts. Make one a document, once the rules have described each draft."""

    def __init__(
        self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft], actors: Actors, context: Context
    ) -> None:
        self.facts, self.drafts, self.actors, self.context = facts, drafts, actors, context
        self.at = {id(f): i for i, f in enumerate(facts)}
        self.item = items(facts)
        self.told: dict[str, list[tuple[int, ActorMention]]] = {}
        for i, f in enumerate(facts):
            for mention in actors.mentions(f):
                self.told.setdefault(mention.name, []).append((i, mention))
        self.attackers = [actors.attacker(f) for f in facts]
        self.claiming = {name for f in facts for name in actors.claiming(f)}
        self.unclaimed = actors.unclaimed
        self.attacks = Counter(a for a in self.attackers if a)
        self.ruled = {id(d): d.perpetrator for d in drafts}
        self.picked = Counter(name for d in drafts for name in d.perpetrator)
        self.harmed = Counter(d.group_name for d in drafts if d.group_name)
        self.speakers = {s.organisation for d in drafts for s in d.sources if s.organisation}
        self.camps = Camps(actors)
        self.names = sorted(self.told, key=lambda n: (-len(self.told[n]), n))[:MOST]
        self.armed = [name for name in self.names if actors.fights(name)]
        self.plain = {name: self._plain(name) for name in self.names}

    def options(self, draft: Draft) -> list[Option]:
        """Return nobody first, then each side that the report names but that of the harmed, and whom the rules found."""
        marks = self._claim(draft)
        found = [Option(None, self._nobody(draft, marks))]
        own = [name for name in self.ruled[id(draft)] if name not in self.names]
        others = [name for name in self.names if not self._own_side(draft, name)]
        return [*found, *(Option(name, self._features(draft, name, marks)) for name in (*others, *own))]

    def _own_side(self, draft: Draft, name: str) -> bool:
        """Say whether a side is that of the people harmed, and its own sentence does not say that it did it."""
        if name == draft.group_name:
            return True
        told = name in self.ruled[id(draft)] and draft.doer_rule != "event"
        return not told and self.actors.one_side(name, draft.group_name)

    def take(self, draft: Draft, options: Sequence[Option], chooser: Chooser) -> None:
        """Give `draft` the likeliest of `options`."""
        at, draft.odds["author"] = chooser.pick([o.features for o in options])
        chosen = options[at].name
        if chosen not in draft.perpetrator and (chosen or draft.perpetrator):
            if draft.perpetrator:  # words for nobody named may as well be of the side that is found now
                draft.spans.pop("perpetrator", None)
            draft.perpetrator = (chosen,) if chosen else ()

    def _claim(self, draft: Draft) -> list[str]:
        """Return what is true of the claim whoever did it."""
        text = draft.facts.sentence.text
        source = draft.sources[0] if draft.sources else None
        armed = source is not None and self.actors.fights(source.organisation)
        told = (
            (draft.scope, True), (f"event-{draft.event_type}", True), (f"measure-{draft.measure}", True),
            (f"people-{draft.affiliation}", True), ("group", draft.group_name is not None), ("speaker-armed", armed),
            ("outlet", source is None), ("title", draft.facts.field == "title"),
            ("background", self.context.background(text)), ("separate", self.context.separate(text)),
            ("back", self.context.back(text)), ("part", draft.part_of is not None), ("unclaimed", self.unclaimed),
        )  # fmt: skip
        people, words = people_marks(draft, self.actors.patterns), words_marks(draft, self.facts, self.actors.patterns)
        return [*(name for name, true in told if true), *people, *words, *(f"weapon-{w}" for w in draft.weapon[:1])]

    def _nobody(self, draft: Draft, marks: Sequence[str]) -> dict[str, float]:
        found = {"nobody": 1.0, f"nobody&sides-{min(len(self.names), 3)}": 1.0} | {f"nobody&{m}": 1.0 for m in marks}
        if not self.ruled[id(draft)]:
            found["nobody&picked"] = 1.0
            found["picked"] = 1.0
        else:
            found[f"nobody&rule-{draft.doer_rule}"] = 1.0
        if self.claiming:
            found["nobody&claimed"] = 1.0
        if not self.attacks:
            found["nobody&no-attacker"] = 1.0
        found["nobody&share"] = share_of(not self.ruled[id(d)] for d in self.drafts)
        found["nobody&event-share"] = share_of(not self.ruled[id(d)] for d in self.drafts if d.event == draft.event)
        return found

    def _plain(self, name: str) -> dict[str, float]:
        """Return what is true of a side whatever the claim."""
        told = self.told[name]
        actor = told[0][1].actor
        found = {
            "side": 1.0,
            f"side-{actor.kind if actor is not None else 'unlisted'}": 1.0,
            f"how-{told[0][1].how}": 1.0,
            "often": min(len(told), OFTEN) / OFTEN,
            "often-attacks": min(self.attacks[name], OFTEN) / OFTEN,
            "often-picked": min(self.picked[name], OFTEN) / OFTEN,
            "often-harmed": min(self.harmed[name], OFTEN) / OFTEN,
        }
        for mark, true in (
            ("most-told", name == self.names[0] if self.names else False),
            ("first-told", told[0][0] == min(t[0][0] for t in self.told.values())),
            ("most-attacks", bool(self.attacks) and self.attacks[name] == max(self.attacks.values())),
            ("only-attacker", list(self.attacks) == [name]),
            ("speaks", name in self.speakers),
            ("armed", self.actors.fights(name)),
        ):
            if true:
                found[mark] = 1.0
        return found

    def _features(self, draft: Draft, name: str, marks: Sequence[str]) -> dict[str, float]:
        found = dict(self.plain.get(name, {"side": 1.0, "words-only": 1.0}))
        kind = next((k for k in found if k.startswith("side-")), "side-words")
        found |= {f"side&{m}": 1.0 for m in marks}
        found |= {
            f"{kind}&{m}": 1.0
            for m in marks
            if m.startswith(("people-", "event-", "measure-", "noun-", "words-", "weapon-"))
        }
        source = draft.sources[0].organisation if draft.sources else None
        fighters = draft.affiliation == "combatant"
        if name in self.ruled[id(draft)]:
            found[f"picked-{draft.doer_rule}"] = 1.0
        if name in self.claiming:
            found["claims-it"] = 1.0
        for mark, true in (
            ("picked", name in self.ruled[id(draft)]),
            ("own-word", name == source),
            ("own-word-of-fighters", name == source and fighters and draft.group_name not in (None, name)),
            ("own-word-of-nobody", name == source and draft.group_name is None),
            ("other-side", fighters and draft.group_name is not None and name != draft.group_name),
            ("others-word", source is not None and name != source and self.actors.fights(source)),
        ):
            if true:
                found |= {mark: 1.0, f"{mark}&{draft.scope}": 1.0}
        others = [n for n in self.armed if n != draft.group_name]
        if name in others:
            found[f"armed-others-{min(len(others), 3)}"] = 1.0
            found[f"armed-others-{min(len(others), 3)}&{draft.affiliation}"] = 1.0
        found |= self.camps.of(name, draft.group_name, source)
        whole = draft.part_of
        for mark, true in (
            ("whole-picked", whole is not None and name in self.ruled.get(id(whole), ())),
            ("whole-harmed", whole is not None and name == whole.group_name),
        ):
            if true:
                found |= {mark: 1.0, f"{mark}&{draft.affiliation}": 1.0}
        event = [d for d in self.drafts if d.event == draft.event and d is not draft]
        found["event-picked"] = share_of(name in self.ruled[id(d)] for d in event)
        found["event-harmed"] = share_of(name == d.group_name for d in event)
        return found | self._told_near(draft, name)

    def _told_near(self, draft: Draft, name: str) -> dict[str, float]:
        """Say where the side is told, and as what, in the claim's sentence and the ones beside it."""
        here = self.at[id(draft.facts)]
        found: dict[str, float] = {}
        gaps = [i - here for i, _ in self.told.get(name, ())]
        if gaps:
            nearest = min(gaps, key=lambda g: (abs(g), g))
            size = "0" if nearest == 0 else "1" if abs(nearest) == 1 else "2-3" if abs(nearest) <= 3 else "4+"
            found[f"{'later' if nearest > 0 else 'earlier'}-{size}"] = 1.0
            found |= self._told_in(here, [i for i, _ in self.told[name]], "told")
        found |= self._told_in(here, [i for i, a in enumerate(self.attackers) if a == name], "attacks")
        attacks = [i - here for i, a in enumerate(self.attackers) if a == name]
        for word, true in (
            ("attacks-here", 0 in attacks),
            ("attacks-near", any(abs(g) in (1, 2) for g in attacks)),
            ("attacks-before", any(g < -2 for g in attacks)),
            ("attacks-last", bool(attacks) and name == self._last_attacker(here)),
        ):
            if true:
                found[word] = 1.0
        for i, mention in self.told.get(name, ()):
            if i == here:
                found |= self._in_sentence(draft, mention)
        return found

    def _told_in(self, here: int, at: Sequence[int], word: str) -> dict[str, float]:
        """Say how far off in paragraphs the nearest of some sentences stands, and whether in the same item of a roundup."""
        if not at:
            return {}
        passage = self.facts[here].sentence.passage
        gaps = [
            abs(self.facts[i].sentence.passage - passage) for i in at if self.facts[i].field == self.facts[here].field
        ]
        found = {f"{word}-passage-{min(gaps)}" if gaps and min(gaps) < 2 else f"{word}-passage-far": 1.0}
        if self.item is not None:
            same = any(self.item[i] == self.item[here] for i in at)
            found[f"{word}-{'same' if same else 'other'}-item"] = 1.0
        return found

    def _last_attacker(self, here: int) -> str | None:
        return next((a for a in reversed(self.attackers[: here + 1]) if a), None)

    def _in_sentence(self, draft: Draft, mention: ActorMention) -> dict[str, float]:
        sentence = draft.facts.sentence
        before = mention.start < draft.group.start
        found = {"told-before" if before else "told-after": 1.0}
        if draft.group.start <= mention.start < draft.group.end:
            found["in-group"] = 1.0
        k = token_in(sentence, mention.start, mention.end)
        if k is None:
            return found
        g = governor(sentence, k)
        dep, word = sentence.tokens[k].dep, sentence.tokens[g].lower if g is not None else "nothing"
        found |= {f"as-{dep}": 1.0, f"on:{word}": 1.0}
        previous = sentence.tokens[k - 1].lower if k else ""
        following = next((t.lower for t in sentence.tokens if t.start >= mention.end), ".")
        found |= {f"after-word:{previous}": 1.0, f"before-word:{following}": 1.0}
        return found | phrase_marks(draft, k)


def items(facts: Sequence[SentenceFacts]) -> list[int] | None:
    """Return the item of a roundup that each sentence belongs to, counted from 0; None where the report is no roundup."""
    opening = items_of(f.sentence for f in facts if f.field == "body")
    if not opening:
        return None
    found, at = [], 0
    for f in facts:
        at += id(f.sentence) in opening
        found.append(at)
    return found
