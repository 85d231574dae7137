"""Every contradiction of a book, of all measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallybook.ledger.asking import ask
from tallybook.ledger.book import Book
from tallybook.ledger.clashes import denials, family_conflicts, in_order, of_incident, region_conflict
from tallybook.ledger.disagreement import outcome
from tallybook.ledger.reach import World
from tallybook.model import MEASURES, Conflict, Query

KEPT = ("conflicts", None)


def conflicts(book: Book) -> tuple[Conflict, ...]:
    """Return all conflicts of a book, by kind and claims; explained ones are kept, with what explains them. Found once
    for a book."""
    known = book.views.get(KEPT)
    if not isinstance(known, tuple):
        known = book.views[KEPT] = _conflicts(book)
    return known


def are_known(book: Book) -> bool:
    """Say whether the conflicts of a book were found already."""
    return KEPT in book.views


def _conflicts(book: Book) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    for measure in MEASURES:
        found += of_measure(book, measure)
    return in_order([*found, *of_incidents(book, book.incidents)])


def of_incidents(book: Book, incidents: Iterable[str]) -> Iterator[Conflict]:
    """Yield the conflicts over author, date and place inside some incidents."""
    world = World(book.geography, book.sides)
    for incident in incidents:
        held = (book.claims[c] for c in book.incidents[incident].claims if c in book.claims)
        claims = [c for c in held if c.document not in book.reports.replaced]
        if len(claims) > 1:
            yield from of_incident(claims, book, world)


def of_measure(book: Book, measure: str) -> list[Conflict]:
    """Return the conflicts over one measure."""
    asking = ask(book, Query(measure))
    claims = asking.seen.claims
    found = denials(asking.seen, {cell.incident for cell in asking.seen.positions})
    for component in asking.all():
        found += [Conflict("count", s) for s in outcome(component).sets]
        for asked in component.families:
            found += family_conflicts(asked, claims)
        found += [c for t in component.tolls if (c := region_conflict(t.region, claims)) is not None]
    return found
