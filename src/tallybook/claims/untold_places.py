"""Where harm was done of which the report tells no place: in its first event's, in a unit of that, in its country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.context import Context
from tallybook.claims.drafts import Draft
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.model.claim import Place

_IN_UNIT = re.compile(
    r"\bin\s+the\s+(?:same\s+)?(state|province|department|region|district|governorate|county|town|city|village)\b"
)
_NATIONWIDE = re.compile(
    r"\bnationwide\b|\b(?:across|in|throughout|around)\s+the\s+(?:whole\s+|entire\s+)?country\b|\ball\s+over\s+the\s+country\b"
    r"|\bcountrywide\b"
)


def nationwide(text: str) -> bool:
    """Say whether a sentence speaks of the country as a whole."""
    return _NATIONWIDE.search(text) is not None


class UntoldPlaces:
    """Say where drafts without a place belong. Make one a document, once its first event has its place."""

    def __init__(
        self, context: Context, places: PlaceFinder, lead: PlaceMention | None, wide: Sequence[PlaceMention]
    ) -> None:
        self.context, self.places, self.lead, self.wide = context, places, lead, wide

    def of(self, draft: Draft) -> Place | None:
        """Return the first event's place for an incident, the largest region told or the country for a toll."""
        text, incident = draft.facts.sentence.text, draft.scope == "incident"
        unit = self._unit(text)
        if unit is not None:
            return self.places.resolve(unit)
        if nationwide(text):
            return self.places.home()
        if incident and (self.context.background(text) or self.context.separate(text)):
            return None
        if incident and self.lead is not None:
            return self.places.resolve(self.lead)
        return (None if incident else self._region()) or self.places.home()

    def _unit(self, text: str) -> PlaceMention | None:
        """Return what 'in the province' means: the part of the first event's place that is as large."""
        unit = _IN_UNIT.search(text)
        if unit is None or self.lead is None:
            return None
        rank = self.places.patterns.rank(unit.group(1))
        at = next((k for k, part in enumerate(self.lead.parts) if part[1] >= rank), None)
        return replace(self.lead, parts=self.lead.parts[at:]) if at is not None else None

    def _region(self) -> Place | None:
        """Return the region told most often, the first of equals; None if none is told."""
        counts = Counter(m.name for m in self.wide)
        most = min(self.wide, key=lambda m: (-counts[m.name], m.start), default=None)
        return self.places.resolve(most) if most is not None else None
