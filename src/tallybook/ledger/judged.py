"""What people decided about claims: which stand, and which nobody has looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.model import Judgement
from tallybook.model.standing import standing

ACCEPT, REJECT, RETRACT = "accept", "reject", "retract"
ADD_CLAIM = "add-claim"
ATTACH = "attach"
"""Verb that attaches an evidence file to claims; no figure moves by it."""
ON_CLAIMS = (ACCEPT, REJECT, RETRACT, "set-field", "set-place", "set-actor")


@dataclass(frozen=True, slots=True)
class Decided:
    """Claims by what the last standing judgement on them says."""

    dropped: frozenset[str]
    reviewed: frozenset[str]


def decided(judgements: Iterable[Judgement]) -> Decided:
    """Sort the claims that people judged; the last standing word on each holds."""
    last: dict[str, str] = {}
    reviewed: set[str] = set()
    for judgement in standing(judgements):
        if judgement.verb in ON_CLAIMS:
            reviewed.update(judgement.objects)
        if judgement.verb == ADD_CLAIM and judgement.means is not None:
            reviewed.add(json.loads(judgement.means)["id"])
        if judgement.verb in (ACCEPT, REJECT, RETRACT):
            last.update(dict.fromkeys(judgement.objects, judgement.verb))
    return Decided(frozenset(c for c, verb in last.items() if verb in (REJECT, RETRACT)), frozenset(reviewed))
