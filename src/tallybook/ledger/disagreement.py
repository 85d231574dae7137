"""When claims cannot all be true: the smallest sets whose removal restores agreement."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice
from math import comb

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.components import Component
from tallybook.ledger.solve import Disagreement

MOST_TRIES = 20_000
"""Sets of claims tried in one component before the search keeps to claims that clash among themselves."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The bounds of a component, and the sets to leave out where its claims cannot all be true."""

    bounds: Bounds
    sets: tuple[tuple[str, ...], ...] = ()


def outcome(component: Component) -> Outcome:
    """Return the component's bounds; where its claims clash, the hull of the answers without each smallest set."""
    try:
        return Outcome(component.answer())
    except Disagreement:
        sets = smallest_sets(component)
        return Outcome(spanned([component.answer(s) for s in sets]), sets)


def spanned(answers: list[Bounds]) -> Bounds:
    """Span answers that each may be right: the least low and the greatest high; an open high stays open.

    Where one answer has no low and another has, at least 0 is all that can be said.
    """
    stated = any(a.low is not None for a in answers)
    highs = [a.high for a in answers if a.high is not None]
    low = min((a.low or 0 for a in answers), default=0) if stated else None
    return Bounds(low, max(highs) if highs and len(highs) == len(answers) else None)


def smallest_sets(component: Component) -> tuple[tuple[str, ...], ...]:
    """Return all sets of fewest statements that restore agreement, as sorted claim ids, in their order."""
    statements = component.statements
    for size in range(1, len(statements) + 1):
        pool = statements if comb(len(statements), size) <= MOST_TRIES else _clashing(component)
        chosen = islice(combinations(pool, size), MOST_TRIES)
        tries = (tuple(sorted(claim for statement in some for claim in statement)) for some in chosen)
        found = sorted(ids for ids in tries if agrees(component, ids))
        if found:
            return tuple(found)
    return (tuple(sorted(component.claims)),)


def agrees(component: Component, without: tuple[str, ...]) -> bool:
    """Say whether the claims that are left can all be true."""
    try:
        component.answer(without)
    except Disagreement:
        return False
    return True


def _clashing(component: Component) -> list[tuple[str, ...]]:
    """Return statements that clash, none of which can be spared: found by leaving out one after another."""
    gone: set[str] = set()
    for statement in component.statements:
        if not agrees(component, tuple(sorted(gone.union(statement)))):
            gone.update(statement)
    return [s for s in component.statements if gone.isdisjoint(s)]
