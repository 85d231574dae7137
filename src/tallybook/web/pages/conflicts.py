"""Contradictions: claims that clash, side by side, and what explains it where something does."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import APIRouter, Request, Response

from tallybook.ledger import conflicts
from tallybook.model import Conflict
from tallybook.runs import listing
from tallybook.runs.naming import Asked
from tallybook.web.asking import ListAsked, Open, Question, Words, answered, passing
from tallybook.web.held_book import COMPUTING, Laid
from tallybook.web.lists import Asked as ListWanted
from tallybook.web.lists import Listed, page_of
from tallybook.web.rendering import page
from tallybook.web.told import claims_told

router = APIRouter()
KINDS = ("count", "status", "responsibility", "date", "place", "happened")
STATES = ("open", "explained")


@router.get("/conflicts", include_in_schema=False)
def contradictions(request: Request, laid: Open, asked: Question, wanted: ListAsked, kind: Words = "",
                   state: Words = "open") -> Response:  # fmt: skip
    """List the contradictions."""
    found = _listed(laid, asked, wanted, kind, state)
    told = [{**listing.contradiction(c, laid.desk), "told": claims_told(c.claims, laid)} for c in found.rows]
    return page(request, "conflicts.html", list=found, rows=told, kinds=KINDS, states=STATES, kind=kind, state=state)


@router.get("/api/v1/conflicts", tags=["conflicts"])
def api_conflicts(request: Request, laid: Open, asked: Question, wanted: ListAsked, kind: Words = "",
                  state: Words = "") -> Response:  # fmt: skip
    """Return contradictions as `tallybook conflicts --format json` prints them."""
    found = _listed(laid, asked, wanted, kind, state)
    return answered(request, laid, found.json([listing.contradiction(c, laid.desk) for c in found.rows], "conflicts"))


def conflicts_of(laid: Laid) -> tuple[Conflict, ...]:
    """Return all contradictions of the book, found once for each state."""

    def found() -> tuple[Conflict, ...]:
        with COMPUTING:
            return conflicts(laid.desk.ledger)

    return laid.once("conflicts", found)


def conflicts_among(laid: Laid, claims: Collection[str]) -> list[Conflict]:
    """Return the contradictions that one of some claims is in, by kind and claims."""
    mine = frozenset(claims)
    return [c for c in conflicts_of(laid) if not mine.isdisjoint(c.claims)]


def _listed(laid: Laid, asked: Asked, wanted: ListWanted, kind: str, state: str) -> Listed[Conflict]:
    def found() -> list[Conflict]:
        with COMPUTING:
            return list(listing.conflicts_passing(laid.desk, passing(asked, laid)))

    every = laid.once(("contradictions", asked), found)
    kept = [
        c for c in every
        if (not kind or c.kind == kind) and (state not in STATES or (c.explained_by is None) == (state == "open"))
    ]  # fmt: skip
    return page_of(kept, wanted, lambda c: f"{c.kind} {' '.join(c.claims)}")
