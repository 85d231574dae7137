"""One place of a gazetteer, and how far its name reaches."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described

RADIUS_KM = {
    "region": 2000.0,
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

WORLD, PACKED, OWN = 0, 1, 2
"""Standing of a row: of the world file, of a pack that ships, of the user. The higher outranks the lower."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of a gazetteer."""

    id: str
    name: str
    kind: str = described(
        "region (a continent, a sea, a part of one), country, admin1, admin2, admin3, city, town, village or ward"
    )
    admin: tuple[str, ...] = described("larger units, smallest first, without the country", default=())
    country: str | None = described("ISO 3166-1 alpha-3", default=None)
    lat: float | None = described("degrees north", default=None)
    lon: float | None = described("degrees east", default=None)
    radius_km: float = described("radius of the area the name stands for, km", default=5.0)
    population: int = described("persons; 0: not known", default=0)
    standing: int = described("WORLD, PACKED or OWN: higher outranks lower", default=WORLD)

    @property
    def from_pack(self) -> bool:
        """Say whether it is a pack's or the user's own, not of the world file."""
        return self.standing > WORLD
