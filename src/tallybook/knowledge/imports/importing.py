"""From one file of places to a pack: everything is checked before anything is written."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tallybook.errors import KnowledgeError, UsageError
from tallybook.knowledge.imports import areas, geonames, pcodes, points
from tallybook.knowledge.imports.found import Findings, Row, joined
from tallybook.knowledge.imports.locating import locate
from tallybook.knowledge.imports.tables import cells_of, table_of
from tallybook.knowledge.packs import Knowledge
from tallybook.knowledge.place_entries import RADIUS_KM
from tallybook.knowledge.place_files import INDEX, SCHEMA
from tallybook.knowledge.place_names import keys, sound

MARK = "imported"
"""Field of a card that says the pack was made by an import, and may be made anew."""
TERMS_UNKNOWN = "not stated; ask the source before you share it"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    folder: Path
    places: int
    unplaced: int
    """Places that stay without a point."""
    form: str
    """What the file was taken for."""


def import_places(
    file: Path, name: str, shelf: Path, knowledge: Knowledge, *, source: str | None = None, licence: str | None = None
) -> Imported:
    """Make the pack `shelf`/`name` from a file of places; an earlier import of that name is replaced.

    Raises: UsageError if the name cannot be a folder's; KnowledgeError with one line for each thing that is wrong with
    the file, or where a pack of that name was not made by an import. Nothing is written then.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"--as {name!r}: use small letters, digits, - and _, as in 'mimu-towns'.")
    target = shelf / name
    _check_free(target)
    rows, form = read_places(file, name, knowledge)
    unplaced = locate(rows, knowledge.places)
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    card = {
        "name": name, "title": f"Places imported from {file.name}", "language": "en",
        "licence": licence or TERMS_UNKNOWN, "source": source or file.name,
        "countries": sorted({r.country for r in rows if r.country}), MARK: form,
        "sha256": digest,
    }  # fmt: skip
    _write(target, card, rows)
    return Imported(target, len(rows), unplaced, form)


def read_places(file: Path, prefix: str, knowledge: Knowledge) -> tuple[list[Row], str]:
    """Return the places of a file, one a row, and what form the file has.

    Raises: KnowledgeError with one line for each thing that is wrong.
    """
    findings = Findings(str(file))
    countries = _codes(knowledge)
    if file.suffix.lower() in (".geojson", ".json"):
        found, form = list(areas.areas_of(file, findings, countries, prefix)), "GeoJSON"
    else:
        cells = cells_of(file)
        if not cells:
            raise KnowledgeError(f"{file}: empty. Give a file with places.")
        levels = pcodes.levels_of([c.strip() for c in cells[0][1]])
        if geonames.is_geonames(cells):
            found, form = list(geonames.places_of(cells, findings, countries)), "GeoNames country file"
        elif levels:
            table = table_of(file, cells)
            found, form = list(pcodes.places_of(levels, table.rows, findings, countries)), "P-code table"
        else:
            found, form = list(points.points_of(file, cells, findings, prefix)), "list of points"
    rows = joined(found, findings)
    findings.stop()
    if not rows:
        raise KnowledgeError(f"{file}: no places in it. Give a file with places.")
    return rows, form


def _codes(knowledge: Knowledge) -> dict[str, str]:
    """Return the alpha-3 code of every country by its names and codes."""
    found: dict[str, str] = {}
    for country in knowledge.countries.by_iso.values():
        for name in (country.iso3, country.iso2, country.name, *country.aliases):
            if name:
                found.setdefault(name, country.iso3)
    return found


def _check_free(target: Path) -> None:
    if not target.exists():
        return
    card = target / "pack.yaml"
    made = card.is_file() and MARK in (yaml.safe_load(card.read_text(encoding="utf-8")) or {})
    if not made:
        raise KnowledgeError(f"{target}: is there, and no import made it. Choose another name with --as.")


def _write(target: Path, card: Mapping[str, object], rows: list[Row]) -> None:
    """Write the pack beside its place, then move it there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as room:
        fresh = Path(room, "pack")
        fresh.mkdir()
        text = yaml.safe_dump(dict(card), sort_keys=False, allow_unicode=True)
        (fresh / "pack.yaml").write_text(text, encoding="utf-8")
        _index(fresh / INDEX, rows)
        if target.exists():
            shutil.move(target, Path(room, "old"))
        shutil.move(fresh, target)


def _index(path: Path, rows: list[Row]) -> None:
    book = sqlite3.connect(path)
    try:
        book.executescript(SCHEMA)
        for row in sorted(rows, key=lambda r: r.id):
            book.execute(
                "insert into place values (?,?,?,?,?,?,?,?,?)",
                (row.id, row.name, row.kind, ">".join(row.parents), row.country, row.lat, row.lon,
                 row.radius_km or RADIUS_KM[row.kind], row.population),
            )  # fmt: skip
            spelled = sorted({key for n in (row.name, *row.variants) for key in keys(n) if key})
            book.executemany("insert into name values (?,?)", [(key, row.id) for key in spelled])
            book.executemany("insert into sound values (?,?,?)", [(sound(key), key, row.id) for key in spelled])
        book.commit()
        book.execute("vacuum")
    finally:
        book.close()
