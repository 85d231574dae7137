"""Who a number counts: the noun phrase after it, as people, things, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tallybook.claims.groups import CASUALTIES, HOUSEHOLD, Group
from tallybook.claims.noun_phrases import NounPhrases
from tallybook.claims.numbers import NumberMention
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.single_people import SinglePeople
from tallybook.knowledge.lexicon import Lexicon, PersonNoun

OF_THE_NUMBER = 3
"""Words of 'of the four' before the people themselves."""
DEFINITE = frozenset({"the", "these", "those", "all", "both"})
"""Words before the number of a group that the report has told of."""
_CAPTION = re.compile(
    r"^\W*\d{1,3}\s+of\s+\d{1,3}\b(?!\s+(?:the|them|those|these|people|victims))(?=\s+[A-Z])|^\W*\d{1,3}\s*/\s*\d{1,3}\b"
)
"""'3 of 16 A man died': the number of a picture in a row of pictures."""
_AGES = re.compile(
    r"\b(?:\d{1,2}-(?:Year|Month)-Olds?\b|ages?:?\s+\d{1,2}(?:(?:,|,?\s+and|,?\s+to|-)\s*\d{1,2})*"
    r"|(?<=\w, )\d{1,2}(?=,\s+(?:shot|killed|dead|charged|arrested|accused|found|identified|fatally)\b)"
    r"|(?<=both )\d{1,2}(?=\s*[,;\u2014\u2013-]))"
)
"""Ages that no number after a noun for people can be taken for: in headlines, in lists, between commas."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s+(?:slayings?|murders?|killings?|deaths?|shootings?|homicides?)\b)")
"""The year of a crime: 'the 2019 slayings'."""


class Grouper:
    """Find the groups of a sentence by the nouns of the lexicon."""

    def __init__(self, lexicon: Lexicon, peoples: frozenset[str]) -> None:
        self.persons, self.things = lexicon.persons, lexicon.things
        self.phrases = NounPhrases(lexicon, peoples)
        self.singles = SinglePeople(lexicon, self.phrases)
        words = lexicon.words.people
        self.units: Mapping[str, int] = lexicon.numbers["units"]
        self.households, self.dead_and_hurt = frozenset(words.households), frozenset(words.dead_and_hurt)
        self.more, self.harmed, self.them = frozenset(words.more), frozenset(words.harmed), frozenset(words.them)
        self.dead_or_hurt, self.harmed_nouns = frozenset(words.dead_or_hurt), frozenset(words.harmed_nouns)

    def of_number(self, sentence: Sentence, number: NumberMention) -> Group | None:
        """Return the group that `number` counts; its kind says whether people. None if the number has no token."""
        tokens, first = sentence.tokens, sentence.token_at(number.core_start)
        if first is None or _no_people(sentence, number):
            return None
        if _is_whole(tokens, first):
            return None
        after = sentence.token_at(number.end)
        at = after if after is not None else len(tokens)
        last, noun, kind = self.phrases.at(sentence, at)
        harmed = self._of_the_harmed(tokens, at)
        of_number = self._of_number(tokens, at)
        if of_number is not None and (noun is None or kind == "other"):
            last, noun, kind = self.phrases.at(sentence, at + OF_THE_NUMBER)
            if kind != "people":
                last, noun, kind = at + OF_THE_NUMBER - 1, None, "bare"
        if noun is None and harmed is not None:
            last = harmed
        if noun in self.households:
            return self._homes(sentence, number, first, last, noun)
        thing = (
            self.things.get(noun) if noun and kind == "thing" else CASUALTIES if noun in self.dead_and_hurt else None
        )
        words = tuple(t.lower for t in tokens[at : last + 1])
        end = max(tokens[last].end if last >= at else 0, number.end)
        before = tokens[first - 1].lower if first else ""
        return Group(
            sentence, number.count, number.value, number.start, end, first, max(last, first), last if noun is not None else first, kind,
            noun, self.persons.get(noun) if noun and kind == "people" else None, thing,
            words, self._is_more(number, before, words), harmed is not None or of_number is not None or self._of_them(words, noun, kind),
            bool(words) and words[-1] in self.harmed, before in DEFINITE, old=number.old, of_number=of_number,
        )  # fmt: skip

    def _homes(self, sentence: Sentence, number: NumberMention, first: int, last: int, noun: str | None) -> Group:
        """'200 families': people of whom no number is told."""
        count = replace(number.count, low=None, high=None, modifier="vague")
        tokens = sentence.tokens
        words = tuple(t.lower for t in tokens[first : last + 1])
        return Group(
            sentence, count, None, number.start, tokens[last].end, first, last, last, "people", noun, PersonNoun("unknown"),
            HOUSEHOLD, words,
        )  # fmt: skip

    def singular(self, sentence: Sentence) -> list[Group]:
        """Return the groups of one that stand without a number: 'a soldier', 'another man', 'the driver'."""
        return self.singles.of(sentence)

    def _is_more(self, number: NumberMention, before: str, words: Sequence[str]) -> bool:
        """Say whether a number adds to others: 'another five', 'five more'."""
        told = number.count.text.lower()
        return not self.more.isdisjoint((before, *words)) or "another" in told or "additional" in told

    def _of_them(self, words: Sequence[str], noun: str | None, kind: str) -> bool:
        """Say whether a number is of people told before: 'of them', 'of the wounded', 'of the soldiers'."""
        if words[:1] != ("of",):
            return False
        if words[1:2] != ("the",):
            return words[1:2] != () and words[1] in self.them
        return words[2:3] != () and (words[2] in self.dead_or_hurt or noun in self.harmed_nouns or kind == "people")

    def _of_number(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return the number of those told before in 'six of the 17', 'two of the eight'; None where none stands there."""
        words = [t.lower for t in tokens[at : at + 3]]
        if words[:2] != ["of", "the"] or len(words) < 3:
            return None
        return int(words[2]) if words[2].isdecimal() else self.units.get(words[2])

    def _of_the_harmed(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return the index of the last word of 'of the dead', 'of the four wounded' at token `at`; None if others stand there."""
        last = at + 2 if self._of_number(tokens, at) is None else at + OF_THE_NUMBER
        said = [t.lower for t in tokens[at : last + 1]]
        if (
            len(said) <= last - at
            or said[0] != "of"
            or said[1] not in ("the", "those", "these")
            or said[-1] not in self.harmed
        ):
            return None
        return None if last + 1 < len(tokens) and tokens[last + 1].tag.startswith("NN") else last


def _is_whole(tokens: Sequence[Token], first: int) -> bool:
    """Say whether a number only tells of how many another one is a part: the 17 of 'six of the 17 were novices'."""
    before = tokens[max(0, first - 3) : first]
    return [t.lower for t in before[1:]] == ["of", "the"] and before[0].tag == "CD"


def _no_people(sentence: Sentence, number: NumberMention) -> bool:
    """Say whether a number is of a picture in a row, an age or the year of a crime."""
    at = number.core_start - sentence.start
    return any(m.start() <= at < m.end() for p in (_CAPTION, _AGES, _YEAR) for m in p.finditer(sentence.text))
