"""Named victims, who holds which place, and issues: lists as the commands print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from tallybook.model.wire import Json
from tallybook.runs import listing
from tallybook.runs.naming import Asked
from tallybook.web import lists
from tallybook.web.asking import ListAsked, Open, Question, Words, answered, passing
from tallybook.web.held_book import Laid
from tallybook.web.rendering import page

router = APIRouter()
Keys = Mapping[str, Callable[[Json], Any]]

VICTIM_SORTS: Keys = {
    "name": lambda v: v["name"].casefold(), "age": lambda v: v["age"]["low"], "sex": lambda v: v["sex"],
    "harm": lambda v: v["harm"], "report": lambda v: v["document"].casefold(),
}  # fmt: skip
CONTROL_SORTS: Keys = {
    "place": lambda c: c["place"].casefold(), "holder": lambda c: c["holder"].casefold(),
    "since": lambda c: (c["since"] or {}).get("start"), "report": lambda c: c["document"].casefold(),
}  # fmt: skip
ISSUE_SORTS: Keys = {"code": lambda i: i["code"], "report": lambda i: i["document"]}


@router.get("/victims", include_in_schema=False)
def victims(request: Request, laid: Open, asked: Question, wanted: ListAsked, q: Words = "") -> Response:
    """List the persons who are named as harmed."""
    found = _victims(laid, asked, wanted, q)
    return page(request, "victims.html", list=found, rows=_with_keys(found.rows, laid), sorts=tuple(VICTIM_SORTS))


@router.get("/api/v1/victims", tags=["victims"])
def api_victims(request: Request, laid: Open, asked: Question, wanted: ListAsked, q: Words = "") -> Response:
    """Return named victims as `tallybook victims --format json` prints them."""
    found = _victims(laid, asked, wanted, q)
    return answered(request, laid, found.json(found.rows, "victims"))


@router.get("/control", include_in_schema=False)
def control(request: Request, laid: Open, asked: Question, wanted: ListAsked, q: Words = "") -> Response:
    """List who is said to hold which place."""
    found = _control(laid, asked, wanted, q)
    return page(request, "control.html", list=found, rows=_with_keys(found.rows, laid), sorts=tuple(CONTROL_SORTS))


@router.get("/api/v1/control", tags=["control"])
def api_control(request: Request, laid: Open, asked: Question, wanted: ListAsked, q: Words = "") -> Response:
    """Return who holds which place as `tallybook control --format json` prints it."""
    found = _control(laid, asked, wanted, q)
    return answered(request, laid, found.json(found.rows, "control"))


@router.get("/issues", include_in_schema=False)
def issues(request: Request, laid: Open, asked: Question, wanted: ListAsked, code: Words = "") -> Response:
    """List what could not be read, resolved or believed."""
    found = _issues(laid, asked, wanted, code)
    codes = laid.once("issue codes", lambda: sorted({i.code for _, i in laid.desk.issues_told}))
    return page(request, "issues.html", list=found, rows=_with_keys(found.rows, laid), codes=codes, code=code)


@router.get("/api/v1/issues", tags=["issues"])
def api_issues(request: Request, laid: Open, asked: Question, wanted: ListAsked, code: Words = "") -> Response:
    """Return issues as `tallybook issues --format json` prints them."""
    found = _issues(laid, asked, wanted, code)
    return answered(request, laid, found.json(found.rows, "issues"))


def _victims(laid: Laid, asked: Asked, wanted: lists.Asked, q: str) -> lists.Listed[Json]:
    every = laid.once(("victims", asked), lambda: list(listing.victims(laid.desk, passing(asked, laid))))
    kept = [v for v in every if _says(q, v["name"], v["circumstance"], v["document"])]
    return lists.page_of(lists.ordered(kept, VICTIM_SORTS, wanted.sort), wanted, lambda v: f"{v['document']} {v['id']}")


def _control(laid: Laid, asked: Asked, wanted: lists.Asked, q: str) -> lists.Listed[Json]:
    every = laid.once(("control", asked), lambda: list(listing.control(laid.desk, passing(asked, laid))))
    kept = [c for c in every if _says(q, c["place"], c["holder"], c["document"])]
    return lists.page_of(
        lists.ordered(kept, CONTROL_SORTS, wanted.sort), wanted, lambda c: f"{c['document']} {c['id']}"
    )


def _issues(laid: Laid, asked: Asked, wanted: lists.Asked, code: str) -> lists.Listed[Json]:
    every = laid.once(("issues", asked), lambda: list(listing.issues(laid.desk, passing(asked, laid))))
    kept = [i for i in every if not code or i["code"] == code]
    return lists.page_of(
        lists.ordered(kept, ISSUE_SORTS, wanted.sort), wanted,
        lambda i: f"{i['document']} {i['code']} {i['object']} {i['span']}",
    )  # fmt: skip


def _says(q: str, *texts: str | None) -> bool:
    wanted = q.strip().casefold()
    return not wanted or any(wanted in (text or "").casefold() for text in texts)


def _with_keys(rows: tuple[Json, ...], laid: Laid) -> list[Json]:
    """Add the key of each row's report where one report alone has that id, for links."""
    by_id = laid.once("keys by id", lambda: {d.id: key for key, d in laid.desk.documents.items()})
    return [{**row, "key": by_id.get(row["document"])} for row in rows]
