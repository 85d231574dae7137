"""Places in a sentence: names that stand where places stand, chained small to large, and resolved against the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from tallybook.claims.country_votes import CountryVotes
from tallybook.claims.named_places import NamedPlaces
from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.place_chains import chained
from tallybook.claims.place_descriptions import told_away
from tallybook.claims.place_mentions import OUTER, TOWN, PlaceMention
from tallybook.claims.place_names import measured_from
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_resolver import Resolver
from tallybook.claims.shouted_places import ShoutedPlaces
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.knowledge.small_letters import lowered
from tallybook.model.claim import Place
from tallybook.model.span import Span

CAPITAL_REACH = 14
"""Characters after 'in the capital' in which its name makes the words no place of their own."""
_CAPITAL = re.compile(
    r"\b(?:in|of|outside|near)\s+(?P<c>(?:the|this)\s+(?:\w+\s+)?capital)\b(?!\s+(?:of|city\s+of|punishment))",
    re.IGNORECASE,
)


def _meet(a: PlaceMention | Name, b: PlaceMention) -> bool:
    return a.start < b.end and b.start < a.end


class PlaceFinder:
    """Find and resolve places in one document."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.named = NamedPlaces(knowledge, patterns)
        self.resolver = Resolver(knowledge, patterns)
        self._resolved: dict[int, tuple[PlaceMention, str | None, Place]] = {}

    @cached_property
    def shouted(self) -> ShoutedPlaces:
        """The finder of places in text of capitals: few reports have such text."""
        return ShoutedPlaces(self.knowledge, self.patterns)

    @property
    def country(self) -> str | None:
        """The ISO code of the report's country, which tells places of one name apart."""
        return self.named.country

    @country.setter
    def country(self, country: str | None) -> None:
        self.named.country = country

    def find(self, sentence: Sentence, original: str, names: Sequence[Name]) -> list[PlaceMention]:
        """Return the places of a sentence, nested ones joined; `original` is the document's own text."""
        text = original[sentence.start : sentence.end]
        singles = [
            m
            for m in (self.named.of(text, sentence, n) for n in names if n.kind in ("unknown", "country", "actor"))
            if m is not None
        ]
        capital = self._capital(text, sentence.start, singles)
        if capital is not None:
            singles = sorted([*singles, capital], key=lambda m: m.start)
        if sentence.shouted:
            singles = sorted([*singles, *self.shouted.find(sentence, self.country)], key=lambda m: m.start)
        found = chained(singles, text, sentence.start, self.patterns)
        if sentence.kind != "title":
            self.named.told |= {fold(p[0]) for m in found if m.role == "at" for p in m.parts}
        return found

    def hinted(
        self, sentence: Sentence, original: str, names: Sequence[Name], found: Sequence[PlaceMention]
    ) -> list[PlaceMention]:
        """Return what else may name a place: names that nothing tells to be one or not, and the larger parts of `found`."""
        text = original[sentence.start : sentence.end]
        left = [n for n in names if n.kind == "unknown" and not any(_meet(n, m) for m in found)]
        hints = [self.named.hint(text, sentence, n) for n in left]
        if sentence.shouted:
            hints += [h for h in self.shouted.hints(sentence) if not any(_meet(h, m) for m in found)]
        free = [h for h in hints if h is not None]
        outer = [replace(m, parts=m.parts[k:], role=OUTER) for m in found for k in range(1, len(m.parts))]
        return sorted([*free, *outer], key=lambda m: (m.parts[0][2].start, m.start))

    def known(self, words: str) -> PlaceEntry | None:
        """Return the likeliest place of that name, of the report's country first; None if the gazetteer has none."""
        return self.named.known(words)

    def settle(self, mentions: Iterable[PlaceMention]) -> None:
        """Take in the places of the report: from now on each is resolved in the light of the others."""
        self.resolver.settle(mentions, self.country)
        self._resolved.clear()

    def rank_of(self, words: str) -> int:
        """Return how large the place called so is: 0 a ward ... 6 a country; 2, a town, if no register has it."""
        if self.knowledge.countries.named(words):
            return self.patterns.kind_rank["country"]
        known = self.known(words)
        return self.patterns.kind_rank[known.kind] if known else TOWN

    def resolve(self, mention: PlaceMention) -> Place:
        """Return the place that a mention means in a report of this country."""
        known = self._resolved.get(id(mention))  # kept with the mention, whose id is nobody else's that long
        if known is None or known[1] != self.country:
            known = self._resolved[id(mention)] = (
                mention,
                self.country,
                self.resolver.resolve(mention, self.country),
            )
        return known[2]

    def resolve_name(self, name: str) -> Place:
        """Return the place that a name means which stands alone, in the finder's country."""
        span = Span(0, len(name))
        return self.resolve(PlaceMention(0, len(name), ((name, self.rank_of(name), span),), "at", "in"))

    def home(self) -> Place | None:
        """Return the report's country as a place; None where it is not known."""
        land = self.knowledge.countries.by_iso.get(self.country or "")
        return Place(land.name, (), land.iso3, precision="country", id=land.iso3) if land else None

    def guess_country(
        self,
        texts: Iterable[tuple[str, float]],
        mentions: Iterable[PlaceMention],
        names: Iterable[Name],
        publisher: str | None,
    ) -> str | None:
        """Return the ISO code of the country the report is about, or None; each text has the weight of its dateline."""
        texts = list(texts)
        votes = CountryVotes(self.knowledge, self.patterns)
        for text, weight in texts:
            votes.by_dateline(text, weight)
        for name in names:
            votes.by_name(name, [text for text, _ in texts])
        for mention in mentions:
            votes.by_place(mention)
        if publisher:
            votes.by_publisher(publisher)
        return votes.winner()

    def _capital(self, text: str, offset: int, singles: Sequence[PlaceMention]) -> PlaceMention | None:
        """'in the capital': the report's country's, unless its name stands there."""
        match = _CAPITAL.search(text)
        land = self.knowledge.countries.by_iso.get(self.country or "")
        if match is None or land is None or not land.capital:
            return None
        start, end = offset + match.start(), offset + match.end() + CAPITAL_REACH
        if any(m.start < end and m.end > start for m in singles):
            return None
        span = Span(offset + match.start("c"), offset + match.end("c"))
        before = text[: match.start("c")]
        far = measured_from(lowered(before))
        part = ((land.capital, TOWN, span),)
        return PlaceMention(
            span.start, span.end, part, "distance" if far else "at", "in", told_away(before) if far else None
        )
