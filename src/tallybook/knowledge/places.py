"""The gazetteer: packs in memory, the world and imported places in read-only files that are not loaded whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from tallybook.knowledge.countries import Countries
from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_entries import RADIUS_KM, PlaceEntry
from tallybook.knowledge.place_files import ImportedPlaces, WorldPlaces
from tallybook.knowledge.place_names import keys, sound
from tallybook.model.claim import Place, PlaceCandidate

__all__ = ["Gazetteer", "PlaceEntry"]

ALIKE = 0.86
"""Jaro-Winkler similarity from which two spellings of one sound are one name; looked at on Burmese and Arabic names."""

LEVEL = 0.02
"""How far below the most similar spelling others may lie and still be meant."""


class Gazetteer:
    """Look places up by any of their names. A user's rows outrank shipped ones."""

    def __init__(
        self,
        rows: Iterable[tuple[PlaceEntry, tuple[str, ...]]],
        files: Sequence[ImportedPlaces | WorldPlaces],
        countries: Countries,
    ) -> None:
        self._packs: dict[str, list[PlaceEntry]] = {}
        self._by_id: dict[str, PlaceEntry] = {}
        self._names: set[str] = set()
        self._files = tuple(files)
        for entry, variants in rows:
            self._by_id.setdefault(entry.id, entry)
            self._add(entry, (entry.name, *variants))
        for country in countries.by_iso.values():
            entry = PlaceEntry(
                country.iso3, country.name, "country", (), country.iso3, country.lat, country.lon,
                country.radius_km or RADIUS_KM["country"],
            )  # fmt: skip
            self._by_id.setdefault(entry.id, entry)
            self._add(entry, (country.name, *country.aliases))
        self._remember()

    def _add(self, entry: PlaceEntry, names: Iterable[str]) -> None:
        for name in names:
            self._names.add(name)
            for key in keys(name) if entry.kind != "country" else (fold(name),):
                self._packs.setdefault(key, []).append(entry)

    def _remember(self) -> None:
        self.entries = lru_cache(maxsize=20_000)(self._entries)
        self.alike = lru_cache(maxsize=20_000)(self._alike)
        self._sounds = lru_cache(maxsize=1)(self._sounds_of)

    def __getstate__(self) -> dict[str, object]:
        return {k: v for k, v in self.__dict__.items() if k not in ("entries", "alike", "_sounds")}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._remember()

    def _entries(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return every place known under `name`: the user's rows first, then the packs', then the world's by population."""
        wanted = keys(name)
        rows = [e for key in wanted for e in self._packs.get(key, ())]
        rows += [e for file in self._files for key in wanted for e in file.named(key)]
        rows.sort(key=lambda e: -e.standing)
        return tuple({e.id: e for e in reversed(rows)}.values())[::-1]

    def get(self, place_id: str) -> PlaceEntry | None:
        """Return the place of an id, the user's first; None if nothing has it."""
        found = [e for e in (self._by_id.get(place_id), *(file.get(place_id) for file in self._files)) if e is not None]
        return max(found, key=lambda e: e.standing, default=None)

    def _alike(self, name: str, country: str) -> tuple[PlaceEntry, ...]:
        """Return the places of a country whose names sound like `name` in another spelling, best first; often empty."""
        key, heard = min(keys(name), key=len), sound(name)
        near = [(k, e) for k, e in self._sounds().get(heard, ()) if e.country == country]
        near += [pair for file in self._files for pair in file.sounding(heard, country)]
        scored = [(JaroWinkler.similarity(key, other), e) for other, e in near]
        best = max((score for score, _ in scored), default=0.0)
        found = {e.id: e for score, e in reversed(scored) if score >= max(ALIKE, best - LEVEL)}
        return tuple(sorted(found.values(), key=lambda e: (-e.standing, -e.population, e.id)))

    def _sounds_of(self) -> dict[str, list[tuple[str, PlaceEntry]]]:
        """Return (folded name, place) of the packs' places by their sound; built at the first question."""
        found: dict[str, list[tuple[str, PlaceEntry]]] = {}
        for key, entries in self._packs.items():
            found.setdefault(sound(key), []).extend((key, e) for e in entries)
        return found

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
        names |= {key for name in tuple(names) for key in keys(name)}
        own = {key for name in (inner.name, *inner.admin) for key in keys(name)}
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
        return False if inner.admin or inner.precision == "admin1" else None

    def names(self) -> tuple[str, ...]:
        """Return the names that packs and countries give, sorted; those of the files are too many to list."""
        return tuple(sorted(self._names))
