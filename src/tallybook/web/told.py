"""Claims, incidents and reports as pages and the API show them: what was said, by whom, how sure, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tallybook.model import Claim, Document, Incident, Place
from tallybook.model.earth import KM_PER_DEGREE
from tallybook.model.wire import Json, claim_json, date_json, document_json, place_json
from tallybook.runs.listing import correction_json
from tallybook.web.held_book import Laid
from tallybook.web.refusals import Refused

if TYPE_CHECKING:
    from tallybook.runs.desk import Desk

ACCEPTED, REJECTED, CORRECTED, UNREVIEWED = "accepted", "rejected", "corrected", "unreviewed"


def claim_told(claim: Claim, laid: Laid) -> Json:
    """Return a claim with the report it stands in, what people decided on it, and its incident."""
    desk = laid.desk
    return {
        **claim_json(claim, desk.incident_of.get(claim.id)),
        "document": document_told(desk.documents[claim.document]),
        "standing": standing_of(claim.id, desk),
        "corrected": [correction_json(c) for c in desk.applied.corrections.get(claim.id, ())],
    }


def claims_told(ids: Iterable[str], laid: Laid) -> list[Json]:
    """Return claims by id, in the order of publication."""
    desk = laid.desk
    found = [desk.claim_of[c] for c in ids if c in desk.claim_of]
    found.sort(key=lambda c: (desk.documents[c.document].published or "", c.document, c.span))
    return [claim_told(c, laid) for c in found]


def standing_of(claim: str, desk: Desk) -> str:
    """Say what people made of a claim."""
    decided = desk.ledger.decided
    if claim in decided.dropped:
        return REJECTED
    if claim in desk.applied.corrections:
        return CORRECTED
    return ACCEPTED if claim in decided.reviewed else UNREVIEWED


def document_told(document: Document) -> Json:
    """Return a document without its text."""
    return document_json(document, with_text=False)


def named(document: Document) -> str:
    """Return who published a report, or its id where nobody is told."""
    return document.publisher or document.id


def incident_row(incident: Incident, laid: Laid) -> Json:
    """Return an incident as a line of a list, with its figures."""
    return {
        "id": incident.id,
        "event_type": incident.event_type,
        "place": place_json(incident.place),
        "date": date_json(incident.date),
        "claims": len(incident.claims),
        "documents": len(incident.documents),
        "figures": laid.figures_of(incident),
    }


def overall(row: Json, measure: str) -> Json | None:
    """Return the figure over all statuses of one measure, or None where the incident has no claim of it."""
    return next((f for f in row["figures"] if f["measure"] == measure and f["affiliation"] == "any"), None)


def incident_named(name: str, desk: Desk) -> Incident:
    """Return the incident of this id; former ids of merged incidents hold.

    Raises: Refused with 404
    """
    found = desk.incident_by_id.get(name) or next((i for i in desk.incidents if name in i.aliases), None)
    return found or _nothing("incident", name)


def claim_named(name: str, desk: Desk) -> Claim:
    """Return the claim of this id.

    Raises: Refused with 404
    """
    found = desk.claim_of.get(name)
    if found is None:
        _nothing("claim", name)
    return desk.claim_of[name]


def document_named(name: str, desk: Desk) -> Document:
    """Return the document of this key, or of this id where only one has it.

    Raises: Refused with 404
    """
    if name in desk.documents:
        return desk.documents[name]
    found = [d for d in desk.documents.values() if d.id == name]
    if len(found) != 1:
        _nothing("report", name)
    return found[0]


def _nothing(kind: str, name: str) -> Incident:
    raise Refused(
        404, "TB-W11", f"This book has no {kind} {name[:80]!r}. It may have been merged, or be in another book."
    )


def feature(place: Place | None, **told: object) -> Json | None:
    """Return a place as a GeoJSON point with its radius in km; None where it has no coordinates."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {"radius_km": place.radius_km, "precision": place.precision, "place": place.name, **told},
    }


def collection(features: Iterable[Json | None]) -> Json:
    """Return a GeoJSON collection of those that have coordinates."""
    return {
        "type": "FeatureCollection",
        "features": [f for f in features if f is not None],
        "km_per_degree": KM_PER_DEGREE,
    }
