"""Polygons as GeoPackage keeps them: its header, then well-known binary. Degrees, longitude first.

Source: OGC GeoPackage 1.3.1, clause 2.1.3; OGC Simple Features, 06-103r4, clause 8.2.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

MAGIC = b"GP"
LITTLE_ENDIAN, WITH_ENVELOPE = 1, 1 << 1
POLYGON = 3
_HEADER = struct.Struct("<2sBBi4d")
_SHAPE = struct.Struct("<BII")
_POINT = struct.Struct("<2d")

Ring = Sequence[Sequence[float]]


def polygon(ring: Ring, srs: int) -> bytes:
    """Return a polygon of one closed ring of (lon, lat)."""
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    flags = WITH_ENVELOPE | LITTLE_ENDIAN
    head = _HEADER.pack(MAGIC, 0, flags, srs, min(lons), max(lons), min(lats), max(lats))
    shape = _SHAPE.pack(LITTLE_ENDIAN, POLYGON, 1) + struct.pack("<I", len(ring))
    return head + shape + b"".join(_POINT.pack(*point) for point in ring)


def points_of(blob: bytes) -> list[tuple[float, float]]:
    """Return the corners of a polygon that `polygon` wrote, as (lon, lat), those of its envelope first; else none."""
    if not blob.startswith(MAGIC) or len(blob) < _HEADER.size:
        return []
    _, _, _, _, west, east, south, north = _HEADER.unpack_from(blob)
    start = _HEADER.size + _SHAPE.size + 4
    corners = [_POINT.unpack_from(blob, at) for at in range(start, len(blob) - _POINT.size + 1, _POINT.size)]
    return [(west, south), (east, north), *((float(lon), float(lat)) for lon, lat in corners)]
