"""In which order a report tells its places: which one a claim comes after, and how many others stand between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_places import elsewhere
from tallybook.claims.place_mentions import TOWN, PlaceMention
from tallybook.claims.surroundings import Surroundings
from tallybook.knowledge.folding import fold

NEXT = 6
"""Firm places after a claim among which the first small one is sought."""
MOST_STEPS = 3
"""Other places between a place and a claim up to which they are counted."""
Position = tuple[int, int]
"""Where something stands: the number of its sentence and its offset."""


@dataclass(frozen=True, slots=True)
class Told:
    """A place where it is told that something is or happened there."""

    at: Position
    name: str
    small: bool
    passage: tuple[str, int]


class PlaceOrder:
    """The firm places of one report in their order. Make one a document."""

    def __init__(self, facts: Sequence[SentenceFacts], around: Surroundings) -> None:
        self.facts, self.around = facts, around
        self.told = [
            Told((i, m.start), fold(m.name), m.rank <= TOWN, self._passage(i))
            for i, f in enumerate(facts)
            if f.field == "body"
            for m in f.places
            if firm(f, m)
        ]
        self._starts = [t.at for t in self.told]
        self.first_small = next((t.name for t in self.told if t.small), "")
        self._of: dict[Position, dict[str, dict[str, float]]] = {}

    def of(self, draft: Draft, m: PlaceMention) -> dict[str, float]:
        """Return what the order of telling says about the place `m` for `draft`."""
        here = (self.around.of(draft.facts), draft.group.start)
        if here not in self._of:
            self._of[here] = self._seen_from(here)
        found = self._of[here]
        return found.get(fold(m.name)) or found[""]

    def placed(self, draft: Draft) -> bool:
        """Say whether the passage of a draft has told a firm place before its number."""
        here = (self.around.of(draft.facts), draft.group.start)
        passage = self._passage(here[0])
        return any(t.passage == passage for t in self.told[: bisect_left(self._starts, here)])

    def _passage(self, i: int) -> tuple[str, int]:
        return (self.facts[i].field, self.facts[i].sentence.passage)

    def _seen_from(self, here: Position) -> dict[str, dict[str, float]]:
        """Return the features of every place by its name; under '' those of any other."""
        cut = bisect_left(self._starts, here)
        before, passage = self.told[:cut], self._passage(here[0])
        after = self.told[cut : cut + NEXT]
        found: dict[str, dict[str, float]] = {"": {"steps-never": 1.0}}
        for t in self.told:
            found.setdefault(t.name, {})
        order: list[str] = []
        for t in reversed(before):
            if t.name not in order:
                order.append(t.name)
        for steps, name in enumerate(order):
            found[name][f"steps-{min(steps, MOST_STEPS)}"] = 1.0
        for name, of in found.items():
            if name and name not in order:
                of["steps-after"] = 1.0
        following = next((t for t in after if t.small and t.at[0] > here[0]), None)
        if following is not None:
            found[following.name]["next-small"] = 1.0
        small = next((t for t in reversed(before) if t.small), None)
        if small is not None:
            found[small.name]["last-small"] = 1.0
            found[small.name][f"last-small&{self._near(small, here, passage)}"] = 1.0
        if before:
            found[before[-1].name][f"last-told&{self._near(before[-1], here, passage)}"] = 1.0
        beside = [t for t in self.told if t.passage == passage]
        if beside:
            found[beside[0].name]["opens-own-passage"] = 1.0
            small_here = [t for t in beside if t.small]
            if small_here and all(t.name == small_here[0].name for t in small_here):
                found[small_here[0].name]["only-small-of-passage"] = 1.0
        if self.first_small:
            found[self.first_small]["first-small"] = 1.0
        return found

    @staticmethod
    def _near(t: Told, here: Position, passage: tuple[str, int]) -> str:
        return "here" if t.at[0] == here[0] else "passage" if t.passage == passage else "before"


def firm(f: SentenceFacts, m: PlaceMention) -> bool:
    """Say whether something is told to be, or to have happened, at a place: not only where a speaker or a body is."""
    if m.role != "at" or any(a.source.span.start <= m.start < a.source.span.end for a in f.attributions):
        return False
    return not elsewhere(f.sentence.text[: m.start - f.sentence.start])
