"""Distances on the earth, in km."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
"""Mean radius of the earth."""
KM_PER_DEGREE = 111.2
"""Km of a degree of latitude."""
Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


def apart(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
