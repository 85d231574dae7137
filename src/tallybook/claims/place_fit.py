"""Whether two places can be one, and which lies in which."""

from __future__ import annotations

from tallybook.claims.place_mentions import REGION, TOWNSHIP, PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.knowledge.folding import fold


class PlaceFit:
    """Say whether two places of a report can be one, by their chains and the gazetteer."""

    def __init__(self, places: PlaceFinder) -> None:
        self.places = places

    def clash(self, a: PlaceMention | None, b: PlaceMention | None) -> bool:
        """Say whether two places cannot be one: different names, neither inside the other by chain or gazetteer."""
        if a is None or b is None:
            return False
        names_a, names_b = {fold(p[0]) for p in a.parts}, {fold(p[0]) for p in b.parts}
        if names_a & names_b and (fold(a.name) in names_b or fold(b.name) in names_a):
            return False
        if self.holds(a, b) or self.holds(b, a):
            return False
        if max(a.rank, b.rank) >= REGION > min(a.rank, b.rank):
            return self._known_apart(a, b)
        if a.rank != b.rank and max(a.rank, b.rank) >= TOWNSHIP:
            return self._known_apart(a, b)
        return True

    def holds(self, outer: PlaceMention, inner: PlaceMention) -> bool:
        """Say whether `inner` is known to lie in `outer`: by its chain, or by the gazetteer."""
        if fold(outer.name) in {fold(p[0]) for p in inner.parts}:
            return True
        if outer.rank <= inner.rank and outer.rank < REGION:
            return False
        place, big = self.places.resolve(inner), self.places.resolve(outer)
        if big.precision == "country":
            return place.country == big.country
        names = {fold(x) for x in (place.name, *place.admin)}
        return any(fold(outer.name) == n or (fold(outer.name) in n.split(" ") and len(n.split()) <= 3) for n in names)

    def _known_apart(self, a: PlaceMention, b: PlaceMention) -> bool:
        """Say whether the gazetteer knows both and puts neither inside the other."""
        one, two = self.places.resolve(a), self.places.resolve(b)
        if one.precision == "unresolved" or two.precision == "unresolved":
            return False
        large, small = (one, two) if a.rank >= b.rank else (two, one)
        units = {fold(x) for x in small.admin}
        if large.country and small.country and large.country != small.country:
            return True
        return (
            bool(units)
            and fold(large.name) not in units
            and not any(fold(large.name) in u or u in fold(large.name) for u in units)
            and large.precision != "country"
        )
