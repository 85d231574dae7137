"""Settings: who decides here, and what the answers of this workbench depend on."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from tallybook.model.wire import Json
from tallybook.runs.describing import ATTRIBUTION, describe
from tallybook.runs.naming import POLICIES
from tallybook.web.asking import Form, Held, Who, words
from tallybook.web.held_book import HeldBook
from tallybook.web.refusals import OWN_NAME, Refused
from tallybook.web.rendering import page

router = APIRouter()


@router.get("/settings", include_in_schema=False)
def settings(request: Request, held: Held) -> Response:
    """Show the settings."""
    return page(request, "settings.html", told=_told(held), policies=POLICIES, gone=held.packs.gone)


@router.post("/settings/name", include_in_schema=False)
def name(who: Who, form: Form) -> Response:
    """Say who decides in this session.

    Raises: Refused where an account says that already
    """
    if who.account is not None:
        raise Refused(403, "TB-W34", OWN_NAME)
    who.typed = " ".join(words(form, "author").split())[:120]
    return RedirectResponse("/settings", 303)


@router.post("/leave", include_in_schema=False)
def leave(request: Request, who: Who) -> Response:
    """End this session; the printed address opens another."""
    if who.account is not None:
        request.app.state.accounts.sign_out(who)
    request.app.state.sessions.end(who.id)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(request.app.state.settings.cookie)
    return answer


@router.get("/api/v1/settings", tags=["settings"])
def api_settings(held: Held) -> Response:
    """Return what `tallybook about --format json` prints."""
    return JSONResponse({"schema": "tallybook.about/1", **describe(held.packs.knowledge)})


def _told(held: HeldBook) -> Json:
    """Return what the page shows of `about`, without waking the parser."""
    knowledge = held.packs.knowledge
    packs = [f"{pack.name}: {pack.title} ({pack.licence}; {pack.source})" for pack in knowledge.packs]
    return {"knowledge": knowledge.version, "packs": packs, "attribution": ATTRIBUTION}
