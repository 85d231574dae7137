"""Eval `geo-lgl`: toponyms of local news (LGL). Definitions: `geo`."""

from __future__ import annotations

from evals.geo import evaluate_toponyms, lgl
from evals.request import Request
from evals.result import Result


def evaluate(request: Request) -> Result:
    """Score the articles of the split asked for.

    Raises: NoData if the data is not there or the split is unknown.
    """
    return evaluate_toponyms("geo-lgl", lgl(request.folder("geoparsing")), request)
