"""Every contradiction of a book, of all measures."""

from __future__ import annotations

from collections import defaultdict

from tallybook.ledger.asking import ask
from tallybook.ledger.book import Book
from tallybook.ledger.clashes import denials, family_conflicts, in_order, of_incident, region_conflict
from tallybook.ledger.disagreement import outcome
from tallybook.ledger.reach import World
from tallybook.model import MEASURES, Claim, Conflict, Query


def conflicts(book: Book) -> tuple[Conflict, ...]:
    """Return all conflicts of a book, by kind and claims; explained ones are kept, with what explains them."""
    found: list[Conflict] = []
    for measure in MEASURES:
        found += _of_measure(book, measure)
    world = World(book.geography, book.sides)
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims.values():
        if claim.id in book.incident_of and claim.document not in book.reports.replaced:
            grouped[book.incident_of[claim.id]].append(claim)
    for claims in grouped.values():
        if len(claims) > 1:
            found += of_incident(claims, book, world)
    return in_order(found)


def _of_measure(book: Book, measure: str) -> list[Conflict]:
    asking = ask(book, Query(measure))
    claims = asking.seen.claims
    found = denials(asking.seen, {cell.incident for cell in asking.seen.positions})
    for component in asking.all():
        found += [Conflict("count", s) for s in outcome(component).sets]
        for asked in component.families:
            found += family_conflicts(asked, claims)
        found += [c for t in component.tolls if (c := region_conflict(t.region, claims)) is not None]
    return found
