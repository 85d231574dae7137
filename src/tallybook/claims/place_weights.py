"""How likely each place of a name is meant: by size, kind, chain, the report's country, and the report's other places.

The weights were set by hand and looked at on the first halves of LGL and GeoVirus and on the open gold reports; the
evals `geo-lgl`, `geo-geovirus` and `gold` guard them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallybook.claims.place_context import PlaceContext
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.place_entries import PACKED, PlaceEntry

BIG = 200_000
"""Persons from which a name that stands without a preposition is taken for the place and not for a word."""
LEAST, POWER = 300.0, 0.5
"""A place weighs as the square root of its persons; one of unknown size has LEAST."""
STANDING = (1.0, 30.0, 100.0)
"""How much a row of the world file, of a pack and of the user weighs."""
KINDS = {"country": 500.0, "region": 500.0, "admin1": 3.0, "admin2": 0.5}
"""How much a kind of place weighs beside a town of its size: countries have no count of persons here."""
AS_TOLD = 100.0
"""How much more a place weighs that is of the kind which the name tells: 'Sarno district'."""
AT_HOME = 10.0
"""How much more a place of the report's country weighs."""
IN_CHAIN = 300.0
"""How much more a place weighs that lies in the larger place told with it: 'Sarno, Orvan'."""
SUPPORTED = 4.0
"""Support from the report's other places from which a small place abroad is believed."""
LIKELY_OUTER = 3
"""Places that the name of a larger unit may mean, whose own names count as told."""

Weighed = list[tuple[float, PlaceEntry]]


class PlaceWeights:
    """Weigh the places that a name may mean in one report."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.context: PlaceContext | None = None

    def settle(self, mentions: Iterable[PlaceMention], home: str | None) -> None:
        """Take in the places of the report: from now on each is weighed by the others."""
        names: dict[str, Weighed] = {}
        for mention in mentions:
            chain = [p[0] for p in mention.parts]
            for level, part in enumerate(chain):
                if part not in names or level + 1 < len(chain):
                    names[part] = self.alone(part, chain[level + 1 :], home)
        self.context = PlaceContext(names, self._land)

    def of(self, name: str, larger: Sequence[str], home: str | None) -> Weighed:
        """Return the places that `name` may mean, heaviest first; `larger` are the units told with it.

        Nothing where its namesakes lie abroad, are small, and nothing in the report speaks for them.
        """
        weighed = self.alone(name, larger, home)
        rows = [row for _, row in weighed]
        support = self.context.weights(name, rows) if self.context is not None and rows else [1.0] * len(rows)
        scored = [(weight * more, row, more) for (weight, row), more in zip(weighed, support, strict=True)]
        scored.sort(key=lambda s: (-s[0], s[1].id))
        if scored and home and not larger and _is_stray(scored[0][1], scored[0][2], home):
            return []
        return [(score, row) for score, row, _ in scored]

    def alone(self, name: str, larger: Sequence[str], home: str | None) -> Weighed:
        """Return the places of a name, weighed without the rest of the report, in the order of the gazetteer."""
        wanted = {fold(n) for n in larger} | {fold(self.patterns.last_unit.sub("", n)) for n in larger}
        for outer in larger:
            wanted |= {fold(e.name) for e in self.knowledge.places.entries(outer)[:LIKELY_OUTER]}
        unit = self.patterns.last_unit.search(name)
        told = self.patterns.rank(unit.group().strip()) if unit else None
        rows = self.knowledge.places.entries(name) or self._otherwise(name, home)
        return [(self._weight(row, wanted, home, told), row) for row in rows]

    def _otherwise(self, name: str, home: str | None) -> tuple[PlaceEntry, ...]:
        """Return what a name that the gazetteer lacks may mean: a country by its people, or another spelling."""
        country = self.knowledge.countries.of_demonym(name)
        if country is not None:
            return tuple(e for e in self.knowledge.places.entries(country.name) if e.kind == "country")
        return self.knowledge.places.alike(name, home) if home else ()

    def _weight(self, row: PlaceEntry, wanted: set[str], home: str | None, told: int | None) -> float:
        weight: float = (row.population + LEAST) ** POWER * STANDING[row.standing] * KINDS.get(row.kind, 1.0)
        if home and row.country == home:
            weight *= AT_HOME
        if told is not None and told == self.patterns.kind_rank[row.kind]:
            weight *= AS_TOLD
        land = self._land(row.country or "")
        inside = {fold(a) for a in row.admin} | ({fold(land)} if land else set())
        return weight * IN_CHAIN if wanted & inside else weight

    def _land(self, code: str) -> str | None:
        """Return the name of the country of a code."""
        country = self.knowledge.countries.by_iso.get(code)
        return country.name if country else None


def _is_stray(best: PlaceEntry, support: float, home: str) -> bool:
    """Say whether a name has namesakes abroad only, of which nothing in the report speaks for the best."""
    if best.country in (home, None) or best.kind == "country" or best.standing > PACKED:
        return False
    return best.population < BIG and support < SUPPORTED
