"""What a place shares with a claim: the day told with it, the kind of event; and where else a report tells its name."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import days_clash
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.scene import Scene
from tallybook.claims.surroundings import LEAD, Surroundings
from tallybook.knowledge.folding import fold
from tallybook.model.claim import DateRange

MOST = 3
"""Sentences of harm that tell a place up to which they are counted."""


class Shared:
    """Compares places and claims of one report. Make one a document, once the rules have given each draft its day."""

    def __init__(self, facts: Sequence[SentenceFacts], around: Surroundings, scene: Scene) -> None:
        self.around = around
        self.kinds = [frozenset(k for k, v in around.kinds.votes(f.sentence.text, 1.0).items() if v > 0) for f in facts]
        self.days: dict[int, list[DateRange]] = {}
        """Days that each sentence of the body tells, of harm and not of speech."""
        for f, _, day, spoken in scene.dated:
            if not spoken and f.field == "body":
                self.days.setdefault(around.of(f), []).append(day)
        self.carried: list[list[DateRange]] = []
        """Days that were told last up to each sentence."""
        for i in range(len(facts)):
            self.carried.append(self.days.get(i) or (self.carried[-1] if self.carried else []))
        self.title: set[str] = set()
        self.lead: set[str] = set()
        self.harmed: dict[str, set[int]] = {}
        """Numbers of the sentences of harm that tell each place."""
        for i, f in enumerate(facts):
            self._tell(f, i)

    def _tell(self, f: SentenceFacts, i: int) -> None:
        for m in (*f.places, *f.hinted):
            name = fold(m.name)
            if f.field == "title":
                self.title.add(name)
            elif i <= self.around.body + LEAD and m.role != "dateline":
                self.lead.add(name)
            if f.field == "body" and f.triggers and m.role == "at":
                self.harmed.setdefault(name, set()).add(i)

    def name(self, m: PlaceMention) -> dict[str, float]:
        """Return where else the name of a place is told."""
        name = fold(m.name)
        found = {f"harmed-{min(len(self.harmed.get(name, ())), MOST)}": 1.0}
        if name in self.title:
            found["title-tells"] = 1.0
        if name in self.lead:
            found["lead-tells"] = 1.0
        return found

    def of(self, draft: Draft, i: int) -> dict[str, float]:
        """Return what sentence `i`, which tells a place, shares with a draft."""
        here = self.around.of(draft.facts)
        found = self._day(draft, i)
        if i == here:
            return {f"{k}&here": 1.0 for k in found}
        one, two = self.kinds[here], self.kinds[i]
        if one and two:
            found["kind-shared" if one & two else "kind-apart"] = 1.0
        side = "later" if i > here else "earlier"
        return found | {f"{k}&{side}": 1.0 for k in found}

    def _day(self, draft: Draft, i: int) -> dict[str, float]:
        """Say whether a day told in sentence `i`, or else told last before it, may be that of a draft."""
        if draft.date is None or not self.carried[i]:
            return {"day-none": 1.0}
        told = "day" if i in self.days else "carried"
        clash = all(days_clash(draft.date, day) for day in self.carried[i])
        return {f"{told}-{'other' if clash else 'same'}-{'own' if draft.own_date else 'got'}": 1.0}
