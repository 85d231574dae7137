"""Places in a sentence: names that stand where places stand, chained small to large, and resolved against the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallybook.claims.country_votes import CountryVotes
from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.place_chains import chained
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_resolver import BIG, Resolver
from tallybook.claims.shouted_places import ShoutedPlaces
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model.claim import Place
from tallybook.model.span import Span

COUNTRY = 6
"""Rank of a country."""
CAPITAL_REACH = 14
"""Characters after 'in the capital' in which its name makes the words no place of their own."""
_DISTANCE = re.compile(
    r"\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$|(?:\b\d[\d.,]*|\b(?:some|about|a\s+few|several|two|three|five|ten|\w+))\s*(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|mi)\b[^,.;]{0,40}?\b(?:of|from|outside)\s+(?:the\s+|the\s+capital\s*,?\s*|(?:city|town)\s+of\s+)?$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    r"\b(?:in|of|outside|near)\s+(?P<c>(?:the|this)\s+(?:\w+\s+)?capital)\b(?!\s+(?:of|city\s+of|punishment))",
    re.IGNORECASE,
)
_CELL_BEFORE, _CELL_AFTER = re.compile(r"(?:^|[|,])\s*$"), re.compile(r"\s*(?:[|,]|$)")
_SIDE_AFTER = re.compile(r"\s+(?:forces|fighters|troops|soldiers|militants|positions|police)\b")
_PERSON_AFTER = re.compile(r",\s+\d{1,2}\s*,|\s*\(\d{1,2}\)|\s+(?:said|told|says|added|who)\b")
_DATELINE_AFTER = re.compile(r"\s*(?:,[^,.]{2,20})?,?[^.]{0,20}(?:\([A-Z][^)]*\)\s*)?[-\u2013\u2014:]{1,2}\s")


@dataclass(frozen=True, slots=True)
class _Around:
    """One name with the words on both sides of it."""

    name: Name
    before: str
    after: str
    unit_after: re.Match[str] | None
    unit_of: re.Match[str] | None
    own_unit: re.Match[str] | None
    apposition: re.Match[str] | None
    known: PlaceEntry | None
    in_table: bool

    @property
    def words(self) -> str:
        """Return the name's words."""
        return self.name.text

    @property
    def unit(self) -> re.Match[str] | None:
        """Return the word that says how large the place is."""
        return self.unit_after or self.unit_of or self.own_unit or self.apposition

    @property
    def country(self) -> bool:
        """Say whether it is a country."""
        return self.name.kind == "country"

    @property
    def unlisted(self) -> bool:
        """Say whether it is a name that no register has."""
        return self.name.kind == "unknown"

    @property
    def at_distance(self) -> bool:
        """Say whether the name tells where from a distance is measured."""
        return _DISTANCE.search(self.before) is not None


