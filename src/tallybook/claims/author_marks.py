"""What speaks for a side as the author of harm besides where it is told: whose people, whose word, and which camp."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.claims.actor_patterns import ActorPatterns
from tallybook.claims.actors import Actors
from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.syntax import clauses_between
from tallybook.knowledge.actors import Actor

INSIDE = ("compound", "amod", "nmod", "poss", "nn")
"""How a side's name hangs on the noun that it stands before: 'Kessan troops', 'the front's shelling'."""


class Camps:
    """Says how sides stand to each other in the register; make one a report."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._known: dict[str, Actor | None] = {}

    def of(self, name: str, harmed: str | None, speaker: str | None) -> dict[str, float]:
        """Return what is true of a side beside the people harmed and beside who tells it."""
        found = {"own-state": 1.0} if name == self._actors.state else {}
        side = self._actor(name)
        if side is not None and side.kind == "state_forces" and not found:
            found = {"foreign-state": 1.0}
        for mark, other in (("harmed", harmed), ("speaker", speaker)):
            stand = self._stand(side, self._actor(other)) if other is not None and other != name else None
            if stand is not None:
                found[f"{stand}-of-{mark}"] = 1.0
        return found

    def _actor(self, name: str | None) -> Actor | None:
        if name is None:
            return None
        if name not in self._known:
            of = self._actors.found
            self._known[name] = of.knowledge.actors.find(name, of.country, of.on)
        return self._known[name]

    def _stand(self, one: Actor | None, other: Actor | None) -> str | None:
        """Return enemy or friend; None where the register does not tell."""
        if one is None or other is None:
            return None
        mine, theirs = one.side_on(self._actors.found.on), other.side_on(self._actors.found.on)
        if mine is None or theirs is None:
            return None
        return "friend" if mine == theirs or other.id in one.allies or one.id in other.allies else "enemy"


def people_marks(draft: Draft, patterns: ActorPatterns) -> list[str]:
    """Return which side's people the noun for those harmed means by itself."""
    sort = _sort(draft.group.noun or "", patterns)
    return [f"noun-{sort}"] if sort else []


def words_marks(draft: Draft, facts: Sequence[SentenceFacts], patterns: ActorPatterns) -> list[str]:
    """Return which sort of people the words for the doers mean: 'soldiers', 'the rebels', 'gunmen'."""
    span = draft.spans.get("perpetrator")
    if span is None:
        return []
    f = next(
        (f for f in facts if f.field == draft.facts.field and f.sentence.start <= span.start < f.sentence.end), None
    )
    if f is None:
        return []
    words = f.sentence.lower[span.start - f.sentence.start : span.end - f.sentence.start].split()
    here = "here" if f is draft.facts else "near"
    return [f"words-{_sort(words[-1], patterns) or 'nobody'}", f"words-{here}"]


def phrase_marks(draft: Draft, k: int) -> dict[str, float]:
    """Say as what the phrase that token `k` names a side in stands: who does something, or of whom, and of the harm itself."""
    tokens = draft.facts.sentence.tokens
    head = k
    while tokens[head].dep in INSIDE and tokens[head].head != head:
        head = tokens[head].head
    if draft.group.first <= head <= draft.group.last:
        return {"phrase-harmed": 1.0}
    role, on = tokens[head].dep, tokens[head].head
    if role == "pobj":
        role, on = f"by:{tokens[on].lower}", tokens[on].head
    found = {f"phrase-{role}": 1.0, f"phrase-on:{tokens[on].lower}": 1.0}
    if draft.trigger is not None:
        first, last = draft.trigger
        up, down = clauses_between(draft.facts.sentence, k, first)
        where = "harm" if first <= on <= last else f"{min(up, 2)}-{min(down, 2)}"
        found |= {f"phrase-{role}&{where}": 1.0, f"phrase-{where}": 1.0}
    return found


def _sort(noun: str, patterns: ActorPatterns) -> str | None:
    for sort, nouns in (
        ("state", patterns.state_nouns),
        ("rebel", patterns.rebel_nouns),
        ("police", patterns.police_nouns),
    ):
        if noun in nouns:
            return sort
    return "unofficial" if noun in patterns.unofficial else None
