"""Bounds of a number of people, and how the bounds of several sources span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive persons; None is an end that nobody stated, never 0."""

    low: int | None = None
    high: int | None = None

    @property
    def empty(self) -> bool:
        """Say whether neither end is stated."""
        return self.low is None and self.high is None

    def holds(self, other: Bounds) -> bool:
        """Say whether every number that `other` allows lies in these bounds."""
        above = self.low is None or (other.low is not None and other.low >= self.low)
        below = self.high is None or (other.high is not None and other.high <= self.high)
        return above and below

    def meets(self, other: Bounds) -> bool:
        """Say whether some number lies in both."""
        return (self.low or 0) <= _end(other.high) and (other.low or 0) <= _end(self.high)

    def plus(self, other: Bounds) -> Bounds:
        """Add two numbers: a missing low adds nothing, a missing high leaves the sum open."""
        lows = [end for end in (self.low, other.low) if end is not None]
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(sum(lows) if lows else None, high)


def _end(high: int | None) -> float:
    return float("inf") if high is None else high


def hull(positions: Iterable[Bounds]) -> Bounds:
    """Span positions that disagree: the smallest stated low to the largest stated high.

    The high is open when a position that states a low leaves its high open. A position without a low takes
    nobody's low away; one without any bound changes nothing beside another. No position gives open bounds.
    """
    stated = [p for p in positions if not p.empty]
    lows = [p.low for p in stated if p.low is not None]
    highs = [p.high for p in stated if p.high is not None]
    open_above = any(p.high is None for p in stated)
    return Bounds(min(lows, default=None), None if open_above else max(highs, default=None))


def shown(bounds: Bounds) -> str:
    """Write bounds as the record does: `12..15`, `12..`, `..40`."""
    low = "" if bounds.low is None else str(bounds.low)
    high = "" if bounds.high is None else str(bounds.high)
    return f"{low}..{high}"
