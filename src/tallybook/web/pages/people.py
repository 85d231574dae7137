"""People and roles, for administrators; and the access log: who saw and exported what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from tallybook.errors import TallybookError, UsageError
from tallybook.model.account import ROLES, SEEN_KINDS, Account, Seen
from tallybook.model.wire import Json
from tallybook.runs import people
from tallybook.store import SeenAsked
from tallybook.web.accounts import Accounts
from tallybook.web.asking import Form, Signed, Who, Words, now, words
from tallybook.web.refusals import Refused, refusal_of
from tallybook.web.rendering import page

router = APIRouter()
PAGE, MOST = 100, 1000
"""Lines of the access log on a page, and at most in one answer."""

Before = Annotated[int | None, Query(ge=1)]
Limit = Annotated[int, Query(ge=1, le=MOST)]


@router.get("/settings/people", include_in_schema=False)
def all_people(request: Request, accounts: Signed) -> Response:
    """List who may sign in, and as what."""
    return _page(request, accounts)


@router.get("/api/v1/people", tags=["people"])
def api_people(request: Request, accounts: Signed) -> Response:
    """Return who may sign in, as `tallybook people list --format json` prints it."""
    found = [people.account_json(a) for a in accounts.store.people()]
    request.scope["tallybook.rows"] = len(found)
    told = {"schema": "tallybook.people-list/1", "items": found, "total": len(found), "next": None, "previous": None}
    return JSONResponse(told)


@router.post("/settings/people", include_in_schema=False)
def add(request: Request, accounts: Signed, form: Form) -> Response:
    """Add a person; their first password is shown once, and has to be changed."""
    password = people.one_time_password()
    try:
        made = people.add_person(
            accounts.store, words(form, "name"), words(form, "role"), password, now(), must_change=True
        )
    except UsageError as trouble:
        return _page(request, accounts, trouble)
    if words(form, "needs_code"):
        accounts.store.change_person(made.id, {"needs_code": True})
    return _page(request, accounts, password_of=made, password=password)


@router.post("/settings/people/{name}", include_in_schema=False)
def change(request: Request, accounts: Signed, who: Who, form: Form, name: str) -> Response:
    """Change a person: `what` is role, disable, enable, reset-password, need-code, or clear-code.

    Raises: Refused where it is none of these.
    """
    what, password = words(form, "what"), ""
    try:
        account = people.person_named(accounts.store, name)
        if what == "reset-password":
            password = people.one_time_password()
            people.set_password(accounts.store, account, password, must_change=True)
            accounts.store.came_in(people.name_key(account.name), "")
        else:
            _change(accounts, account, what, words(form, "role"))
    except UsageError as trouble:
        return _page(request, accounts, trouble)
    if password:
        return _page(request, accounts, password_of=account, password=password)
    return RedirectResponse("/settings/people", 303)


@router.get("/settings/access", include_in_schema=False)
def access_log(
    request: Request, accounts: Signed, person: Words = "", what: Words = "", about: Words = "", since: Words = "",
    until: Words = "", before: Before = None,
) -> Response:  # fmt: skip
    """Show who saw and exported what, the newest first."""
    asked = SeenAsked(person, what, about, since, until)
    rows = accounts.store.seen(asked, before, PAGE)
    return page(
        request, "access_log.html", rows=rows, total=accounts.store.seen_total(asked), kinds=SEEN_KINDS,
        names=[a.name for a in accounts.store.people()], next=rows[-1].number if len(rows) == PAGE else None,
    )  # fmt: skip


@router.get("/api/v1/access", tags=["people"])
def api_access_log(
    request: Request, accounts: Signed, person: Words = "", what: Words = "", about: Words = "", since: Words = "",
    until: Words = "", before: Before = None, limit: Limit = PAGE,
) -> Response:  # fmt: skip
    """Return lines of the access log, the newest first; `next` is the `before` of the next page."""
    asked = SeenAsked(person, what, about, since, until)
    rows = accounts.store.seen(asked, before, limit)
    request.scope["tallybook.rows"] = len(rows)
    return JSONResponse({
        "schema": "tallybook.access-list/1", "items": [_line(s) for s in rows],
        "total": accounts.store.seen_total(asked), "next": rows[-1].number if len(rows) == limit else None,
    })  # fmt: skip


def _line(seen: Seen) -> Json:
    return {
        "number": seen.number, "at": seen.at, "person": seen.person, "what": seen.what, "page": seen.page,
        "object": seen.object, "rows": seen.rows,
    }  # fmt: skip


def _change(accounts: Accounts, account: Account, what: str, role: str) -> None:
    store = accounts.store
    if what == "role":
        people.set_role(store, account, role)
    elif what in ("disable", "enable"):
        people.set_active(store, account, what == "enable")
    elif what == "need-code":
        store.change_person(account.id, {"needs_code": True})
    elif what == "clear-code":
        people.clear_code(store, account, needs=account.needs_code or account.secret is not None)
    else:
        raise Refused(400, "TB-W12", f"{what!r} is nothing that can be changed of a person.")


def _page(
    request: Request, accounts: Accounts, trouble: TallybookError | None = None, password_of: Account | None = None,
    password: str = "",
) -> Response:  # fmt: skip
    refusal = refusal_of(trouble) if trouble else None
    return page(
        request, "people.html", refusal.status if refusal else 200, people=accounts.store.people(), roles=ROLES,
        refusal=refusal, password_of=password_of, password=password, factor=people.second_factor,
    )  # fmt: skip
