"""What a request brings, as pages need it: the book, the session, filters, the token of a form."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from tallybook.model.account import Account
from tallybook.model.wire import Json
from tallybook.runs.filtering import Filter, filter_from
from tallybook.runs.naming import Asked
from tallybook.web import lists
from tallybook.web.accounts import Accounts
from tallybook.web.guard import SAFE
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.refusals import NO_ACCOUNTS, NO_CSRF, NOT_YOURS, Refused
from tallybook.web.rendering import covered
from tallybook.web.roles import may
from tallybook.web.sessions import Session, same_secret

Words = Annotated[str, Query(max_length=300)]


async def allowed(request: Request) -> None:
    """Refuse a request that the role of who signed in does not allow, and every one to a route without a rule.

    Raises: Refused
    """
    session: Session | None = request.scope.get("tallybook.session")
    if session is None or session.account is None:
        return
    if not may(session.account, request.method, request.scope["route"].path):
        raise Refused(NOT_YOURS.status, NOT_YOURS.code, NOT_YOURS.message, NOT_YOURS.heading)


async def checked(request: Request) -> None:
    """Refuse a request that would change something and does not carry the token of its session.

    Raises: Refused
    """
    if request.method in SAFE or request.scope.get("tallybook.bearer") or request.scope.get("tallybook.signing_in"):
        return
    given = request.headers.get("x-csrf-token")
    if given is None and "form" in request.headers.get("content-type", ""):
        value = (await request.form()).get("csrf")
        given = value if isinstance(value, str) else None
    session = request.scope.get("tallybook.session")
    if session is None or not same_secret(given, session.csrf):
        raise Refused(NO_CSRF.status, NO_CSRF.code, NO_CSRF.message)


async def form_of(request: Request) -> FormData:
    """Return the form of a request."""
    return await request.form()


def held_book(request: Request) -> HeldBook:
    """Return the book that is served."""
    held: HeldBook = request.app.state.held
    return held


def laid_book(request: Request) -> Laid:
    """Return the book as it is now, as far as who asks may see it."""
    held, session = held_book(request), request.scope.get("tallybook.session")
    if session is None or session.sees_names:
        return held.laid()
    laid = held.covered()
    request.scope["tallybook.cover"] = laid.cover
    return laid


def accounts_of(request: Request) -> Accounts:
    """Return who is signed in here.

    Raises: Refused where the book is served to one person.
    """
    accounts: Accounts | None = request.app.state.accounts
    if accounts is None:
        raise Refused(404, "TB-W35", NO_ACCOUNTS)
    return accounts


def own_account(request: Request) -> Account:
    """Return the account of who asks.

    Raises: Refused where the book is served to one person.
    """
    accounts_of(request)
    account = session_of(request).account
    assert account is not None
    return account


def session_of(request: Request) -> Session:
    """Return the session of a request: behind the door there is one."""
    session: Session = request.scope["tallybook.session"]
    return session


def list_asked(
    sort: Words = "", cursor: Words = "", limit: Annotated[int, Query(ge=1, le=lists.MAX_PAGE)] = lists.PAGE
) -> lists.Asked:
    """Return which page of a list is asked for."""
    return lists.Asked(sort, cursor, limit)


def question(
    measure: Words = "", who: Words = "", by: Words = "",
    place: Annotated[str, Query(alias="in", max_length=300)] = "",
    since: Words = "", until: Words = "", as_of: Words = "", policy: Words = "latest", origins: Words = "",
    weapon: Words = "", said_by: Words = "",
) -> Asked:  # fmt: skip
    """Return a question or filter as it was typed; an empty field asks nothing."""
    return Asked(
        measure.strip() or None, who.strip() or None, by.strip() or None, place.strip() or None,
        since.strip() or None, until.strip() or None, as_of.strip() or None, policy.strip() or "latest",
        origins.strip() or None, weapon.strip() or None, said_by.strip() or None,
    )  # fmt: skip


Held = Annotated[HeldBook, Depends(held_book)]
Open = Annotated[Laid, Depends(laid_book)]
Signed = Annotated[Accounts, Depends(accounts_of)]
Own = Annotated[Account, Depends(own_account)]
Who = Annotated[Session, Depends(session_of)]
Form = Annotated[FormData, Depends(form_of)]
ListAsked = Annotated[lists.Asked, Depends(list_asked)]
Question = Annotated[Asked, Depends(question)]


def passing(asked: Asked, laid: Laid) -> Filter:
    """Return the filter of a list.

    Raises: UsageError, UnknownName, BadDate
    """
    return filter_from(asked, laid.desk)


def words(form: FormData, name: str) -> str:
    """Return a field of a form; empty where there is none, or a file is in its place."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def as_typed(form: FormData, name: str) -> str:
    """Return a field of a form as it was typed: a space at its end may be part of a password."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def now() -> str:
    """Return the time of this machine in UTC, ISO, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def answered(request: Request, laid: Laid, value: Json) -> Response:
    """Return JSON with the mark of the state it was made from; 304 where the asker has it already."""
    tag = f'"{laid.state[:32]}"'
    if "items" in value:
        request.scope["tallybook.rows"] = len(value["items"])
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return JSONResponse(covered(request, value), headers={"etag": tag})


def answered_once(request: Request, laid: Laid, name: Hashable, make: Callable[[], Json]) -> Response:
    """Return, as `answered` does, what is long and asked for often: it is written once for each state of the book."""
    tag = f'"{laid.state[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    body = laid.once(("answer", name), lambda: JSONResponse(covered(request, make())).body)
    return Response(body, media_type="application/json", headers={"etag": tag})
