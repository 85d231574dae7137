"""Which place of the gazetteer a name means: by its chain, the report's country and size."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model.claim import Place, PlaceCandidate

BIG = 200_000
"""Persons from which a name that stands without a preposition is taken for the place and not for a word."""
UNITS = ("country", "admin1", "admin2", "admin3")
"""Kinds of place that are areas: the precision of a place of such a kind."""


class Resolver:
    """Say which place of the gazetteer a mention means."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns

    def resolve(self, mention: PlaceMention, home: str | None) -> Place:
        """Return the place: candidates weighed by the rest of its chain, the report's country `home`, and size.

        A name that the gazetteer lacks gives the next larger place of its chain; without any, an unresolved place.
        """
        chain = [p[0] for p in mention.parts]
        near = mention.role == "distance" or mention.prep in self.patterns.near
        for level, part in enumerate(chain):
            candidates = self._candidates(part, chain[level + 1 :], home)
            if candidates:
                return self._place(mention, chain, level, candidates, near)
        return Place(chain[0], tuple(chain[1:]), home, precision="unresolved", span=mention.parts[0][2])

    def _candidates(self, part: str, larger: Sequence[str], home: str | None) -> list[tuple[float, PlaceEntry]]:
        wanted = {fold(name) for name in larger} | {fold(self.patterns.last_unit.sub("", name)) for name in larger}
        scored = [(self._weight(row, wanted, home), row) for row in self.knowledge.places.entries(part)]
        scored.sort(key=lambda s: (-s[0], s[1].id))
        if not scored or not home or wanted:
            return scored
        best = scored[0][1]
        return [] if best.country != home and best.kind != "country" and best.population < BIG else scored

    def _weight(self, row: PlaceEntry, wanted: set[str], home: str | None) -> float:
        """Return how likely a place is meant: large ones, those of packs, of the report's country, inside what is told."""
        country = self.knowledge.countries.by_iso.get(row.country or "")
        score = math.log10(30 + row.population) * (3 if row.from_pack else 1) * (6 if row.kind == "country" else 1)
        if home and row.country == home:
            score *= 30
        elif home:
            score *= 0.3
        inside = {fold(a) for a in row.admin} | ({fold(country.name)} if country else set())
        return score * (40 if wanted & inside else 1)

    def _place(
        self, mention: PlaceMention, chain: list[str], level: int, scored: list[tuple[float, PlaceEntry]], near: bool
    ) -> Place:
        total = sum(s for s, _ in scored) or 1.0
        best = scored[0][1]
        candidates = tuple(
            PlaceCandidate(r.id, r.name, r.admin, r.country, r.lat, r.lon, round(s / total, 3))
            for s, r in scored[:5]
            if s / total > 0.02
        )
        admin = chain[1:] + [a for a in best.admin if fold(a) not in {fold(c) for c in chain}]
        if chain[0] != best.name and level == 0 and best.kind == "country":
            admin = chain[1:]
        precision = best.kind if best.kind in UNITS else "exact"
        precision = "near" if (near or level) and precision == "exact" else precision
        radius = best.radius_km * (2 if near else 1)
        country_names = (
            {self.knowledge.countries.by_iso[best.country].name}
            if best.country in self.knowledge.countries.by_iso
            else set()
        )
        return Place(
            chain[0], tuple(a for a in admin if a not in country_names and self.knowledge.countries.named(a) is None), best.country, best.lat, best.lon, radius, precision,
            best.id if level == 0 else None, mention.parts[0][2], candidates if level == 0 else (),
        )  # fmt: skip
