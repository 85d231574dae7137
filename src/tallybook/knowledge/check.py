"""Check a pack before it is used: every finding in one line that names file, row and field."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.actor_rows import actor_from, faults, load_actors, ring
from tallybook.knowledge.actors import Actor
from tallybook.knowledge.countries import load_countries
from tallybook.knowledge.findings import REQUIRED, Finding, PackFiles, finding_of
from tallybook.knowledge.folding import fold
from tallybook.knowledge.lexicon import Lexicon
from tallybook.knowledge.ontology import FILE as ONTOLOGY
from tallybook.knowledge.ontology import load_ontology
from tallybook.knowledge.packs import SHIPPED, WORLD_FILE, load, packs_in
from tallybook.knowledge.place_entries import RADIUS_KM
from tallybook.knowledge.place_files import INDEX, ImportedPlaces, load_places
from tallybook.knowledge.rows import listed

CARD = ("name", "title", "licence", "source")
READ = ("pack.yaml", "actors.yaml", "places.csv", "countries.csv", WORLD_FILE, INDEX, "words.csv", ONTOLOGY)
NUMBERS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "radius_km": (0.01, 6500.0), "population": (0.0, 1e9)}
"""Bounds of the numbers of a place, both included; a radius above 6500 km is wider than any continent."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a folder holds, and what is wrong with it."""

    packs: int
    actors: int
    places: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Say whether every pack can be used."""
        return not any(f.grave for f in self.findings)


def check(folder: Path) -> Checked:
    """Check a pack's folder, or a folder of packs, against itself and against what ships.

    Raises: KnowledgeError if there is no such folder, or no pack in it.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: there is no such folder. Give the folder of a knowledge pack.")
    packs = packs_in(folder)
    if not packs:
        raise KnowledgeError(f"{folder}: no pack.yaml in it. Give a pack's folder, or a folder of packs.")
    shelf = _Shelf([p for p in packs_in(SHIPPED) if p.resolve() not in {q.resolve() for q in packs}])
    read = [_Pack(pack, shelf) for pack in sorted(packs, key=lambda p: p.name != "core")]
    for pack in read:
        pack.compare()
    findings = [f for pack in read for f in pack.findings]
    if not any(f.grave for f in findings):
        findings += _loading(packs)
    actors, places = sum(len(p.actors) for p in read), sum(p.places for p in read)
    return Checked(len(packs), actors, places, tuple(dict.fromkeys(findings)))


def _loading(packs: Sequence[Path]) -> list[Finding]:
    """Load the packs as a run would: what the rows alone did not show."""
    try:
        load(packs)
    except KnowledgeError as error:
        return [finding_of(str(error))]
    return []


class _Shelf:
    """What all packs say: shipped ones first, then those that are checked; the first to say it is remembered."""

    def __init__(self, shipped: Sequence[Path]) -> None:
        self.actors: dict[str, str] = {}
        self.owners: dict[tuple[str, str | None], tuple[str, str]] = {}
        self.places: dict[str, str] = {}
        self.countries = {c.iso3 for c in load_countries(SHIPPED / "core" / "countries.csv")}
        for pack in shipped:
            if (pack / "actors.yaml").exists():
                self.add_actors(pack.name, load_actors(pack / "actors.yaml"))
            if (pack / "places.csv").exists():
                self.add_places(pack.name, (entry.id for entry, _ in load_places(pack / "places.csv")))

    def add_actors(self, pack: str, actors: Iterable[Actor]) -> None:
        for actor in actors:
            self.actors.setdefault(actor.id, pack)
            for name in (actor.name, *actor.aliases):
                self.owners.setdefault((fold(name), actor.country), (actor.id, pack))

    def add_places(self, pack: str, ids: Iterable[str]) -> None:
        for place in ids:
            self.places.setdefault(place, pack)


