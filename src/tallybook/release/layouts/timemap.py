"""TimeMap layout: events, sources and associations in one JSON file."""

from __future__ import annotations

from itertools import chain
from typing import Any

from tallybook.knowledge import Knowledge
from tallybook.release.indented import MadeByName, in_pieces
from tallybook.release.laying import Told, events
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition, Source
from tallybook.release.telling import bounds


def lay(edition: Edition, mapping: LayoutMapping, _knowledge: Knowledge) -> Laid:
    """Lay out an edition; every value is text, as TimeMap's schema has it."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    made = [event for told in events(edition) if (event := _event(told, losses)) is not None]
    kinds = sorted({e["type"] for e in made})
    content = {
        "events": made,
        "sources": MadeByName({s.id: s for s in edition.sources}, _source),
        "associations": [
            {"id": k, "title": k, "desc": "", "mode": "FILTER", "filter_paths": ["kind of event", k]} for k in kinds
        ],
    }
    return Laid(chain(in_pieces(content), "\n"), len(made), losses)


LAYOUT = Layout("timemap", "timemap.json", lay)


def _event(told: Told, losses: Losses) -> dict[str, Any] | None:
    event, where = told.event, told.event.place
    day = event.start or event.end
    has_point = where is not None and where.lat is not None
    if event.parts or not (day or has_point):
        losses.note(event.id, "whole_of_parts" if event.parts else "no_date")
        return None
    losses.note(event.id, "ranges_in_words")
    if event.start != event.end:
        losses.note(event.id, "days_flattened", f"{event.start or ''}/{event.end or ''}")
    if has_point:
        losses.note(event.id, "area_as_point")
    kind = event.event_type.replace("_", " ")
    return {
        "id": event.id, "description": _description(told), "date": day or "", "time": "",
        "time_precision": event.date_precision or "",
        "location": (where.name or "") if where else "",
        "latitude": str(where.lat) if where and has_point else "",
        "longitude": str(where.lon) if where and has_point else "",
        "type": kind, "category": kind, "category_full": kind, "associations": [kind],
        "sources": list(event.sources), "comments": "",
    }  # fmt: skip


def _description(told: Told) -> str:
    event, where = told.event, told.event.place
    harm = [f"{b.measure}: {bounds(b.low, b.high)}" for b in event.figures if b.affiliation == "any"]
    said = f"Reported {', '.join(harm) or 'harm without a number'}, according to {', '.join(told.claimants())}."
    return said + (f" Somewhere within {where.radius_km:g} km of the point." if where and where.radius_km else "")


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id, "title": source.title or source.publisher or "not named", "thumbnail": "", "paths": [],
        "type": "report", "affil_s": [], "url": source.url or "", "description": "", "parent": "", "author": "",
        "date": source.published or "", "notes": "",
    }  # fmt: skip
