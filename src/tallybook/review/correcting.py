"""Claims as people set them: the read claim with the standing settings laid over it, in the order of the log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tallybook.model import Claim, Judgement
from tallybook.review.fields import FIELDS, Plain

SET_FIELD, SET_PLACE, SET_ACTOR = "set-field", "set-place", "set-actor"
ON_FIELDS = (SET_FIELD, SET_PLACE, SET_ACTOR)
DENIALS = ("denied", "negated")
IMPLIED = {"measure": "stance", "about": "stance", "count": "stance"}
"""Fields that change with another: a denial has no measure and no number, but a measure that it is about."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field that a judgement set to something else than was read."""

    field: str
    was: Plain
    judgement: str
    """Id of the judgement whose value holds."""


def settings(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Return the judgements that set a field, by claim, in the order of the log."""
    grouped: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.verb in ON_FIELDS and judgement.field in FIELDS and judgement.means is not None:
            for claim in judgement.objects:
                grouped[claim].append(judgement)
    return grouped


def corrected(claim: Claim, set_by: Iterable[Judgement]) -> tuple[Claim, tuple[Correction, ...]]:
    """Return a claim with the values that people set, and what each changed field was; the last word holds."""
    last = {str(j.field): j for j in set_by}
    now = claim
    for name, judgement in last.items():
        now = FIELDS[name].put(now, json.loads(str(judgement.means)))
    now = _as_stance_says(now, claim)
    return now, tuple(_differences(claim, now, last))


def _as_stance_says(now: Claim, read: Claim) -> Claim:
    """Keep measure and stance together: what a denial denies stands in `about`, what is asserted in `measure`."""
    if now.stance in DENIALS and now.measure is not None:
        return replace(now, measure=None, about=now.measure, count=None)
    if now.stance not in DENIALS and read.stance in DENIALS and now.measure is None:
        return replace(now, measure=now.about, about=None)
    return now


def _differences(read: Claim, now: Claim, last: Mapping[str, Judgement]) -> Iterable[Correction]:
    for name, field in FIELDS.items():
        judgement = last.get(name) or last.get(IMPLIED.get(name, ""))
        if judgement is not None and field.get(read) != field.get(now):
            yield Correction(name, field.get(read), judgement.id)
