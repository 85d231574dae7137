"""Deciding from any page, and from a program: look first, then decide, then undo."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Body, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from tallybook.model.wire import Json
from tallybook.runs.judging import Proposal, change_of, name_of
from tallybook.runs.telling import decision_json
from tallybook.web.asking import Form, Held, Who, words
from tallybook.web.deciding import Decision, decide, decision_of, preview
from tallybook.web.rendering import inside, page

router = APIRouter()
FIELDS = ("verb", "objects", "field", "value", "because", "author", "log_at")


@router.post("/decide", include_in_schema=False)
def decide_from_page(request: Request, held: Held, who: Who, form: Form) -> Response:
    """Decide, or with `look` say first what would move."""
    values = {name: words(form, name) for name in FIELDS}
    values["objects"] = " ".join(str(v) for v in form.getlist("objects"))
    who.sign(values["author"])
    decision = decision_of(values, who)
    back = inside(words(form, "back"))
    if words(form, "look"):
        proposal = preview(held, decision)
        part = "preview_part.html" if request.headers.get("hx-request") else "preview.html"
        return page(request, part, decision=decision, proposal=proposal, moves=_moves(proposal), back=back)
    made = decide(held, decision, who)
    if words(form, "stay"):
        return page(request, "decided.html", proposal=made, moves=_moves(made), back=back)
    return RedirectResponse(back, 303)


@router.post("/undo", include_in_schema=False)
def undo_from_page(held: Held, who: Who, form: Form) -> Response:
    """Undo a judgement by its number."""
    who.sign(words(form, "author"))
    reason = words(form, "because") or "taken back"
    made = decide(held, Decision("undo", (words(form, "number"),), who.author, reason), who)
    if made.judgement.number and words(form, "number").isdigit() and int(words(form, "number")) in who.decided:
        who.decided.remove(int(words(form, "number")))
    return RedirectResponse(inside(words(form, "back") or "/log"), 303)


@router.post("/api/v1/decisions", tags=["decisions"], status_code=201)
def api_decide(held: Held, who: Who, wanted: dict[str, Any] = Body()) -> Response:  # noqa: B008
    """Decide as `tallybook decide` does: verb, objects, because, author; field and value for set- verbs; `dry_run` to
    look first; `log_at` to be refused where somebody decided on the same since."""
    decision = decision_of(wanted, who)
    if wanted.get("dry_run"):
        return JSONResponse(decision_json(preview(held, decision), committed=False), 200)
    return JSONResponse(decision_json(decide(held, decision, who), committed=True), 201)


@router.post("/api/v1/undo", tags=["decisions"], status_code=201)
def api_undo(held: Held, who: Who, wanted: dict[str, Any] = Body()) -> Response:  # noqa: B008
    """Undo the judgement with this `number` or id, as `tallybook undo` does."""
    values = {**wanted, "verb": "undo", "objects": [str(wanted.get("number", ""))]}
    return JSONResponse(decision_json(decide(held, decision_of(values, who), who), committed=True), 201)


def _moves(proposal: Proposal) -> list[Json]:
    return [{"name": name_of(m), "change": change_of(m), "incident": m.incident} for m in proposal.moves]
