"""Figures: a question, its answer as a range, the proof in sentences; every view has an address that can be cited."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameter

from tallybook.ledger import figure_id, query_of
from tallybook.model import EVENT_TYPES, MEASURES, Figure, LeftOut, Query
from tallybook.model.wire import Json, figure_json
from tallybook.runs import explaining, naming
from tallybook.runs.breaking import kinds_told
from tallybook.runs.naming import POLICIES, WHO, Asked, query_from
from tallybook.web import charts
from tallybook.web.asking import Held, Open, Question, answered, answered_once, passing
from tallybook.web.held_book import HeldBook, Laid
from tallybook.web.rendering import page
from tallybook.web.told import claims_told, collection, feature

router = APIRouter()
MOST_MONTHS = 60
"""Columns of a chart by month; beyond it the last ones are shown, and the page says so."""

MOST_PLACES = 15
"""Places, or weapons, that a page breaks a figure down by."""
MOST_COUNTED, MOST_LEFT, MOST_STEPS = 60, 30, 200
"""Claims that count, claims left out for each reason, and steps of the proof that a page shows; its JSON has all."""

PARAMETERS = ("measure", "who", "by", "in", "since", "until", "as_of", "policy", "origins", "weapon", "said_by")


@router.get("/figures", include_in_schema=False)
def figures(request: Request, held: Held, laid: Open, asked: Question) -> Response:
    """Ask a question."""
    if asked.measure is None:
        asked = replace(asked, measure="killed")
    return _page(request, held, laid, query_from(asked, laid.desk))


@router.get("/figures/{identifier}", include_in_schema=False)
def cited(request: Request, held: Held, laid: Open, identifier: str) -> Response:
    """Reopen a figure that was cited; the page says whether the book has changed since."""
    query, _ = query_of(identifier)
    return _page(request, held, laid, query, cited=identifier)


@router.get("/figures-by", include_in_schema=False)
def broken_down(request: Request, laid: Open, asked: Question, way: Annotated[str, Parameter()] = "month") -> Response:
    """Show a figure by month, place, weapon or kind of source, as a part of its page."""
    query = query_from(asked, laid.desk)
    return page(request, "figures_by.html", **_by(laid, query, way))


@router.get("/api/v1/figures", tags=["figures"])
def api_figures(request: Request, laid: Open, asked: Question) -> Response:
    """Return what `tallybook total MEASURE --format json` prints for these options."""
    query = query_from(asked, laid.desk)
    return answered_once(request, laid, query, lambda: _told(laid.total(query)))


@router.get("/api/v1/figures/by", tags=["figures"])
def api_by(request: Request, laid: Open, asked: Question, way: Annotated[str, Parameter()] = "month") -> Response:
    """Return a figure by month, place, weapon or kind of source: a figure for each."""
    made = _by(laid, query_from(asked, laid.desk), way)
    return answered(request, laid, {"schema": "tallybook.figures-by/1", "by": way, "items": made["rows"]})


@router.get("/api/v1/figures/map", tags=["figures"])
def api_map(request: Request, laid: Open, asked: Question) -> Response:
    """Return the incidents inside a question as GeoJSON, each with its honest radius and its range."""
    return answered(request, laid, _map(laid, asked))


@router.get("/api/v1/figures/{identifier}", tags=["figures"])
def api_cited(request: Request, laid: Open, identifier: str) -> Response:
    """Return a figure by the id that it was printed with."""
    query, _ = query_of(identifier)
    figure = laid.total(query)
    return answered(request, laid, {**_told(figure), "changed": figure.id != identifier})


def _told(figure: Figure) -> Json:
    told = figure_json(figure)
    return {**told, "question": explaining.question(figure), "address": address_of(figure.query)}


def _headed(figure: Figure) -> Json:
    """Return a figure without its lists of claims, which may be long, and without its proof."""
    bare = replace(figure, counted=(), left_out=(), proof=(), conflicts=())
    return {**_told(bare), "clashes": len(figure.conflicts)}


def address_of(query: Query) -> str:
    """Return the address that asks this question again."""
    held = {f.name: getattr(query, f.name) for f in fields(query)}
    held["in"] = held.pop("place")
    asked = {k: ",".join(v) if isinstance(v, tuple) else v for k, v in held.items() if v}
    plain = {"who": "any", "policy": "latest"}
    return "/figures?" + urlencode({k: asked[k] for k in PARAMETERS if k in asked and asked[k] != plain.get(k)})


def _page(request: Request, held: HeldBook, laid: Laid, query: Query, cited: str | None = None) -> Response:
    shown_now = held.figuring.shown(laid, query)
    figure = shown_now.figure
    if figure is None:
        return page(request, "figure_waited_for.html", question=explaining.question(_nothing_of(query)))
    told = _headed(figure)
    left: dict[str, list[LeftOut]] = {}
    for left_out in figure.left_out:
        left.setdefault(left_out.reason, []).append(left_out)
    shown = {why: some[:MOST_LEFT] for why, some in left.items()}
    open_fields = {x.claim: x.field for some in shown.values() for x in some}
    return page(
        request, "figures.html",
        figure=told,
        bar=charts.bar(told, charts.greatest([told]), 520.0),
        counted=claims_told(figure.counted[:MOST_COUNTED], laid), counted_all=len(figure.counted),
        open_fields=open_fields,
        left_out={why: (len(left[why]), claims_told((x.claim for x in some), laid)) for why, some in shown.items()},
        steps=figure.proof[:MOST_STEPS], steps_more=max(0, len(figure.proof) - MOST_STEPS),
        measures=MEASURES, populations=WHO, policies=POLICIES, event_types=EVENT_TYPES,
        source_kinds=laid.desk.ledger.kinds.names, cited=cited,
        changed=cited is not None and figure_id(query, laid.desk.ledger.state) != cited,
        parameters=address_of(query).partition("?")[2],
        at=shown_now.at, since=len(laid.desk.log) - (shown_now.at or 0),
        request_again=f"{request.url.path}?{request.url.query}",
    )  # fmt: skip


def _nothing_of(query: Query) -> Figure:
    return Figure("", query, None, None, None)


def _by(laid: Laid, query: Query, way: str) -> Json:
    """Return a figure for each month, place, weapon or kind of source, each computed as the query itself is."""
    asked = WAYS[naming.one_of("way", way, tuple(WAYS))](laid, query)
    rows = []
    for label, narrowed in asked:
        figure = laid.total(narrowed)
        rows.append({"label": label, "low": figure.low, "best": figure.best, "high": figure.high,
                     "address": address_of(narrowed)})  # fmt: skip
    scale = charts.greatest(rows)
    return {
        "way": way, "rows": rows, "bars": [charts.bar(row, scale, 300.0) for row in rows],
        "chart": charts.columns(rows, [label for label, _ in asked]) if way == "month" and rows else None,
    }  # fmt: skip


def _months(laid: Laid, query: Query) -> list[tuple[str, Query]]:
    counted = [laid.desk.claim_of[c].date for c in laid.total(query).counted]
    days = [d for date_ in counted if date_ for d in (date_.start, date_.end) if d]
    if not days:
        return []
    first, last = max(query.since or "", min(days))[:7], min(query.until or "9999", max(days))[:7]
    found = []
    for month in _each_month(first, last)[-MOST_MONTHS:]:
        start, end = f"{month}-01", _end_of(month)
        since, until = max(start, query.since or start), min(end, query.until or end)
        found.append((month, replace(query, since=since, until=until)))
    return found


def _each_month(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    found = []
    while f"{year:04}-{month:02}" <= last:
        found.append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _end_of(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    after = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1).isoformat()


def _places(laid: Laid, query: Query) -> list[tuple[str, Query]]:
    """Return the units right below the place that is asked for, those with the most counted claims first."""
    seen: dict[str, int] = {}
    for claim in laid.total(query).counted:
        place = laid.desk.claim_of[claim].place
        if place is None:
            continue
        chain = [place.name, *place.admin]
        at = chain.index(query.place) if query.place in chain else len(chain)
        if at > 0:
            seen[chain[at - 1]] = seen.get(chain[at - 1], 0) + 1
    names = sorted(seen, key=lambda n: (-seen[n], n))[:MOST_PLACES]
    return [(name, replace(query, place=name)) for name in names if _is_known(name, laid)]


def _weapons(laid: Laid, query: Query) -> list[tuple[str, Query]]:
    """Return the weapons that counted claims name, those named most first."""
    seen = Counter(w for c in laid.total(query).counted for w in laid.desk.claim_of[c].weapon)
    names = sorted(seen, key=lambda n: (-seen[n], n))[:MOST_PLACES]
    return [(name, replace(query, weapon=name)) for name in names]


def _kinds(laid: Laid, query: Query) -> list[tuple[str, Query]]:
    """Return the kinds of sources that say something of the measure."""
    return list(kinds_told(laid.desk, query, (c for c in laid.desk.claims if c.measure == query.measure)))


WAYS = {"month": _months, "place": _places, "weapon": _weapons, "claimant-kind": _kinds}
"""How a page breaks a figure down."""


def _is_known(name: str, laid: Laid) -> bool:
    return naming.place(name, laid.desk) == name


def _map(laid: Laid, asked: Asked) -> Json:
    keeps = passing(replace(asked, as_of=None, policy="latest", origins=None), laid)
    measure = keeps.measure or "killed"
    found = []
    for incident in laid.desk.incidents:
        if incident.place is not None and incident.place.lat is not None and keeps.incident(incident):
            row = next(
                (f for f in laid.figures_of(incident) if f["measure"] == measure and f["affiliation"] == "any"), None
            )
            found.append(
                feature(incident.place, id=incident.id, what=incident.event_type.replace("_", " "),
                        when=incident.date.start if incident.date else None,
                        low=row["low"] if row else None, high=row["high"] if row else None, measure=measure)
            )  # fmt: skip
    return collection(found)
