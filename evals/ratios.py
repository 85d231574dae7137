"""Precision, recall and their harmonic mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hits:
    """What was right, of what was printed, of what there was. Adds up."""

    right: float = 0
    printed: float = 0
    there: float = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.right + other.right, self.printed + other.printed, self.there + other.there)

    @property
    def precision(self) -> float:
        """Return the share of the printed that is right; 0 where nothing was printed."""
        return self.right / self.printed if self.printed else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what there was that was found; 0 where there was nothing."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 0 where both are."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares; 0 where both are."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def share(part: float, whole: float) -> float | None:
    """Return part of whole, rounded to four places, or None where there is no whole."""
    return round(part / whole, 4) if whole else None
