"""Speed, memory and growth of linking victim records to people: `python benchmarks/victims.py [SIZE ...] [--peer]`.

Prints seconds, peak memory and the scores of the eval for each size, and the growth exponent between the first and the
last. `--peer` links the first size with bare Splink in the same run, where Splink is installed (`pip install splink`):
usual comparisons, u by random sampling, m by expectation maximisation, clusters at three thresholds. Nobody tuned it.
The larger world has no more towns or days than the small one: what grows is density, and with it the pairs.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from math import log

from evals.people import World, world

from tallybook.incidents.people import people

SIZES = (20_000, 100_000)
SEED = 2026
THRESHOLDS = (0.5, 0.9, 0.99)


def scores(found: dict[str, object], made: World) -> tuple[float, float]:
    """Return pairwise precision and recall."""
    both = Counter((person, made.person[v]) for v, person in found.items())
    put, there = Counter(found.values()), Counter(made.person[v] for v in found)
    right, all_put, all_there = (sum(n * (n - 1) // 2 for n in c.values()) for c in (both, put, there))
    return right / all_put, right / all_there


def memory() -> int:
    """Return the peak memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def ours(made: World) -> float:
    """Link a world, print what it took, and return the seconds."""
    before, started = memory(), time.perf_counter()
    found = {v: p.id for p in people(made.seen) for v in p.victims}
    seconds = time.perf_counter() - started
    precision, recall = scores(dict(found), made)
    print(f"{len(made.seen):>8} records  {seconds:6.1f} s  peak {memory()} MB (before {before})  "
          f"precision {precision:.4f}  recall {recall:.4f}")  # fmt: skip
    return seconds


def peer(made: World) -> None:
    """Link the same world with bare Splink on DuckDB and print what it took."""
    started = time.perf_counter()
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    print(f"splink: import {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    seen = made.seen
    parts = [[p.sound for p in s.name.parts] or [""] for s in seen]
    table = pa.table(
        {
            "unique_id": [s.victim.id for s in seen],
            "first": [p[0] for p in parts], "last": [p[-1] for p in parts],
            "whole": [" ".join(sorted(p)) for p in parts],
            "age": [s.victim.age_low for s in seen], "sex": [s.sex for s in seen],
            "place": [s.place.name if s.place else None for s in seen],
            "day": [s.days[0] if s.days else None for s in seen], "incident": [s.incident for s in seen],
        }
    )  # fmt: skip
    rules = [block_on(a, b) for a in ("incident", "day", "place", "age") for b in ("first", "last")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("whole", [0.95, 0.88, 0.8]), cl.ExactMatch("sex"), cl.ExactMatch("place"),
            cl.ExactMatch("incident"), cl.ExactMatch("day"), cl.ExactMatch("age"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip
    linker = Linker(DuckDBAPI().register(table), settings, log_level=40)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("first", "last"), block_on("place", "day")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(threshold_match_probability=0.01)
    print(f"splink: trained and scored {time.perf_counter() - started:.1f} s, peak {memory()} MB")
    for threshold in THRESHOLDS:
        made_by = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold)
        rows = made_by.as_pyarrow_table().to_pylist()
        found = {str(r["unique_id"]): r["cluster_id"] for r in rows}
        precision, recall = scores(found, made)
        print(f"splink: at {threshold}: precision {precision:.4f}  recall {recall:.4f}")


def main() -> None:
    """Measure each size."""
    sizes = [int(a) for a in sys.argv[1:] if a.isdigit()] or list(SIZES)
    took = [(size, ours(world(SEED, size))) for size in sizes]
    (small, first), (large, last) = took[0], took[-1]
    if large > small:
        print(f"growth exponent {log(last / first) / log(large / small):.2f}")
    if "--peer" in sys.argv:
        peer(world(SEED, sizes[0]))


if __name__ == "__main__":
    main()
