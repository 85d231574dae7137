"""Which place a mention means: the likeliest of its name, with its point, an honest radius, and the other candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallybook.claims.place_descriptions import Away, described, half_apart, moved
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_weights import PlaceWeights, Weighed
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_entries import PlaceEntry
from tallybook.model.claim import Place, PlaceCandidate

UNITS = ("country", "admin1", "admin2", "admin3")
"""Kinds of place that are areas: the precision of a place of such a kind."""
WIDEST = "country"
"""Precision of a place wider than any country: a continent, a sea."""
MOST_CANDIDATES, LEAST_LIKELY = 5, 0.02
"""Candidates that a place keeps, and the probability below which one is left out."""
EXACT_KM = 15.0
"""Radius up to which a place is exact; a village with the point of its township is only near."""
NEAR_FACTOR = 2.0
"""How much wider the area of 'near X' is than that of X."""
OFF_COURSE = 0.25
"""Share of a told distance by which '40 km north of X' may be off: nobody measures it, and 'north' has 45 degrees."""


class Resolver:
    """Say which place of the gazetteer a mention means."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.weights = PlaceWeights(knowledge, patterns)

    def settle(self, mentions: Iterable[PlaceMention], home: str | None) -> None:
        """Take in the places of the report: from now on each is weighed by the others."""
        self.weights.settle(mentions, home)

    def resolve(self, mention: PlaceMention, home: str | None) -> Place:
        """Return the place: candidates weighed by the rest of its chain, the report's country `home`, and size.

        A name that the gazetteer lacks, and that describes no place it has, gives the next larger place of its chain;
        without any, an unresolved place.
        """
        chain = [p[0] for p in mention.parts]
        near = mention.role == "distance" or mention.prep in self.patterns.near
        for level, part in enumerate(chain):
            weighed = self.weights.of(part, chain[level + 1 :], home)
            if weighed and not self._astray(weighed[0][1], chain[level + 1 :], home):
                place = self._place(mention, chain, level, weighed, near)
                return away(place, mention.away) if mention.away is not None and not level else place
            told = self._described(mention, home) if not level else None
            if told is not None:
                return told
        return Place(chain[0], tuple(chain[1:]), home, precision="unresolved", span=mention.parts[0][2])

    def _astray(self, best: PlaceEntry, larger: Sequence[str], home: str | None) -> bool:
        """Say whether the likeliest place of a name lies abroad though what it is told to lie in is at home."""
        if home is None or best.country == home or best.country is None:
            return False
        return any(row.country == home for name in larger for row in self.knowledge.places.entries(name))

    def _described(self, mention: PlaceMention, home: str | None) -> Place | None:
        """Return the place that a description of others means: between two, at a distance of one, near one."""
        told = described(mention.name)
        if told is None:
            return None
        larger = [*told.larger, *(p[0] for p in mention.parts[1:])]
        named = [self.weights.of(name, larger, home) for name in told.names]
        around = self.weights.of(told.larger[0], (), home) if told.larger and len(told.names) > 1 else []
        first = around or next((w for w in named if w), [])
        if not first:
            return None
        place = self._place(mention, [mention.name, *larger], 0, first, near=True)
        place = replace(place, id=None, candidates=(), precision="near")
        if told.away is not None:
            return away(place, told.away)
        return place if around else _middle(place, [w[0][1] for w in named if w])

    def _place(self, mention: PlaceMention, chain: Sequence[str], level: int, weighed: Weighed, near: bool) -> Place:
        best = weighed[0][1]
        precision = WIDEST if best.kind == "region" else best.kind if best.kind in UNITS else "exact"
        vague = near or level or best.radius_km > EXACT_KM
        precision = "near" if vague and precision == "exact" else precision
        return Place(
            chain[0], self._units(chain, level, best), best.country, best.lat, best.lon,
            best.radius_km * (NEAR_FACTOR if near else 1), precision, best.id if level == 0 else None,
            mention.parts[0][2], candidates(weighed) if level == 0 else (),
        )  # fmt: skip

    def _units(self, chain: Sequence[str], level: int, best: PlaceEntry) -> tuple[str, ...]:
        """Return the larger units, smallest first: those told, then those of the gazetteer; no country."""
        units = list(chain[1:])
        if not (chain[0] != best.name and level == 0 and best.kind == "country"):
            units += [a for a in best.admin if fold(a) not in {fold(c) for c in chain}]
        countries = self.knowledge.countries
        own = countries.by_iso[best.country].name if best.country in countries.by_iso else None
        return tuple(u for u in units if u != own and countries.named(u) is None)


def candidates(weighed: Weighed) -> tuple[PlaceCandidate, ...]:
    """Return the places it may be with their probabilities, most probable first; the unlikely ones are left out."""
    total = sum(w for w, _ in weighed) or 1.0
    return tuple(
        PlaceCandidate(e.id, e.name, e.admin, e.country, e.lat, e.lon, round(w / total, 3))
        for w, e in weighed[:MOST_CANDIDATES]
        if w / total > LEAST_LIKELY
    )


def away(place: Place, told: Away) -> Place:
    """Return the place at a distance from another: moved where a direction is told, else with a radius that reaches it."""
    if place.lat is None or place.lon is None:
        return place
    reach = place.radius_km or 0.0
    if told.bearing is None:
        return replace(place, radius_km=round(reach + told.km, 1))
    lat, lon = moved(place.lat, place.lon, told.km, told.bearing)
    return replace(
        place,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=round(max(reach, told.km * OFF_COURSE), 1),
        precision="near",
    )


def _middle(place: Place, ends: Sequence[PlaceEntry]) -> Place:
    """Return the place between others, reaching each of them."""
    points = [(e.lat, e.lon) for e in ends if e.lat is not None and e.lon is not None]
    if not points:
        return place
    lat, lon = sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    reach = max(half_apart(points), ends[0].radius_km)
    return replace(place, lat=round(lat, 5), lon=round(lon, 5), radius_km=round(reach, 1))
