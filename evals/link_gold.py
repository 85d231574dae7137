"""Eval `link-gold`: invented incidents, each told by several reports, all in one book. Definitions: `linking`.

Reports are gold files whose claims carry `incident`, a key shared by all reports. Gold and printed claims are paired as
in `gold`; what is scored is the grouping of the claims that were found, over pairs of claims of different reports.
`sealed_` keys score the incidents of sealed reports; the weights of the linker are trained on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from evals.agreement import pairs_of
from evals.clusterings import Likeness, conll
from evals.gold_files import LINKED_REPORTS, GoldReport, gold_reports
from evals.linked import linked_claims
from evals.ratios import share
from evals.reports import Reads
from evals.request import Request
from evals.result import Result


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that was found: in which report, of which incident by gold, in which incident by the linker."""

    report: str
    name: str
    true: str
    made: str


def evaluate(request: Request) -> Result:
    """Score the linked reports of the folder asked for, or of this repository.

    Raises: FileNotFoundError if the folder holds no gold report.
    """
    reports = gold_reports(request.gold or LINKED_REPORTS)
    halves = {"": [r for r in reports if not r.sealed], "sealed_": [r for r in reports if r.sealed]}
    metrics: dict[str, float | None] = {}
    misses: list[str] = []
    for prefix, half in halves.items():
        found = found_claims(half, request.reader)
        metrics.update({prefix + name: value for name, value in measures(found).items()})
        there = sum(bool(c.get("incident")) for r in half for c in r.claims)
        metrics[prefix + "claims_found"] = share(len(found), there)
        misses += [] if prefix else misplaced(found)
    return Result("link-gold", len(reports), metrics, tuple(misses))


def found_claims(reports: Sequence[GoldReport], reader: Reads) -> list[Found]:
    """Read and link reports, and return the gold claims with an incident that were found, in order of reports."""
    readings = list(reader.read_all(r.document for r in reports))
    printed = linked_claims(readings)
    found = []
    for report in reports:
        for pair in pairs_of(report.claims, printed[report.document.id], report.publisher):
            if pair.gold.get("incident") and pair.printed.get("incident"):
                anchor = f"{report.id}: {pair.gold.get('anchor')}"
                found.append(Found(report.id, anchor, str(pair.gold["incident"]), str(pair.printed["incident"])))
    return found


def measures(found: Sequence[Found]) -> dict[str, float | None]:
    """Return the measures over found claims; None where nothing was found."""
    if not found:
        return dict.fromkeys(("conll", "pairwise_f1", "wrong_merges", "wrong_splits", "killed_exact"))
    across = [(a, b) for a, b in combinations(found, 2) if a.report != b.report]
    there = sum(a.true == b.true for a, b in across)
    printed = sum(a.made == b.made for a, b in across)
    right = sum(a.true == b.true and a.made == b.made for a, b in across)
    likeness = Likeness(right / printed if printed else 0.0, right / there if there else 0.0)
    names = {str(i): f for i, f in enumerate(found)}
    grouping = conll({n: f.true for n, f in names.items()}, {n: f.made for n, f in names.items()})
    return {
        "conll": round(grouping, 4),
        "pairwise_f1": round(likeness.f1, 4),
        "wrong_merges": share(printed - right, printed),
        "wrong_splits": share(there - right, there),
        "killed_exact": None,
    }


def misplaced(found: Sequence[Found]) -> list[str]:
    """Return one line for each pair of claims that was wrongly merged or split."""
    return [
        f"{'MERGED' if a.made == b.made else 'SPLIT '} {a.name} | {b.name}"
        for a, b in combinations(found, 2)
        if a.report != b.report and (a.true == b.true) != (a.made == b.made)
    ]
