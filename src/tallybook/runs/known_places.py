"""Which place lies in which: as the packs know it, and where they do not, as the claims of a book tell."""

from __future__ import annotations

from tallybook.knowledge import Knowledge
from tallybook.ledger import BookPlaces
from tallybook.model import Place


class KnownPlaces:
    """Places as the packs know them, and where they do not, as the claims of the book tell."""

    def __init__(self, knowledge: Knowledge, told: BookPlaces) -> None:
        self._gazetteer = knowledge.places
        self._told = told

    def within(self, inner: Place, outer: str) -> bool | None:
        """Say whether `inner` lies wholly in the place called `outer`; None: it may, in part or whole."""
        if not self._gazetteer.find(outer):
            return self._told.within(inner, outer)
        known = self._gazetteer.within(inner, outer)
        if known is None and self._told.within(inner, outer):
            return True
        return known
