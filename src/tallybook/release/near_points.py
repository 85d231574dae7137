"""The coordinates that a release must not tell, and pairs of numbers that are one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Found = tuple[str, str]


class Points:
    """Points as (latitude, longitude). Two whole numbers may be anything, and are not searched for."""

    def __init__(self, points: Iterable[tuple[float, float]]) -> None:
        self._near: dict[float, set[float]] = {}
        self._partners: dict[float, set[float]] = {}
        for lat, lon in points:
            if not (lat.is_integer() and lon.is_integer()):
                self._near.setdefault(lat, set()).add(lon)
                self._partners.setdefault(abs(lat), set()).add(abs(lon))
                self._partners.setdefault(abs(lon), set()).add(abs(lat))
        self.sizes = {size for size in self._partners if not size.is_integer()}
        """Numbers without their sign of which at least one stands in a text that tells a point."""

    def may_pair(self, decimals: Iterable[str]) -> bool:
        """Say whether numbers may be a point: two of them are one, or one is beside a whole number in one.

        Numbers are told without sign; each is one of `sizes`.
        """
        sizes = {float(d) for d in decimals}
        return any(p in sizes or p.is_integer() for size in sizes for p in self._partners[size])

    def among(self, pairs: Iterable[tuple[float, float]]) -> Iterator[Found]:
        """Yield the points that pairs of numbers are, in either order, as ("coordinates", "latitude, longitude")."""
        near = self._near
        for one, other in pairs:
            if one in near and other in near[one]:
                yield "coordinates", f"{one}, {other}"
            if other in near and one in near[other]:
                yield "coordinates", f"{other}, {one}"
