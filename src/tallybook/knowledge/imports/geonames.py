"""A GeoNames country file: tab-separated, without a header. Source: readme.txt of the GeoNames dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tallybook.knowledge.imports.found import Findings, Row

COLUMNS = 19
NAME, OTHERS, LAT, LON, CLASS, CODE, COUNTRY = 1, 3, 4, 5, 6, 7, 8
ADMIN1, ADMIN2, ADMIN3, POPULATION = 10, 11, 12, 14
KEPT = frozenset("APTL")
"""Feature classes that reports name: units, populated places, hills and islands, areas."""
TOWN_FROM = 5_000
"""Persons from which a populated place is a town."""
MOST_OTHERS = 30
"""Other names that are kept of one place."""
UNITS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "ADM4": "admin3"}


def is_geonames(cells: Sequence[tuple[str, list[str]]]) -> bool:
    """Say whether the first rows are those of a GeoNames file."""
    first = [row for _, row in cells[:5]]
    return bool(first) and all(len(r) == COLUMNS and r[0].isdigit() and len(r[CLASS]) <= 1 for r in first)


def places_of(
    cells: Sequence[tuple[str, list[str]]], findings: Findings, countries: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the places of a GeoNames country file; rivers, roads, buildings and undersea features are left out."""
    units = {
        tuple(row[ADMIN1 : ADMIN1 + int(row[CODE][3])]): row[NAME]
        for _, row in cells
        if len(row) == COLUMNS and row[CODE] in ("ADM1", "ADM2", "ADM3")
    }
    for where, row in cells:
        if len(row) != COLUMNS:
            findings.tell(where, None, f"has {len(row)} cells, not {COLUMNS} as a GeoNames file. Copy the file anew.")
            continue
        if row[CLASS] not in KEPT or row[CODE].startswith("PCL") or not row[NAME].strip():
            continue
        lat, lon = findings.degrees(where, row[LAT], row[LON])
        people = int(row[POPULATION]) if row[POPULATION].isdigit() else 0
        others = [o for o in row[OTHERS].split(",") if o][:MOST_OTHERS]
        yield Row(
            f"gn{row[0]}", row[NAME], _kind(row[CLASS], row[CODE], people), where, (row[2], *others),
            _parents(row, units), None, countries.get(row[COUNTRY]), lat, lon, None, people,
        )  # fmt: skip


def _kind(group: str, code: str, people: int) -> str:
    if code in UNITS:
        return UNITS[code]
    if group == "A":
        return "admin2"
    if code in ("PPLC", "PPLA"):
        return "city"
    if code == "PPLX":
        return "ward"
    return "town" if code == "PPLA2" or people >= TOWN_FROM else "village"


def _parents(row: Sequence[str], units: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    found = [units.get(tuple(row[ADMIN1 : ADMIN1 + size])) for size in (3, 2, 1)]
    return tuple(n for n in found if n and n != row[NAME])
