"""A place where it stands in a text, before the gazetteer is asked which one it is."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.span import Span

COUNTRY, REGION = 6, 5
"""Ranks of a country, and of the largest units in one."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place, or a chain of nested ones, where it stands. Parts are smallest first."""

    start: int
    end: int
    parts: tuple[tuple[str, int, Span], ...]  # name, rank, span
    role: str  # at, weak, dateline, distance, mention
    prep: str = ""

    @property
    def name(self) -> str:
        """Return the name of the smallest part."""
        return self.parts[0][0]

    @property
    def rank(self) -> int:
        """Return the rank of the smallest part: 0 a ward ... 6 a country."""
        return self.parts[0][1]
