"""Places kept in files: a pack's places.csv, and indexed files that are opened without loading them."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from tallybook.errors import KnowledgeError
from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_entries import OWN, PACKED, RADIUS_KM, PlaceEntry
from tallybook.knowledge.rows import csv_rows, piped

MOST_NAMESAKES = 60
"""Places of one name that the world file gives, largest first."""
INDEX = "places.sqlite"
"""Name of the file that holds a pack's imported places."""
SCHEMA = """
create table place (id text primary key, name text not null, kind text not null, parents text not null, country text,
  lat real, lon real, radius_km real not null, population integer not null);
create table name (key text not null, place text not null, primary key (key, place)) without rowid;
create table sound (sound text not null, key text not null, place text not null, primary key (sound, key, place))
  without rowid;
"""


class _Indexed:
    """A read-only SQLite file of places; copies of it in other processes open their own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    def __getstate__(self) -> dict[str, object]:
        return {"path": self.path, "_connection": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the open file."""
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        return self._connection


class WorldPlaces(_Indexed):
    """The world file: towns of 500 and more, first and second units."""

    _COLUMNS = "p.id, p.name, p.kind, p.admin2, p.admin1, p.country, p.lat, p.lon, p.population, p.radius_km"

    def named(self, key: str) -> list[PlaceEntry]:
        """Return the places of a folded name, largest first."""
        rows = self.connection.execute(
            f"select {self._COLUMNS} from name n join place p on p.id = n.place where n.key = ? "
            "order by p.population desc, p.id limit ?",
            (key, MOST_NAMESAKES),
        )
        return [_world_entry(*row) for row in rows]

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place of an id such as gn1298824, or None."""
        digits = place_id.removeprefix("gna").removeprefix("gn")
        if not place_id.startswith("gn") or not digits.isdigit():
            return None
        number = -int(digits) if place_id.startswith("gna") else int(digits)
        row = self.connection.execute(f"select {self._COLUMNS} from place p where p.id = ?", (number,)).fetchone()
        return _world_entry(*row) if row else None

    def sounding(self, sound: str, country: str) -> list[tuple[str, PlaceEntry]]:
        """Return the places of a country with a name of that sound, each with the folded name that has it."""
        rows = self.connection.execute(
            f"select s.key, {self._COLUMNS} from sound s join place p on p.id = s.place "
            "where s.sound = ? and p.country = ? order by s.key, p.id",
            (sound, country),
        )
        return [(row[0], _world_entry(*row[1:])) for row in rows]


class ImportedPlaces(_Indexed):
    """The places that a user imported."""

    _COLUMNS = "p.id, p.name, p.kind, p.parents, p.country, p.lat, p.lon, p.radius_km, p.population"

    def __len__(self) -> int:
        return int(self.connection.execute("select count(*) from place").fetchone()[0])

    def named(self, key: str) -> list[PlaceEntry]:
        """Return the places of a folded name, by id."""
        rows = self.connection.execute(
            f"select {self._COLUMNS} from name n join place p on p.id = n.place where n.key = ? order by p.id", (key,)
        )
        return [_imported_entry(*row) for row in rows]

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place of an id, or None."""
        row = self.connection.execute(f"select {self._COLUMNS} from place p where p.id = ?", (place_id,)).fetchone()
        return _imported_entry(*row) if row else None

    def sounding(self, sound: str, country: str) -> list[tuple[str, PlaceEntry]]:
        """Return the places of a country with a name of that sound, each with the folded name that has it."""
        rows = self.connection.execute(
            f"select s.key, {self._COLUMNS} from sound s join place p on p.id = s.place "
            "where s.sound = ? and p.country = ? order by s.key, p.id",
            (sound, country),
        )
        return [(row[0], _imported_entry(*row[1:])) for row in rows]


def _world_entry(row: int, name: str, kind: str, admin2: str | None, admin1: str | None, country: str,
                 lat: float, lon: float, population: int, radius: float | None) -> PlaceEntry:  # fmt: skip
    admin = tuple(a for a in (admin2, admin1) if a and fold(a) != fold(name))
    return PlaceEntry(
        f"gn{row}" if row > 0 else f"gna{-row}", name, kind, admin, country, lat, lon, radius or RADIUS_KM[kind],
        population,
    )  # fmt: skip


def _imported_entry(row: str, name: str, kind: str, parents: str, country: str | None, lat: float | None,
                    lon: float | None, radius: float, population: int) -> PlaceEntry:  # fmt: skip
    admin = tuple(p for p in parents.split(">") if p)
    return PlaceEntry(row, name, kind, admin, country, lat, lon, radius, population, OWN)


def load_places(path: Path, standing: int = PACKED) -> list[tuple[PlaceEntry, tuple[str, ...]]]:
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
            float(row.get("radius_km") or RADIUS_KM[row["kind"]]), int(row.get("population") or 0), standing,
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
    if not abs(value) <= limit:
        raise KnowledgeError(f"{path}: {where} has {field} {text!r}. Write degrees between -{limit} and {limit}.")
    return value
