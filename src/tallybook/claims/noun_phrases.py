"""The noun phrase that stands after a number or an article, as people, things, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tallybook.claims.parse import Sentence, Token
from tallybook.claims.triggers import sizes_by_first_word
from tallybook.knowledge.lexicon import Lexicon, PersonNoun

REACH = 9
"""Words after a number within which its noun is sought; longer noun phrases were not met on muc4 dev."""
STOP_TAGS = frozenset({
    "VBD", "VBZ", "VBP", "VB", "MD", "IN", "TO", "CC", "WDT", "WP", "WRB", "RB", ",", ":", ".", "-LRB-", "-RRB-", "``", "''",
    "PRP", "EX", "SYM", "HYPH", "DT", "PDT",
})  # fmt: skip
"""Tags at which a noun phrase ends."""
GOES_ON = ("NN", "JJ", "POS", "HYPH", "VBN", "VBG")
"""Tags of words with which a noun phrase goes on after a noun."""
TIMES = ("time",)
"""Kinds of things that tell when."""
TIME_OPENERS = frozenset({"last", "this", "next", "every", "each"})
"""Words between people and a time."""
QUOTES = ("\u201c", '"', "\u2018")

Phrase = tuple[int, str | None, str]
"""Index of its last token, its noun if it has one, and its kind: people, thing, bare, other."""


class NounPhrases:
    """Find what is counted by the nouns of the lexicon; `peoples` are names of peoples, which are nouns for people too."""

    def __init__(self, lexicon: Lexicon, peoples: frozenset[str]) -> None:
        self.persons: Mapping[str, PersonNoun] = lexicon.persons
        self.things, self.harm, self.peoples = lexicon.things, lexicon.harm, peoples
        words = lexicon.words.people
        self.linkers, self.after_of = frozenset(words.linkers), frozenset(words.linkers_after_of)
        self.made_of, self.pronouns = frozenset(words.made_of), frozenset(words.pronouns)
        self.adjectives = frozenset(words.adjectives)
        self._sizes = sizes_by_first_word((*self.persons, *self.things, *self.adjectives))

    def at(self, sentence: Sentence, at: int) -> Phrase:
        """Return the noun phrase that starts at token `at`; a bare one ends before it."""
        tokens = sentence.tokens
        i = start = _after_repeated(tokens, at)
        best: Phrase = (start - 1, None, "bare")
        after_of = False
        while i < min(len(tokens), start + REACH):
            if best[2] != "people" and self._letters_at(tokens, i, start):
                i += 3
                continue
            found = self._noun_at(tokens, i)
            if found is not None and best[1] in self.made_of and tokens[found[0]].tag.startswith("NNP"):
                best, i, after_of = (
                    (found[0], best[1], "people"),
                    found[0] + 1,
                    False,
                )  # of a name: 'the Workers' Party'
                continue
            if (
                found is not None
                and best[2] == "people"
                and found[2] == "thing"
                and self._apart(tokens, i, found, after_of)
            ):
                break
            if found is not None:
                best, i, after_of = found, found[0] + 1, False
                continue
            low = tokens[i].lower
            if low == "of" and (i == start or (best[1] in self.made_of and best[2] == "people")):
                after_of = True
            elif low in self.linkers or (after_of and low in self.after_of):
                if low in self.pronouns and best[1] is None:
                    return (i, low if low == "others" else None, "people")
            elif self._ends(tokens, i, start, best):
                break
            elif self._unlisted(tokens, i, best):
                return (i, low, "other")
            i += 1
        return best

    def _letters_at(self, tokens: Sequence[Token], i: int, start: int) -> bool:
        """Say whether a name's letters in brackets stand before the noun: the (HDF) of 'two Hill Defence Force (HDF) men'."""
        if i == start or [t.text for t in tokens[i : i + 3 : 2]] != ["(", ")"] or not tokens[i + 1].text.isupper():
            return False
        found = self._noun_at(tokens, i + 3) if i + 3 < len(tokens) else None
        return found is not None and found[2] == "people"

    def _apart(self, tokens: Sequence[Token], i: int, found: Phrase, after_of: bool) -> bool:
        """Say whether a noun for things is not what people are counted in: 'members of the group', 'people last year'."""
        return after_of or self.things[found[1] or ""] in TIMES or tokens[i - 1].lower in TIME_OPENERS

    def _ends(self, tokens: Sequence[Token], i: int, start: int, best: Phrase) -> bool:
        """Say whether a phrase that began at `start` and has `best` so far ends before token `i`."""
        token = tokens[i]
        if best[1] is not None and not self.goes_on(tokens, i):
            return True
        if token.tag not in STOP_TAGS and token.dep != "punct":
            return self._is_harm(token) and best[1] is None and not self._describes(tokens, i)
        after_adjective = token.tag == "," and best[1] is None and i > start and tokens[i - 1].tag in ("JJ", "JJS")
        letters = token.tag == "VBZ" and len(token.text) > 1 and token.text.isupper()  # the IS of 'five IS militants'
        passed = (
            letters
            or token.tag == "HYPH"
            or (token.tag == "RB" and i == start)
            or token.text in QUOTES
            or after_adjective
        )
        return not passed

    def _describes(self, tokens: Sequence[Token], i: int) -> bool:
        """Say whether a word of harm only tells which people are meant: 'captured five wounded gunmen'."""
        if tokens[i].dep != "amod" or tokens[i].head != i + 1:
            return False
        if all(w.frame != "state" or w.measure == "killed" for w in self.harm[tokens[i].lower]):
            return False
        found = self._noun_at(tokens, i + 1)
        return found is not None and found[2] == "people"

    def _unlisted(self, tokens: Sequence[Token], i: int, best: Phrase) -> bool:
        """Say whether a phrase without a noun so far ends with a noun that nobody lists."""
        token = tokens[i]
        noun = token.tag.startswith(("NN", "CD")) and token.lower.isalpha()
        return noun and best[1] is None and not self.goes_on(tokens, i + 1)

    def goes_on(self, tokens: Sequence[Token], i: int) -> bool:
        """Say whether a noun phrase goes on at token `i` with a further noun or adjective."""
        return i < len(tokens) and tokens[i].tag.startswith(GOES_ON) and not self._is_harm(tokens[i])

    def _is_harm(self, token: Token) -> bool:
        """Say whether a word is one of harm, and no part of a name: 'force', but not 'Task Force Liberty'."""
        return token.lower in self.harm and not (token.tag.startswith("NNP") and token.text[0].isupper())

    def _noun_at(self, tokens: Sequence[Token], i: int) -> Phrase | None:
        for size in self._sizes.get(tokens[i].lower, ()):
            if i + size > len(tokens):
                continue
            words = " ".join(t.lower for t in tokens[i : i + size])
            if words in self.adjectives:
                return None
            if words in self.persons:
                return i + size - 1, words, "people"
            if words in self.things and tokens[i + size - 1].tag not in ("VBD", "VBN", "JJ"):
                return i + size - 1, words, "thing"
        if tokens[i].text in self.peoples or tokens[i].lower.endswith("-year-olds"):
            return i, tokens[i].lower, "people"
        return None


def _after_repeated(tokens: Sequence[Token], at: int) -> int:
    """Return the token after a number told again in brackets: 'twelve (12) men'."""
    said = [t.text for t in tokens[at : at + 3]]
    return at + 3 if len(said) == 3 and said[0] == "(" and tokens[at + 1].tag == "CD" and said[2] == ")" else at
