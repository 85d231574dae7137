"""The country that a report is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tallybook.claims.names import Name
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_weights import BIG
from tallybook.knowledge import Knowledge
from tallybook.knowledge.small_letters import lowered

_DATELINE = re.compile(
    r"^\s*(?:\([A-Z]+\)\s*)?(?P<city>[A-Z][A-Z'. -]{2,30}?)(?:,\s+(?P<land>[A-Z][a-z]+|[A-Z]{3,}))?,?\s*(?:\d{1,2}\s|[A-Z][a-z]{2,8}\.?\s+\d|\(|[A-Z]{3,9}\.?\s+\d|[-\u2013\u2014]|:)"
)

BORDER_REACH = 18
"""Characters before a country in which it is sought that it only borders on another."""
ELSEWHERE = 0.55
"""What votes of places are worth for a country that nothing else of the report names, where it names others."""


class CountryVotes:
    """Guess the country that a report is about: its named countries, demonyms, places and actors vote."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.votes: Counter[str] = Counter()
        self.named: set[str] = set()
        """Countries that speak for themselves: by their name, their people, a party to their war, a town of the dateline."""

    def winner(self) -> str | None:
        """Return the ISO code with most votes, ties by code; None if nobody voted."""
        worth = {
            c: votes * (ELSEWHERE if self.named and c not in self.named else 1.0) for c, votes in self.votes.items()
        }
        return min(worth, key=lambda c: (-worth[c], c)) if worth else None

    def by_dateline(self, text: str, weight: float) -> None:
        """Let the town that a text opens with vote."""
        line = _DATELINE.match(text)
        for row in self.knowledge.places.entries(line["city"])[:1] if line else ():
            if row.country and (row.population > BIG // 4 or row.kind == "country"):
                self.votes[row.country] += weight  # type: ignore[assignment]
                self.named.add(row.country)

    def by_name(self, name: Name, texts: Sequence[str]) -> None:
        """Let a country, a demonym or an actor vote; 'Kessan troops' speaks less for Kessa than 'the Kessan town of'."""
        countries = self.knowledge.countries
        if any(self._borders(text, name) for text in texts):
            return
        country = countries.named(name.canonical) if name.kind in ("country", "demonym") else None
        if country:
            demonym = name.kind == "demonym"
            of_side = demonym or self._any(self.patterns.of_country, name, 40, texts)
            of_place = demonym and self._any(self.patterns.of_place, name, 60, texts)
            self.votes[country.iso3] += 3 if of_place else 0.6 if of_side else 2  # type: ignore[assignment]
            self.named.add(country.iso3)
        if name.actor is not None and name.actor.country:
            self.votes[name.actor.country] += 2
            self.named.add(name.actor.country)

    def by_place(self, mention: PlaceMention) -> None:
        """Let the places of that name share a vote, large ones and those of packs first."""
        for part, _, _ in mention.parts if mention.role in ("at", "distance", "dateline") else ():
            rows = self.knowledge.places.entries(part)
            if rows and rows[0].kind != "country":
                weights = {r.id: (r.population + 300) ** 0.5 * (20 if r.from_pack else 1) for r in rows}
                for row in rows:
                    if row.country:
                        self.votes[row.country] += 2.5 * weights[row.id] / sum(weights.values())

    def by_publisher(self, publisher: str) -> None:
        """Let the countries in a publisher's name vote."""
        for word in re.findall(r"\w+", publisher):
            country = self.knowledge.countries.named(word) or self.knowledge.countries.of_demonym(word)
            if country:
                self.votes[country.iso3] += 1
                self.named.add(country.iso3)

    def _borders(self, text: str, name: Name) -> bool:
        """Say whether a country is told of as a neighbour only: 'neighbouring Kessa', 'the Kessan border'."""
        before = lowered(text[max(0, name.start - BORDER_REACH) : name.start])
        return bool(self.patterns.bordering.search(before) or self.patterns.border.match(text, name.end))

    def _any(self, pattern: re.Pattern[str], name: Name, reach: int, texts: Sequence[str]) -> bool:
        return any(pattern.match(text[name.end : name.end + reach]) for text in texts)
