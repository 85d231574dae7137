"""Eval `link-longtail`: shooting reports of SemEval-2018 Task 5 in one book. Definitions: `linking`.

Splits as in `longtail`; `second` is reported, the weights of the linker are trained on `first`.
"""

from __future__ import annotations

from evals.linking import evaluate_linking
from evals.longtail import SPLITS, shootings
from evals.request import Request
from evals.result import Result


def evaluate(request: Request) -> Result:
    """Score the grouping of all documents of the splits asked for.

    Raises: NoData if the data is not there or a split is unknown; FileNotFoundError if a file is missing.
    """
    splits = request.split("second", SPLITS)
    return evaluate_linking("link-longtail", shootings(request.folder("longtail"), splits), request.reader)
