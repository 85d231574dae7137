"""Do probabilities mean what they say: expected calibration error, and the bins of a reliability diagram.

Source: Guo et al. 2017, equal-width bins weighted by size. The count of a claim is right when a gold claim is paired
with it; a field is looked at on paired claims only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.gold_score import ReportScore

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose probability lies in one tenth: how many, how sure on average, and how many right."""

    size: int
    sure: float
    right: float


def told(scores: Iterable[ReportScore]) -> Iterator[tuple[str, float, bool]]:
    """Yield field, probability and whether it was right, for every probability that the reader printed."""
    for score in scores:
        printed = [(pair.printed, True) for pair in score.pairs] + [(claim, False) for claim in score.extra]
        for claim, right in printed:
            if claim.get("confidence") is not None:
                yield "count", claim["confidence"], right
        for pair in score.pairs:
            for field, sure in pair.printed.get("confidences", {}).items():
                yield field, sure, pair.right[field]


def bins(sure_and_right: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return the non-empty bins, least sure first."""
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for sure, right in sure_and_right:
        parts[min(int(sure * BINS), BINS - 1)].append((sure, right))
    return [Bin(len(p), sum(s for s, _ in p) / len(p), sum(r for _, r in p) / len(p)) for p in parts if p]


def error(found: Sequence[Bin]) -> float | None:
    """Return the expected calibration error, in 0..1; None without claims."""
    total = sum(b.size for b in found)
    return round(sum(b.size * abs(b.sure - b.right) for b in found) / total, 4) if total else None


def errors(scores: Iterable[ReportScore]) -> dict[str, float | None]:
    """Return the expected calibration error of the count and of each field."""
    every = list(told(scores))
    fields = sorted({field for field, _, _ in every})
    return {f"ece_{field}": error(bins((s, r) for f, s, r in every if f == field)) for field in fields}
