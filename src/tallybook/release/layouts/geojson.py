"""GeoJSON layout: one feature for each event, with the area in which it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tallybook.knowledge import Knowledge
from tallybook.release.laying import Told, circle, events
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition
from tallybook.release.tables import json_line


def lay(edition: Edition, mapping: LayoutMapping, _knowledge: Knowledge) -> Laid:
    """Lay out an edition as a feature collection, longitude first as RFC 7946 has it."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    lines = []
    for told in events(edition):
        if told.event.parts:
            losses.note(told.event.id, "whole_of_parts")
        else:
            lines.append(json_line(_feature(told, mapping, losses)))
    return Laid(_pieces(lines), len(lines), losses)


LAYOUT = Layout("geojson", "incidents.geojson", lay)


def _pieces(features: Sequence[str]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": [\n'
    yield from (f",\n{line}" if n else line for n, line in enumerate(features))
    yield "\n]}\n"


def _feature(told: Told, mapping: LayoutMapping, losses: Losses) -> dict[str, Any]:
    event, where = told.event, told.event.place
    properties = {
        "id": event.id, "event_type": event.event_type, "start": event.start, "end": event.end,
        "place": where.name if where else None, "admin": list(where.admin) if where else [],
        "country": where.country if where else None, "precision": where.precision if where else "unresolved",
        "radius_km": where.radius_km if where else None, "figures": event.figures, "sources": len(told.sources),
    }  # fmt: skip
    return {"type": "Feature", "id": event.id, "geometry": _area(told, mapping, losses), "properties": properties}


def _area(told: Told, mapping: LayoutMapping, losses: Losses) -> dict[str, Any] | None:
    where = told.event.place
    if where is None or where.lat is None or where.lon is None:
        losses.note(told.event.id, "no_area")
        return None
    if not where.radius_km:
        losses.note(told.event.id, "no_radius")
    losses.note(told.event.id, "circle_drawn")
    radius = max(where.radius_km or 0.0, mapping.codes["least_radius_km"])
    return {"type": "Polygon", "coordinates": [circle(where.lat, where.lon, radius)]}
