"""Where, as finely as a profile allows: larger units for names, cells of a keyed grid for coordinates.

Every place of one unit gets the unit's cell, and every point of one cell the cell's middle: a thousand releases tell no
more than one. The grid's origin is drawn with the key, so that cells cannot be laid over the map by who lacks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, cos, floor, radians

from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_entries import PlaceEntry
from tallybook.model import Place
from tallybook.model.described import described
from tallybook.model.earth import KM_PER_DEGREE, Point, apart
from tallybook.release.keys import Key
from tallybook.release.profile import LEVELS, Profile

PRECISION_LEVELS = {"country": "country", "admin1": "admin1", "admin2": "admin2", "admin3": "admin3"}
DECIMALS = 2
"""Decimals of a released coordinate that was blurred: a hundredth of a degree is a km, cells are many."""


ROUNDED_KM = 1.0
"""Km that rounding to so many decimals may move a point, and more."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is released: an area, told by a point and the radius around it."""

    name: str | None = described("name of the place, or of the unit it was taken to", default=None)
    admin: tuple[str, ...] = described("larger units, smallest first, without the country", default=())
    country: str | None = described("ISO 3166-1 alpha-3", default=None)
    lat: float | None = described("degrees north of the area's middle, not of the event", default=None)
    lon: float | None = described("degrees east of the area's middle, not of the event", default=None)
    radius_km: float | None = described("km around lat/lon within which it happened", default=None)
    precision: str = described(
        "exact, near, admin3, admin2, admin1, country or unresolved: how finely it is released", default="unresolved"
    )


@dataclass(slots=True)
class Places:
    """Takes places to what a profile shows of them."""

    profile: Profile
    key: Key | None
    knowledge: Knowledge
    _known: dict[tuple[object, ...], Where] = field(default_factory=dict)

    def shown(self, place: Place | None) -> Where | None:
        """Return a place as it is released; None stays None."""
        if place is None:
            return None
        handle = (place.name, place.admin, place.country, place.lat, place.lon, place.precision)
        if handle not in self._known:
            self._known[handle] = self._shown(place)
        return self._known[handle]

    def is_fine(self, place: Place) -> bool:
        """Say whether the name of a place is finer than the profile shows."""
        shown = self.shown(place)
        return shown is None or fold(shown.name or "") != fold(place.name)

    def _shown(self, place: Place) -> Where:
        if self.profile.places == "exact":
            unit = Where(
                place.name, place.admin, place.country, place.lat, place.lon, place.radius_km, place.precision
            )  # fmt: skip
            return self._blurred(unit) if self.profile.grid_km else unit
        return self._blurred(self._unit(place))

    def _unit(self, place: Place) -> Where:
        """Return the smallest unit of a place that the profile shows; its own coordinates only where none is known."""
        if place.precision in PRECISION_LEVELS and _allowed(place.precision, self.profile.places):
            return Where(
                place.name, place.admin, place.country, place.lat, place.lon, place.radius_km, place.precision
            )  # fmt: skip
        for at, name in enumerate(place.admin):
            entry = self._entry(name, place.country)
            last = at == len(place.admin) - 1
            if entry is None and not last:
                continue
            level = entry.kind if entry else "admin1"
            if _allowed(level, self.profile.places):
                lat, lon, radius = (entry.lat, entry.lon, entry.radius_km) if entry else (place.lat, place.lon, None)
                if lat is None:
                    lat, lon = place.lat, place.lon
                return Where(name, place.admin[at + 1 :], place.country, lat, lon, radius, level)
        country = self.knowledge.countries.by_iso.get(place.country or "")
        if country is None:
            return Where(None, (), place.country)
        return Where(country.name, (), place.country, country.lat, country.lon, country.radius_km, "country")

    def _entry(self, name: str, country: str | None) -> PlaceEntry | None:
        """Return the unit of a country that bears exactly this name; of several the largest."""
        found = [
            e for e in self.knowledge.places.entries(name)
            if e.kind in LEVELS and e.country == country and fold(e.name) == fold(name)
        ]  # fmt: skip
        return min(found, key=lambda e: (LEVELS.index(e.kind), e.id), default=None)

    def _blurred(self, where: Where) -> Where:
        if where.lat is None or where.lon is None or self.key is None:
            return Where(where.name, where.admin, where.country, None, None, None, where.precision)
        lat, lon, reach = cell((where.lat, where.lon), self.profile.grid_km, self.key)
        radius = float(ceil(reach + (where.radius_km or 0.0)))
        return Where(where.name, where.admin, where.country, lat, lon, radius, where.precision)


def cell(point: Point, side_km: int, key: Key) -> tuple[float, float, float]:
    """Return the middle of the grid cell that a point lies in, in degrees, and the km from there to its corners.

    Rows are `side_km` high; in each, columns are as wide at the row's middle. Equal for all points of a cell.
    """
    height = side_km / KM_PER_DEGREE
    row = floor((point[0] + 90.0) / height - key.share("grid", "row"))
    lat = min(90.0, max(-90.0, (row + key.share("grid", "row") + 0.5) * height - 90.0))
    width = min(360.0, height / max(0.01, cos(radians(lat))))
    shift = key.share("grid", "column", str(row))
    column = floor((point[1] + 180.0) / width - shift)
    lon = (column + shift + 0.5) * width - 180.0
    corners = [(max(-90.0, min(90.0, lat + n * height / 2)), lon + e * width / 2) for n in (-1, 0, 1) for e in (-1, 1)]
    reach = max(apart((lat, lon), corner) for corner in corners)
    return round(lat, DECIMALS), round((lon + 180.0) % 360.0 - 180.0, DECIMALS), reach + ROUNDED_KM


def _allowed(level: str, finest: str) -> bool:
    return LEVELS.index(level) <= LEVELS.index(finest)
