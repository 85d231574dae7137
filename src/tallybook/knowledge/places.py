"""The gazetteer: packs in memory, the world in a read-only file that is opened without loading it."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge.countries import Countries
from tallybook.knowledge.folding import fold
from tallybook.knowledge.rows import csv_rows, piped
from tallybook.model.claim import Place, PlaceCandidate
from tallybook.model.described import described

RADIUS_KM = {
    "country": 500.0,
    "admin1": 120.0,
    "admin2": 40.0,
    "admin3": 20.0,
    "city": 8.0,
    "town": 5.0,
    "village": 3.0,
    "ward": 2.0,
}
"""Radius that a place of each kind is taken to have where its row states none, km; rounded medians of GeoNames areas."""

UNIT_WORDS = frozenset(
    [
        "city",
        "town",
        "township",
        "village",
        "district",
        "province",
        "state",
        "region",
        "governorate",
        "county",
        "department",
        "ward",
        "area",
    ]
)


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of a gazetteer."""

    id: str
    name: str
    kind: str = described("country, admin1, admin2, admin3, city, town, village or ward")
    admin: tuple[str, ...] = described("larger units, smallest first, without the country", default=())
    country: str | None = described("ISO 3166-1 alpha-3", default=None)
    lat: float | None = described("degrees north", default=None)
    lon: float | None = described("degrees east", default=None)
    radius_km: float = described("radius of the area the name stands for, km", default=5.0)
    population: int = described("persons; 0: not known", default=0)
    from_pack: bool = described("true for rows of packs, which outrank the world file", default=False)


