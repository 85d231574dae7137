"""A place where it stands in a text, before the gazetteer is asked which one it is."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.place_descriptions import Away
from tallybook.model.span import Span

COUNTRY, REGION, TOWNSHIP, TOWN = 6, 5, 3, 2
"""Ranks of a country, of the largest units in one, of the smallest unit that holds towns, and of a town."""

HINT, OUTER = "hint", "outer"
"""Roles of names that may be a place, or a larger part of one, where only the choice between all places can tell."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place, or a chain of nested ones, where it stands. Parts are smallest first."""

    start: int
    end: int
    parts: tuple[tuple[str, int, Span], ...]  # name, rank, span
    role: str  # at, weak, dateline, distance, owner, mention; hint, outer
    prep: str = ""
    away: Away | None = None  # how far from it something is told to be

    @property
    def name(self) -> str:
        """Return the name of the smallest part."""
        return self.parts[0][0]

    @property
    def rank(self) -> int:
        """Return the rank of the smallest part: 0 a ward ... 6 a country."""
        return self.parts[0][1]
