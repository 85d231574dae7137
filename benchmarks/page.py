"""The page of what was measured: `docs/reference/performance.md`, from the files that the benchmarks keep."""

from __future__ import annotations

import json

from benchmarks.results import KEPT, ROOT, Result

PAGE = ROOT / "docs" / "reference" / "performance.md"
HEAD = """# Performance

Written by `make bench` from what was measured on one machine; each ratio is taken in one run in which both sides
alternate (CPU seconds where one process works, medians). The machine was shared with other work, so seconds are a
courtesy and ratios are what counts. Rows that were not measured say so, and why.
"""
UNMEASURED = (
    ("reading `muc4` and `longtail`, one process", "the bare parser", "at most 1.0",
     "these texts are not shipped; `python -m benchmarks.reading` measures the demo's reports"),
    ("reading, one process", "an event coder of the PETRARCH family", "faster", "needs Python 2.7; where you have one"),
    ("growth of reading from 1,000 to 30,000 documents", "itself", "exponent at most 1.05",
     "longer than five minutes; `make soak` adds thousands"),
    ("linking and totalling 10^6 claims", "itself", "under 15 min and 8 GB",
     "longer than five minutes: `python benchmarks/ledger.py 1_000_000`; by hand, 2026-12-01, beside other work: 467 s "
     "and about 5.5 GB"),
    ("adding one report to 10^6 claims; a page at 10^6 claims", "10^4; its bare query", "at most 2; at most 20",
     "measured on smaller books, above; `python benchmarks/workbench.py 1_000_000`"),
    ("bulk adding of claims, PostgreSQL", "`COPY`", "at least 0.5", "no server of a known speed here"),
)  # fmt: skip
"""Rows of the plan that this machine or this run cannot measure, and why."""


def write() -> None:
    """Write the page from all files that are kept, by name."""
    parts = [HEAD]
    for path in sorted(KEPT.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        parts.append(f"\n## {path.stem}\n\n{told['machine']}; {told['day']}; load {told['load']}.\n")
        parts.append("| what | size | against | ratio | wanted | held |\n|---|---|---|---|---|---|")
        parts += [_row(Result(**result)) for result in told["results"]]
        parts += [f"\n{r['what']}: {r['note']}." for r in told["results"] if r["note"] and r["ratio"] is not None]
    parts.append("\n## Not measured\n\n| what | against | wanted | why not |\n|---|---|---|---|")
    parts += [f"| {' | '.join(row)} |" for row in UNMEASURED]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _row(result: Result) -> str:
    held = "" if result.held is None else "yes" if result.held else "**no**"
    ratio = "not measured" if result.ratio is None else f"{result.ratio:.2f}"
    wanted = result.limit or (result.note if result.ratio is None else "")
    return f"| {result.what} | {result.size} | {result.against} | {ratio} | {wanted} | {held} |"


if __name__ == "__main__":
    write()
