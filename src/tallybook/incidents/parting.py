"""Where one event of a report is two: its claims surely give it days that do not meet, or ways of harm that exclude.

The reader groups the claims of a report; what it groups wrongly, linking would carry into every report that tells
either event. A wrong merge hides victims, so a group is parted where its claims cannot be one event. Only what a reader
said with a probability is parted: what a person or a list put together stays together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tallybook.model import Claim
from tallybook.model.claim import FIRE

SURE_KIND, SURE_DAY = 0.7, 0.75
"""Probability of a kind and of a day from which two claims that differ are two events. On the open gold reports all 8
pairs of claims with a blast and fire so sure are of two incidents, and 15 of 21 with days so sure that do not meet."""
BLAST = frozenset({"ied_or_mine"})


def parted(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Return the events that the claims of one event of a report tell, in order of telling; most often just one.

    A part stays with its whole. A claim that several events may hold goes to the one told nearest before it.
    """
    ordered = sorted(claims, key=_stands)
    held = {c.id for c in ordered}
    wholes = [c for c in ordered if c.part_of not in held]
    if not any(_exclude(a, b) for i, a in enumerate(wholes) for b in wholes[:i]):
        return [ordered]
    groups: list[list[Claim]] = []
    for claim in wholes:
        able = [g for g in groups if not any(_exclude(claim, other) for other in g)]
        alike = [g for g in able if any(claim.event_type == other.event_type for other in g)]
        nearest = max(alike or able, key=lambda g: _stands(g[-1]), default=None)
        if nearest is None:
            groups.append([claim])
        else:
            nearest.append(claim)
    return _with_parts(groups, [c for c in ordered if c.part_of in held])


def _with_parts(groups: list[list[Claim]], parts: list[Claim]) -> list[list[Claim]]:
    """Put each part into the group of its whole; parts of parts follow."""
    home = {c.id: group for group in groups for c in group}
    while parts:
        able = [c for c in parts if c.part_of in home]
        for claim in able:
            home[claim.id] = home[claim.part_of or ""]
            home[claim.id].append(claim)
        parts = [c for c in parts if c.id not in home]
        if not able:
            groups[0] += parts
            break
    return groups


def _stands(claim: Claim) -> tuple[bool, int, str]:
    return claim.field != "title", claim.span.start, claim.id


def _exclude(a: Claim, b: Claim) -> bool:
    return bool(a.confidences and b.confidences) and (_kinds_exclude(a, b) or _days_exclude(a, b))


def _kinds_exclude(a: Claim, b: Claim) -> bool:
    blast = {a.event_type in BLAST, b.event_type in BLAST} == {True, False}
    return blast and (a.event_type in FIRE or b.event_type in FIRE) and _sure(a, b, "event_type", SURE_KIND)


def _days_exclude(a: Claim, b: Claim) -> bool:
    mine, yours = _days(a), _days(b)
    if mine is None or yours is None or not _sure(a, b, "date", SURE_DAY):
        return False
    return mine[0] > yours[1] or yours[0] > mine[1]


def _days(claim: Claim) -> tuple[date, date] | None:
    if claim.date is None or not claim.date.start or not claim.date.end:
        return None
    return date.fromisoformat(claim.date.start[:10]), date.fromisoformat(claim.date.end[:10])


def _sure(a: Claim, b: Claim, field: str, least: float) -> bool:
    return all(dict(c.confidences).get(field, 1.0) >= least for c in (a, b))
