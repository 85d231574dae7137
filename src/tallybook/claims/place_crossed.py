"""What a place tells together with the claim it is weighed for: features that neither has alone."""

from __future__ import annotations

from collections.abc import Mapping

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.surroundings import Surroundings
from tallybook.knowledge.folding import fold

CROSSED = ("on:", "governed", "rank", "prep", "away")
"""What the features begin with that are told apart by how near the place stands."""
MOST_THERE, MOST_PICKS = 2, 3
"""Other claims of a place's sentence, and other claims that the rules gave the place to, up to which they are counted."""


class Crossed:
    """Crosses places and claims of one report. Make one a document, once the rules have given each draft its place."""

    def __init__(self, context: Context, around: Surroundings) -> None:
        self.context, self.around, self.drafts = context, around, around.drafts
        self._number = {id(d): n for n, d in enumerate(self.drafts)}
        self._told: dict[tuple[int, str], Mapping[str, float]] = {}
        self._picks: dict[str, list[Draft]] = {}
        self._there: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            self._there.setdefault(around.of(draft.facts), []).append(draft)
            if draft.mention is not None:
                self._picks.setdefault(fold(draft.mention.name), []).append(draft)
        self._marks = {id(d): self._claim(d) for d in self.drafts}

    def of(self, draft: Draft, i: int, m: PlaceMention, near: str, plain: Mapping[str, float]) -> dict[str, float]:
        """Return the features of the place `m` of sentence `i` for `draft`; `plain` are those it has for every claim."""
        found = dict(self._beside(m, near, plain))
        found[f"{draft.measure}&prep-{m.prep or 'no'}"] = found[f"{draft.measure}&role-{m.role}"] = 1.0
        marks = self._marks.get(id(draft)) or self._claim(draft)
        for mark in marks:
            found[f"{mark}&{near}"] = 1.0
        if i <= self.around.body:
            found |= {f"{mark}&lead": 1.0 for mark in marks}
        there = [d for d in self._there.get(i, ()) if d is not draft]
        found[f"claims-there-{min(len(there), MOST_THERE)}"] = 1.0
        value = draft.group.value
        if value is not None and any(d.group.value == value and d.measure == draft.measure for d in there):
            found["number-there"] = 1.0
        return found | self._picked(draft, fold(m.name))

    def _beside(self, m: PlaceMention, near: str, plain: Mapping[str, float]) -> Mapping[str, float]:
        """Return what a place has for every claim, told apart by how near it stands."""
        asked = (id(m), near)
        if asked not in self._told:
            self._told[asked] = {f"{near}&{k}": 1.0 for k in plain if k.startswith(CROSSED)}
        return self._told[asked]

    def _picked(self, draft: Draft, name: str) -> dict[str, float]:
        """Say to which other claims the rules gave a place of that name."""
        same = [d for d in self._picks.get(name, ()) if d is not draft]
        found = {f"picked-by-{min(len(same), MOST_PICKS)}": 1.0}
        if any(d.event == draft.event for d in same):
            found["picked-by-event"] = 1.0
        k = self._number.get(id(draft), 0)
        for word, step in (("before", -1), ("after", 1)):
            if any(self._number[id(d)] == k + step for d in same):
                found[f"picked-{word}"] = 1.0
        return found

    def _claim(self, draft: Draft) -> tuple[str, ...]:
        """Return what is true of a claim wherever it was."""
        text = draft.facts.sentence.text
        told = (
            ("background", self.context.background(text)),
            ("separate", self.context.separate(text)),
            ("back", self.context.back(text)),
            ("part", draft.part_of is not None),
            ("bullet", draft.facts.sentence.kind == "bullet"),
            ("opens-passage", draft.facts.sentence.first),
            ("own-date", draft.own_date),
            ("own-place", draft.own_place),
        )
        return tuple(name for name, true in told if true)
