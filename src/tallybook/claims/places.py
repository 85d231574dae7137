"""Places in a sentence: names that stand where places stand, chained small to large, and resolved against the gazetteer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model.claim import Place, PlaceCandidate
from tallybook.model.span import Span

UNIT_RANK = {
    "ward": 0, "neighbourhood": 0, "neighborhood": 0, "quarter": 0, "suburb": 0, "street": 0, "market": 0, "camp": 0, "hamlet": 0, "sitio": 0, "junction": 0, "checkpoint": 0,
    "farm": 0, "road": 0, "bridge": 0, "crossing": 0, "square": 0, "highway": 1, "roundabout": 0, "prison": 0, "monastery": 0, "airport": 0, "port": 0, "hill": 0, "valley": 1, "village": 1, "settlement": 1, "barangay": 1, "locality": 1, "kibbutz": 1, "ranch": 1, "vereda": 1,
    "area": 2, "town": 2, "city": 2, "municipality": 2, "payam": 2, "tract": 1, "commune": 2, "base": 0, "forest": 2, "island": 2, "mountain": 2, "mountains": 3, "jurisdiction": 2, "capital": 2,
    "township": 3, "subdistrict": 3, "sub-district": 3, "tehsil": 3, "woreda": 3, "circle": 3, "local government area": 3, "lga": 3, "local government": 3,
    "district": 4, "county": 4, "zone": 4, "raion": 4, "cercle": 4, "territory": 4, "chiefdom": 4, "sector": 4,
    "province": 5, "region": 5, "state": 5, "governorate": 5, "oblast": 5, "department": 5, "division": 5, "emirate": 5, "county-region": 5, "strip": 5, "peninsula": 5, "self-administered zone": 4,
}  # fmt: skip
KIND_RANK = {"country": 6, "admin1": 5, "admin2": 4, "admin3": 3, "city": 2, "town": 2, "village": 1, "ward": 0}
_UNITS = "|".join(sorted((re.escape(u) for u in UNIT_RANK), key=len, reverse=True))
_DIRECTION = r"(?:(?:far|mostly|remote|rural|restive|nearby|neighbouring|neighboring|war-torn|central|upper|lower|greater|occupied|northern|southern|eastern|western|north-?(?:eastern|western|east|west)|south-?(?:eastern|western|east|west)|north|south|east|west)(?:ern)?[\s-]+)*"
_BEFORE = re.compile(
    rf"\b(?P<prep>in\s+the\s+vicinity\s+of|on\s+the\s+outskirts\s+of|in\s+the\s+outskirts\s+of|just\s+outside|in|at|near|outside|around|across|inside|within|throughout|off|from|to|into|towards?|over|through|along|on|between|of|against|for|and|under)\s+"
    rf"(?:the\s+|a\s+)?(?:(?:(?:{_UNITS})s?|capital|governorates?|provinces?|cities|border\s+town|port\s+city|provincial\s+capital|regional\s+capital)\s+(?:of|called|named|near)\s+)?(?:the\s+)?(?P<dir>{_DIRECTION})$",
    re.IGNORECASE,
)  # fmt: skip
_UNIT_BEFORE = re.compile(rf"\b(?P<unit>{_UNITS})s?\s+(?:of|called|named)\s+(?:the\s+)?{_DIRECTION}$", re.IGNORECASE)
_BARE_UNIT_BEFORE = re.compile(
    r"\b(?P<unit>village|town|city|barangay|brgy\.?|sitio|camp|district|province|township|kibbutz|vereda|municipality|settlement|neighbourhood|neighborhood|ward|hamlet|suburb)\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    rf"^[\u2019']?s?\s+(?P<unit>{_UNITS})s?\b(?!\s+(?:of\s+(?:police|the\s+police)|police|commander|chief|official|government|hospital|officials|governor|council|command|administrator|media|television|forces|army|health|attorney|department|troopers|security))",
    re.IGNORECASE,
)
_UNIT_PHRASE = re.compile(
    rf"\b(?P<prep>in|at|near|outside|around|across|inside|within|on|over|along|between|from|to|into|towards?|against|for)\s+"
    rf"(?:(?:the|a|an|its|two|three|several|other)\s+)?(?:(?!(?:in|at|near|of|from|to|into)\b)[\w\u2019'-]+\s+){{0,5}}(?:{_UNITS})s?\s+(?:of|called|named)\s+(?:the\s+)?{_DIRECTION}$",
    re.IGNORECASE,
)
"""'in the besieged Sudanese city of': the preposition before a unit's whole phrase."""
_DISTANCE = re.compile(
    r"\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$|(?:\b\d[\d.,]*|\b(?:some|about|a\s+few|several|two|three|five|ten|\w+))\s*(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|mi)\b[^,.;]{0,40}?\b(?:of|from|outside)\s+(?:the\s+|the\s+capital\s*,?\s*|(?:city|town)\s+of\s+)?$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    r"\b(?:in|of|outside|near)\s+(?P<c>(?:the|this)\s+(?:\w+\s+)?capital)\b(?!\s+(?:of|city\s+of|punishment))",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    rf"^,\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?(?P<unit>{_UNITS}|community|farming\s+community|suburb|settlement|port|border\s+crossing|stronghold)\b",
    re.IGNORECASE,
)
_ATTACKED = re.compile(
    r"\b(?:bombed|shelled|attacked|raided|stormed|hit|struck|targeted|bombarded|pounded|invaded|overran|entered|reached|besieged|descended\s+on|burned|torched|razed|sacked|bombing|shelling|attacking|storming|raiding|hitting|striking|targeting|entering|onto|occupying|holding|(?:attacks?|raids?|assaults?|strikes?|shells?|rockets?|bombs?|missiles?|fire|offensive|advance|drones?)\s+(?:\w+\s+)?on|(?:shelling|bombing|bombardment|capture|fall|siege|areas?|outskirts|battle)\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FORCES_AFTER = re.compile(
    r"\s+(?:and\s+\w+\s+)?(?:guerrillas?|rebels?|fighters?|militants?|insurgents?|forces|troops|soldiers|gunmen|militia(?:men|s)?|cadres|commanders?|spokes\w+|members?|separatists?|jihadists?)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"-(?:held|led|backed|run|controlled|occupied|ruled|dominated|aligned|affiliated|linked|made|born)$", re.IGNORECASE
)
_OF_PLACE = re.compile(rf"\s+(?:[\w-]+\s+)?(?:{_UNITS})s?\s+(?:of|called|named)\b", re.IGNORECASE)
"""'the Syrian town of': the adjective tells the country."""
_CELL_BEFORE, _CELL_AFTER = re.compile(r"(?:^|[|,])\s*$"), re.compile(r"\s*(?:[|,]|$)")
"""A cell of a table that holds a name and nothing else."""
_OF_EVENT = re.compile(
    r"\s+(?:death\s+)?(?:toll|attacks?|blasts?|bombings?|massacre|siege|raid|strikes?|killings?|explosion|ambush|clash(?:es)?|shelling|shooting)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^\s*(?:\([A-Z]+\)\s*)?(?P<city>[A-Z][A-Z'. -]{2,30}?)(?:,\s+(?P<land>[A-Z][a-z]+|[A-Z]{3,}))?,?\s*(?:\d{1,2}\s|[A-Z][a-z]{2,8}\.?\s+\d|\(|[A-Z]{3,9}\.?\s+\d|[-\u2013\u2014]|:)"
)
_ADJECTIVAL = re.compile(
    r"^(?:[\u2019']s)?(?:-led|-backed)?\s+(?:and\s+\w+\s+)?(?:military|forces|troops|army|soldiers?|embassy|officials?|officer|commander|air\s*strikes?|special|marines?|navy|airmen|helicopters?|drones?|service|president|ambassador|envoy|state\s+department|mission|agency|office|refugee|human)\b",
    re.IGNORECASE,
)
STRONG = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "across",
        "inside",
        "within",
        "throughout",
        "off",
        "on the outskirts of",
        "in the outskirts of",
        "in the vicinity of",
        "just outside",
        "on",
        "over",
        "along",
        "between",
    }
)
WEAK = frozenset({"from", "to", "into", "toward", "towards", "of", "through", "for", "against", "and", "under"})


