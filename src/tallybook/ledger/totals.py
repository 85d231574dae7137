"""The figure: what all claims of a book add up to for one question."""

from __future__ import annotations

from tallybook.ledger.asking import Asking, ask
from tallybook.ledger.best import best, policy
from tallybook.ledger.book import Book
from tallybook.ledger.bounds import Bounds
from tallybook.ledger.clashes import denials, family_conflicts, in_order, of_incident, region_conflict
from tallybook.ledger.components import Component
from tallybook.ledger.disagreement import Outcome, outcome
from tallybook.ledger.figure_ids import figure_id
from tallybook.ledger.proof import prove
from tallybook.ledger.reach import World
from tallybook.ledger.sorting import MAY_MATCH, Sorted, sort_claims
from tallybook.model import Claim, Conflict, Figure, LeftOut, Query

PUBLISHED = "published"


def total(book: Book, query: Query, *, proved: bool = True) -> Figure:
    """Return the figure of one query, with what it counts, what it leaves out and why, and its proof.

    Bounds are inclusive persons. A query that matches nothing gives None, None, None. Pure: equal books and queries
    give equal figures, whatever the order of the claims. Close to linear in the claims of the measure. Without
    `proved` the proof is left away, which is as large as the claims that are counted.
    """
    asking = ask(book, query)
    components = asking.all()
    outcomes = [outcome(c) for c in components]
    bounds = summed([o.bounds for o in outcomes])
    told = sort_claims(asking, [(c, o.bounds, not o.sets) for c, o in zip(components, outcomes, strict=True)])
    left_out = _with_undated(told, asking.book, query)
    chosen = best(components, [o.bounds for o in outcomes], policy(query))
    return Figure(
        id=figure_id(query, book.state),
        query=query,
        low=bounds.low,
        best=chosen,
        high=bounds.high,
        counted=told.counted,
        left_out=left_out,
        conflicts=conflicts_of(asking, components, outcomes, told),
        unreviewed=sum(c not in book.decided.reviewed for c in told.counted),
        proof=prove(asking, components, outcomes, bounds, left_out) if proved else (),
    )


def summed(bounds: list[Bounds]) -> Bounds:
    """Add up components: a missing low adds nothing, a missing high leaves the sum open; nothing is no bounds."""
    if not bounds:
        return Bounds()
    lows = [b.low for b in bounds if b.low is not None]
    highs = [b.high for b in bounds if b.high is not None]
    return Bounds(sum(lows) if lows else None, sum(highs) if len(highs) == len(bounds) else None)


def _with_undated(told: Sorted, book: Book, query: Query) -> tuple[LeftOut, ...]:
    """Under a date limit the claims of undated documents may match: nobody knows when they were published."""
    if query.as_of is None:
        return told.left_out
    undated = {k for k, d in book.documents.items() if not d.published}
    open_claims = [
        LeftOut(c.id, MAY_MATCH, PUBLISHED)
        for c in book.claims.values()
        if c.document in undated and (c.measure == query.measure or (c.measure is None and c.about == query.measure))
    ]
    return tuple(sorted([*told.left_out, *open_claims], key=lambda x: (x.claim, x.reason)))


def conflicts_of(
    asking: Asking, components: list[Component], outcomes: list[Outcome], told: Sorted
) -> tuple[Conflict, ...]:
    """Return the conflicts among what a question asks for, with what explains them."""
    seen = asking.seen
    world = World(asking.book.geography, asking.book.sides)
    found: list[Conflict] = []
    incidents: set[str] = set()
    for component, result in zip(components, outcomes, strict=True):
        found += [Conflict("count", s) for s in result.sets]
        for asked in component.families:
            if asked.passing:
                found += family_conflicts(asked, seen.claims)
                incidents.update(asked.family.incidents)
        for toll in component.tolls:
            clash = region_conflict(toll.region, seen.claims) if toll.meets else None
            found += [clash] if clash else []
    denied = {x.claim for x in told.left_out if x.reason == "denied"}
    found += [c for c in denials(seen, incidents) if denied & set(c.claims)]
    listed = {*told.counted, *(x.claim for x in told.left_out)}
    for claims in _by_incident(asking, incidents, listed).values():
        found += of_incident(claims, asking.book, world)
    return in_order(found)


def _by_incident(asking: Asking, incidents: set[str], listed: set[str]) -> dict[str, list[Claim]]:
    grouped: dict[str, list[Claim]] = {}
    for claim_id, cell in asking.seen.cell_of.items():
        if cell.incident in incidents and claim_id in listed:
            grouped.setdefault(cell.incident, []).append(asking.seen.claims[claim_id])
    return {i: claims for i, claims in grouped.items() if len(claims) > 1}
