"""Eval `gvc`: incidents of the Gun Violence Corpus (Vossen et al. 2018). Definitions: `shootings`.

Splits as the rows name them; `dev` is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.reports import json_lines, report
from evals.request import NoData, Request
from evals.result import Result
from evals.shootings import Shooting, evaluate_shootings


def evaluate(request: Request) -> Result:
    """Score the incidents of the splits asked for.

    Raises: NoData if the data is not there or a split is empty; FileNotFoundError if a file is missing.
    """
    splits = request.splits or ("dev",)
    return evaluate_shootings("gvc", shootings(request.folder("gvc"), splits), request.reader)


def shootings(folder: Path, splits: Sequence[str]) -> list[Shooting]:
    """Return the incidents of `splits` with their documents, in the order of their first documents.

    Raises: NoData if no row belongs to `splits`.
    """
    rows = [row for row in json_lines(folder / "documents.jsonl") if "all" in splits or row["split"] in splits]
    if not rows:
        raise NoData(f"No row of {folder / 'documents.jsonl'} has the split {', '.join(splits)}.")
    incidents = defaultdict(list)
    for row in rows:
        incidents[str(row["event_id"])].append(row)
    return [_shooting(name, held) for name, held in incidents.items()]


def _shooting(name: str, rows: Sequence[Mapping[str, Any]]) -> Shooting:
    documents = tuple(
        report(str(row["doc_id"]), row["text"], title=row.get("title"), published=row.get("dct")) for row in rows
    )
    true = {"killed": int(rows[0]["num_killed"]), "injured": int(rows[0]["num_injured"])}
    return Shooting(name, true, documents)
