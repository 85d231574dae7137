"""Signing in and out, where the book is served to people with accounts."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Body, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from tallybook.web.accounts import Accounts
from tallybook.web.asking import Form, Signed, Who, as_typed, words
from tallybook.web.refusals import NO_CSRF, Refusal, Refused
from tallybook.web.rendering import inside, page
from tallybook.web.sessions import Session, same_secret

router = APIRouter()
FIELD = 600
"""Characters of a field of the form: longer than any password."""


@router.get("/sign-in", include_in_schema=False)
def sign_in(request: Request, accounts: Signed) -> Response:
    """Show the form to sign in."""
    return _form(request, accounts, inside(request.query_params.get("next", "/")))


@router.post("/sign-in", include_in_schema=False)
def signed_in(request: Request, accounts: Signed, form: Form) -> Response:
    """Sign in; the session has a new id, whatever cookie came along."""
    back = inside(words(form, "next") or "/")
    kept = request.cookies.get(_form_cookie(request), "")
    if not kept or not same_secret(words(form, "csrf"), accounts.form_token(kept)):
        return _form(request, accounts, back, NO_CSRF)
    try:
        given = {"name": words(form, "name"), "password": as_typed(form, "password"), "code": words(form, "code")}
        id, _ = _signed_in(request, accounts, given)
    except Refused as refused:
        return _form(request, accounts, back, refused.refusal, getattr(refused, "seconds", None))
    answer = RedirectResponse(back, 303)
    set_session(request, answer, id)
    answer.delete_cookie(_form_cookie(request), secure=_is_secure(request), httponly=True, samesite="strict")
    return answer


@router.post("/api/v1/sign-in", tags=["people"])
def api_sign_in(request: Request, accounts: Signed, wanted: dict[str, Any] = Body()) -> Response:  # noqa: B008
    """Sign in with `name`, `password` and, where the account has a second factor, `code`. The answer sets the cookie of
    the session; send its `csrf` as the header `X-CSRF-Token` with whatever changes something.

    Raises: Refused for a body that is not such, and for whoever may not come in
    """
    given = {k: wanted.get(k) or "" for k in ("name", "password", "code")}
    if not all(isinstance(v, str) for v in given.values()):
        raise Refused(400, "TB-W12", "name, password and code are strings.")
    id, session = _signed_in(request, accounts, given)
    told = {"schema": "tallybook.session/1", "name": session.author, "csrf": session.csrf}
    answer = JSONResponse({**told, "role": session.account.role if session.account else None})
    set_session(request, answer, id)
    return answer


@router.post("/sign-out", include_in_schema=False)
def sign_out(request: Request, accounts: Signed, who: Who) -> Response:
    """End this visit."""
    accounts.sign_out(who)
    answer = RedirectResponse("/sign-in", 303)
    settings = request.app.state.settings
    answer.delete_cookie(settings.cookie, secure=settings.secure, httponly=True, samesite="strict")
    return answer


def set_session(request: Request, answer: Response, id: str) -> None:
    """Give a browser the id of its session; no script reads it, and no other site sends it."""
    settings = request.app.state.settings
    answer.set_cookie(settings.cookie, id, httponly=True, samesite="strict", path="/", secure=settings.secure)


def _signed_in(request: Request, accounts: Accounts, given: dict[str, str]) -> tuple[str, Session]:
    cut = {name: value[:FIELD] for name, value in given.items()}
    return accounts.sign_in(cut["name"], cut["password"], cut["code"], request.scope["tallybook.address"])


def _form(
    request: Request, accounts: Accounts, back: str, refusal: Refusal | None = None, seconds: int | None = None
) -> Response:
    """Show the form, with a cookie of its own that its token answers to."""
    kept = secrets.token_urlsafe(24)
    status = refusal.status if refusal else 200
    answer = page(request, "sign_in.html", status, back=back, refusal=refusal, csrf_token=accounts.form_token(kept))
    answer.set_cookie(
        _form_cookie(request), kept, httponly=True, samesite="strict", path="/", secure=_is_secure(request)
    )
    if seconds is not None:
        answer.headers["retry-after"] = str(seconds)
    return answer


def _form_cookie(request: Request) -> str:
    return f"{request.app.state.settings.cookie}-form"


def _is_secure(request: Request) -> bool:
    secure: bool = request.app.state.settings.secure
    return secure
