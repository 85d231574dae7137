"""One's own password and second factor."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from tallybook.errors import UsageError
from tallybook.runs import people
from tallybook.web.asking import Form, Own, Signed, Who, as_typed, words
from tallybook.web.pages.signing_in import set_session
from tallybook.web.rendering import page

router = APIRouter()
WRONG_PASSWORD = "This is not your password."


@router.get("/settings/password", include_in_schema=False)
def password(request: Request, own: Own) -> Response:
    """Show the form for another password."""
    return page(request, "own_password.html", own=own, trouble="", shortest=people.SHORTEST)


@router.post("/settings/password", include_in_schema=False)
def set_password(request: Request, accounts: Signed, own: Own, who: Who, form: Form) -> Response:
    """Take another password; all other visits end, and this one goes on under a new id."""
    trouble = ""
    given, again = as_typed(form, "password"), as_typed(form, "again")
    if not accounts.try_password(own, as_typed(form, "present"), request.scope["tallybook.address"]):
        trouble = WRONG_PASSWORD
    elif given != again:
        trouble = "The two new passwords differ."
    elif given == as_typed(form, "present"):
        trouble = "This is the password that you have. Choose another."
    if not trouble:
        try:
            people.set_password(accounts.store, own, given)
        except UsageError as error:
            trouble = str(error)
    if trouble:
        return page(request, "own_password.html", 422, own=own, trouble=trouble, shortest=people.SHORTEST)
    answer = RedirectResponse("/settings", 303)
    set_session(request, answer, accounts.open(people.person_named(accounts.store, own.name))[0])
    return answer


@router.get("/settings/code", include_in_schema=False)
def code(request: Request, own: Own, who: Who) -> Response:
    """Show how to set up a second factor; its secret is shown here, and never again."""
    return _setting_up(request, own, who)


@router.post("/settings/code", include_in_schema=False)
def set_code(request: Request, accounts: Signed, own: Own, who: Who, form: Form) -> Response:
    """Turn the second factor on, once a code of it came back."""
    if own.secret is not None:
        return RedirectResponse("/settings/code", 303)
    if not who.pending or not accounts.take_code(own, who.pending, words(form, "code")):
        return _setting_up(request, own, who, "This code is not of this half-minute. Check the clock of your device.")
    accounts.store.change_person(own.id, {"secret": who.pending, "needs_code": False})
    accounts.store.end_visits(own.id, who.id)
    who.pending = ""
    return RedirectResponse("/settings", 303)


@router.post("/settings/code/off", include_in_schema=False)
def no_code(request: Request, accounts: Signed, own: Own, who: Who, form: Form) -> Response:
    """Turn the second factor off; it takes the password."""
    if not accounts.try_password(own, as_typed(form, "present"), request.scope["tallybook.address"]):
        return _setting_up(request, own, who, WRONG_PASSWORD)
    accounts.store.change_person(own.id, {"secret": None})
    return RedirectResponse("/settings/code", 303)


def _setting_up(request: Request, own: Own, who: Who, trouble: str = "") -> Response:
    drawing = address = ""
    if own.secret is None:
        import segno

        who.pending = who.pending or people.new_secret()
        address = people.code_address(own, who.pending, request.app.state.book_name)
        drawing = segno.make(address, error="m").svg_inline(dark="#000", light="#fff", border=4, omitsize=True)
    spaced = " ".join(who.pending[at : at + 4] for at in range(0, len(who.pending), 4))
    return page(
        request, "own_code.html", 422 if trouble else 200, own=own, trouble=trouble, secret=spaced, address=address,
        drawing=drawing,
    )  # fmt: skip
