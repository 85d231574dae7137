"""UCDP GED layout: one row for each fatal event, 49 columns."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from tallybook.knowledge import Knowledge
from tallybook.release.cells import csv_text
from tallybook.release.imported import imported_cells, laid_over
from tallybook.release.laying import CIVILIANS, STATE, Told, country_name, days, events, kind_of, step, units
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Bounds, Edition

UNKNOWN = "Unknown"
OTHER_MEASURES = ("injured", "missing", "captured", "displaced")
HELD = ("date_start", "date_end", "low", "high", "latitude", "longitude")
"""Columns that the record of an imported row holds for certain."""
NUMBERS = ("best", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths by side; together they are `best`."""

    a: int
    b: int
    civilians: int
    unknown: int


def lay(edition: Edition, mapping: LayoutMapping, knowledge: Knowledge) -> Laid:
    """Lay out an edition; events that UCDP would not record are losses."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative" and claim.measure == "killed":
            losses.note(claim.id, "cumulative_toll")
    rows = [row for told in events(edition) if (row := _row(told, mapping, knowledge, losses)) is not None]
    cells = [[row.get(column) for column in mapping.columns] for row in rows]
    return Laid(csv_text([mapping.columns], cells), len(rows), losses)


LAYOUT = Layout("ucdp_ged", "ucdp_ged.csv", lay)


def _row(told: Told, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses) -> dict[str, object] | None:
    event = told.event
    killed = event.bounds("killed")
    when = days(event)
    precision = step((when[1] - when[0]).days + 1, mapping.codes["date_prec"]) if when else None
    left_out = (
        "whole_of_parts" if event.parts
        else "not_fatal" if killed is None or not (killed.best or killed.high or killed.low)
        else "no_date" if when is None or precision is None
        else None
    )  # fmt: skip
    if left_out or killed is None or when is None:
        losses.note(event.id, left_out or "not_fatal")
        return None
    for measure in OTHER_MEASURES:
        if event.bounds(measure):
            losses.note(event.id, "injured_dropped", measure)
    low, best, high = numbers(killed, event.id, losses)
    if low != high and len(told.killed()) > 1:
        losses.note(event.id, "claims_flattened", f"{low} to {high}")
    kind, side_a, side_b = sides(told, mapping, knowledge)
    if side_a == UNKNOWN:
        losses.note(event.id, "sides_unknown")
    if kind is None:
        losses.note(event.id, "violence_unknown")
    deaths = by_side(told, best, side_a, side_b, losses)
    row: dict[str, object] = {
        "id": number_of(event.id), "relid": event.id, "year": when[0].year, "type_of_violence": kind,
        "conflict_name": f"{side_a} - {side_b}", "dyad_name": f"{side_a} - {side_b}", "side_a": side_a,
        "side_b": side_b, **_reports(told), **_place(told, mapping, knowledge, losses),
        "event_clarity": mapping.codes["clear"], "date_prec": precision,
        "date_start": when[0].isoformat(), "date_end": when[1].isoformat(), "deaths_a": deaths.a, "deaths_b": deaths.b,
        "deaths_civilians": deaths.civilians, "deaths_unknown": deaths.unknown, "best": best, "high": high, "low": low,
    }  # fmt: skip
    cells = imported_cells(told, mapping.columns)
    if cells is None:
        return row
    return laid_over(cells, row, HELD, NUMBERS, lambda _, how: losses.note(event.id, "changed_since_import", how))


def number_of(identifier: str) -> int:
    """Return a stable number for an id that ends in hex digits, below 2**31 as users' readers expect of an integer.

    Two of 100,000 events may share one; `relid` tells them apart.
    """
    digits = identifier.rsplit("-", 1)[-1]
    return int(digits[:8], 16) & 0x7FFFFFFF if digits else 0


def numbers(killed: Bounds, record: str, losses: Losses) -> tuple[int, int, int]:
    """Return low, best and high with low <= best <= high; what had to be filled in is a loss."""
    low, best, high = killed.low, killed.best, killed.high
    if low is None:
        losses.note(record, "low_not_stated")
        low = 0
    if best is None:
        losses.note(record, "no_best")
        best = low if high is None or low else high
    if high is None:
        losses.note(record, "open_high", f"at least {low}")
        high = max(best, low)
    return low, min(max(best, low), high), high


def sides(told: Told, mapping: LayoutMapping, knowledge: Knowledge) -> tuple[int | None, str, str]:
    """Return UCDP's type of violence, side A and side B. A state is side A; civilians are side B of one-sided violence.

    One-sided where only civilians are reported killed; else state-based where a side is a state's, non-state otherwise;
    where no fighter's group is told, the usual type of the kind of event.
    """
    civilians, combatants = told.event.bounds("killed", "civilian"), told.event.bounds("killed", "combatant")
    doers, groups = told.doers(), tuple(g for g in told.groups() if g not in told.doers())
    concept = knowledge.ontology.get("event", told.event.event_type)
    usual = concept.ucdp if concept else None
    if civilians and not combatants:
        return ONE_SIDED, doers[0] if doers else UNKNOWN, CIVILIANS
    named = [*doers[:1], *groups[:1]] if doers and groups else [*doers, *groups][:2]
    named.sort(key=lambda n: kind_of(n, knowledge) != STATE)
    side_a, side_b = ([*named, UNKNOWN, UNKNOWN])[:2]
    if not named:
        return usual, UNKNOWN, UNKNOWN
    is_state = any(kind_of(n, knowledge) == STATE for n in named)
    return STATE_BASED if is_state else NON_STATE if len(named) == 2 else usual, side_a, side_b


def by_side(told: Told, best: int, side_a: str, side_b: str, losses: Losses) -> Deaths:
    """Divide best among sides, civilians and unknown; the parts always add up to it."""
    event = told.event
    civilians = _best(event.bounds("killed", "civilian"))
    fighters = _best(event.bounds("killed", "combatant"))
    groups = {c.group for c in told.killed() if c.affiliation == "combatant"}
    side = next(iter(groups)) if len(groups) == 1 else None
    if civilians + fighters > best or (civilians + fighters < best and not event.bounds("killed", "unknown")):
        losses.note(event.id, "deaths_fitted", f"{civilians + fighters} of {best}")
    civilians = min(civilians, best)
    fighters = min(fighters, best - civilians)
    known = side in (side_a, side_b) and side != UNKNOWN
    if fighters and not known:
        losses.note(event.id, "side_unknown", str(fighters))
    a = fighters if known and side == side_a else 0
    b = fighters if known and side != side_a else 0
    return Deaths(a, b, civilians, best - civilians - a - b)


def _best(bounds: Bounds | None) -> int:
    if bounds is None:
        return 0
    return next((v for v in (bounds.best, bounds.low, bounds.high) if v is not None), 0)


def _reports(told: Told) -> dict[str, object]:
    outlets = sorted({s.publisher for s in told.sources if s.publisher})
    dates = sorted({s.published for s in told.sources if s.published})
    return {
        "number_of_sources": len(told.sources),
        "source_article": ";".join(sorted({f"{s.publisher or 'not named'}, {s.published or 'undated'}"
                                           for s in told.sources})),
        "source_office": ";".join(outlets), "source_date": ";".join(dates),
        "source_headline": ";".join(sorted({s.title for s in told.sources if s.title})),
        "source_original": ";".join(told.claimants()),
    }  # fmt: skip


def _place(told: Told, mapping: LayoutMapping, knowledge: Knowledge, losses: Losses) -> dict[str, object]:
    where = told.event.place
    if where is None:
        losses.note(told.event.id, "no_coordinates")
        return {"where_prec": mapping.codes["where_prec"]["unresolved"]}
    first, second, _ = units(where)
    row: dict[str, object] = {
        "where_prec": mapping.codes["where_prec"][where.precision],
        "where_coordinates": where.name,
        "where_description": ", ".join((*filter(None, (where.name,)), *where.admin)),
        "adm_1": first, "adm_2": second, "country": country_name(where.country, knowledge),
    }  # fmt: skip
    if where.lat is None or where.lon is None:
        losses.note(told.event.id, "no_coordinates")
        return row
    losses.note(told.event.id, "area_flattened", f"radius {where.radius_km} km" if where.radius_km else "")
    return {**row, "latitude": where.lat, "longitude": where.lon, "geom_wkt": f"POINT ({where.lon} {where.lat})",
            "priogrid_gid": priogrid(where.lat, where.lon)}  # fmt: skip


def priogrid(lat: float, lon: float) -> int:
    """Return the number of a PRIO-GRID cell: half degrees, row by row from the south-west.

    Source: PRIO-GRID codebook.
    """
    return min(359, floor((lat + 90) * 2)) * 720 + min(719, floor((lon + 180) * 2)) + 1
