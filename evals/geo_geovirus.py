"""Eval `geo-geovirus`: toponyms of news of epidemics (GeoVirus). Definitions: `geo`."""

from __future__ import annotations

from evals.geo import evaluate_toponyms, geovirus
from evals.request import Request
from evals.result import Result


def evaluate(request: Request) -> Result:
    """Score the articles of the split asked for.

    Raises: NoData if the data is not there or the split is unknown.
    """
    return evaluate_toponyms("geo-geovirus", geovirus(request.folder("geoparsing")), request)
