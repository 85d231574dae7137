"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tallybook import __version__
from tallybook.model.wire import Json
from tallybook.runs.covering import Cover
from tallybook.web import wording
from tallybook.web.refusals import Refusal
from tallybook.web.roles import May

NAVIGATION = (
    ("", "Overview"), ("queue", "Queue"), ("figures", "Figures"), ("incidents", "Incidents"), ("reports", "Reports"),
    ("victims", "Victims"), ("actors", "Actors"), ("places", "Places"), ("sources", "Sources"),
    ("control", "Control"), ("conflicts", "Contradictions"), ("issues", "Issues"), ("evidence", "Evidence"),
    ("log", "Log"), ("settings", "Settings"),
)  # fmt: skip


@cache
def environment() -> Environment:
    """Return the one environment: everything is escaped, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("tallybook.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(wording.FILTERS)
    made.globals.update(version=__version__, navigation=NAVIGATION)
    return made


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page; `request` tells who is reading."""
    session = request.scope.get("tallybook.session")
    here = request.url.path.strip("/").partition("/")[0]
    html = environment().get_template(template).render(
        session=session, here=here, path=request.url.path, query=dict(request.query_params),
        book=request.app.state.book_name if session else "",
        may=May.of(session.account if session else None), **context,
    )  # fmt: skip
    cover: Cover | None = request.scope.get("tallybook.cover")
    return HTMLResponse(cover.text(html) if cover else html, status)


def covered(request: Request, value: Json) -> Json:
    """Return what is told to who asks, once more without the names that they may not see."""
    cover: Cover | None = request.scope.get("tallybook.cover")
    return cover.record(value) if cover else value


def refusal_page(refusal: Refusal) -> Response:
    """Return the page of a refusal, for a reader who may not see anything else."""
    html = environment().get_template("refused.html").render(
        refusal=refusal, session=None, here="", path="/", query={}, book="", may=May.of(None)
    )  # fmt: skip
    return HTMLResponse(html, refusal.status)


def inside(back: str) -> str:
    """Return an address of this workbench; anything else leads to the first page."""
    plain = back.split("#")[0]
    return back if plain.startswith("/") and not plain.startswith(("//", "/\\")) and plain.isprintable() else "/"
