"""The overview: the book's figures, a timeline, a map, what awaits review, what changed since the last visit."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from tallybook.errors import UsageError
from tallybook.model import MEASURES
from tallybook.model.wire import Json
from tallybook.runs.headlines import STANDARD, headline, is_at_hand
from tallybook.runs.judging import change_of, name_of
from tallybook.runs.since import difference
from tallybook.runs.telling import difference_json
from tallybook.web import charts
from tallybook.web.asking import Open, Words, answered, now
from tallybook.web.held_book import COMPUTING, Laid
from tallybook.web.pages.conflicts import conflicts_of
from tallybook.web.pages.figures import address_of
from tallybook.web.pages.queue import counts_of
from tallybook.web.rendering import page

router = APIRouter()
VISIT_DAYS = 400
MOST_MONTHS = 36
LARGE = 5_000
"""Claims from which the totals take more than a moment: the page is shown before them."""


@router.get("/", include_in_schema=False)
def overview(request: Request, laid: Open) -> Response:
    """Show where the book stands; what is still computed comes a moment later, and the page says so."""
    ready = laid.ready("overview") or is_at_hand(laid.whole.desk)
    answer = page(
        request, "overview.html", facts=_facts(laid), last=request.cookies.get(_visit(request), ""),
        **(_figured(laid) if ready or not _is_large(laid) else {"told": None}),
    )  # fmt: skip
    answer.set_cookie(_visit(request), now(), max_age=VISIT_DAYS * 86_400, httponly=True, samesite="strict",
                      secure=request.app.state.settings.secure)  # fmt: skip
    return answer


@router.get("/overview-figures", include_in_schema=False)
def figures(request: Request, laid: Open) -> Response:
    """Show the figures, what awaits review and the timeline, as a part of the overview."""
    return page(request, "overview_figures.html", **_figured(laid))


def _is_large(laid: Laid) -> bool:
    return len(laid.desk.read_claims) > LARGE


def _figured(laid: Laid) -> Json:
    told = _told(laid)
    scales = {m: charts.greatest([f for f in told["figures"] if f["measure"] == m]) for m in MEASURES}
    by_month = told["timeline"]
    return {
        "told": told,
        "bars": [charts.bar(f, scales[f["measure"]], 240.0) for f in told["figures"]],
        "chart": charts.columns(by_month, [m["label"] for m in by_month]) if by_month else None,
    }


@router.get("/api/v1/overview", tags=["overview"])
def api_overview(request: Request, laid: Open) -> Response:
    """Return the standard totals, the timeline and what awaits review."""
    return answered(request, laid, _told(laid))


@router.get("/changes", include_in_schema=False)
def changes(request: Request, laid: Open, since: Words = "") -> Response:
    """Show which figures moved since a moment, and why."""
    return page(request, "changes.html", since=since, changes=_changes(laid, since) if since else None)


@router.get("/api/v1/changes", tags=["overview"])
def api_changes(request: Request, laid: Open, since: Words = "") -> Response:
    """Return what `tallybook diff --since` tells."""
    return answered(request, laid, _changes(laid, since))


def _visit(request: Request) -> str:
    """Return the name of the cookie that keeps when this book was last looked at."""
    return f"{request.app.state.settings.cookie}-seen"


def _changes(laid: Laid, since: str) -> Json:
    if not since:
        raise UsageError("since is empty. Give a date, a run such as r3, or the number of a judgement.")
    with COMPUTING:
        found = laid.once(("since", since), lambda: difference(laid.whole.desk, since))
    told = difference_json(found, since)
    for moved, plain in zip(found.figures, told["figures"], strict=True):
        plain.update(name=name_of(moved.move), change=change_of(moved.move))
    return told


def _told(laid: Laid) -> Json:
    """Return the overview; what awaits review is counted each time, since it is found a moment later than the rest."""
    told = laid.once("overview", lambda: _overview(laid))
    return {**told, "review": dict(counts_of(laid))}


def find_overview(laid: Laid) -> None:
    """Make the overview of a state before anybody asks for it."""
    laid.once("overview", lambda: _overview(laid))


def _overview(laid: Laid) -> Json:
    found = conflicts_of(laid)
    return {
        "schema": "tallybook.overview/1",
        "state": laid.state,
        **_facts(laid),
        "figures": _figures(laid),
        "timeline": laid.once("timeline", lambda: _timeline(laid)),
        "conflicts": {
            "open": sum(c.explained_by is None for c in found),
            "explained": sum(c.explained_by is not None for c in found),
        },
    }


def _facts(laid: Laid) -> Json:
    """Return how much of everything the book holds."""
    desk = laid.desk
    return {
        "documents": len(desk.documents), "claims": len(desk.claims), "incidents": len(desk.incidents),
        "judgements": len(desk.log), "issues": len(desk.issues_told), "victims": len(desk.victims_told),
        "sources": laid.once("origins", lambda: len({c.origin for c in desk.claims if c.origin})),
    }  # fmt: skip


def _figures(laid: Laid) -> list[Json]:
    found = []
    for query in STANDARD:
        with COMPUTING:
            told = headline(laid.whole.desk, query)
        if told.counted or told.low is not None:
            found.append({
                "measure": query.measure, "who": query.who[0], "low": told.low, "best": told.best, "high": told.high,
                "counted": told.counted, "unreviewed": told.unreviewed, "conflicts": told.conflicts,
                "address": address_of(query), "id": told.id,
            })  # fmt: skip
    return found


def _timeline(laid: Laid) -> list[Json]:
    """Return how many incidents began in each month, and how many of them state that people were killed."""
    months: dict[str, list[int]] = {}
    for incident in laid.desk.incidents:
        day = incident.date.start if incident.date else None
        if day:
            months.setdefault(day[:7], []).append(len(incident.claims))
    return [
        {"label": month, "low": len(sizes), "high": len(sizes), "best": None, "claims": sum(sizes)}
        for month, sizes in sorted(months.items())[-MOST_MONTHS:]
    ]