LEFT = 120
"""Characters before a word in capitals that are searched for a preposition of place; the longest one takes 60."""
BIG = 200_000
"""Persons from which a name that stands without a preposition is taken for the place and not for a word."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place, or a chain of nested ones, where it stands. Parts are smallest first."""

    start: int
    end: int
    parts: tuple[tuple[str, int, Span], ...]  # name, rank, span
    role: str  # at, weak, dateline, distance, mention
    prep: str = ""

    @property
    def name(self) -> str:
        """Return the name of the smallest part."""
        return self.parts[0][0]

    @property
    def rank(self) -> int:
        """Return the rank of the smallest part: 0 a ward ... 6 a country."""
        return self.parts[0][1]


class PlaceFinder:
    """Find and resolve places in one document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.country: str | None = None
        self.told: set[str] = set()
        self.titles = frozenset(knowledge.lexicon.speech["titles"])
        lexicon = knowledge.lexicon
        self.happenings = frozenset(w for cue in lexicon.events for w in cue.words) | frozenset(
            w for weapon in lexicon.weapons for w in weapon.words
        )
        self.numerals = frozenset({*knowledge.lexicon.numbers["units"], *knowledge.lexicon.numbers["scales"]})
        self.common = frozenset(
            {
                *knowledge.lexicon.persons,
                *knowledge.lexicon.things,
                *lexicon.words.names.openers,
                *UNIT_RANK,
                "airport",
                "airport of",
                "green",
                "centre",
                "center",
                "front",
                "court",
                "order",
                "university",
                "palace",
                "reading",
                "protest",
            }
        )

    def find(self, sentence: Sentence, original: str, names: Sequence[Name]) -> list[PlaceMention]:
        """Return the places of a sentence, nested ones joined; `original` is the document's own text."""
        text = original[sentence.start : sentence.end]
        capital = _CAPITAL.search(text)
        singles = [
            m
            for m in (self._single(text, sentence, n) for n in names if n.kind in ("unknown", "country", "actor"))
            if m is not None
        ]
        land = self.knowledge.countries.by_iso.get(self.country or "")
        if (
            capital
            and land
            and land.capital
            and not any(
                m.start < sentence.start + capital.end() + 14 and m.end > sentence.start + capital.start()
                for m in singles
            )
        ):
            span = Span(sentence.start + capital.start("c"), sentence.start + capital.end("c"))
            singles = sorted(
                [*singles, PlaceMention(span.start, span.end, ((land.capital, 2, span),), "at", "in")],
                key=lambda m: m.start,
            )
        if sentence.shouted:
            singles = sorted([*singles, *self._shouted(sentence)], key=lambda m: m.start)
        found = _chained(singles, text, sentence.start)
        self.told |= {fold(p[0]) for m in found if m.role == "at" for p in m.parts}
        return found

    def _single(self, text: str, sentence: Sentence, name: Name) -> PlaceMention | None:
        a, b = name.start - sentence.start, name.end - sentence.start
        before, after = text[:a], text[b:]
        words = name.text
        unit_after = _UNIT_AFTER.match(after)
        unit_of = _UNIT_BEFORE.search(before) or _BARE_UNIT_BEFORE.search(before)
        appos = None if unit_after else _APPOSITION.match(after)
        own_unit = re.search(rf"\s(?P<unit>{_UNITS})s?$", words, re.IGNORECASE)
        known = self.known(words)
        if name.kind == "unknown" and (
            fold(words) in self.numerals or (words.isupper() and len(words) <= 5 and not known)
        ):
            return None
        if name.kind == "actor" and not (unit_after or unit_of):
            return None
        if name.kind == "unknown" and self._is_person(before, after, words):
            return None
        if not known and name.kind == "unknown" and (_FORCES_AFTER.match(after) or _HELD.search(words)):
            return None
        lead = _BEFORE.search(before)
        prep = re.sub(r"\s+", " ", lead["prep"].lower()) if lead else ""
        unit = unit_after or unit_of or own_unit or appos
        if prep == "of" and re.search(
            r"\b(?:residents|villagers|inhabitants|people|outskirts|capture|siege|battle|fall|battle|shelling|bombardment|bombing|seizure|natives|vicinity|neighbou?rhood|streets|centre|center|edge)\s+of\s+(?:the\s+)?$",
            before,
            re.IGNORECASE,
        ):
            prep = "in"
        if (
            not prep
            and "|" in text
            and words.lower() not in self.happenings
            and _CELL_BEFORE.search(before)
            and _CELL_AFTER.match(after)
        ):
            prep = "in"
        if unit_of and prep not in STRONG:
            wider = _UNIT_PHRASE.search(before)
            if wider:
                prep = re.sub(r"\s+", " ", wider["prep"].lower())
            elif prep in ("", "of"):
                prep = "in"
        if (
            prep in ("", "on", "of")
            and not unit
            and name.kind == "unknown"
            and _ATTACKED.search(before)
            and not re.match(r"\s+(?:forces|fighters|troops|soldiers|militants|positions|police)\b", after)
        ):
            prep = "in"
        rank = (
            UNIT_RANK.get(unit["unit"].lower().rstrip("."), 1 if appos else 2)
            if unit
            else 6
            if name.kind == "country"
            else KIND_RANK[known.kind]
            if known
            else 2
        )
        told = fold(words) in self.told
        if not (unit or known or told or name.kind == "country" or prep in STRONG or _DISTANCE.search(before)):
            return None
        if not unit and prep not in STRONG and known and not self._weighty(known) and fold(words) not in self.told:
            return None
        if (
            name.start == 0
            and re.match(r"[^.]{0,40}?\s*(?:\(|[-\u2013\u2014]|,\s+[A-Z])", after)
            and (
                words.isupper()
                or re.match(r"\s*(?:,[^,.]{2,20})?,?[^.]{0,20}(?:\([A-Z][^)]*\)\s*)?[-\u2013\u2014:]{1,2}\s", after)
            )
        ):
            return PlaceMention(
                name.start,
                name.end,
                ((words.title() if words.isupper() else words, rank, Span(name.start, name.end)),),
                "dateline",
                prep,
            )
        if not (unit or known or name.kind == "country") and (not words[0].isupper() or len(words) < 3):
            return None
        toll = _OF_EVENT.match(after) is not None and fold(words) in self.told
        role = (
            "at"
            if toll
            or prep in STRONG
            or (appos and prep)
            or (appos and not prep and not self._is_person(before, after, words))
            else "weak"
            if prep in WEAK
            else "mention"
        )
        if _DISTANCE.search(before):
            role = "distance"
        elif role == "mention" and re.match(r"[\u2019']s?\s", after):
            role = "owner"
        elif not unit and prep == "on" and not known:
            return None
        bare = words[: own_unit.start()] if own_unit and len(words[: own_unit.start()]) > 2 else words
        if own_unit and own_unit["unit"].lower() in ("state", "region", "zone", "self-administered zone"):
            bare = words
        if (
            unit_after
            and unit_after["unit"].lower() in ("state", "region")
            and "'" not in after[:1]
            and "\u2019" not in after[:1]
        ):
            bare = text[a : b + unit_after.end()]
        span = Span(name.start, name.end + (unit_after.end() if unit_after else 0))
        return PlaceMention(span.start, span.end, ((bare.strip(), rank, span),), role, prep)

    def _is_person(self, before: str, after: str, words: str) -> bool:
        last = re.findall(r"[\w.\u2019'-]+", before)[-1:] or [""]
        if last[0].lower().rstrip(".") in self.titles and not self.known(words):
            return True
        if re.match(r",\s+\d{1,2}\s*,|\s*\(\d{1,2}\)|\s+(?:said|told|says|added|who)\b", after) and not self.known(
            words
        ):
            return True
        return words.split()[0].lower().rstrip(".") in self.titles and len(words.split()) > 1

    def known(self, words: str) -> PlaceEntry | None:
        """Return the likeliest place of that name, of the report's country first; None if the gazetteer has none."""
        rows = self.knowledge.places.entries(words)
        if not rows:
            return None
        own = [r for r in rows if self.country and r.country == self.country]
        return (own or list(rows))[0]

    def _weighty(self, entry: PlaceEntry) -> bool:
        """Say whether a bare name is a place on its own: of the report's country, of a pack, or a big one."""
        return entry.country == self.country or entry.from_pack or entry.population >= BIG or entry.kind == "country"

    def _shouted(self, sentence: Sentence) -> list[PlaceMention]:
        """In all capitals: known places after a preposition of place, and whatever stands before or after a unit word."""
        found: list[PlaceMention] = []
        tokens = sentence.tokens
        i = 0
        while i < len(tokens):
            before = sentence.text[: tokens[i].start - sentence.start][-LEFT:]
            lead = _BEFORE.search(before)
            chained = bool(found) and sentence.text[
                found[-1].end - sentence.start : tokens[i].start - sentence.start
            ] in (", ", " ")
            step = 1
            if (lead or chained) and tokens[i].lower.isalpha():
                for size in range(min(5, len(tokens) - i), 0, -1):
                    a, b = tokens[i].start, tokens[i + size - 1].end
                    words = sentence.text[a - sentence.start : b - sentence.start]
                    if not re.fullmatch(r"[a-z\u00e0-\u00ff' .-]+", words) or words.split()[0] in (
                        "the",
                        "this",
                        "his",
                        "their",
                        "which",
                        "an",
                        "a",
                        "that",
                    ):
                        continue
                    unit = _UNIT_AFTER.match(sentence.text[b - sentence.start :])
                    rows = [
                        r
                        for r in self.knowledge.places.entries(words)
                        if self.country is None or r.country == self.country
                    ]
                    if (
                        rows
                        and len(words) > 3
                        and (self.country or rows[0].population >= BIG)
                        and words not in self.common
                    ) or (
                        unit
                        and size <= 3
                        and not (set(words.split()) & {"the", "and", "in", "of", "at"} - {"la", "de"})
                    ):
                        rank = UNIT_RANK.get(unit["unit"].lower(), 2) if unit else KIND_RANK[rows[0].kind]
                        end = b + (unit.end() if unit else 0)
                        prep = re.sub(r"\s+", " ", lead["prep"].lower()) if lead else "in"
                        found.append(
                            PlaceMention(
                                a, end, ((words.title(), rank, Span(a, end)),), "at" if prep in STRONG else "weak", prep
                            )
                        )
                        step = size
                        break
            i += step
        return found

    def guess_country(
        self,
        texts: Iterable[tuple[str, float]],
        mentions: Iterable[PlaceMention],
        names: Iterable[Name],
        publisher: str | None,
    ) -> str | None:
        """Return the ISO code of the country the report is about: named countries, demonyms, places and actors vote."""
        votes: Counter[str] = Counter()
        countries = self.knowledge.countries
        texts = list(texts)
        for text, weight in texts:
            line = _DATELINE.match(text)
            for row in self.knowledge.places.entries(line["city"])[:1] if line else ():
                if row.country and (row.population > BIG // 4 or row.kind == "country"):
                    votes[row.country] += weight  # type: ignore[assignment]
        for name in names:
            country = countries.named(name.canonical) if name.kind in ("country", "demonym") else None
            if country:
                adjectival = name.kind == "demonym" or any(
                    _ADJECTIVAL.match(text[name.end : name.end + 40]) for text, _ in texts
                )
                of_place = name.kind == "demonym" and any(
                    _OF_PLACE.match(text[name.end : name.end + 60]) for text, _ in texts
                )
                votes[country.iso3] += 3 if of_place else 0.6 if adjectival else 2  # type: ignore[assignment]
            if name.actor is not None and name.actor.country:
                votes[name.actor.country] += 2
        for mention in mentions:
            for part, _, _ in mention.parts if mention.role in ("at", "distance", "dateline") else ():
                rows = self.knowledge.places.entries(part)
                if rows and rows[0].kind != "country":
                    weights = {r.id: (r.population + 300) ** 0.5 * (20 if r.from_pack else 1) for r in rows}
                    for row in rows:
                        if row.country:
                            votes[row.country] += 2.5 * weights[row.id] / sum(weights.values())
        if publisher:
            for word in re.findall(r"\w+", publisher):
                country = countries.named(word) or countries.of_demonym(word)
                if country:
                    votes[country.iso3] += 1
        return min(votes, key=lambda c: (-votes[c], c)) if votes else None

    def resolve(self, mention: PlaceMention) -> Place:
        """Return the place: candidates weighed by the rest of its chain, the report's country, and size."""
        chain = [p[0] for p in mention.parts]
        near = mention.role == "distance" or mention.prep in (
            "near",
            "outside",
            "just outside",
            "off",
            "in the vicinity of",
            "on the outskirts of",
        )
        for level, part in enumerate(chain):
            candidates = self._candidates(part, chain[level + 1 :])
            if candidates:
                return self._place(mention, chain, level, candidates, near)
        country = self.country
        return Place(chain[0], tuple(chain[1:]), country, precision="unresolved", span=mention.parts[0][2])

    def _candidates(self, part: str, larger: Sequence[str]) -> list[tuple[float, PlaceEntry]]:
        import math

        rows = self.knowledge.places.entries(part)
        wanted = {fold(name) for name in larger} | {
            fold(re.sub(rf"\s(?:{_UNITS})$", "", name, flags=re.IGNORECASE)) for name in larger
        }
        scored = []
        for row in rows:
            country = self.knowledge.countries.by_iso.get(row.country or "")
            score = math.log10(30 + row.population) * (3 if row.from_pack else 1) * (6 if row.kind == "country" else 1)
            if self.country and row.country == self.country:
                score *= 30
            elif self.country:
                score *= 0.3
            inside = {fold(a) for a in row.admin} | ({fold(country.name)} if country else set())
            score *= 40 if wanted & inside else 1
            scored.append((score, row))
        scored.sort(key=lambda s: (-s[0], s[1].id))
        if (
            scored
            and self.country
            and scored[0][1].country != self.country
            and scored[0][1].kind != "country"
            and not wanted
            and scored[0][1].population < BIG
        ):
            return []
        return scored

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
        precision = {"country": "country", "admin1": "admin1", "admin2": "admin2", "admin3": "admin3"}.get(
            best.kind, "exact"
        )
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


_ADJECTIVAL_GAP = re.compile(rf"\s+(?:[\w-]+\s+){{0,2}}(?:{_UNITS})s?\s+of\s+$", re.IGNORECASE)
"""'the West Bank village of Sarno': the larger place stands first, as an adjective."""
_CHAIN_GAP = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:"
    + _UNITS
    + r"|community|suburb)\s+(?:in|of)\s+(?:the\s+)?$|\s*[\u2019']s\s+(?:[\w-]+\s+){0,4}(?:of\s+)?$|\s*(?:,|\bin\b|\bof\b|,\s*in|\(|[\u2019']s|-)\s*(?:(?:the|a|nearby)\s+)?(?:(?:"
    + _UNITS
    + r"|capital)s?\s+of\s+(?:the\s+)?)?"
    + _DIRECTION
    + r"$",
    re.IGNORECASE,
)


