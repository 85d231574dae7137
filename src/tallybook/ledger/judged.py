"""What people decided about claims: which stand, and which nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.model import Judgement

ACCEPT, REJECT, RETRACT, UNDO = "accept", "reject", "retract", "undo"
ON_CLAIMS = (ACCEPT, REJECT, RETRACT, "set-field", "set-place", "set-actor")


@dataclass(frozen=True, slots=True)
class Decided:
    """Claims by what the last standing judgement on them says."""

    dropped: frozenset[str]
    reviewed: frozenset[str]


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that no later one undoes, in the order of the log. An undone undo undoes nothing."""
    log = sorted(judgements, key=lambda j: (j.number, j.id))
    undone: set[str] = set()
    for judgement in reversed(log):
        if judgement.verb == UNDO and not _named(judgement, undone):
            undone.update(judgement.objects)
    return tuple(j for j in log if j.verb != UNDO and not _named(j, undone))


def _named(judgement: Judgement, names: set[str]) -> bool:
    return judgement.id in names or str(judgement.number) in names


def decided(judgements: Iterable[Judgement]) -> Decided:
    """Sort the claims that people judged; the last standing word on each holds."""
    last: dict[str, str] = {}
    reviewed: set[str] = set()
    for judgement in standing(judgements):
        if judgement.verb in ON_CLAIMS:
            reviewed.update(judgement.objects)
        if judgement.verb in (ACCEPT, REJECT, RETRACT):
            last.update(dict.fromkeys(judgement.objects, judgement.verb))
    return Decided(frozenset(c for c, verb in last.items() if verb in (REJECT, RETRACT)), frozenset(reviewed))
