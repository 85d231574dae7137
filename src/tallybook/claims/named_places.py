"""Which names are places: by the words around them, the gazetteer, and what the report has told before."""

from __future__ import annotations

import re

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.place_descriptions import told_away
from tallybook.claims.place_mentions import COUNTRY, HINT, TOWN, PlaceMention
from tallybook.claims.place_names import Around, around, attributive, in_capitals
from tallybook.claims.place_openings import dateline_follows
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_weights import BIG
from tallybook.knowledge import Knowledge
from tallybook.knowledge.folding import fold
from tallybook.knowledge.places import PlaceEntry
from tallybook.model.span import Span

NO_UNIT = -1
"""Rank of words that are no unit."""
SHORT = 4
"""Letters from which a name that nothing tells to be a place may be one."""
_CELL_BEFORE, _CELL_AFTER = re.compile(r"(?:^|[|,])\s*$"), re.compile(r"\s*(?:[|,]|$)")
_SIDE_AFTER = re.compile(r"\s+(?:forces|fighters|troops|soldiers|militants|positions|police)\b")
ATTACKED_AFTER = ("", "on", "of", "to", "into", "through")
"""Prepositions that words for an attack or an arrival may end with: 'came down on', 'swept through'."""
_AGENCY_AFTER = re.compile(r"\s*\)\s*[-\u2013\u2014:]")
"""What follows the agency in a dateline: 'SARNO (Meridian) -'."""
_SPEAKER_AFTER = re.compile(r"\s*:\s*$")
_AGED = re.compile(r"\byears?[- ]old\s+$", re.IGNORECASE)
"""What stands before a person's name: '5-year-old '."""
MARKS = " *\u2022>-\u2013\u2014\t"


