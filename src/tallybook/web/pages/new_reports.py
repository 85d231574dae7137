"""Reports in: uploaded, pasted, or fetched by address."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse

from tallybook.documents import Intake, Row, Stated, document_told, documents_from, documents_in
from tallybook.errors import DocumentError
from tallybook.web.adding import Adding, Job
from tallybook.web.asking import Form, Who, session_of, words
from tallybook.web.refusals import NOT_YOURS, Refused
from tallybook.web.rendering import page
from tallybook.web.roles import FETCHES, is_at_least

router = APIRouter()
MOST_FILES = 200
"""Files of one upload."""


@router.get("/add", include_in_schema=False)
def add(request: Request) -> Response:
    """Show the ways in."""
    return page(request, "add.html")


@router.post("/add/files", include_in_schema=False)
async def upload(request: Request, form: Form, _who: Who) -> Response:
    """Take files."""
    return RedirectResponse(f"/add/{(await _uploaded(request, form)).id}", 303)


@router.post("/add/text", include_in_schema=False)
def paste(request: Request, form: Form, _who: Who) -> Response:
    """Take a pasted report."""
    return RedirectResponse(f"/add/{_pasted(request, form).id}", 303)


@router.post("/add/address", include_in_schema=False)
def fetch(request: Request, form: Form, _who: Who) -> Response:
    """Fetch a page. This is the one thing that leaves the machine, and only when somebody asks for it."""
    return RedirectResponse(f"/add/{_fetched(request, form).id}", 303)


@router.get("/add/{job}", include_in_schema=False)
def progress(request: Request, job: str) -> Response:
    """Show what became of reports."""
    part = "adding_part.html" if request.headers.get("hx-request") else "adding.html"
    return page(request, part, job=_job(request, job))


@router.post("/api/v1/reports", tags=["reports"], status_code=202)
async def api_add(request: Request, form: Form, _who: Who) -> Response:
    """Add reports from a form: `files`, or `text` with title, publisher, published and url, or `address`."""
    if form.getlist("files"):
        job = await _uploaded(request, form)
    else:
        job = _fetched(request, form) if words(form, "address") else _pasted(request, form)
    return JSONResponse(job.json(), 202, {"location": f"/api/v1/adding/{job.id}"})


@router.get("/api/v1/adding/{job}", tags=["reports"])
def api_progress(request: Request, job: str) -> Response:
    """Return what became of reports."""
    return JSONResponse(_job(request, job).json())


def _adding(request: Request) -> Adding:
    adding: Adding = request.app.state.adding
    return adding


def _job(request: Request, name: str) -> Job:
    found = _adding(request).find(name)
    if found is None:
        raise Refused(404, "TB-W16", "Nothing of this kind was added since the start. See the list of reports.")
    return found


def _stated(form: FormData) -> Stated:
    """Return what is stated of reports that do not state it themselves.

    Raises: BadDate
    """
    return Stated.of(date.today().isoformat(), words(form, "published") or None, words(form, "publisher") or None)


def _intake(request: Request, form: FormData) -> Intake:
    return Intake(_stated(form), pictures=request.app.state.held.settings.pictures)


async def _uploaded(request: Request, form: FormData) -> Job:
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not files or len(files) > MOST_FILES:
        raise Refused(400, "TB-W17", f"Choose one file or more, {MOST_FILES} at most.")
    intake = _intake(request, form)
    held = [(f.filename or "", await f.read()) for f in files]
    arrivals = (arrival for name, data in held for arrival in documents_in(name, data, intake))
    return _adding(request).start(f"{len(held)} file{'s' if len(held) > 1 else ''}", arrivals)


def _pasted(request: Request, form: FormData) -> Job:
    text = form.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refused(400, "TB-W18", "Paste the text of a report first.")
    row = Row(
        text, words(form, "id") or None, words(form, "title") or None, words(form, "publisher") or None,
        words(form, "published") or None, words(form, "url") or None,
    )  # fmt: skip
    return _adding(request).start("a pasted text", document_told(row, Intake(_stated(form))))


def _fetched(request: Request, form: FormData) -> Job:
    account = session_of(request).account
    if account is not None and not is_at_least(account.role, FETCHES):
        raise Refused(NOT_YOURS.status, NOT_YOURS.code, NOT_YOURS.message, NOT_YOURS.heading)
    address = words(form, "address")
    if urlsplit(address).scheme not in ("http", "https"):
        raise DocumentError(address[:200], "it is no http or https address", "Name a web page.")
    return _adding(request).start(address, documents_from([address], _intake(request, form)))