def _chained(singles: list[PlaceMention], text: str, offset: int) -> list[PlaceMention]:
    """Join mentions that nest: 'Sarno village of Keshti district, Orvan province', 'Namkham's Nawng Sant ward'."""
    found: list[PlaceMention] = []
    for mention in singles:
        if found:
            gap = text[found[-1].end - offset : mention.start - offset]
            adjectival = _ADJECTIVAL_GAP.match(gap)
            if adjectival or (_CHAIN_GAP.match(gap) and _nests(found[-1], mention, gap)):
                last = found[-1]
                if adjectival:
                    found[-1] = replace(mention, start=last.start, parts=(*mention.parts, *last.parts))
                    continue
                possessive = re.match(r"\s*[\u2019']s", gap)
                parts = (
                    (*last.parts[:-1], *mention.parts, last.parts[-1]) if possessive else (*last.parts, *mention.parts)
                )
                role = last.role if last.role not in ("mention", "owner") else mention.role
                found[-1] = replace(last, end=mention.end, parts=parts, role=role)
                continue
        found.append(mention)
    return found


def _nests(inner: PlaceMention, outer: PlaceMention, gap: str) -> bool:
    if re.match(r"\s*[\u2019']s", gap):
        return True
    rank_in, rank_out = inner.parts[-1][1], outer.parts[0][1]
    if re.match(r",\s+(?:an?|the)\s", gap) and re.search(r"\b(?:in|of)\s+(?:the\s+)?$", gap):
        return rank_out >= rank_in
    if re.match(r"\s*,?\s*in\b", gap) or re.match(r"\s*of\b", gap):
        return rank_out >= rank_in
    return rank_out > rank_in
