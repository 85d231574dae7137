"""Actors, places and sources of a book: what they are called, how many claims rest on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from tallybook.knowledge.folding import fold
from tallybook.model import Claim, Place
from tallybook.model.wire import Json, place_json
from tallybook.web import lists
from tallybook.web.asking import ListAsked, Open, Words, answered
from tallybook.web.held_book import Laid
from tallybook.web.rendering import page
from tallybook.web.told import collection, feature, named

router = APIRouter()
Keys = Mapping[str, Callable[[Json], Any]]
ACTOR_SORTS: Keys = {
    "name": lambda a: a["name"].casefold(), "doer": lambda a: a["doer"], "target": lambda a: a["target"],
    "source": lambda a: a["source"], "known": lambda a: a["known"],
}  # fmt: skip
PLACE_SORTS: Keys = {
    "name": lambda p: p["name"].casefold(), "claims": lambda p: p["claims"],
    "precision": lambda p: p["place"]["precision"], "country": lambda p: p["place"]["country"],
}  # fmt: skip
SOURCE_SORTS: Keys = {
    "name": lambda s: s["name"].casefold(), "claims": lambda s: s["claims"], "reports": lambda s: s["reports"],
    "kept": lambda s: s["rejected"],
}  # fmt: skip


@router.get("/actors", include_in_schema=False)
def actors(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """List who is named as doer, target or source."""
    found = _page(laid.once("actors", lambda: _actors(laid)), wanted, q, ACTOR_SORTS, "-doer")
    return page(request, "actors.html", list=found, rows=found.rows)


@router.get("/api/v1/actors", tags=["actors"])
def api_actors(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """Return who is named as doer, target or source."""
    found = _page(laid.once("actors", lambda: _actors(laid)), wanted, q, ACTOR_SORTS, "-doer")
    return answered(request, laid, found.json(found.rows, "actors"))


@router.get("/places", include_in_schema=False)
def places(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """List the places of claims."""
    found = _page(laid.once("places", lambda: _places(laid)), wanted, q, PLACE_SORTS, "-claims")
    return page(request, "places.html", list=found, rows=found.rows)


@router.get("/api/v1/places", tags=["places"])
def api_places(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """Return the places of claims, with how well each is known."""
    found = _page(laid.once("places", lambda: _places(laid)), wanted, q, PLACE_SORTS, "-claims")
    return answered(request, laid, found.json(found.rows, "places"))


@router.get("/api/v1/places/map", tags=["places"])
def api_map(request: Request, laid: Open) -> Response:
    """Return the places of claims as GeoJSON, with honest radii."""
    return answered(request, laid, laid.once("places map", lambda: collection(_features(laid))))


@router.get("/sources", include_in_schema=False)
def sources(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """List whose word the claims are."""
    found = _page(_sources(laid), wanted, q, SOURCE_SORTS, "-claims")
    return page(request, "sources.html", list=found, rows=found.rows)


@router.get("/api/v1/sources", tags=["sources"])
def api_sources(request: Request, laid: Open, wanted: ListAsked, q: Words = "") -> Response:
    """Return whose word the claims are."""
    found = _page(_sources(laid), wanted, q, SOURCE_SORTS, "-claims")
    return answered(request, laid, found.json(found.rows, "sources"))


def _page(rows: list[Json], wanted: lists.Asked, q: str, keys: Keys, usual: str) -> lists.Listed[Json]:
    sought = q.strip().casefold()
    kept = [row for row in rows if sought in row["search"]] if sought else rows
    return lists.page_of(lists.ordered(kept, keys, wanted.sort or usual), wanted, lambda row: row["id"])


def _actors(laid: Laid) -> list[Json]:
    """Return actors by canonical name, with the names that the book tells and the ids that the register has."""
    rows: dict[str, Json] = {}
    register = laid.desk.knowledge.actors

    def row(told: str) -> Json:
        name = register.canonical(told) or told
        known = register.find(name)
        accepted = "accepted" if fold(name) in laid.desk.applied.actors else None
        bare: Json = {"id": name, "name": name, "known": known.id if known else accepted, "told_as": set()}
        found: Json = rows.setdefault(name, {**bare, "doer": 0, "target": 0, "source": 0})
        found["told_as"].add(told)
        return found

    for claim in laid.desk.claims:
        for name in claim.perpetrator:
            row(name)["doer"] += 1
        if claim.target.group:
            row(claim.target.group)["target"] += 1
        if claim.origin and (register.canonical(claim.origin) or claim.origin in rows):
            row(claim.origin)["source"] += 1
    for found in rows.values():
        found["told_as"] = sorted(found["told_as"] - {found["name"]})
        found["search"] = " ".join((found["name"], *found["told_as"])).casefold()
    return sorted(rows.values(), key=lambda r: r["name"])


def _place_key(place: Place) -> str:
    return place.id or ", ".join((place.name, *place.admin))


def _places(laid: Laid) -> list[Json]:
    grouped: dict[str, list[Claim]] = {}
    for claim in laid.desk.claims:
        if claim.place is not None:
            grouped.setdefault(_place_key(claim.place), []).append(claim)
    rows = []
    for key, claims in grouped.items():
        place = claims[0].place
        rows.append({
            "id": key, "name": place.name if place else "", "place": place_json(place), "claims": len(claims),
            "incidents": len({laid.desk.incident_of.get(c.id) for c in claims} - {None}),
            "reports": len({c.document for c in claims}),
            "search": " ".join((key, place.name, *place.admin, place.country or "")).casefold() if place else "",
        })  # fmt: skip
    return sorted(rows, key=lambda r: str(r["id"]))


def _features(laid: Laid) -> list[Json | None]:
    seen: dict[str, tuple[Place, int]] = {}
    for claim in laid.desk.claims:
        if claim.place is not None:
            key = _place_key(claim.place)
            seen[key] = (claim.place, seen[key][1] + 1 if key in seen else 1)
    return [feature(place, what=place.name, claims=count) for place, count in seen.values()]


def _sources(laid: Laid) -> list[Json]:
    """Return origins, with what they speak of and how much of it people rejected."""
    desk = laid.desk
    dropped = (desk.claim_of[c] for c in desk.ledger.decided.dropped if c in desk.claim_of)
    rejected = Counter(laid.origin_of(claim) for claim in dropped)
    return [{**row, "rejected": rejected[row["name"]]} for row in laid.once("sources", lambda: _origins(laid))]


def _origins(laid: Laid) -> list[Json]:
    """Return origins, with what they speak of."""
    desk = laid.desk
    grouped: dict[str, list[Claim]] = {}
    for claim in desk.claims:
        grouped.setdefault(laid.origin_of(claim), []).append(claim)
    return [
        {
            "id": name, "name": name, "claims": len(claims), "reports": len({c.document for c in claims}),
            "named": all(c.origin_named for c in claims),
            "interests": sorted({c.interest for c in claims if c.interest}),
            "relayed_by": sorted({named(desk.documents[c.document]) for c in claims}),
            "search": name.casefold(),
        }
        for name, claims in sorted(grouped.items())
    ]  # fmt: skip
