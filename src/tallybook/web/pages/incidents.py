"""Incidents: the list, and each with its claims side by side by source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from tallybook.model import EVENT_TYPES, MEASURES, Incident
from tallybook.model.wire import Json, date_json, place_json, victim_json
from tallybook.runs import explaining, listing
from tallybook.runs.naming import Asked
from tallybook.web import charts, lists
from tallybook.web.asking import ListAsked, Open, Question, Words, answered, passing
from tallybook.web.held_book import COMPUTING, Laid
from tallybook.web.pages.conflicts import conflicts_among
from tallybook.web.pages.evidence import told_on
from tallybook.web.rendering import page
from tallybook.web.told import claims_told, collection, feature, incident_named, incident_row, overall

router = APIRouter()

SORTS: Mapping[str, Callable[[Incident], Any]] = {
    "date": lambda i: (i.date.start or i.date.end) if i.date else None,
    "place": lambda i: i.place.name.casefold() if i.place else None,
    "kind": lambda i: i.event_type,
    "claims": lambda i: len(i.claims),
    "reports": lambda i: len(i.documents),
}


@router.get("/incidents", include_in_schema=False)
def incidents(request: Request, laid: Open, asked: Question, wanted: ListAsked, kind: Words = "") -> Response:
    """List the incidents."""
    found = _listed(laid, asked, wanted, kind)
    rows = [incident_row(i, laid) for i in found.rows]
    measure = asked.measure or "killed"
    told = [overall(row, measure) for row in rows]
    scale = charts.greatest(told)
    return page(
        request, "incidents.html", list=found, rows=rows, told=told, bars=[charts.bar(t, scale) for t in told],
        measure=measure, measures=MEASURES, event_types=EVENT_TYPES, sorts=tuple(SORTS),
    )  # fmt: skip


@router.get("/api/v1/incidents", tags=["incidents"])
def api_incidents(request: Request, laid: Open, asked: Question, wanted: ListAsked, kind: Words = "") -> Response:
    """Return incidents as `tallybook incidents --format json` prints them, a page at a time."""
    found = _listed(laid, asked, wanted, kind)
    return answered(request, laid, found.json([_object(i, laid) for i in found.rows], "incidents"))


@router.get("/incidents/{name}", include_in_schema=False)
def incident(request: Request, laid: Open, name: str) -> Response:
    """Show one incident."""
    found = incident_named(name, laid.desk)
    told = _told(found, laid)
    groups: dict[str, list[Json]] = {}
    for claim in told["claims"]:
        groups.setdefault(" / ".join(claim["claimants"]) or claim["document"]["publisher"] or "unnamed", []).append(
            claim
        )
    rows = [f for f in told["figures"] if f["affiliation"] == "any"]
    scale = charts.greatest(told["figures"])
    return page(
        request, "incident.html", incident=told, groups=groups, rows=rows,
        bars=[(f, charts.bar(f, scale, 260.0)) for f in told["figures"]],
        series=_series(told["claims"]), heading=explaining.heading(found), renamed=found.id != name,
        files=told_on(laid, found.id),
    )  # fmt: skip


@router.get("/api/v1/incidents/{name}", tags=["incidents"])
def api_incident(request: Request, laid: Open, name: str) -> Response:
    """Return one incident with its claims, contradictions, victims and the reasons for its links."""
    return answered(request, laid, _told(incident_named(name, laid.desk), laid))


@router.get("/api/v1/incidents/{name}/map", tags=["incidents"])
def api_map(request: Request, laid: Open, name: str) -> Response:
    """Return every place that a claim of the incident names, as GeoJSON with honest radii."""
    desk = laid.desk
    claims = [desk.claim_of[c] for c in incident_named(name, desk).claims]
    places = {c.place.id or c.place.name: c.place for c in claims if c.place}
    return answered(request, laid, collection(feature(p, what=p.name) for p in places.values()))


def _listed(laid: Laid, asked: Asked, wanted: lists.Asked, kind: str) -> lists.Listed[Incident]:
    name = ("incidents", asked, kind, wanted.sort)
    return lists.page_of(laid.once(name, lambda: _ordered(laid, asked, kind, wanted.sort)), wanted, lambda i: i.id)


def _ordered(laid: Laid, asked: Asked, kind: str, sort: str) -> list[Incident]:
    keeps = passing(asked, laid)
    kept = [i for i in laid.desk.incidents if (not kind or i.event_type == kind) and keeps.incident(i)]
    return lists.ordered(kept, SORTS, sort or "-date")


def _object(incident: Incident, laid: Laid) -> Json:
    with COMPUTING:
        return listing.incident_object(laid.desk, incident)


def _told(incident: Incident, laid: Laid) -> Json:
    desk = laid.desk
    mine = set(incident.claims)
    links = [
        {"a": link.a, "b": link.b, "score": link.score, "reason": link.reason, "features": dict(link.features)}
        for link in incident.links
    ]
    return {
        **_object(incident, laid),
        "place": place_json(incident.place),
        "date": date_json(incident.date),
        "claims": claims_told(incident.claims, laid),
        "links": links,
        "conflicts": [
            {"kind": c.kind, "claims": list(c.claims), "explained_by": c.explained_by}
            for c in conflicts_among(laid, incident.claims)
        ],
        "victims": [victim_json(v) for v in desk.victims if v.claim in mine],
        "neighbours": [incident_row(i, laid) for i in _neighbours(incident, laid)],
    }  # fmt: skip


MOST_NEIGHBOURS = 6
NEAR_DAYS = 7
"""Days between incidents that may be one event told otherwise."""


def _neighbours(incident: Incident, laid: Laid) -> list[Incident]:
    """Return incidents at the same place or of the same days, which may be the same event told otherwise."""

    def nearness(other: Incident) -> tuple[int, int]:
        same_place = bool(incident.place and other.place and incident.place.name == other.place.name)
        days = _days_apart(incident, other)
        return (0 if same_place else 1, days)

    near = [i for i in _of_those_days(incident, laid) if i.id != incident.id and _may_be_one(incident, i)]
    return sorted(near, key=lambda i: (nearness(i), i.id))[:MOST_NEIGHBOURS]


def _of_those_days(incident: Incident, laid: Laid) -> Iterable[Incident]:
    """Return the incidents that began within a week of one, and those of which no day is known."""
    day = _day(incident)
    if day is None:
        return laid.desk.incidents

    def made() -> dict[int | None, list[Incident]]:
        found: dict[int | None, list[Incident]] = defaultdict(list)
        for each in laid.desk.incidents:
            found[_day(each)].append(each)
        return found

    by_day = laid.once("incidents by day", made)
    return (i for at in (None, *range(day - NEAR_DAYS, day + NEAR_DAYS + 1)) for i in by_day.get(at, ()))


def _may_be_one(one: Incident, other: Incident) -> bool:
    if one.place and other.place and not {one.place.name, *one.place.admin} & {other.place.name, *other.place.admin}:
        return False
    return _days_apart(one, other) <= NEAR_DAYS


def _days_apart(one: Incident, other: Incident) -> int:
    """Return days between two incidents; 3 where a day is not known."""
    first, second = _day(one), _day(other)
    return 3 if first is None or second is None else abs(first - second)


def _day(incident: Incident) -> int | None:
    """Return the number of the day on which an incident began; None where it is not known."""
    start = incident.date.start if incident.date else None
    return date.fromisoformat(start).toordinal() if start else None


def _series(claims: list[Json]) -> Json | None:
    """Return the running toll: the numbers told of those killed, by day of publication."""
    told = [
        c for c in claims
        if c["measure"] == "killed" and c["count"] and c["part_of"] is None and c["document"]["published"]
        and c["standing"] != "rejected"
    ]  # fmt: skip
    if len({c["document"]["published"][:10] for c in told}) < 2:
        return None
    rows = [{**c["count"], "best": None} for c in told]
    return {"claims": told, "chart": charts.columns(rows, [c["document"]["published"][:10] for c in told])}
