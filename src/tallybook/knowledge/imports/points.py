"""Lists of points: name and 'lat,lon', or name, lat and lon; with a header or without; more columns where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.imports.columns import columns, first_of
from tallybook.knowledge.imports.found import Findings, Row
from tallybook.knowledge.place_entries import RADIUS_KM
from tallybook.knowledge.rows import piped

_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*")


def points_of(path: Path, cells: list[tuple[str, list[str]]], findings: Findings, prefix: str) -> Iterator[Row]:
    """Yield the places of a list of points.

    Raises: KnowledgeError if no columns of names and coordinates are found.
    """
    header = [c.strip() for c in cells[0][1]]
    known = columns()
    name, pair = first_of(known.name, header), first_of(known.both, header)
    north, east = first_of(known.latitude, header), first_of(known.longitude, header)
    if name is not None and (pair is not None or (north is not None and east is not None)):
        for where, row in cells[1:]:
            told = dict(zip(header, (c.strip() for c in row), strict=False))
            lat, lon = _split(told.get(pair, "")) if pair else (told.get(north or "", ""), told.get(east or "", ""))
            more = {column.lower(): value for column, value in told.items()}
            yield from _row(where, told.get(name, ""), lat, lon, more, findings, prefix)
    elif _is_point(cells[0][1]):
        for where, row in cells:
            lat, lon = _split(row[1]) if len(row) == 2 else (row[1], row[2]) if len(row) > 2 else ("", "")
            yield from _row(where, row[0].strip(), lat, lon, {}, findings, prefix)
    else:
        missing = "a name" if name is None else "coordinates"
        raise KnowledgeError(
            f"{path} line 1: no column of {missing}. Give P-codes and their names, or columns 'name', 'lat' and 'lon'."
        )


def _row(
    where: str, name: str, lat: str, lon: str, more: Mapping[str, str], findings: Findings, prefix: str
) -> Iterator[Row]:
    if not name:
        findings.tell(where, "name", "empty. Fill it in or remove the line.")
        return
    kind = more.get("kind") or "town"
    if kind not in RADIUS_KM:
        findings.tell(where, "kind", f"{kind!r} is none of {', '.join(RADIUS_KM)}.")
        return
    if not lat.strip() and not lon.strip():
        findings.tell(where, "lat", "no coordinates, as in '20.5,96.1'. Fill them in or remove the line.")
        return
    at = findings.degrees(where, lat, lon)
    if at[0] is None or at[1] is None:
        return
    radius = _number(more.get("radius_km", ""))
    if more.get("radius_km") and radius is None:
        findings.tell(where, "radius_km", f"{more['radius_km']!r} is no number. Mend it.")
    slug = fold(name).replace(" ", "-")
    own = more.get("id") or f"{prefix}-{slug}-{at[0]:.4f}-{at[1]:.4f}"
    yield Row(
        own, name, kind, where, piped(more.get("variants")),
        tuple(p.strip() for p in more.get("parents", "").split(">") if p.strip()), None, more.get("country") or None,
        *at, radius, int(_number(more.get("population", "")) or 0),
    )  # fmt: skip


def _split(text: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(text)
    return (found[1], found[2]) if found else (text, text)


def _is_point(row: Sequence[str]) -> bool:
    if len(row) == 2:
        return _PAIR.fullmatch(row[1]) is not None
    return len(row) > 2 and _number(row[1]) is not None and _number(row[2]) is not None


def _number(text: str) -> float | None:
    try:
        return float(text) if text.strip() else None
    except ValueError:
        return None