class PlaceFinder:
    """Find and resolve places in one document."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.country: str | None = None
        self.told: set[str] = set()
        self.shouted = ShoutedPlaces(knowledge, patterns)
        self.resolver = Resolver(knowledge, patterns)
        self._resolved: dict[tuple[PlaceMention, str | None], Place] = {}
        lexicon = knowledge.lexicon
        self.titles = frozenset(lexicon.speech["titles"])
        self.happenings = frozenset(
            w for words in (*(e.words for e in lexicon.events), *(x.words for x in lexicon.weapons)) for w in words
        )
        self.numerals = frozenset({*lexicon.numbers["units"], *lexicon.numbers["scales"]})

    def find(self, sentence: Sentence, original: str, names: Sequence[Name]) -> list[PlaceMention]:
        """Return the places of a sentence, nested ones joined; `original` is the document's own text."""
        text = original[sentence.start : sentence.end]
        singles = [
            m
            for m in (self._single(text, sentence, n) for n in names if n.kind in ("unknown", "country", "actor"))
            if m is not None
        ]
        capital = self._capital(text, sentence.start, singles)
        if capital is not None:
            singles = sorted([*singles, capital], key=lambda m: m.start)
        if sentence.shouted:
            singles = sorted([*singles, *self.shouted.find(sentence, self.country)], key=lambda m: m.start)
        found = chained(singles, text, sentence.start, self.patterns)
        self.told |= {fold(p[0]) for m in found if m.role == "at" for p in m.parts}
        return found

    def known(self, words: str) -> PlaceEntry | None:
        """Return the likeliest place of that name, of the report's country first; None if the gazetteer has none."""
        rows = self.knowledge.places.entries(words)
        if not rows:
            return None
        own = [r for r in rows if self.country and r.country == self.country]
        return (own or list(rows))[0]

    def resolve(self, mention: PlaceMention) -> Place:
        """Return the place that a mention means in a report of this country."""
        asked = (mention, self.country)
        if asked not in self._resolved:
            self._resolved[asked] = self.resolver.resolve(mention, self.country)
        return self._resolved[asked]

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
        return PlaceMention(span.start, span.end, ((land.capital, 2, span),), "at", "in")

    def _single(self, text: str, sentence: Sentence, name: Name) -> PlaceMention | None:
        """Return the place that one name is, or None."""
        around = self._around(text, sentence, name)
        if self._is_no_place(around):
            return None
        prep = self._preposition(around)
        if not self._placed(around, prep):
            return None
        rank = self._rank(around)
        if self._opens_report(around):
            shown = name.text.title() if name.text.isupper() else name.text
            span = Span(name.start, name.end)
            return PlaceMention(name.start, name.end, ((shown, rank, span),), "dateline", prep)
        known = around.unit or around.known or around.country
        if not known and (not name.text[0].isupper() or len(name.text) < 3):
            return None
        role = self._role(around, prep)
        if role is None:
            return None
        span = Span(name.start, name.end + (around.unit_after.end() if around.unit_after else 0))
        return PlaceMention(span.start, span.end, ((_shown(around).strip(), rank, span),), role, prep)

    def _around(self, text: str, sentence: Sentence, name: Name) -> _Around:
        patterns = self.patterns
        before, after = text[: name.start - sentence.start], text[name.end - sentence.start :]
        unit_after = patterns.unit_after.match(after)
        return _Around(
            name,
            before,
            after,
            unit_after,
            patterns.unit_of.search(before) or patterns.unit_before.search(before),
            patterns.own_unit.search(name.text),
            None if unit_after else patterns.apposition.match(after),
            self.known(name.text),
            "|" in text,
        )

    def _is_no_place(self, around: _Around) -> bool:
        """Say whether a name is a number, an acronym, a side, a person or what fighters are called after."""
        words = around.words
        if around.name.kind == "actor":
            return not (around.unit_after or around.unit_of)
        if not around.unlisted:
            return False
        if fold(words) in self.numerals or (words.isupper() and len(words) <= 5 and not around.known):
            return True
        if self._is_person(around):
            return True
        sided = self.patterns.fighters.match(around.after) or self.patterns.held.search(words)
        return not around.known and bool(sided)

    def _preposition(self, around: _Around) -> str:
        """Return the preposition that a place stands after, 'in' where other words say as much, '' where none do."""
        lead = self.patterns.before.search(around.before)
        prep = _plain(lead["prep"]) if lead else ""
        if prep == "of" and self.patterns.inside_of.search(around.before):
            prep = "in"
        if not prep and around.in_table and self._is_cell(around):
            prep = "in"
        if around.unit_of and prep not in self.patterns.strong:
            wider = self.patterns.unit_phrase.search(around.before)
            prep = _plain(wider["prep"]) if wider else "in" if prep in ("", "of") else prep
        bare = prep in ("", "on", "of") and not around.unit and around.unlisted
        if bare and self.patterns.attacked.search(around.before) and not _SIDE_AFTER.match(around.after):
            prep = "in"
        return prep

    def _is_cell(self, around: _Around) -> bool:
        """Say whether a cell of a table holds the name and nothing else."""
        alone = _CELL_BEFORE.search(around.before) and _CELL_AFTER.match(around.after)
        return around.words.lower() not in self.happenings and bool(alone)

    def _rank(self, around: _Around) -> int:
        if around.unit:
            return self.patterns.rank(around.unit["unit"].rstrip("."), 1 if around.apposition else 2)
        if around.country:
            return COUNTRY
        return self.patterns.kind_rank[around.known.kind] if around.known else 2

    def _placed(self, around: _Around, prep: str) -> bool:
        """Say whether anything speaks for a place: a unit, the gazetteer, a preposition, or that it was told before."""
        strong, told = prep in self.patterns.strong, fold(around.words) in self.told
        if not (around.unit or around.known or told or around.country or strong or around.at_distance):
            return False
        doubtful = not around.unit and not strong and around.known is not None and not told
        return not (doubtful and around.known is not None and not self._weighty(around.known))

    def _opens_report(self, around: _Around) -> bool:
        """Say whether the name stands in a dateline: 'SARNO (Reuters) -'."""
        if around.name.start != 0 or not re.match(r"[^.]{0,40}?\s*(?:\(|[-\u2013\u2014]|,\s+[A-Z])", around.after):
            return False
        return around.words.isupper() or _DATELINE_AFTER.match(around.after) is not None

    def _role(self, around: _Around, prep: str) -> str | None:
        """Return what the place is to the sentence, or None for a name that 'on' stands before and no gazetteer has."""
        toll = self.patterns.happening.match(around.after) is not None and fold(around.words) in self.told
        apposed = around.apposition and (prep or not self._is_person(around))
        role = "mention"
        if toll or prep in self.patterns.strong or apposed:
            role = "at"
        elif prep in self.patterns.weak:
            role = "weak"
        if around.at_distance:
            return "distance"
        if role == "mention" and re.match(r"[\u2019']s?\s", around.after):
            return "owner"
        return None if not around.unit and prep == "on" and not around.known else role

    def _is_person(self, around: _Around) -> bool:
        """Say whether a title before, an age or a word of speech after the name tells a person."""
        last = re.findall(r"[\w.\u2019'-]+", around.before)[-1:] or [""]
        if not around.known and (last[0].lower().rstrip(".") in self.titles or _PERSON_AFTER.match(around.after)):
            return True
        parts = around.words.split()
        return parts[0].lower().rstrip(".") in self.titles and len(parts) > 1

    def _weighty(self, entry: PlaceEntry) -> bool:
        """Say whether a bare name is a place on its own: of the report's country, of a pack, or a big one."""
        return entry.country == self.country or entry.from_pack or entry.population >= BIG or entry.kind == "country"


def _shown(around: _Around) -> str:
    """Return the name as it is shown: without its unit, unless that is part of it as in 'Kayah State'."""
    words, own, after = around.words, around.own_unit, around.unit_after
    if after and after["unit"].lower() in ("state", "region") and around.after[:1] not in ("'", "\u2019"):
        return words + after.group()
    if own is None or own.start() <= 2 or own["unit"].lower() in ("state", "region", "zone", "self-administered zone"):
        return words
    return words[: own.start()]


def _plain(preposition: str) -> str:
    return re.sub(r"\s+", " ", preposition.lower())