class NamedPlaces:
    """Tell places from other names in one document. `told` are the folded names of places told as where something is."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        self.country: str | None = None
        self.told: set[str] = set()
        self.items: frozenset[int] = frozenset()
        """Sentences, by identity, that open an item of a roundup with its place."""
        self.labels: frozenset[int] = frozenset()
        """Sentences, by identity, that only tell when and where what follows them happened."""
        self._seen: dict[tuple[int, int, int, str], Around] = {}
        self._persons: dict[int, bool] = {}
        """Whether the words around a name are a person's, by the identity of these words, which `_seen` keeps."""
        self.words = patterns.names

    def known(self, words: str) -> PlaceEntry | None:
        """Return the likeliest place of that name, of the report's country first; None if the gazetteer has none."""
        rows = self.knowledge.places.entries(words)
        if not rows:
            return None
        own = [r for r in rows if self.country and r.country == self.country]
        return (own or list(rows))[0]

    def of(self, text: str, sentence: Sentence, name: Name) -> PlaceMention | None:
        """Return the place that one name is, or None."""
        found = self._around(text, sentence, name)
        if (
            self._is_no_place(found)
            or (found.country and attributive(found))
            or self._of_a_title(found, sentence, text)
        ):
            return None
        prep = self._after(found)
        item = self._is_item(found, sentence) or self._is_label(found, sentence)
        situated = not item and self._is_situated(found, prep)
        if not item and not self._placed(found, prep, situated):
            return None
        rank = self._rank(found)
        if item:
            span = Span(name.start, name.end + (found.unit_after.end() if found.unit_after else 0))
            return PlaceMention(span.start, span.end, ((found.shown.strip(), rank, span),), "at", "in")
        if self._opens_report(found):
            shown = name.text.title() if name.text.isupper() else name.text
            span = Span(name.start, name.end)
            return PlaceMention(name.start, name.end, ((shown, rank, span),), "dateline", prep)
        known = found.unit or found.known or found.country
        if not known and (not name.text[0].isupper() or len(name.text) < 3):
            return None
        role = self._role(found, prep, situated)
        if role is None:
            return None
        numbered = self.patterns.numbered.match(found.after) if self._is_unit(found) else None
        tail = numbered or found.unit_after
        shown = f"{name.text} {numbered['number']}" if numbered else found.shown.strip()
        span = Span(name.start, name.end + (tail.end() if tail else 0))
        away = told_away(found.before) if role == "distance" else None
        return PlaceMention(span.start, span.end, ((shown, rank, span),), role, prep, away)

    def hint(self, text: str, sentence: Sentence, name: Name) -> PlaceMention | None:
        """Return the place that a name may be though nothing in its sentence tells so; None for persons and numbers."""
        found = self._around(text, sentence, name)
        if self._of_a_title(found, sentence, text) or self._of_a_unit(found):
            return None
        if len(name.text) < SHORT or not name.text[0].isupper() or self._is_no_place(found) or self._is_plain(found):
            return None
        span = Span(name.start, name.end)
        return PlaceMention(
            name.start, name.end, ((found.shown.strip(), self._rank(found), span),), HINT, self._after(found)
        )

    def _around(self, text: str, sentence: Sentence, name: Name) -> Around:
        """Return a name with what stands around it, which is the same however often a report is gone through."""
        asked = (id(sentence), name.start, name.end, name.kind)
        found = self._seen.get(asked)
        if found is None:
            found = self._seen[asked] = around(text, sentence.start, name, self.patterns, None)
        found.known = self.known(name.text)
        return found

    def _is_plain(self, around: Around) -> bool:
        """Say whether ordinary words, or a number, only have a capital because they open a sentence or a title."""
        words = re.split(r"[\s-]+", around.words.casefold().replace("\u2019", "'"))
        return not around.known and all(
            w.removesuffix("'s") in self.words.ordinary or w in self.words.numerals for w in words
        )

    def _is_no_place(self, around: Around) -> bool:
        """Say whether a name is a number, an acronym, a side, a person or what fighters are called after."""
        words = around.words
        if around.name.kind == "actor":
            body = around.name.actor is not None and around.name.actor.kind == "organisation"
            return body or not (around.unit_after or around.unit_of)
        if not around.unlisted:
            return False
        parts = fold(words).split(" ")
        if not around.known and (parts[0] in self.patterns.no_place or parts[-1] in self.patterns.no_place):
            return True
        if around.before.endswith("(") and _AGENCY_AFTER.match(around.after):
            return True
        if self._is_number(around) or (self._is_unit(around) and not self.patterns.numbered.match(around.after)):
            return True
        if not (around.known or around.unit) and self._is_ordinary(around):
            return True
        if fold(words) in self.words.numerals or (words.isupper() and len(words) <= 5 and not around.known):
            return True
        if self._is_person(around):
            return True
        sided = self.patterns.fighters.match(around.after) or self.patterns.held.search(words)
        return not around.known and (bool(sided) or self._is_adjective(words))

    def _is_adjective(self, words: str) -> bool:
        """Say whether a name tells of whom somebody is, not where: 'Afro-Colombian'."""
        last = words.split("-")[-1]
        return last != words and self.knowledge.countries.of_demonym(last) is not None

    def _is_unit(self, around: Around) -> bool:
        """Say whether a name is a word for places and nothing else: the 'Camp' of 'Camp 18'."""
        return self.patterns.rank(around.words, NO_UNIT) != NO_UNIT

    def _is_number(self, around: Around) -> bool:
        """Say whether a name ends in the 'No' of a number: 'School No. 9'."""
        return around.words.endswith(" No") and re.match(r"\.?\s*\d", around.after) is not None

    def _is_ordinary(self, around: Around) -> bool:
        """Say whether ordinary words look like a name only because every word of the sentence has a capital."""
        if not around.every_capital:
            return False
        return all(
            w.removesuffix("'s") in self.words.ordinary for w in around.words.casefold().replace("’", "'").split()
        )

    def _after(self, around: Around) -> str:
        if around.preposition is None:
            around.preposition = self._preposition(around)
        return around.preposition

    def _preposition(self, around: Around) -> str:
        """Return the preposition that a place stands after, 'in' where other words say as much, '' where none do."""
        lead = self.patterns.before.search(around.led)
        prep = _plain(lead["prep"]) if lead else ""
        if prep == "of" and self.patterns.inside_of.search(around.led):
            prep = "in"
        if not prep and around.in_table and self._is_cell(around):
            prep = "in"
        if around.unit_of and prep not in self.patterns.strong:
            wider = self.patterns.unit_phrase.search(around.led)
            prep = _plain(wider["prep"]) if wider else "in" if prep in ("", "of") else prep
        bare = prep in ATTACKED_AFTER and around.unlisted
        if bare and self.patterns.attacked.search(around.led) and not _SIDE_AFTER.match(around.after):
            prep = "in"
        return prep

    def _is_cell(self, around: Around) -> bool:
        """Say whether a cell of a table holds the name and nothing else."""
        alone = _CELL_BEFORE.search(around.before) and _CELL_AFTER.match(around.after)
        return around.words.lower() not in self.words.happenings and bool(alone)

    def _rank(self, around: Around) -> int:
        if around.unit:
            return self.patterns.rank(around.unit["unit"].rstrip("."), 1 if around.apposition else TOWN)
        if around.country:
            return COUNTRY
        return self.patterns.kind_rank[around.known.kind] if around.known else TOWN

    def _placed(self, around: Around, prep: str, situated: bool) -> bool:
        """Say whether anything speaks for a place: a unit, the gazetteer, a preposition, or that it was told before."""
        strong, told = prep in self.patterns.strong, fold(around.words) in self.told
        if not (around.unit or around.known or told or around.country or strong or around.at_distance or situated):
            return False
        if not (around.unit or around.known or told or around.country) and re.match(r"[\u2019']s\s", around.after):
            return False  # 'in Ilo Marn's hometown'
        doubtful = not around.unit and not strong and not situated and around.known is not None and not told
        return not (doubtful and around.known is not None and not self._weighty(around.known))

    def _is_situated(self, around: Around, prep: str) -> bool:
        """Say whether what follows a name says where that lies or what was done there: ', where', ', in the Keshti district'."""
        if around.country or around.name.kind == "actor" or self._is_person(around):
            return False
        if self.patterns.situated.match(around.after):
            return True
        if not prep:
            owner = self.patterns.owned.search(around.before)
            return owner is not None and self._is_place(owner["place"])
        by = self.patterns.situated_by.match(around.after) if prep != "for" else None
        if by is None or (around.after[:1] != "," and prep in ("of", "under", "and", "against")):
            return False
        return self._is_place(by["place"])

    def _is_place(self, words: str) -> bool:
        return self.knowledge.countries.named(words) is not None or self.known(words) is not None

    def _is_item(self, around: Around, sentence: Sentence) -> bool:
        """Say whether a name opens an item of a roundup as its place: in capitals, or known to the gazetteer."""
        if id(sentence) not in self.items or around.before.strip(MARKS):
            return False
        plain = all(w in self.words.ordinary for w in around.words.casefold().split())
        return (around.words.isupper() and not plain) or around.known is not None

    def _is_label(self, around: Around, sentence: Sentence) -> bool:
        """Say whether a name stands in a line that only tells when and where what follows happened; a speaker's does not."""
        if id(sentence) not in self.labels or around.name.start == 0 or _SPEAKER_AFTER.match(around.after):
            return False
        return around.known is not None or not self._is_plain(around)

    def _opens_report(self, around: Around) -> bool:
        """Say whether the name stands in a dateline: 'SARNO (Reuters) -'."""
        if around.name.start != 0 or not re.match(r"[^.]{0,40}?\s*(?:\(|[-\u2013\u2014]|,\s+[A-Z])", around.after):
            return False
        return around.words.isupper() or dateline_follows(around.after)

    def _role(self, around: Around, prep: str, situated: bool) -> str | None:
        """Return what the place is to the sentence, or None for a name that 'on' stands before and no gazetteer has."""
        toll = self.patterns.happening.match(around.after) is not None and fold(around.words) in self.told
        apposed = around.apposition and (prep or not self._is_person(around))
        role = "mention"
        if toll or prep in self.patterns.strong or apposed or situated:
            role = "at"
        elif prep in self.patterns.weak:
            role = "weak"
        if around.at_distance:
            return "distance"
        if around.country and re.match(r"[\u2019']s?\s", around.after):
            return "owner"
        if role == "mention" and re.match(r"[\u2019']s?\s", around.after):
            return "owner"
        return None if not around.unit and prep == "on" and not around.known else role

    def _is_person(self, around: Around) -> bool:
        """Say whether a title before, an age or a word of speech after the name tells a person."""
        if not around.known and not around.unit_of and self._told_as_person(around):
            return True
        parts = around.words.split()
        return parts[0].lower().rstrip(".") in self.words.titles and len(parts) > 1

    def _told_as_person(self, around: Around) -> bool:
        """Say whether the words before and after a name are a person's; sought once."""
        if id(around) not in self._persons:
            last = (re.findall(r"[\w.\u2019'-]+", around.before)[-1:] or [""])[0]
            titled = last.lower().rstrip(".") in self.words.titles
            titled = titled or (last in self.words.persons and not self.patterns.lands.match(around.after))
            found = titled or _AGED.search(around.before) or self.patterns.of_person.match(around.after)
            self._persons[id(around)] = bool(found)
        return self._persons[id(around)]

    def _of_a_title(self, found: Around, sentence: Sentence, text: str) -> bool:
        """Say whether a name is only a piece of a title whose every word has a capital: 'Eight Killed in Separate Blasts'."""
        known = found.known or found.unit or found.country or fold(found.words) in self.told
        return sentence.kind == "title" and not known and in_capitals(text)

    def _of_a_unit(self, found: Around) -> bool:
        """Say whether a name holds a word for a unit of men: 'Task Force Liberty'."""
        return not found.known and not self.words.military.isdisjoint(found.words.lower().split())

    def _weighty(self, entry: PlaceEntry) -> bool:
        """Say whether a bare name is a place on its own: of the report's country, of a pack, or a big one."""
        return entry.country == self.country or entry.from_pack or entry.population >= BIG or entry.kind == "country"


def _plain(preposition: str) -> str:
    return re.sub(r"\s+", " ", preposition.lower())
