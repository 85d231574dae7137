"""Points for units that a file gives without any: from what lies in them, from the gazetteer, or from the unit around."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.knowledge.folding import fold
from tallybook.knowledge.imports.found import Row
from tallybook.knowledge.place_entries import RADIUS_KM
from tallybook.knowledge.places import Gazetteer, PlaceEntry
from tallybook.model.earth import apart


def locate(rows: Sequence[Row], gazetteer: Gazetteer) -> int:
    """Give a point and an honest radius to rows that have none; return how many stay without.

    A unit takes the middle of the places in it, with the distance to the farthest; else the point that the gazetteer
    has under its id, or under its name in the same country; else that of the next larger unit, with its radius.
    """
    by_id = {row.id: row for row in rows}
    inside: dict[str, list[Row]] = {}
    for row in rows:
        if row.within and row.lat is not None:
            for outer in _outward(row, by_id):
                inside.setdefault(outer, []).append(row)
    for row in rows:
        if row.lat is None and row.id in inside:
            _middle(row, inside[row.id])
    for row in rows:
        if row.lat is None:
            known = _known(row, gazetteer)
            if known is not None:
                same = known.id == row.id
                reach = known.radius_km if same else max(known.radius_km, RADIUS_KM[row.kind])
                row.lat, row.lon, row.radius_km = known.lat, known.lon, reach
    for row in rows:
        if row.lat is None:
            _from_outer(row, by_id, gazetteer)
    return sum(row.lat is None for row in rows)


def _outward(row: Row, by_id: dict[str, Row]) -> list[str]:
    """Return the ids of the units around a row, smallest first."""
    found: list[str] = []
    at = row.within
    while at and at not in found:
        found.append(at)
        at = by_id[at].within if at in by_id else None
    return found


def _middle(unit: Row, inner: Sequence[Row]) -> None:
    points = [(r.lat, r.lon) for r in inner if r.lat is not None and r.lon is not None]
    lat, lon = sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    reach = max(apart((lat, lon), p) for p in points)
    unit.lat, unit.lon = round(lat, 5), round(lon, 5)
    unit.radius_km = round(max(reach, RADIUS_KM[unit.kind]), 1)


def _known(row: Row, gazetteer: Gazetteer) -> PlaceEntry | None:
    same = gazetteer.get(row.id)
    if same is not None and same.lat is not None:
        return same
    units = {fold(p) for p in row.parents}
    for entry in gazetteer.entries(row.name):
        told = entry.country == row.country and entry.kind == row.kind and entry.lat is not None
        if told and row.country and (row.kind == "admin1" or _share(units, {fold(a) for a in entry.admin})):
            return entry
    return None


def _share(a: set[str], b: set[str]) -> bool:
    """Say whether units named on both sides have a word in common: 'Bago' and 'Bago District'."""
    return bool({w for name in a for w in name.split()} & {w for name in b for w in name.split()})


def _from_outer(row: Row, by_id: dict[str, Row], gazetteer: Gazetteer) -> None:
    for outer in _outward(row, by_id):
        unit: Row | PlaceEntry | None = by_id.get(outer) or gazetteer.get(outer)
        if unit is not None and unit.lat is not None:
            row.lat, row.lon, row.radius_km = unit.lat, unit.lon, unit.radius_km or RADIUS_KM[unit.kind]
            return
