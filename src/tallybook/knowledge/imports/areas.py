"""GeoJSON: areas become their middle and the distance to their farthest corner; points stay points."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.imports.columns import columns, first_of
from tallybook.knowledge.imports.found import Findings, Row
from tallybook.knowledge.imports.pcodes import levels_of, places_of
from tallybook.knowledge.imports.tables import text_of
from tallybook.model.earth import apart

Point = tuple[float, float]
"""Longitude and latitude, in the order of GeoJSON."""


def areas_of(path: Path, findings: Findings, countries: Mapping[str, str], prefix: str) -> Iterator[Row]:
    """Yield the places of a GeoJSON file: by their P-codes where they have them, else by name.

    Raises: KnowledgeError if the file is no GeoJSON of features.
    """
    try:
        content = json.loads(text_of(path))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise KnowledgeError(f"{path} line {line}: not JSON. Save the areas as GeoJSON.") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise KnowledgeError(f"{path}: no list of features. Save the areas as a GeoJSON FeatureCollection.")
    if not features:
        raise KnowledgeError(f"{path}: no features in it. Give a file with areas or points.")
    for number, feature in enumerate(features, 1):
        yield from _feature(f"feature {number}", feature, findings, countries, prefix)


def _feature(where: str, feature: Any, findings: Findings, countries: Mapping[str, str], prefix: str) -> Iterator[Row]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        findings.tell(where, "properties", "missing. Give each feature a name.")
        return
    middle = _middle(where, feature.get("geometry"), findings)
    if middle is None:
        return
    lat, lon, radius = middle
    cells = {str(k): "" if v is None else str(v).strip() for k, v in properties.items()}
    levels = [level for level in levels_of(tuple(cells)) if cells[level.code] and cells[level.name]]
    if levels:
        *_, finest = places_of(levels, iter([(where, cells)]), findings, countries)
        finest.lat, finest.lon, finest.radius_km = lat, lon, radius
        yield finest
        return
    told = {column: value for column, value in cells.items() if value}
    name = told.get(first_of(columns().name, told) or "", "")
    if not name:
        findings.tell(where, "name", f"missing. Give it one of the properties {', '.join(columns().name[:3])}.")
        return
    at = "nowhere" if lat is None or lon is None else f"{lat:.3f}-{lon:.3f}"
    own = told.get(first_of(columns().id, told) or "", "") or f"{prefix}-{fold(name).replace(' ', '-')}-{at}"
    kind = "town" if radius is None else "admin3"
    yield Row(own, name, kind, where, (), (), None, countries.get(cells.get("country", "")), lat, lon, radius)


def _middle(where: str, geometry: Any, findings: Findings) -> tuple[float | None, float | None, float | None] | None:
    """Return latitude, longitude and reach in km of a geometry, None for each if it is empty; None where it is wrong."""
    if geometry is None or (isinstance(geometry, dict) and geometry.get("coordinates") == []):
        return None, None, None
    kind: Any = geometry.get("type") if isinstance(geometry, dict) else None
    points: Any = geometry.get("coordinates") if isinstance(geometry, dict) else None
    try:
        if kind == "Point":
            rings = [[_point(points)]]
        elif kind == "Polygon":
            rings = [[_point(p) for p in points[0]]]
        elif kind == "MultiPolygon":
            rings = [[_point(p) for p in polygon[0]] for polygon in points]
        else:
            findings.tell(where, "geometry", f"{kind!r} is no point or polygon. Mend it or remove the feature.")
            return None
    except (TypeError, ValueError, IndexError, KeyError):
        findings.tell(where, "geometry", "its coordinates are no numbers. Mend them or remove the feature.")
        return None
    every = [p for ring in rings for p in ring]
    if not every:
        return None, None, None
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in every):
        findings.tell(where, "geometry", "a coordinate is off the globe. Write longitude, then latitude, in degrees.")
        return None
    lon, lat = _centroid(rings)
    reach = max(apart((lat, lon), (y, x)) for x, y in every)
    return round(lat, 5), round(lon, 5), None if kind == "Point" else round(max(reach, 0.5), 1)


def _point(value: Any) -> Point:
    x, y = float(value[0]), float(value[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError
    return x, y


def _centroid(rings: list[list[Point]]) -> Point:
    """Return the middle by area of outer rings; the mean of the corners where they have no area."""
    twice = east = north = 0.0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            twice, east, north = twice + cross, east + (x0 + x1) * cross, north + (y0 + y1) * cross
    if abs(twice) < 1e-12:
        every = [p for ring in rings for p in ring]
        return sum(p[0] for p in every) / len(every), sum(p[1] for p in every) / len(every)
    return east / (3 * twice), north / (3 * twice)
