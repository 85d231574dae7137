"""What people decided about which claims are one incident, as constraints on events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from tallybook.model import Claim, Judgement
from tallybook.model.standing import standing

SAME, DIFFERENT, PART_OF = "same", "different", "part-of"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Pairs of objects (claim or incident ids) that a standing judgement joins, parts, or nests."""

    same: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    part_of: tuple[tuple[str, str], ...]
    """Part first, whole second."""


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """Read the standing judgements; of two on the same pair the later one holds."""
    last: dict[tuple[str, str], tuple[str, tuple[str, str]]] = {}
    for judgement in standing(judgements):
        if judgement.verb in (SAME, DIFFERENT):
            for a, b in combinations(judgement.objects, 2):
                last[min(a, b), max(a, b)] = (judgement.verb, (a, b))
        elif judgement.verb == PART_OF and len(judgement.objects) >= 2:
            *parts, whole = judgement.objects
            for part in parts:
                last[min(part, whole), max(part, whole)] = (PART_OF, (part, whole))
    of = {verb: tuple(sorted(pair for v, pair in last.values() if v == verb)) for verb in (SAME, DIFFERENT, PART_OF)}
    return Decisions(of[SAME], of[DIFFERENT], of[PART_OF])


def taken_out(decided: Decisions, claims: Iterable[Claim], incident_id: Callable[[str], str]) -> dict[str, str]:
    """Return an event key for each claim that a person set apart from another claim of its own event."""
    known = {c.id: c for c in claims}
    known.update({incident_id(c.id): c for c in list(known.values())})
    apart: dict[str, str] = {}
    for a, b in (*decided.different, *decided.part_of):
        one, other = known.get(a), known.get(b)
        if one and other and one.id != other.id and _together(one, other):
            moved = max(one, other, key=lambda c: c.id)
            apart[moved.id] = f"{moved.event or 'claim'} without {moved.id}"
    return apart


def _together(a: Claim, b: Claim) -> bool:
    return a.document == b.document and a.event is not None and a.event == b.event
