"""HXL layout: one row for each event, under a row of hashtags."""

from __future__ import annotations

from tallybook.knowledge import Knowledge
from tallybook.release.cells import csv_text
from tallybook.release.laying import Told, events, units
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition

MEASURES_DROPPED = ("missing", "captured", "displaced")


def lay(edition: Edition, mapping: LayoutMapping, _knowledge: Knowledge) -> Laid:
    """Lay out an edition; what is not stated stays empty."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    rows = []
    for told in events(edition):
        if told.event.parts:
            losses.note(told.event.id, "whole_of_parts")
            continue
        if len(told.claims) > 1:
            losses.note(told.event.id, "claims_flattened")
        for measure in MEASURES_DROPPED:
            if told.event.bounds(measure):
                losses.note(told.event.id, "measures_dropped", measure)
        rows.append(_row(told))
    return Laid(csv_text([mapping.columns, mapping.codes["tags"]], rows), len(rows), losses)


LAYOUT = Layout("hxl", "hxl.csv", lay)


def _row(told: Told) -> list[object]:
    event, where = told.event, told.event.place
    first, second, _ = units(where)
    row: list[object] = [event.id, event.start, event.end, event.event_type, first, second]
    row += [where.country, where.lat, where.lon, where.radius_km] if where else [None] * 4
    for measure, status in (("killed", "any"), ("killed", "civilian"), ("injured", "any")):
        bounds = event.bounds(measure, status)
        row += [bounds.low, bounds.high] if bounds else [None, None]
    return [*row, len(told.sources)]
