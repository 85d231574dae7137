"""The simple reader with days that hang on the publication date: "N people were killed in PLACE yesterday"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tallybook.model import Claim, DateRange, Document, Reading
from tests.simple_reader import SimpleReader

YESTERDAY = " yesterday"


class DatedReader(SimpleReader):
    """Resolves 'yesterday' against the publication date; without one the day stays open."""

    def read(self, document: Document) -> Reading:
        made = super().read(document)
        return replace(made, claims=tuple(self._dated(claim, document) for claim in made.claims))

    def _dated(self, claim: Claim, document: Document) -> Claim:
        if claim.date is not None or not document.text[claim.span.end :].startswith(YESTERDAY):
            return claim
        if document.published_day is None:
            return claim
        day = (date.fromisoformat(document.published_day) - timedelta(1)).isoformat()
        return replace(claim, date=DateRange(day, day, "day", "yesterday", anchor=document.published_day))


class LaterReader(DatedReader):
    """The same reader in a later version: its claims have other ids."""

    name = "simple/2"
