"""Places alone: the names of a text that are places, or names that somebody else marked, and which places they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.facts import Finder
from tallybook.claims.parse import Parser
from tallybook.claims.place_chains import chained
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.places import PlaceFinder
from tallybook.knowledge import Knowledge
from tallybook.model.claim import Place
from tallybook.model.document import Document
from tallybook.model.span import Span


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name of a place, where it stands, and the place it means."""

    span: Span
    place: Place


class PlaceReader:
    """Reads the places of documents with the parser and the finder of a reader."""

    def __init__(self, parser: Parser, finder: Finder) -> None:
        self.parser, self.finder = parser, finder

    @classmethod
    def of(cls, knowledge: Knowledge, parser: Parser | None = None) -> PlaceReader:
        """Return one that reads with `knowledge`; a parser that is loaded already may be shared."""
        return cls(parser or Parser(), Finder(knowledge))

    def found(self, documents: Iterable[Document]) -> Iterator[tuple[Toponym, ...]]:
        """Yield the places that the reader finds in the text of each document, one for each name, in order."""
        for document, places, mentions in self._read(documents):
            own = [m for mention in mentions if mention.start < len(document.text) for m in _each(mention)]
            yield tuple(Toponym(m.parts[0][2], places.resolve(m)) for m in own)

    def given(
        self, marked: Iterable[tuple[Document, Sequence[Span]]], country: str | None = None
    ) -> Iterator[tuple[Place, ...]]:
        """Yield the places that the marked names of each document mean, in the order of the marks.

        `country` is the country that the documents are about, where it is known; else each document tells.
        """
        pairs = list(marked)
        for (document, places, _), (_, spans) in zip(self._read(d for d, _ in pairs), pairs, strict=True):
            places.country = country or places.country
            mentions = given_mentions(places, document.text, spans)
            places.settle(list(mentions.values()))
            yield tuple(places.resolve(mentions[span]) for span in spans)

    def _read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, PlaceFinder, list[PlaceMention]]]:
        for document in documents:
            parsed = self.parser.parse((document.title or "", document.text))
            facts, places = self.finder.facts(document, *parsed)
            yield document, places, [m for f in facts if f.field == "body" for m in f.places]


def given_mentions(places: PlaceFinder, text: str, spans: Sequence[Span]) -> dict[Span, PlaceMention]:
    """Return a mention for each marked name, chained to the larger places that are marked right after it."""
    patterns = places.patterns
    singles = [
        PlaceMention(s.start, s.end, ((s.of(text), places.rank_of(s.of(text)), s),), "at", "in")
        for s in sorted(set(spans))
    ]
    chains = chained(singles, text, 0, patterns)
    return {m.parts[0][2]: m for chain in chains for m in _each(chain)}


def _each(mention: PlaceMention) -> Iterator[PlaceMention]:
    """Yield each part of a chain as a place of its own, with the larger parts that hold it."""
    for level, (_, _, span) in enumerate(mention.parts):
        yield PlaceMention(
            span.start, span.end, mention.parts[level:], mention.role, mention.prep if not level else "in"
        )
