"""The figures of one incident, as lists print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallybook.ledger.best import best, policy
from tallybook.ledger.book import Book
from tallybook.ledger.bounds import Bounds
from tallybook.ledger.cells import STATUSES, WHOLE, Label
from tallybook.ledger.components import Asked, Component
from tallybook.ledger.disagreement import outcome
from tallybook.ledger.families import Family
from tallybook.ledger.filters import ANY, UNKNOWN
from tallybook.ledger.named import families_by_incident
from tallybook.ledger.reach import Reach, World
from tallybook.ledger.view import view
from tallybook.model import MEASURES, Incident, Query
from tallybook.model.reaching import reached

Row = dict[str, Any]


def incident_figures(book: Book, incident: Incident, measures: Sequence[str] = MEASURES) -> list[Row]:
    """Return `{measure, affiliation, low, best, high}` rows of one incident, measures in the order of MEASURES.

    One row for each of civilian, combatant and unknown that has a claim, and one `any`. A whole that is told over
    several incidents includes its parts. No claim of a measure: no row. The policy is `latest`.
    """
    rows: list[Row] = []
    for measure in measures:
        seen = view(book, measure)
        family = families_by_incident(book, seen).get(incident.id)
        if family is not None:
            rows += _rows(book, measure, incident.id, family)
    return rows


def _rows(book: Book, measure: str, incident: str, family: Family) -> list[Row]:
    parts = reached([incident], lambda i: _parts(book, i))
    mine = [c for c in family.positions if c.incident in parts]
    here = frozenset(a for a, atom in enumerate(family.atoms) if atom.incident in parts)
    rows = []
    for name in (*STATUSES, UNKNOWN, ANY):
        cells = frozenset(c for c in mine if _tells(c.label, name))
        wanted = frozenset(a for c in cells for a in family.covers[c] if a in here and _among(family, a, name))
        if cells and wanted:
            asked = Asked(family, (Reach(),) * len(family.atoms), wanted, cells)
            bounds, chosen = _bounds(asked, book, measure)
            rows.append(
                {"measure": measure, "affiliation": name, "low": bounds.low, "best": chosen, "high": bounds.high}
            )
    return rows


def _bounds(asked: Asked, book: Book, measure: str) -> tuple[Bounds, int | None]:
    component = Component([asked], [], Reach(anywhere=True), World(book.geography, book.sides))
    bounds = outcome(component).bounds
    return bounds, best([component], [bounds], policy(Query(measure)))


def _tells(label: Label, name: str) -> bool:
    status = next((value[0] for key, value in label if key == "status"), None)
    if name == ANY:
        return True
    return status is None if name == UNKNOWN else status == name


def _among(family: Family, atom: int, name: str) -> bool:
    return _tells(family.atoms[atom].label or WHOLE, name)


def _parts(book: Book, incident: str) -> list[str]:
    known = book.incidents.get(incident)
    return [book.alias.get(p, p) for p in known.parts] if known else []
