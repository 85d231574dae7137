"""Eval `longtail`: 500 shooting incidents of SemEval-2018 Task 5. Definitions: `shootings`.

`first` and `second` are the halves of incidents.jsonl in file order; `second` is reported, `all` is both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.reports import json_lines, report
from evals.request import Request
from evals.result import Result
from evals.shootings import Shooting, evaluate_shootings

SPLITS = ("second", "first", "all")


def evaluate(request: Request) -> Result:
    """Score the incidents of the splits asked for.

    Raises: NoData if the data is not there or a split is unknown; FileNotFoundError if a file is missing.
    """
    splits = request.split("second", SPLITS)
    return evaluate_shootings("longtail", shootings(request.folder("longtail"), splits), request.reader)


def shootings(folder: Path, splits: Sequence[str]) -> list[Shooting]:
    """Return the incidents of `splits` that have documents, in file order."""
    documents = defaultdict(list)
    for row in json_lines(folder / "documents.jsonl"):
        documents[str(row["incident_id"])].append(row)
    wanted = _half(json_lines(folder / "incidents.jsonl"), splits)
    return [
        _shooting(row, documents[str(row["incident_id"])]) for row in wanted if str(row["incident_id"]) in documents
    ]


def _half(rows: list[dict[str, Any]], splits: Sequence[str]) -> list[dict[str, Any]]:
    middle = len(rows) // 2
    if "all" in splits or {"first", "second"} <= set(splits):
        return rows
    return rows[:middle] if "first" in splits else rows[middle:]


def _shooting(incident: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Shooting:
    documents = tuple(
        report(
            str(row["doc_id"]),
            row["text"],
            title=row.get("title"),
            published=row.get("published"),
            url=row.get("url"),
        )
        for row in rows
    )
    true = {"killed": int(incident["num_killed"]), "injured": int(incident["num_injured"])}
    return Shooting(str(incident["incident_id"]), true, documents)
