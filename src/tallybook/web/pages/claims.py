"""One claim: its words, how they were read, what was decided, and what can be decided now."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from tallybook.model import MEASURES, Claim
from tallybook.review.fields import FIELDS, shown
from tallybook.runs import explaining
from tallybook.runs.logbook import Asked as LogAsked
from tallybook.runs.logbook import judgements
from tallybook.runs.naming import Asked
from tallybook.web import lists
from tallybook.web.asking import ListAsked, Open, Question, answered, passing
from tallybook.web.held_book import Laid
from tallybook.web.marking import marks_of, paragraph, pieces, text_of
from tallybook.web.pages.evidence import told_on
from tallybook.web.rendering import page
from tallybook.web.told import claim_named, claim_told

router = APIRouter()


@router.get("/claims/{name}", include_in_schema=False)
def claim(request: Request, laid: Open, name: str) -> Response:
    """Show one claim."""
    found = claim_named(name, laid.desk)
    text = text_of(laid.desk.documents[found.document], found.field)
    return page(
        request, "claim.html", claim=claim_told(found, laid),
        steps=explaining.explain_claim(found, laid.desk).steps,
        pieces=pieces(text, marks_of(found, found.field), paragraph(text, found.span)),
        values=[(f.name, f.help, shown(f.name, f.get(found))) for f in FIELDS.values()],
        history=list(judgements(laid.desk, LogAsked(about=found.id))),
        measures=MEASURES, log_at=len(laid.desk.log), files=told_on(laid, found.id),
    )  # fmt: skip


@router.get("/api/v1/claims", tags=["claims"])
def api_claims(request: Request, laid: Open, asked: Question, wanted: ListAsked) -> Response:
    """Return the claims that pass, by document and place in the text."""
    found = lists.page_of(laid.once(("claims", asked), lambda: _passing(laid, asked)), wanted, lambda c: c.id)
    return answered(request, laid, found.json([claim_told(c, laid) for c in found.rows], "claims"))


@router.get("/api/v1/claims/{name}", tags=["claims"])
def api_claim(request: Request, laid: Open, name: str) -> Response:
    """Return one claim with what was decided on it, and what `tallybook why` says of it."""
    found = claim_named(name, laid.desk)
    steps = explaining.explain_claim(found, laid.desk).steps
    why = [{"text": s.text, "claims": list(s.claims)} for s in steps]
    return answered(request, laid, {**claim_told(found, laid), "why": why})


def _passing(laid: Laid, asked: Asked) -> list[Claim]:
    keeps = passing(asked, laid)
    return [c for c in laid.desk.claims if keeps.claim(c)]