class _Pack(PackFiles):
    """One pack: its files read one by one, then its rows compared with each other and with the other packs."""

    def __init__(self, folder: Path, shelf: _Shelf) -> None:
        super().__init__(folder)
        self.shelf = shelf
        self.codes: tuple[str, ...] = ()
        self.rows: dict[str, str] = {}
        self.places = 0
        self._card()
        self._countries()
        self.actors = self._actors()
        shelf.add_actors(str(folder), self.actors.values())
        self._places()
        self._rest()

    def compare(self) -> None:
        """Compare the rows with each other and with what the other packs say."""
        self._ties(self.actors)
        self._names(self.actors)

    def _card(self) -> None:
        card = self.yaml("pack.yaml")
        if card is None and not self.findings:
            card = {}
        if card is not None and not isinstance(card, Mapping):
            self.tell("pack.yaml", None, None, "no list of 'field: value'. Write it as the other packs do.")
        elif card is not None:
            for field in CARD:
                if not card.get(field):
                    self.tell("pack.yaml", None, field, "missing. Add it.")
            self.codes = listed(card.get("countries"))

    def _countries(self) -> None:
        seen: dict[str, str] = {}
        for line, cells in self.table("countries.csv"):
            code = cells["iso3"].strip()
            where = f"{line} ({code})"
            if not re.fullmatch(r"[A-Z]{3}", code):
                self.tell("countries.csv", where, "iso3", f"{code!r} is no code of three capitals. Mend it.")
            if code in seen:
                self.tell("countries.csv", where, "iso3", f"{code!r} stands in {seen[code]} too. Remove one.")
            seen.setdefault(code, line)
        self.shelf.countries |= seen.keys()
        for code in self.codes:
            self._known_country("pack.yaml", None, "countries", code)

    def _known_country(self, file: str, row: str | None, field: str, code: str | None) -> None:
        if code and code not in self.shelf.countries:
            self.tell(
                file, row, field,
                f"{code!r} is no ISO 3166-1 alpha-3 code that is known. Mend it, or add the country in countries.csv.",
            )  # fmt: skip

    def _actors(self) -> dict[str, Actor]:
        rows, found = self.yaml("actors.yaml"), {}
        if rows is not None and not isinstance(rows, list):
            self.tell("actors.yaml", None, None, "should be a list of rows, each starting with '- '.")
            return {}
        for number, row in enumerate(rows or (), 1):
            where = f"row {number}" + (f" ({row['id']})" if isinstance(row, Mapping) and row.get("id") else "")
            actor = self._actor(where, row)
            if actor is not None and actor.id in self.rows:
                self.tell(
                    "actors.yaml", where, "id", f"{actor.id!r} is that of {self.rows[actor.id]} too. Give it its own."
                )
            elif actor is not None:
                self.rows[actor.id], found[actor.id] = where, actor
        return found

    def _actor(self, where: str, row: Any) -> Actor | None:
        if not isinstance(row, Mapping):
            self.tell("actors.yaml", where, None, "no mapping. Write it as '- field: value'.")
            return None
        lacking = [f for f in REQUIRED["actors.yaml"] if not row.get(f)]
        for field in lacking:
            self.tell("actors.yaml", where, field, "missing. Add it.")
        if lacking:
            return None
        wrong = list(faults(row))
        for field, what in wrong:
            self.tell("actors.yaml", where, field, what)
        if wrong:
            return None
        actor = actor_from(row)
        for field, code in (("country", actor.country), *(("also_in", c) for c in actor.also_in)):
            self._known_country("actors.yaml", where, field, code)
        if actor.since and actor.until and actor.until < actor.since[: len(actor.until)]:
            self.tell("actors.yaml", where, "until", f"{actor.until!r} lies before since {actor.since!r}. Mend one.")
        return actor

    def _ties(self, actors: Mapping[str, Actor]) -> None:
        for actor in actors.values():
            where = self.rows[actor.id]
            for field, ids in (("parent", (actor.parent,)), ("coalitions", actor.coalitions), ("allies", actor.allies)):
                for to in ids:
                    if to and to not in self.shelf.actors:
                        self.tell("actors.yaml", where, field, f"there is no actor {to!r}. Mend the id, or add it.")
            circle = ring(actor, actors)
            if circle:
                self.tell("actors.yaml", where, "parent", f"runs in a circle: {' > '.join(circle)}. Break it at one.")
            holder = self.shelf.actors[actor.id]
            if holder != str(self.folder):
                self.tell(
                    "actors.yaml", where, "id", f"the pack {Path(holder).name} has {actor.id!r} too; this row takes its place.",
                    grave=False,
                )  # fmt: skip

    def _names(self, actors: Mapping[str, Actor]) -> None:
        owners: dict[tuple[str, str | None], Actor] = {}
        for actor in actors.values():
            for field, name in (("name", actor.name), *(("aliases", a) for a in actor.aliases)):
                key = (fold(name), actor.country)
                other = owners.setdefault(key, actor)
                if other is not actor and not other.apart_from(actor):
                    self.tell(
                        "actors.yaml", self.rows[actor.id], field,
                        f"{name!r} belongs to {self.rows[other.id]} too. Keep it in one.",
                    )  # fmt: skip
                holder, pack = self.shelf.owners[key]
                if holder != actor.id and pack != str(self.folder):
                    self.tell(
                        "actors.yaml", self.rows[actor.id], field,
                        f"{name!r} means {holder} in the pack {Path(pack).name}; this row outranks it.", grave=False,
                    )  # fmt: skip

    def _places(self) -> None:
        seen: dict[str, str] = {}
        for line, row in self.table("places.csv"):
            where = f"{line} ({row['id']})"
            if row["id"] in seen:
                self.tell(
                    "places.csv", where, "id", f"{row['id']!r} is that of {seen[row['id']]} too. Give it its own."
                )
            seen.setdefault(row["id"], line)
            if row["kind"] not in RADIUS_KM:
                self.tell("places.csv", where, "kind", f"{row['kind']!r} is none of {', '.join(RADIUS_KM)}.")
            self._known_country("places.csv", where, "country", row.get("country"))
            self._numbers(where, row)
            holder = self.shelf.places.get(row["id"])
            if holder:
                self.tell(
                    "places.csv",
                    where,
                    "id",
                    f"the pack {Path(holder).name} has it too; this row outranks it.",
                    grave=False,
                )
        self.shelf.add_places(str(self.folder), seen)
        self.places = len(seen) + self._imported()

    def _imported(self) -> int:
        """Return how many places were imported; a file that is none is a finding."""
        path = self.folder / INDEX
        try:
            return len(ImportedPlaces(path)) if path.exists() else 0
        except sqlite3.DatabaseError:
            self.tell(INDEX, None, None, "no file of imported places. Import them anew.")
        return 0

    def _numbers(self, where: str, row: Mapping[str, str]) -> None:
        for field, (low, high) in NUMBERS.items():
            text = (row.get(field) or "").strip()
            if text and not _between(text, low, high):
                self.tell("places.csv", where, field, f"{text!r} is no number from {low:g} to {high:g}. Mend it.")
        for field, other in (("lat", "lon"), ("lon", "lat")):
            if (row.get(other) or "").strip() and not (row.get(field) or "").strip():
                self.tell(
                    "places.csv",
                    where,
                    field,
                    f"missing, while {other} is there: the place gets no point. Give both.",
                    grave=False,
                )

    def _rest(self) -> None:
        try:
            Lexicon().read(self.folder / "lexicon")
            if (self.folder / ONTOLOGY).exists():
                load_ontology(self.folder / ONTOLOGY)
        except KnowledgeError as error:
            self.findings.append(finding_of(str(error)))
        for path in sorted(self.folder.iterdir()):
            if path.is_file() and path.name not in READ and path.suffix in (".yaml", ".yml", ".csv"):
                self.tell(
                    path.name,
                    None,
                    None,
                    f"nothing reads it. The files of a pack are {', '.join(READ[:4])}.",
                    grave=False,
                )


def _between(text: str, low: float, high: float) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False
