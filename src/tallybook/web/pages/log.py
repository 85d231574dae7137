"""The log: who decided what, when and why; undo, and verify."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from tallybook.ledger.judged import ATTACH
from tallybook.model.standing import PURGE, UNDO
from tallybook.model.wire import Json
from tallybook.review.deciding import VERBS
from tallybook.runs.checking import verify
from tallybook.runs.logbook import Asked, judgements
from tallybook.runs.telling import verified_json
from tallybook.web.asking import ListAsked, Open, Who, Words, answered
from tallybook.web.held_book import COMPUTING, Laid
from tallybook.web.lists import Asked as ListWanted
from tallybook.web.lists import Listed, page_of
from tallybook.web.rendering import page
from tallybook.web.roles import May

router = APIRouter()


@router.get("/log", include_in_schema=False)
def log(request: Request, laid: Open, who: Who, wanted: ListAsked, author: Words = "", verb: Words = "",
        about: Words = "") -> Response:  # fmt: skip
    """List what was decided, the newest first."""
    found = _listed(laid, wanted, Asked(author or None, verb or None, about or None), May.of(who.account))
    authors = laid.once("authors", lambda: sorted({j.author for j in laid.desk.log}))
    return page(request, "log.html", list=found, rows=found.rows, authors=authors, verbs=(*VERBS, ATTACH, UNDO, PURGE),
                log_at=len(laid.desk.log))  # fmt: skip


@router.get("/api/v1/log", tags=["log"])
def api_log(request: Request, laid: Open, who: Who, wanted: ListAsked, author: Words = "", verb: Words = "",
            about: Words = "") -> Response:  # fmt: skip
    """Return judgements as `tallybook log --format json` prints them, the newest first."""
    found = _listed(laid, wanted, Asked(author or None, verb or None, about or None), May.of(who.account))
    return answered(request, laid, found.json(found.rows, "log"))


@router.post("/log/verify", include_in_schema=False)
def verified(request: Request, laid: Open) -> Response:
    """Hash all that the book answers, and check that nothing of the past was changed."""
    return page(request, "verified.html", found=_verified(laid))


@router.get("/api/v1/verify", tags=["log"])
def api_verify(request: Request, laid: Open) -> Response:
    """Return what `tallybook verify --format json` prints. It goes over the whole book."""
    return answered(request, laid, _verified(laid))


def _listed(laid: Laid, wanted: ListWanted, asked: Asked, may: May) -> Listed[Json]:
    """Return the judgements that pass; what a file says of itself is told only to who may see the file."""
    rows = laid.once(("log", asked), lambda: list(judgements(laid.desk, asked))[::-1])
    shown = rows if may.see_evidence else [j for j in rows if j["verb"] != ATTACH]
    return page_of(shown, wanted, lambda j: str(j["id"]))


def _verified(laid: Laid) -> Json:
    def made() -> Json:
        with COMPUTING:
            return verified_json(verify(laid.desk))

    return laid.once("verified", made)
