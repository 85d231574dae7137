"""The application: the door in front, one router a family of pages, one shape of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from tallybook import __version__
from tallybook.errors import TallybookError
from tallybook.model.wire import Json
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.judging import Proposal
from tallybook.web.accounts import Accounts, TooMany
from tallybook.web.adding import Adding
from tallybook.web.asking import allowed, checked
from tallybook.web.guard import API, MAX_BODY_BYTES, Beyond, Guard
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.pages import ROUTERS
from tallybook.web.pages.overview import find_overview
from tallybook.web.pages.queue import find_questions, leave_questions
from tallybook.web.pages.reports import leave_reports
from tallybook.web.refusals import Refusal, Refused, refusal_of
from tallybook.web.rendering import covered, page, refusal_page
from tallybook.web.sessions import Sessions
from tallybook.web.settings import Settings

STATIC = Path(__file__).parent / "static"
MakeReader = Callable[[Any], DocumentReader]
"""How a reader is made of knowledge, the first time that a report is read."""


def application(settings: Settings, make_reader: MakeReader, *, warm: bool = False) -> FastAPI:
    """Return the workbench of one book; with `warm` the book is laid open as soon as it runs.

    What is uploaded stays in memory: beside a locked book nothing may lie open in a folder of the system's.
    """
    held = HeldBook(settings, make_reader)
    held.leave, held.prepare = _leave, _prepare
    adding = Adding(held)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if warm:
            Thread(target=_warm, args=(held,), daemon=True).start()
        yield
        adding.close()
        held.close()

    app = FastAPI(
        title="Tallybook", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json",
        lifespan=lifespan, dependencies=[Depends(allowed), Depends(checked)],
    )  # fmt: skip
    MultiPartParser.spool_max_size = MAX_BODY_BYTES
    app.state.held = held
    app.state.adding = adding
    app.state.settings = settings
    app.state.sessions = Sessions()
    app.state.accounts = Accounts(lambda: held.store.access) if settings.accounts else None
    app.state.book_name = Path(settings.book.removeprefix("sqlite:///").partition("?")[0]).name
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/healthz", _healthy, include_in_schema=False)
    app.add_api_route("/favicon.ico", _icon, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    _refuse_in_one_shape(app)
    app.add_middleware(
        Guard, settings=settings, sessions=app.state.sessions, page=refusal_page, accounts=app.state.accounts
    )
    return app


def _leave(before: Laid, now: Laid, proposal: Proposal) -> None:
    """Leave to the next state what a judgement changes little of."""
    leave_questions(before, now, proposal)
    leave_reports(before, now, proposal)


def _prepare(laid: Laid) -> None:
    """Make what the first pages show of a state."""
    find_questions(laid)
    find_overview(laid)


def _warm(held: HeldBook) -> None:
    """Lay the book open before anybody asks; what fails here fails again, and is told, where somebody asks."""
    with suppress(TallybookError):
        held.prepare_now(held.laid())


def _healthy() -> Json:
    return {"status": "ok", "version": __version__}


def _icon() -> Response:
    return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")


def _refuse_in_one_shape(app: FastAPI) -> None:
    """Answer every error as one object, or as one page."""

    def answer(request: Request, refusal: Refusal) -> Response:
        if request.url.path.startswith(API):
            return JSONResponse(covered(request, refusal.json()), refusal.status)
        if "tallybook.session" not in request.scope:
            return refusal_page(refusal)
        return page(request, "refused.html", refusal.status, refusal=refusal)

    @app.exception_handler(TallybookError)
    def of_tallybook(request: Request, error: TallybookError) -> Response:
        return answer(request, refusal_of(error))

    @app.exception_handler(Refused)
    def of_web(request: Request, error: Refused) -> Response:
        told = answer(request, error.refusal)
        if isinstance(error, TooMany):
            told.headers["retry-after"] = str(error.seconds)
        return told

    @app.exception_handler(RequestValidationError)
    def of_values(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()[:5])
        return answer(request, Refusal(400, "TB-W07", f"The request cannot be read ({told})."))

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        if isinstance(error, Beyond):
            return answer(request, error.refusal)
        told = {404: "There is no such page.", 405: "This address cannot be asked this way."}
        message = told.get(error.status_code, str(error.detail))
        return answer(request, Refusal(error.status_code, "TB-W08", message))

    @app.exception_handler(Exception)
    def of_the_program(request: Request, error: Exception) -> Response:
        message = f"The program failed ({type(error).__name__}). Nothing was half-written. Please report it."
        return answer(request, Refusal(500, "TB-W10", message))
