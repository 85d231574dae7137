"""What the link step costs at 10^8 claims where wars are: `python -m benchmarks.skew FILE [CLAIMS] [WORKERS]`.

FILE is a CSV in UCDP GED's columns (`adm_1`, `adm_2`, `country`, `date_start` and `best` are looked at). Its events
give the keys (smallest unit, day) and their weights: an event is told by as many claims as its deaths suggest. The
claims asked for are laid over these keys in two ways: the same years told more densely, and more wars alike at the same
density. For each the pairs to compare are counted in closed form, with and without the cap on dense blocks, and units
are dealt to the workers, largest first: the largest share says how long the last one works.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heapreplace
from pathlib import Path

from tallybook.incidents.blocking import DAYS_APART, MOST_IN_WINDOW

CLAIMS_AN_EVENT, CLAIMS_A_DEATH, MOST_CLAIMS = 2.0, 0.2, 60.0
"""Claims in the news about one event: two, and one more for five deaths, up to sixty. An assumption, not measured: the
links from UCDP's events to reports name one to three reports an event."""
PAIRS_A_SECOND = 40_000.0
"""Pairs that one core compares with all features."""

Key = tuple[str, int]
"""Smallest unit and day."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What linking costs for one way of laying out claims."""

    pairs: float
    capped: float
    dense: int
    """Keys whose windows hold more events than are compared pair by pair."""
    largest: float
    """Share of all capped pairs that the busiest place holds."""
    slowest: float
    """Share of all capped pairs of the worker with the most."""


def keys_in(path: Path) -> Counter[Key]:
    """Return how many claims each place and day would have, from a file of events."""
    held: Counter[Key] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            unit = row.get("adm_2") or row.get("adm_1") or row.get("country") or ""
            day = (row.get("date_start") or "")[:10]
            if unit and day:
                told = CLAIMS_AN_EVENT + CLAIMS_A_DEATH * float(row.get("best") or 0)
                held[unit, date.fromisoformat(day).toordinal()] += round(min(told, MOST_CLAIMS))
    return held


def cost(keys: Mapping[Key, float], workers: int) -> Cost:
    """Count the pairs of claims in one unit within `DAYS_APART` days, and deal units to workers."""
    pairs = capped = 0.0
    dense = 0
    by_unit: Counter[str] = Counter()
    for (unit, day), held in keys.items():
        near = sum(keys.get((unit, day + d), 0.0) for d in range(1, DAYS_APART + 1))
        here = held * max(held - 1, 0) / 2 + held * near
        window = held + near
        kept = here * min(1.0, MOST_IN_WINDOW / window) if window else 0.0
        dense += window > MOST_IN_WINDOW
        pairs, capped = pairs + here, capped + kept
        by_unit[unit] += kept
    dealt = [0.0] * workers
    heapify(dealt)
    for share in sorted(by_unit.values(), reverse=True):
        heapreplace(dealt, dealt[0] + share)
    return Cost(pairs, capped, dense, max(by_unit.values()) / capped, max(dealt) / capped)


def main(path: Path, claims: int, workers: int) -> None:
    """Print what both ways of growing cost."""
    keys = keys_in(path)
    own = sum(keys.values())
    print(f"{path.name}: {len(keys):,} places and days, {own:,} claims; busiest {max(keys.values()):,}")
    factor = claims / own
    denser = cost({key: held * factor for key, held in keys.items()}, workers)
    once = cost(dict(keys), workers)
    _told("the same years, told more densely", claims, denser, workers)
    alike = Cost(once.pairs * factor, once.capped * factor, round(once.dense * factor), once.largest / factor,
                 max(1 / workers, once.slowest / factor))  # fmt: skip
    _told("more wars alike", claims, alike, workers)


def _told(name: str, claims: int, found: Cost, workers: int) -> None:
    hours = found.capped / PAIRS_A_SECOND / 3600
    print(f"{claims:,} claims, {name}: {found.pairs:.2e} pairs, {found.capped:.2e} with the cap")
    print(
        f"  dense places and days {found.dense:,}; {hours:,.1f} core hours; busiest place {found.largest:.1%}; "
        f"with {workers} workers the last ends after {hours * found.slowest:,.1f} hours"
    )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Name a CSV file in UCDP GED's columns: python -m benchmarks.skew ged.csv 100_000_000 64")
    main(
        Path(sys.argv[1]), int((sys.argv[2:] or ["100_000_000"])[0].replace("_", "")), int((sys.argv[3:] or ["64"])[0])
    )
