"""When claims cannot all be true: the smallest sets whose removal restores agreement.

A component of ordinary size is searched as one. In a large one, a toll over thousands of incidents, each family is
first made to agree with itself, and then a set is sought among statements that clash with the tolls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from math import comb

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.components import Component
from tallybook.ledger.halving import Clashes
from tallybook.ledger.possible import Possible
from tallybook.ledger.selfclash import Statement, agreeing_origins, own_sets, span
from tallybook.ledger.system import Disagreement

LARGE = 60
"""Statements of a component above which families are made to agree one by one before tolls are looked at: the tries
of a search over the whole grow with the square of its statements and more. Guarded by benchmarks/ledger.py."""
MOST_TRIES = 20_000
"""Sets of statements tried in one component of ordinary size."""
MOST_TRIES_LARGE = 200
"""Sets of statements tried in a large component, each of which costs a pass over all its incidents."""
MOST_CLASHES = 5
"""Clashes that are resolved one after another in a large component, each with a search for its statements. Where there
are more, statements are taken in one by one as long as they agree, and the others left out: one pass for each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The bounds of a component, and the sets to leave out where its claims cannot all be true."""

    bounds: Bounds
    sets: tuple[Statement, ...] = ()


def outcome(component: Component) -> Outcome:
    """Return the component's bounds; where its claims clash, the hull of the answers without each smallest set."""
    inner: tuple[Statement, ...] = ()
    if component.tolls and len(component.statements) > LARGE:
        inner = _agree_within_families(component)
    try:
        return Outcome(component.answer(), inner)
    except Disagreement:
        sets = smallest_sets(component)
        return Outcome(spanned([component.answer(s) for s in sets]), tuple(sorted({*inner, *sets})))


def spanned(answers: list[Bounds]) -> Bounds:
    """Span answers that each may be right: the least low and the greatest high; an open high stays open.

    Where one answer has no low and another has, at least 0 is all that can be said.
    """
    stated = any(a.low is not None for a in answers)
    highs = [a.high for a in answers if a.high is not None]
    low = min((a.low or 0 for a in answers), default=0) if stated else None
    return Bounds(low, max(highs) if highs and len(highs) == len(answers) else None)


def smallest_sets(component: Component) -> tuple[Statement, ...]:
    """Return all sets of fewest statements that restore agreement, as sorted claim ids, in their order.

    In a large component the sets are sought among statements that clash with one another; where none of these is
    enough, one set that is enough is returned.
    """
    possible = Possible(component)
    may_agree = agreeing_origins(a.family for i, a in enumerate(component.families) if not component.is_spanned(i))
    if len(component.families) == 1 and not component.tolls:
        own = tuple(ids for ids in own_sets(component.families[0].family) if possible(ids))
        if own:
            return own
    statements = component.statements
    large = len(statements) > LARGE
    for size in range(1, len(statements) + 1):
        if large or comb(len(statements), size) > MOST_TRIES:
            break
        found = _found(lambda ids: may_agree(ids) and possible(ids), statements, size, MOST_TRIES)
        if found:
            return found
    return _among_clashing(component, possible)


def _found(
    possible: Callable[[Statement], bool], pool: Sequence[Statement], size: int, tries: int
) -> tuple[Statement, ...]:
    chosen = islice(combinations(pool, size), tries)
    sets = (tuple(sorted(claim for statement in some for claim in statement)) for some in chosen)
    return tuple(sorted(ids for ids in sets if possible(ids)))


def _among_clashing(component: Component, possible: Possible) -> tuple[Statement, ...]:
    """Look among clashing statements; as long as nothing is enough, leave out the first of them and look again."""
    gone: list[str] = []
    clashes = Clashes(component, possible)
    for _ in range(MOST_CLASHES):
        pool = clashes.among(gone)
        enough = possible({*gone, *(c for statement in pool for c in statement)})
        for size in (1, 2) if enough else ():
            chosen = islice(combinations(pool, size), MOST_TRIES_LARGE)
            sets = (tuple(sorted({*gone, *(c for statement in some for c in statement)})) for some in chosen)
            found = tuple(sorted(ids for ids in sets if possible(ids)))
            if found:
                return found
        gone += pool[0]
    return (tuple(sorted(clashes.beyond_agreement())),)


def _agree_within_families(component: Component) -> tuple[Statement, ...]:
    """Give each family that contradicts itself the span of its own answers; return the sets to leave out."""
    sets: list[Statement] = []
    for index, asked in enumerate(component.families):
        try:
            component.settled(index)
        except Disagreement:
            everybody = frozenset(range(len(asked.family.atoms)))
            lone = Component([replace(asked, wanted=everybody)], [], component.asked, component.world)
            found = smallest_sets(lone)
            component.span(index, span(asked.family, found))
            sets += found
    return tuple(sorted(sets))
