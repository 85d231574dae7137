"""What was measured, kept as one JSON file a benchmark, and the page that is made of them all."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "benchmarks" / "measured"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the page: a ratio in one run."""

    what: str
    against: str
    size: str
    ratio: float | None
    """Our figure over the peer's, or as `limit` says; None where it was not measured."""
    limit: str
    """What is wanted, in words; empty where nothing is."""
    held: bool | None
    note: str = ""


def alternating(
    ours: Callable[[], object],
    peer: Callable[[], object],
    rounds: int = 3,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Run both sides in turn and return the median seconds of each, by the clock (CPU seconds of this process)."""
    told: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, run in zip(told, (ours, peer), strict=True):
            start = clock()
            run()
            side.append(clock() - start)
    return statistics.median(told[0]), statistics.median(told[1])


def machine() -> str:
    """Name this machine: processor, cores, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def keep(name: str, found: Sequence[Result]) -> list[Result]:
    """Print results and keep them for the page, with the machine, the day and the load they were measured under."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    for result in found:
        ratio = "not measured" if result.ratio is None else f"{result.ratio:.2f}"
        print(f"{result.what} ({result.size}) / {result.against}: {ratio}; wanted: {result.limit or '-'}", flush=True)
    KEPT.mkdir(exist_ok=True)
    told = {"machine": machine(), "day": datetime.now(UTC).date().isoformat(), "load": round(load, 1),
            "results": [asdict(r) for r in found]}  # fmt: skip
    (KEPT / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return list(found)
