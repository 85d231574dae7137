"""Places in text set in capitals."""

from __future__ import annotations

import re

from tallybook.claims.parse import Sentence
from tallybook.claims.place_mentions import HINT, TOWN, PlaceMention
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.place_weights import BIG
from tallybook.knowledge import Knowledge
from tallybook.knowledge.word_counts import word_counts
from tallybook.model.span import Span

LEFT = 120
"""Characters before a word in capitals that are searched for a preposition of place; the longest one takes 60."""
LONGEST = 5
"""Most words of a place's name."""
_SPELLED = re.compile(r"[a-z\u00e0-\u00ff' .-]+")
_NEVER_FIRST = frozenset({"of", "the", "this", "his", "their", "which", "an", "a", "that"})
_NEVER_INSIDE = frozenset({"the", "and", "in", "of", "at"})
_PARTICLES = frozenset({"de", "la", "el", "del", "los", "las", "al", "san", "santa", "do", "da"})


class ShoutedPlaces:
    """Find places in text set in capitals, where no letter tells a name."""

    def __init__(self, knowledge: Knowledge, patterns: PlacePatterns) -> None:
        self.knowledge, self.patterns = knowledge, patterns
        words = knowledge.lexicon.words
        self.common = frozenset(
            {
                *knowledge.lexicon.persons,
                *knowledge.lexicon.things,
                *words.names.openers,
                *words.unit_rank,
                *words.places.common,
            }
        )
        self.ordinary = word_counts().ordinary | self.common
        self._leads: dict[int, list[re.Match[str] | None]] = {}

    def leads(self, sentence: Sentence) -> list[re.Match[str] | None]:
        """Return for each word the preposition of place that it stands after; found once for each sentence."""
        found = self._leads.get(id(sentence))
        if found is None:
            found = self._leads[id(sentence)] = [self._lead(sentence, i) for i in range(len(sentence.tokens))]
        return found

    def _lead(self, sentence: Sentence, i: int) -> re.Match[str] | None:
        if i == 0 or not self.patterns.may_lead(sentence.tokens[i - 1].lower):
            return None
        return self.patterns.before.search(sentence.lower[: sentence.tokens[i].start - sentence.start][-LEFT:])

    def find(self, sentence: Sentence, home: str | None) -> list[PlaceMention]:
        """Return known places after a preposition of place, and whatever stands before a unit word; `home` is the country."""
        found: list[PlaceMention] = []
        tokens, i, leads = sentence.tokens, 0, self.leads(sentence)
        while i < len(tokens):
            lead = leads[i]
            chained = bool(found) and sentence.text[
                found[-1].end - sentence.start : tokens[i].start - sentence.start
            ] in (", ", " ")
            step = 1
            if (lead or chained) and tokens[i].lower.isalpha():
                prep = re.sub(r"\s+", " ", lead["prep"].lower()) if lead else "in"
                for size in range(min(LONGEST, len(tokens) - i), 0, -1):
                    mention = self._mention(sentence, i, size, prep, home)
                    if mention is not None:
                        found.append(mention)
                        step = size
                        break
            i += step
        return found

    def hints(self, sentence: Sentence) -> list[PlaceMention]:
        """Return the runs of unheard-of words after 'at' or a word for places: 'at begi-tuli', 'hamlet of el zacamil'."""
        found: list[PlaceMention] = []
        for i, token in enumerate(sentence.tokens):
            lead = self.leads(sentence)[i]
            if lead is None or (found and token.start < found[-1].end):
                continue
            before = sentence.lower[: token.start - sentence.start][-LEFT:]
            if lead["prep"].lower() not in ("at", "near") and not self.patterns.unit_of.search(before):
                continue
            last = self._run(sentence, i)
            if last is None:
                continue
            end = sentence.tokens[last].end
            words = sentence.text[token.start - sentence.start : end - sentence.start]
            prep = re.sub(r"\s+", " ", lead["prep"].lower())
            found.append(PlaceMention(token.start, end, ((words.title(), TOWN, Span(token.start, end)),), HINT, prep))
        return found

    def _run(self, sentence: Sentence, first: int) -> int | None:
        """Return the last token of a run of unheard-of words that begins at `first`; None if there is no such run."""
        last: int | None = None
        for k in range(first, min(first + LONGEST * 2, len(sentence.tokens))):
            word = sentence.tokens[k].lower
            if word in ("-", "'") or word in _PARTICLES:
                continue
            if not word.isalpha() or len(word) <= 2 or word in self.ordinary:
                break
            last = k
        return last

    def _mention(self, sentence: Sentence, i: int, size: int, prep: str, home: str | None) -> PlaceMention | None:
        """Return the place that `size` tokens from the one at `i` name, or None."""
        start, end = sentence.tokens[i].start, sentence.tokens[i + size - 1].end
        words = sentence.text[start - sentence.start : end - sentence.start]
        if not _SPELLED.fullmatch(words) or words.split()[0] in _NEVER_FIRST:
            return None
        unit = self.patterns.unit_after.match(sentence.text[end - sentence.start :])
        may_be_known = len(words) > 3 and words not in self.common
        entries = self.knowledge.places.entries(words) if may_be_known else ()
        rows = [r for r in entries if home is None or r.country == home]
        known = bool(rows) and (home or rows[0].population >= BIG)
        spoken = words.split()
        ordinary = all(word.removesuffix("'s") in self.ordinary for word in spoken)
        named = unit and size <= 3 and not ordinary and not _NEVER_INSIDE.intersection(spoken)
        if not (known or named):
            return None
        rank = self.patterns.rank(unit["unit"]) if unit else self.patterns.kind_rank[rows[0].kind]
        end += unit.end() if unit else 0
        role = "at" if prep in self.patterns.strong else "weak"
        return PlaceMention(start, end, ((words.title(), rank, Span(start, end)),), role, prep)
