"""Countries: names, demonyms, capitals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallybook.knowledge.folding import fold
from tallybook.knowledge.rows import csv_rows, piped


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory with an ISO 3166-1 alpha-3 code."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    iso2: str | None = None


class Countries:
    """Look countries up by name, alias or demonym (case matters: 'US' is no 'us')."""

    def __init__(self, rows: list[Country]) -> None:
        self.by_iso = {c.iso3: c for c in rows}
        self._by_name = {n: c for c in reversed(rows) for n in (c.name, *c.aliases)}
        self._by_demonym = {d: c for c in reversed(rows) for d in c.demonyms}
        self.keys = frozenset(fold(name) for name in (*self._by_name, *self._by_demonym))
        """Folded names of all countries and of their people."""
        self.first_words = frozenset(fold(n).split()[0] for n in (*self._by_name, *self._by_demonym) if fold(n))

    def named(self, name: str) -> Country | None:
        """Return the country called `name`, or None."""
        return self._by_name.get(name)

    def of_demonym(self, word: str) -> Country | None:
        """Return the country whose people or things are called `word`, or None."""
        return self._by_demonym.get(word)

    def names(self) -> tuple[str, ...]:
        """Return every country name and alias, longest first."""
        return tuple(sorted(self._by_name, key=lambda n: (-len(n), n)))

    def demonyms(self) -> tuple[str, ...]:
        """Return every demonym, longest first."""
        return tuple(sorted(self._by_demonym, key=lambda n: (-len(n), n)))


def load_countries(path: Path) -> list[Country]:
    """Read countries.csv.

    Raises: KnowledgeError on a missing column or cell.
    """
    return [
        Country(
            row["iso3"],
            row["name"],
            piped(row.get("aliases")),
            piped(row.get("demonyms")),
            row.get("capital") or "",
            _number(row.get("lat")),
            _number(row.get("lon")),
            _number(row.get("radius_km")),
            row.get("iso2") or None,
        )
        for _, row in csv_rows(path, ("iso3", "name", "source"))
    ]


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
