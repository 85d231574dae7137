"""Which claims are counted, and why each other one is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallybook.ledger.asking import Asking, Standing
from tallybook.ledger.bounds import Bounds
from tallybook.ledger.components import Component
from tallybook.ledger.reach import Inside
from tallybook.ledger.system import Disagreement
from tallybook.ledger.view import CONTAINED
from tallybook.model import LeftOut

MAY_MATCH, STATUS, REACHES_BEYOND, NO_BOUNDS = "may_match", "status", "reaches_beyond", "no_bounds"
SETTLED_EARLY = ("rejected", "superseded", "repeated", "denied")
MOST_SINGLE = 60
"""Bounding claims of one component that are tried one by one; above it all are counted if together they bound."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Claim ids that are counted, and those that are left out with the first reason that fits."""

    counted: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def sort_claims(asking: Asking, answers: Iterable[tuple[Component, Bounds, bool]]) -> Sorted:
    """Sort every claim of the measure that lies, or may lie, inside the question.

    `answers` holds each component with its bounds and whether its claims agree.
    """
    summed: set[str] = set()
    bounding: set[str] = set()
    contained: set[str] = set()
    for component, bounds, agreed in answers:
        mine = _in_the_sum(component)
        summed |= mine
        bounding |= _bounding(component, bounds, component.claims - mine, agreed)
        contained |= _contained(component, bounds, agreed)
    counted, left = [], []
    for claim_id in asking.seen.claims:
        reason = _reason(asking, claim_id, summed, bounding, contained)
        if reason is None:
            counted.append(claim_id)
        elif reason:
            field = asking.standing[claim_id].edges.field if reason == MAY_MATCH else None
            left.append(LeftOut(claim_id, reason, field))
    return Sorted(tuple(sorted(counted)), tuple(sorted(left, key=lambda x: (x.claim, x.reason))))


def _reason(asking: Asking, claim_id: str, summed: set[str], bounding: set[str], contained: set[str]) -> str | None:
    """Return why a claim is left out, None where it is counted, '' where it lies outside the question."""
    stands = asking.standing[claim_id]
    if claim_id in bounding:
        return None
    if stands.edges.inside is Inside.NO or stands.people is Inside.NO:
        return ""
    early = asking.left.get(claim_id)
    if early in SETTLED_EARLY:
        return early
    if early == CONTAINED and stands.edges.inside is Inside.YES and stands.people is Inside.YES:
        return CONTAINED
    return _unsettled(asking, claim_id, stands, claim_id in contained or early == CONTAINED, claim_id in summed)


def _unsettled(asking: Asking, claim_id: str, stands: Standing, contained: bool, summed: bool) -> str | None:
    cumulative = asking.seen.claims[claim_id].scope != "incident"
    if stands.edges.inside is Inside.OPEN and not cumulative:
        return MAY_MATCH
    if stands.people is Inside.OPEN:
        return STATUS
    if stands.edges.inside is Inside.OPEN:
        return REACHES_BEYOND
    count = asking.seen.claims[claim_id].count
    if count is not None and count.low is None and count.high is None:
        return NO_BOUNDS
    if contained:
        return CONTAINED
    return None if summed else ""


def _in_the_sum(component: Component) -> set[str]:
    """Return the claims of cells and regions that the question sums up."""
    mine: set[str] = set()
    for asked in component.families:
        for cell in asked.passing:
            mine.update(c for p in asked.family.positions[cell].values() for c in p.claims)
        mine.update(c for named in asked.family.named if named.members <= asked.wanted for c in named.claims)
    for toll in component.tolls:
        if toll.inside:
            mine.update(toll.region.claims())
    return mine


def _unchanged(component: Component, bounds: Bounds, without: Iterable[str]) -> bool:
    try:
        return component.answer(frozenset(without)) == bounds
    except Disagreement:
        return False


def _beyond(component: Component) -> set[str]:
    """Return the claims of tolls that overlap the question without lying inside: they are never counted."""
    return {c for t in component.tolls if t.meets and not t.inside for c in t.region.claims()}


def _bounding(component: Component, bounds: Bounds, outside: Iterable[str], agreed: bool) -> set[str]:
    """Return the claims outside the question without which its bounds would be others."""
    able = sorted(set(outside) - _beyond(component))
    if not able or not agreed:
        return set(able) if not agreed else set()
    if _unchanged(component, bounds, able):
        return set()
    if len(able) > MOST_SINGLE:
        return set(able)
    single = {c for c in able if not _unchanged(component, bounds, [c])}
    return single or set(able)


def _contained(component: Component, bounds: Bounds, agreed: bool) -> set[str]:
    """Return parts of a counted whole and incidents in a counted toll, where all together change neither bound."""
    if not agreed:
        return set()
    able: set[str] = set()
    tolls = [t for t in component.tolls if t.inside]
    for asked in component.families:
        covers = asked.family.covers
        in_toll = any(not component.outside(asked, t) for t in tolls)
        for cell in asked.passing:
            if in_toll or any(covers[cell] < covers[d] for d in asked.passing):
                able.update(c for p in asked.family.positions[cell].values() for c in p.claims)
    return able if able and _unchanged(component, bounds, able) else set()
