"""Eval `gold`: our own reports, open and sealed halves apart, a number-near-verb baseline beside.

Metrics without a prefix are of the open half, `sealed_` of the half that nobody tunes on. `baseline_` is what numbers
near verbs reach on the same reports. Definitions: `gold_score`.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals import calibration
from evals.gold_files import OWN_REPORTS, GoldReport, gold_reports
from evals.gold_misses import report_misses
from evals.gold_score import (
    ReportScore,
    false_per_100,
    field_shares,
    found,
    linking,
    record,
    score_reports,
)
from evals.linked import linked_claims
from evals.number_near_verb import near_verb
from evals.request import NoData, Request
from evals.result import Result, rounded

SPLITS = ("open", "sealed")


def evaluate(request: Request) -> Result:
    """Read the gold reports and score what comes out.

    Raises: NoData if the gold folder holds none, or an unknown split is asked for.
    """
    reports = _reports(request)
    scores = scored(request)
    plain = score_reports(reports, {report.id: near_verb(report.document) for report in reports})
    return Result("gold", len(reports), _metrics(scores, plain), tuple(_misses(scores)))


def scored(request: Request) -> list[ReportScore]:
    """Read the gold reports that are asked for and score each.

    Raises: NoData as `evaluate` does.
    """
    reports = _reports(request)
    readings = list(request.reader.read_all(report.document for report in reports))
    return score_reports(reports, linked_claims(readings))


def halves(scores: Sequence[ReportScore]) -> dict[str, list[ReportScore]]:
    """Return the scores of the open half under no prefix and of the sealed half under `sealed_`."""
    return {
        "": [score for score in scores if not score.report.sealed],
        "sealed_": [score for score in scores if score.report.sealed],
    }


def _reports(request: Request) -> tuple[GoldReport, ...]:
    wanted = request.split("open", SPLITS) if request.splits else SPLITS
    try:
        reports = gold_reports(request.gold or OWN_REPORTS)
    except FileNotFoundError as missing:
        raise NoData(str(missing)) from missing
    return tuple(report for report in reports if ("sealed" if report.sealed else "open") in wanted)


def _metrics(scores: Sequence[ReportScore], plain: Sequence[ReportScore]) -> dict[str, float | None]:
    metrics: dict[str, float | None] = {}
    for prefix, half in halves(scores).items():
        metrics |= {prefix + name: value for name, value in _headline(half).items()}
    for prefix, half in halves(plain).items():
        metrics |= {f"{prefix}baseline_{name}": value for name, value in _headline(half).items()}
    for prefix, half in halves(scores).items():
        metrics |= {prefix + name: value for name, value in _details(half).items()}
    return metrics


def _headline(scores: Sequence[ReportScore]) -> dict[str, float | None]:
    return {
        "found_f1": rounded(found(scores).f1) if scores else None,
        "record_f1": rounded(record(scores).f1) if scores else None,
        "false_per_100": false_per_100(scores),
    }


def _details(scores: Sequence[ReportScore]) -> dict[str, float | None]:
    if not scores:
        return {}
    shares = {
        "found_precision": rounded(found(scores).precision),
        "found_recall": rounded(found(scores).recall),
        "linking_precision": rounded(linking(scores).precision),
        "linking_recall": rounded(linking(scores).recall),
        "linking_f1": rounded(linking(scores).f1),
    }
    fields = {f"field_{name}": value for name, value in field_shares(scores).items()}
    return shares | fields | calibration.errors(scores)


def _misses(scores: Sequence[ReportScore]) -> list[str]:
    return [line for score in scores for line in report_misses(score)]
