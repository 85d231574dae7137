"""What ledger tests ask of a book, in the notation of the definition: `12..15`, `12..`, `..40`, `..` for null."""

from __future__ import annotations

from typing import Any

from tallybook.ledger import Book, incident_figures, total
from tallybook.ledger.bounds import Bounds, shown
from tallybook.model import Figure, Query


def figure(book: Book, who: str = "any", **more: Any) -> Figure:
    """Return the figure of those killed."""
    return total(book, Query(more.pop("measure", "killed"), tuple(who.split(",")), **more))


def ask(book: Book, who: str = "any", **more: Any) -> str:
    """Return the bounds of a figure as text."""
    return bounds_of(figure(book, who, **more))


def bounds_of(told: Figure) -> str:
    return shown(Bounds(told.low, told.high))


def row(book: Book, who: str, event: str = "e1", measure: str = "killed") -> str | None:
    """Return the bounds of one row of one incident; None where there is no such row."""
    rows = incident_figures(book, book.incidents[f"i-{event}"])
    found = [r for r in rows if r["measure"] == measure and r["affiliation"] == who]
    return shown(Bounds(found[0]["low"], found[0]["high"])) if found else None


def kinds(told: Figure) -> list[tuple[str, str | None]]:
    """Return the conflicts of a figure as kind and explanation."""
    return [(c.kind, c.explained_by) for c in told.conflicts]


def reasons(told: Figure) -> dict[str, str]:
    """Return what was left out and why."""
    return {x.claim: x.reason for x in told.left_out}
