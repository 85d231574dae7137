"""Eval `link-gvc`: reports of the Gun Violence Corpus (Vossen et al. 2018) in one book. Definitions: `linking`.

Splits as the rows name them; `dev` is reported, the weights of the linker are trained on `train`.
"""

from __future__ import annotations

from evals.gvc import shootings
from evals.linking import evaluate_linking
from evals.request import Request
from evals.result import Result


def evaluate(request: Request) -> Result:
    """Score the grouping of all documents of the splits asked for.

    Raises: NoData if the data is not there or a split is empty; FileNotFoundError if a file is missing.
    """
    splits = request.splits or ("dev",)
    return evaluate_linking("link-gvc", shootings(request.folder("gvc"), splits), request.reader)
