"""Where a day or a place of a report stands to a claim: in its sentence, near it, or far; what governs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tallybook.claims.choose import segment
from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.kinds import Kinds
from tallybook.claims.speech_words import SpeechWords
from tallybook.claims.syntax import clauses_between, governor, token_in

REACH = 14
"""Sentences before and after a claim whose days and places are weighed; the title and the lead always are."""
LEAD = 3
"""Sentences of the body that are its lead."""
MOST = 60
"""Candidates that are weighed for a claim, nearest first; a list of hundreds of names in one sentence is no report."""


class Mention(Protocol):
    """Words of a report that name a day or a place."""

    @property
    def start(self) -> int:
        """Return the offset of its first character."""

    @property
    def end(self) -> int:
        """Return the offset after its last character."""


class Surroundings:
    """Describes how what a report mentions stands to its claims. Make one a document, once every draft has its event."""

    def __init__(
        self,
        facts: Sequence[SentenceFacts],
        drafts: Sequence[Draft],
        context: Context,
        speech: SpeechWords,
        kinds: Kinds,
    ) -> None:
        self.facts, self.context, self.speech, self.kinds = facts, context, speech, kinds
        self.drafts = sorted(drafts, key=lambda d: d.order)
        self.body = sum(f.field == "title" for f in facts)
        self._at = {id(f): i for i, f in enumerate(facts)}
        self._separate = [context.separate(f.sentence.text) for f in facts]
        self._told: dict[int, set[int]] = {}
        self._starts: dict[int, list[int]] = {}
        for draft in drafts:
            self._told.setdefault(draft.event, set()).add(self.of(draft.facts))
            self._starts.setdefault(id(draft.facts), []).append(draft.group.start)

    def of(self, f: SentenceFacts) -> int:
        """Return the number of a sentence in the report, the title's first."""
        return self._at[id(f)]

    def reached(self, draft: Draft, mentions: Sequence[tuple[int, Mention]]) -> list[int]:
        """Return which of `mentions`, each with the number of its sentence, are weighed for a draft, in their order."""
        here = self.of(draft.facts)
        found = [k for k, (i, _) in enumerate(mentions) if abs(i - here) <= REACH or i < self.body + LEAD]
        if len(found) <= MOST:
            return found
        start = draft.group.start
        nearest = sorted(found, key=lambda k: (abs(mentions[k][0] - here), abs(mentions[k][1].start - start)))
        return sorted(nearest[:MOST])

    def governed(self, f: SentenceFacts, mention: Mention) -> dict[str, float]:
        """Say what kind of word a mention hangs on."""
        k = token_in(f.sentence, mention.start, mention.end)
        g = governor(f.sentence, k) if k is not None else None
        return {f"governed-by-{'nothing' if g is None else self._kind(f, g)}": 1.0}

    def _kind(self, f: SentenceFacts, k: int) -> str:
        token = f.sentence.tokens[k]
        if any(t.index <= k <= t.last for t in f.triggers):
            return "harm"
        if token.lower in self.speech.verbs:
            return "speech"
        if self.kinds.votes(token.text, 1.0):
            return "event"
        return "verb" if token.tag.startswith("V") else "noun"

    def same_sentence(self, draft: Draft, mention: Mention, alike: Sequence[Mention], between: str) -> dict[str, float]:
        """Describe a mention in the draft's own sentence; `alike` stand there too and are counted under the name `between`."""
        start = draft.group.start
        low, high = sorted((mention.start, start))
        others = min(sum(low < o.start < high for o in alike), 2)
        numbers = min(sum(low < g.start < high for g in draft.facts.groups if g.count.low is not None), 2)
        stretch = segment(mention.start, start, self._starts.get(id(draft.facts), ()))
        found = {"same-sentence": 1.0, f"numbers-between-{numbers}": 1.0}
        found |= {stretch: 1.0, f"{stretch}&{between}-{others}": 1.0}
        k = token_in(draft.facts.sentence, mention.start, mention.end)
        if k is not None:
            harm = draft.trigger[0] if draft.trigger is not None else draft.group.first
            up, down = clauses_between(draft.facts.sentence, k, harm)
            found |= {f"up-{min(up, 2)}": 1.0, f"down-{min(down, 2)}": 1.0}
        return found

    def apart(self, draft: Draft, i: int) -> bool:
        """Say whether one of the draft and sentence `i` is of the title, the other not."""
        return self.facts[i].field == "title" or draft.facts.field == "title"

    def distance(self, draft: Draft, i: int) -> str:
        """Return how far sentence `i` stands from the draft's, and on which side: 'later-2-3'."""
        gap = i - self.of(draft.facts)
        size = "1" if abs(gap) == 1 else "2-3" if abs(gap) <= 3 else "4+"
        return f"{'later' if gap > 0 else 'earlier'}-{size}"

    def away(self, draft: Draft, i: int) -> dict[str, float]:
        """Describe another sentence `i` of the body as the draft's sentence sees it."""
        here, text = self.of(draft.facts), draft.facts.sentence.text
        low, high = sorted((i, here))
        found = {self.distance(draft, i): 1.0}
        if self.facts[i].sentence.passage == draft.facts.sentence.passage:
            found["same-passage"] = 1.0
        if any(self._separate[low + 1 : high + 1]):
            found["across-separate"] = 1.0
        if self.context.back(text):
            found[f"back&{'later' if i > here else 'earlier'}"] = 1.0
        if draft.event >= 0 and i in self._told.get(draft.event, ()):
            found["same-event-told-there"] = 1.0
        return found