class Gazetteer:
    """Look places up by any of their names. A user's rows outrank shipped ones."""

    def __init__(
        self, rows: Iterable[tuple[PlaceEntry, tuple[str, ...]]], world: Path | None, countries: Countries
    ) -> None:
        self._packs: dict[str, list[PlaceEntry]] = {}
        self._names: set[str] = set()
        for entry, variants in rows:
            for name in (entry.name, *variants):
                self._names.add(name)
                for key in _keys(name):
                    self._packs.setdefault(key, []).append(entry)
        for country in countries.by_iso.values():
            entry = PlaceEntry(country.iso3, country.name, "country", (), country.iso3, radius_km=RADIUS_KM["country"])
            for name in (country.name, *country.aliases):
                self._packs.setdefault(fold(name), []).append(entry)
                self._names.add(name)
        self._world = world
        self._connection: sqlite3.Connection | None = None
        self.entries = lru_cache(maxsize=20_000)(self._entries)

    def __getstate__(self) -> dict[str, object]:
        return {"_packs": self._packs, "_names": self._names, "_world": self._world, "_connection": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self.entries = lru_cache(maxsize=20_000)(self._entries)

    def _entries(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return every place known under `name`: rows of packs first, then the world's by population."""
        keys = _keys(name)
        own = [e for key in keys for e in self._packs.get(key, ())]
        rows = own + [e for key in keys for e in self._from_world(key)]
        return tuple({e.id: e for e in reversed(rows)}.values())[::-1]

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place of an id, or None."""
        own = (e for entries in self._packs.values() for e in entries if e.id == place_id)
        return next(own, None) or self._of_world(place_id)

    def _of_world(self, place_id: str) -> PlaceEntry | None:
        letters, digits = place_id.rstrip("0123456789"), place_id.lstrip("agn")
        if letters not in ("gn", "gna") or not digits.isdigit():
            return None
        found = self._world_rows("p.id = ? limit 1", int(digits) if letters == "gn" else -int(digits))
        return found[0] if found else None

    def _from_world(self, key: str) -> list[PlaceEntry]:
        return self._world_rows("n.key = ? order by p.population desc, p.id limit 40", key)

    def _world_rows(self, where: str, wanted: str | int) -> list[PlaceEntry]:
        if self._world is None:
            return []
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"{self._world.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        rows = self._connection.execute(
            "select p.id, p.name, p.kind, p.admin2, p.admin1, p.country, p.lat, p.lon, p.population "
            f"from name n join place p on p.id = n.place where {where}",
            (wanted,),
        )
        return [_world_entry(*row) for row in rows]

    def find(self, name: str) -> tuple[PlaceCandidate, ...]:
        """Return the places that `name` may mean, most probable first; empty if it is not known."""
        rows = self.entries(name)
        weights = [math.log10(10 + e.population) * (4 if e.from_pack else 1) for e in rows]
        total = sum(weights)
        return tuple(
            PlaceCandidate(e.id, e.name, e.admin, e.country, e.lat, e.lon, round(w / total, 4))
            for w, e in sorted(zip(weights, rows, strict=True), key=lambda p: (-p[0], p[1].id))
        )

    def within(self, inner: Place, outer: str) -> bool | None:
        """Say whether `inner` lies in the area called `outer`; None where it only may (a larger or unplaced place)."""
        areas = self.entries(outer)
        names = {fold(outer), *(fold(a.name) for a in areas)}
        names |= {key for name in tuple(names) for key in _keys(name)}
        own = {key for name in (inner.name, *inner.admin) for key in _keys(name)}
        countries = {a.country for a in areas if a.country}
        if any(a.kind == "country" and a.country == inner.country for a in areas) or own & names:
            return True
        if inner.country and countries and inner.country not in countries:
            return False
        if any(fold(inner.name) in {fold(x) for x in a.admin} for a in areas) or inner.precision in (
            "country",
            "unresolved",
        ):
            return None
        if inner.id and not inner.admin and inner.precision == "admin1":
            return False
        return None if not inner.admin else False

    def names(self) -> tuple[str, ...]:
        """Return the names that packs and countries give, sorted; the world file's are too many to list."""
        return tuple(sorted(self._names))


def _keys(name: str) -> tuple[str, ...]:
    """Return the folded name, and the same without a trailing or leading unit word ('Konkyan Township')."""
    whole = fold(name)
    words = whole.split()
    bare = [w for w in words if w not in UNIT_WORDS and w != "the" and w != "of"]
    short = " ".join(bare)
    return (whole,) if short == whole or not short else (whole, short)


def _world_entry(row: int, name: str, kind: str, admin2: str | None, admin1: str | None, country: str,
                 lat: float, lon: float, population: int) -> PlaceEntry:  # fmt: skip
    admin = tuple(a for a in (admin2, admin1) if a and fold(a) != fold(name))
    return PlaceEntry(
        f"gn{row}" if row > 0 else f"gna{-row}", name, kind, admin, country, lat, lon, RADIUS_KM[kind], population
    )


def load_places(path: Path) -> list[tuple[PlaceEntry, tuple[str, ...]]]:
    """Read one pack's places.csv: entries with their variants.

    Raises: KnowledgeError on a missing column or cell, a coordinate off the globe, an unknown kind or a repeated id.
    """
    rows: dict[str, tuple[PlaceEntry, tuple[str, ...]]] = {}
    for where, row in csv_rows(path, ("id", "name", "kind", "source")):
        if row["kind"] not in RADIUS_KM:
            raise KnowledgeError(f"{path}: {where} has kind {row['kind']!r}. Use one of {', '.join(RADIUS_KM)}.")
        if row["id"] in rows:
            raise KnowledgeError(f"{path}: {where} repeats id {row['id']!r}. Give it an id of its own.")
        entry = PlaceEntry(
            row["id"], row["name"], row["kind"],
            tuple(p.strip() for p in (row.get("parents") or "").split(">") if p.strip()),
            row.get("country") or None, _degrees(path, where, row, "lat", 90), _degrees(path, where, row, "lon", 180),
            float(row.get("radius_km") or RADIUS_KM[row["kind"]]), int(row.get("population") or 0), True,
        )  # fmt: skip
        rows[entry.id] = (entry, piped(row.get("variants")))
    return list(rows.values())


def _degrees(path: Path, where: str, row: Mapping[str, str], field: str, limit: int) -> float | None:
    text = (row.get(field) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.inf
    if abs(value) > limit:
        raise KnowledgeError(f"{path}: {where} has {field} {text!r}. Write degrees between -{limit} and {limit}.")
    return value
