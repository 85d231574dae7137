"""How a place stands to a number of its own sentence, and whether the gazetteer has it: features of the choice of places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.place_mentions import TOWN, PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.knowledge.folding import fold

STEPS = 3
"""Words between a number and a place up to which they are counted."""
MOST_OTHERS = 2
"""Numbers, and places, between them up to which they are counted."""
MOST_SMALL = 4
"""Small places of a report up to which they are counted."""
OWN_STEPS = 2
"""Words after a number within which a place is told as its own: 'four in Sarno'."""
_BREAK = re.compile(r"[;:\u2014]|\s-\s")
_WORD = re.compile(r"\w[\w\u2019'-]*")


class Beside:
    """Describes the places of one report by what stands between them and a number. Make one a document."""

    def __init__(self, facts: Sequence[SentenceFacts], places: PlaceFinder) -> None:
        self.places = places
        small = {fold(m.name) for f in facts for m in f.places if m.role == "at" and m.rank <= TOWN}
        self.few = f"small-{min(len(small), MOST_SMALL)}"
        """How many small places the report tells."""

    def known(self, m: PlaceMention) -> dict[str, float]:
        """Say whether the gazetteer has a place, what it lies in, or neither."""
        place = self.places.resolve(m)
        known = "unresolved" if place.precision == "unresolved" else "inside-known" if place.id is None else "known"
        return {known: 1.0, f"{known}&role-{m.role}": 1.0}

    def number(self, draft: Draft, m: PlaceMention) -> dict[str, float]:
        """Return what stands between a place and the number of a draft in one sentence."""
        facts, group = draft.facts, draft.group
        side, low, high = ("before", m.end, group.start) if m.end <= group.start else ("after", group.end, m.start)
        gap = _between(facts, low, high)
        numbers = min(sum(low <= g.start < high for g in self._counted(facts) if g is not group), MOST_OTHERS)
        places = min(sum(low <= p.start < high for p in facts.places if p is not m), MOST_OTHERS)
        broken = "broken" if _BREAK.search(gap) else "whole"
        found = {f"{side}-{min(len(_WORD.findall(gap)), STEPS)}": 1.0, f"{side}-{broken}": 1.0}
        found[f"{side}-numbers-{numbers}-places-{places}-{broken}"] = 1.0
        if not numbers and not places and broken == "whole":
            found[f"{side}-next&{m.role}"] = 1.0
        return found | self._own(draft, m)

    def _own(self, draft: Draft, m: PlaceMention) -> dict[str, float]:
        """Say whether a place follows right after a number, and whether that is the draft's."""
        for group in draft.facts.groups:
            if group.end <= m.start and len(_WORD.findall(_between(draft.facts, group.end, m.start))) <= OWN_STEPS:
                return {"follows-number" if group is draft.group else "follows-other-number": 1.0}
        return {}

    @staticmethod
    def _counted(facts: SentenceFacts) -> list[Group]:
        return [g for g in facts.groups if g.count.low is not None]


def _between(facts: SentenceFacts, low: int, high: int) -> str:
    """Return the words of a sentence between two offsets of its text."""
    start = facts.sentence.start
    return facts.sentence.text[low - start : max(high, low) - start]
