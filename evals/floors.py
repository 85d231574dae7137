"""Floors below which no figure may fall: they only rise, and hold for one state of the gold reports.

baseline.json: for each eval the hash of the corpus that was measured (null for public data) and its floors. Metrics
where less is better are ceilings, and only sink.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BASELINE = Path(__file__).parent / "baseline.json"
"""The floors of this repository."""

FLOORED = {
    "gold": ("found_f1", "record_f1", "false_per_100", "sealed_found_f1", "sealed_record_f1", "sealed_false_per_100"),
    "muc4": ("f1", "count_f1"),
    "longtail": ("killed_exact", "injured_exact", "inside"),
    "gvc": ("killed_exact", "injured_exact", "inside"),
    "wikievents": ("f1",),
    "attribution": ("f1",),
    "geo-lgl": ("acc161", "e2e_acc161", "recognition_f1"),
    "geo-geovirus": ("acc161", "e2e_acc161", "recognition_f1"),
    "geo-ucdp": ("acc25", "acc25_imported"),
    "actors-ucdp": ("accuracy",),
    "link-gold": ("pairwise_f1", "sealed_pairwise_f1"),
    "link-longtail": ("conll", "killed_exact"),
    "link-gvc": ("conll", "killed_exact"),
    "victims": ("precision", "recall"),
    "dates": ("own_exact", "muc4_contains", "gvc_contains"),
}
"""Metrics of each eval that have a floor."""

LESS_IS_BETTER = frozenset({"false_per_100", "sealed_false_per_100"})

STEPS = 1000
"""Steps of a floor between 0 and 1: a figure is rounded towards its worse side, so that noise in the last place
passes."""


class CorpusChanged(Exception):
    """The gold reports are not the ones that the floors were measured on."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one eval, and the corpus they were measured on."""

    corpus: str | None = None
    limits: Mapping[str, float] = field(default_factory=dict)

    def broken_by(self, metrics: Mapping[str, float | None]) -> list[str]:
        """Return one line for each metric that is worse than its floor or ceiling, or missing."""
        return [line for name, limit in self.limits.items() if (line := _broken(name, limit, metrics.get(name)))]

    def raised_to(self, name: str, metrics: Mapping[str, float | None], corpus: str | None) -> Floors:
        """Return floors moved up to what was measured; none moves down while the corpus stays the same.

        On another corpus all floors are new, since figures of two corpora do not compare.
        """
        measured = {m: _rounded(m, value) for m in FLOORED.get(name, ()) if (value := metrics.get(m)) is not None}
        if corpus != self.corpus:
            return Floors(corpus, measured)
        return Floors(corpus, {m: _better(m, value, self.limits.get(m, value)) for m, value in measured.items()})

    def check_corpus(self, corpus: str | None) -> None:
        """Raises: CorpusChanged if the floors were measured on other gold reports."""
        if self.corpus != corpus:
            raise CorpusChanged(
                "The gold reports have changed since the floors were measured. "
                "Look at the figures, then run `python -m evals gold --raise-floors`."
            )


def read_floors(file: Path = BASELINE) -> dict[str, Floors]:
    """Return the floors of every eval in `file`; none where there is no file."""
    if not file.exists():
        return {}
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {name: Floors(row.get("corpus"), row["floors"]) for name, row in rows.items()}


def write_floors(floors: Mapping[str, Floors], file: Path = BASELINE) -> None:
    """Write the floors, sorted, one metric a line."""
    rows = {name: {"corpus": f.corpus, "floors": dict(sorted(f.limits.items()))} for name, f in sorted(floors.items())}
    file.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def _broken(name: str, limit: float, value: float | None) -> str | None:
    if value is None:
        return f"{name} was not measured; its limit is {limit}"
    worse = value > limit if name in LESS_IS_BETTER else value < limit
    return f"{name} is {value}, its limit is {limit}" if worse else None


def _rounded(name: str, value: float) -> float:
    steps = round(value * STEPS, 6)
    return (math.ceil(steps) if name in LESS_IS_BETTER else math.floor(steps)) / STEPS


def _better(name: str, one: float, other: float) -> float:
    return min(one, other) if name in LESS_IS_BETTER else max(one, other)
