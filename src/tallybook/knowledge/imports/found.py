"""What an imported file says about places, before it is a pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tallybook.errors import KnowledgeError

MOST_TOLD = 20
"""Findings that one error tells; a file with more is wrong as a whole."""


@dataclass(slots=True)
class Row:
    """One place of an imported file."""

    id: str
    name: str
    kind: str
    where: str
    variants: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    """Names of the larger units, smallest first."""
    within: str | None = None
    """Id of the next larger unit, where the file gives it one."""
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    population: int = 0


@dataclass(slots=True)
class Findings:
    """What is wrong with a file, one line each."""

    file: str
    lines: list[str] = field(default_factory=list)

    def tell(self, where: str, field_name: str | None, what: str) -> None:
        """Note one finding: where it is, in which field, and what to do."""
        self.lines.append(f"{self.file} {where}{f', {field_name}' if field_name else ''}: {what}")

    def stop(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises: KnowledgeError with one line for each finding, the first MOST_TOLD of them.
        """
        if self.lines:
            more = len(self.lines) - MOST_TOLD
            told = self.lines[:MOST_TOLD] + ([f"{self.file}: and {more} more."] if more > 0 else [])
            raise KnowledgeError("\n".join(told))

    def degrees(self, where: str, lat: str, lon: str) -> tuple[float | None, float | None]:
        """Return a point read from two cells; None and None where both are empty, and where either is wrong."""
        if not lat.strip() and not lon.strip():
            return None, None
        north, east = self._number(where, "latitude", lat, 90), self._number(where, "longitude", lon, 180)
        return (north, east) if north is not None and east is not None else (None, None)

    def _number(self, where: str, name: str, text: str, limit: int) -> float | None:
        if not text.strip():
            self.tell(where, name, "empty, while the other coordinate is there. Give both.")
            return None
        try:
            value = float(text.strip())
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:
            self.tell(where, name, f"{text.strip()[:40]!r} is no number from -{limit} to {limit}. Mend it.")
            return None
        return value


def joined(rows: Iterable[Row], findings: Findings) -> list[Row]:
    """Return one row an id, in order; one id for two places is a finding, a row that stands twice is one place."""
    kept: dict[str, Row] = {}
    for row in rows:
        other = kept.setdefault(row.id, row)
        if other is row:
            continue
        apart = None not in (row.lat, other.lat) and (row.lat, row.lon) != (other.lat, other.lon)
        if other.name != row.name or apart:
            findings.tell(row.where, "id", f"{row.id!r} is that of {other.where} ({other.name}) too. Give it its own.")
        elif other.lat is None:
            kept[row.id] = row
    return list(kept.values())
