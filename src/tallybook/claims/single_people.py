"""Groups of one that stand without a number: 'a soldier', 'another man', 'a third', 'a 19-year-old', 'an entire battalion'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.noun_phrases import NounPhrases
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.triggers import BE, starts_object
from tallybook.knowledge.lexicon import Lexicon, PersonNoun
from tallybook.model.claim import Count
from tallybook.model.span import Span

ADULT = 18
"""Age in years from which a person is no child."""
LONGEST_UNIT = 5
"""Words after 'an entire' within which the unit is named."""
ADJECTIVES = 2
"""Most adjectives before the name of a people."""
ONE, ARTICLES = frozenset({"a", "an", "another", "one"}), frozenset({"the", "his", "her", "their", "its", "our"})
"""Words that open a group of one: the first of somebody new, the others of somebody known."""
WHOLE = frozenset({"a", "an", "entire", "whole"})
"""Words before a unit of men that is meant as a whole."""
BEFELL = BE | {"went", "gone", "has", "had", "later"}
"""Words between one more and what befell them: 'another was killed', 'another went missing'."""
ENDS = (".", "!", "?", '"', "\u201d")
"""How a sentence ends that is no headline."""
OPENING = frozenset({":", ",", ";", "and", "&", "-", "\u2013", "\u2014"})
"""What stands before people in a headline, if not its beginning."""
PLURAL = ("NNS", "NNPS")
"""Tags of nouns for several."""
_AGED = re.compile(r"\s+(?P<age>\d{1,2})[-\s](?P<unit>year|month)[-\s]old\b(?!-)")


class SinglePeople:
    """Find the people of a sentence that no number counts."""

    def __init__(self, lexicon: Lexicon, phrases: NounPhrases) -> None:
        self.phrases, self.persons, self.things = phrases, lexicon.persons, lexicon.things
        self.sizes: dict[str, int] = lexicon.numbers["collectives"]
        self.units = frozenset(lexicon.words.people.units_of_men)
        self.one_more = frozenset(lexicon.words.people.one_more)
        self.more, self.harm = frozenset(lexicon.words.people.more), lexicon.harm

    def of(self, sentence: Sentence) -> list[Group]:
        """Return units of men first, then single people, each in order of place."""
        tokens = sentence.tokens
        units = [self._unit_at(sentence, i) for i in range(len(tokens))]
        opened = [i for i, t in enumerate(tokens[:-1]) if t.lower in ONE or t.lower in ARTICLES]
        both = [self._both_at(sentence, i) for i, t in enumerate(tokens[:-1]) if t.lower == "both"]
        found = [*units, *(self._single_at(sentence, i) or self._nameless_at(sentence, i) for i in opened), *both]
        if not sentence.text.rstrip().endswith(ENDS):
            found += [self._headlined_at(sentence, i) for i in range(len(tokens) - 1)]
        return [g for g in found if g is not None]

    def _unit_at(self, sentence: Sentence, i: int) -> Group | None:
        """'an entire battalion': people whose number the words leave open."""
        tokens = sentence.tokens
        k = self._unit_after(tokens, i) if tokens[i].lower in WHOLE else None
        if k is None or (k + 1 < len(tokens) and tokens[k + 1].tag.startswith("NN")):
            return None
        span = Span(tokens[i].start, tokens[k].end)
        count = Count(None, None, "vague", _text(sentence, span), span)
        words = tuple(t.lower for t in tokens[i + 1 : k])
        return Group(sentence, count, None, span.start, span.end, i, k, k, "unit", tokens[k].lower, PersonNoun("combatant"),
                     words=words, indefinite=True)  # fmt: skip

    def _unit_after(self, tokens: Sequence[Token], i: int) -> int | None:
        """Return the index of the unit of men that token `i` opens; None if something else follows."""
        for k in range(i + 1, min(i + 1 + LONGEST_UNIT, len(tokens))):
            if self.things.get(tokens[k].lower) == "unit" and tokens[k].lower in self.units:
                return k
            if not tokens[k].tag.startswith(("JJ", "NN", "CD", "POS")):
                return None
        return None

    def _single_at(self, sentence: Sentence, i: int) -> Group | None:
        tokens = sentence.tokens
        aged = self._aged_at(sentence, i) or self._of_a_people(sentence, i)
        last, noun, kind = self.phrases.at(sentence, i + 1)
        if aged is not None and (noun is None or kind != "people"):
            return aged
        if noun is None or kind != "people" or noun not in self.persons or self.persons[noun].plural:
            return None
        if _other_thing(tokens, i, noun) or _owns(tokens, last) or _compound(tokens, last):
            return None
        if noun == "life" and tokens[i].lower in ARTICLES:
            return None
        words = tuple(t.lower for t in tokens[i + 1 : last + 1])
        group = _one(sentence, Span(tokens[i].start, tokens[last].end), i, last, noun, self.persons[noun], words)
        if noun in self.sizes:
            group.count = replace(group.count, low=self.sizes[noun], high=self.sizes[noun])
            group.value = self.sizes[noun]
        group.more |= bool(self.more & set(words))
        return group

    def _nameless_at(self, sentence: Sentence, i: int) -> Group | None:
        """'another wounded', 'a third was hurt': one more of those told before, where harm that they suffered follows."""
        tokens = sentence.tokens
        last = i if tokens[i].lower == "another" else i + 1
        if last > i and (tokens[i].lower != "a" or tokens[last].lower not in self.one_more):
            return None
        k, befell = last + 1, False
        if last == i and self._done_to(tokens, i):
            span = Span(tokens[i].start, tokens[i].end)
            return Group(sentence, exactly_one(_text(sentence, span), span), 1, span.start, span.end, i, i, i, "bare", more=True)  # fmt: skip
        while k < len(tokens) and (tokens[k].tag == "RB" or tokens[k].lower in BEFELL):
            befell |= tokens[k].lower in BEFELL
            k += 1
        if k >= len(tokens) or not self._suffered(tokens[k]):
            return None
        if not befell and starts_object(sentence, k + 1) and not any(w.objects for w in self.harm[tokens[k].lower]):
            return None
        span = Span(tokens[i].start, tokens[last].end)
        return Group(sentence, exactly_one(_text(sentence, span), span), 1, span.start, span.end, i, last, last, "bare", more=True)  # fmt: skip

    def _headlined_at(self, sentence: Sentence, i: int) -> Group | None:
        """'Soldier killed', 'Farmer shot dead by herders': one person without an article, as headlines have them."""
        tokens = sentence.tokens
        token, before = tokens[i], tokens[i - 1].lower if i else ":"
        if token.lower not in self.persons or self.persons[token.lower].plural or not token.tag.startswith("NN"):
            return None
        if (
            token.tag in PLURAL
            or before not in OPENING
            or not self._suffered(tokens[i + 1])
            or starts_object(sentence, i + 2)
        ):
            return None
        return _one(
            sentence, Span(token.start, token.end), i, i, token.lower, self.persons[token.lower], (token.lower,)
        )

    def _both_at(self, sentence: Sentence, i: int) -> Group | None:
        """'both drivers': two people told before."""
        last, noun, kind = self.phrases.at(sentence, i + 1)
        if noun is None or kind != "people" or noun not in self.persons or sentence.tokens[last].tag not in PLURAL:
            return None
        span = Span(sentence.tokens[i].start, sentence.tokens[last].end)
        words = tuple(t.lower for t in sentence.tokens[i + 1 : last + 1])
        count = Count(2, 2, "exact", _text(sentence, span), span)
        return Group(sentence, count, 2, span.start, span.end, i, last, last, "people", noun, self.persons[noun], words=words, definite=True)  # fmt: skip

    def _done_to(self, tokens: Sequence[Token], i: int) -> bool:
        """Say whether 'another' is whom the verb before it harmed: 'killed one and wounded another'."""
        verb, after = tokens[i - 1] if i else tokens[i], tokens[i + 1 : i + 2]
        harms = verb.tag.startswith("V") and any(w.frame == "patient" for w in self.harm.get(verb.lower, ()))
        return harms and not (after and after[0].tag.startswith(("N", "J", "CD", "V", "HYPH")))

    def _suffered(self, token: Token) -> bool:
        """Say whether a word tells harm of those before it: 'wounded', 'dead', 'died', 'missing'."""
        words = self.harm.get(token.lower, ()) if token.tag.startswith(("V", "J")) else ()
        return any(w.frame in ("patient", "subject", "state") and not w.combatant_only for w in words)

    def _of_a_people(self, sentence: Sentence, i: int) -> Group | None:
        """'a Kessan', 'a young Kessan', 'a 16-year-old Kessan': one person named by their people alone."""
        tokens = sentence.tokens
        aged = _AGED.match(sentence.text, tokens[i].end - sentence.start)
        past = sentence.start + aged.end() if aged is not None else 0
        k = next((n for n in range(i + 1, len(tokens)) if tokens[n].start >= past), len(tokens))
        first = k
        while k < len(tokens) - 1 and k < first + ADJECTIVES and tokens[k].tag == "JJ" and tokens[k].text.islower():
            k += 1
        if k >= len(tokens) or f"{tokens[k].text}s" not in self.phrases.peoples or self.phrases.goes_on(tokens, k + 1):
            return None
        span, words = Span(tokens[i].start, tokens[k].end), tuple(t.lower for t in tokens[i + 1 : k + 1])
        person = _of_age(aged) if aged is not None else PersonNoun("unknown")
        return _one(sentence, span, i, k, tokens[k].lower, person, words)

    def _aged_at(self, sentence: Sentence, i: int) -> Group | None:
        """'a 19-year-old', 'the 9-month-old': one person named by age alone."""
        match = _AGED.match(sentence.text, sentence.tokens[i].end - sentence.start)
        if match is None:
            return None
        end = sentence.start + match.end()
        last = next((k for k in range(i, len(sentence.tokens)) if sentence.tokens[k].end >= end), None)
        if last is None or sentence.tokens[last].end != end:
            return None
        after = sentence.tokens[last + 1 : last + 2]
        if after and after[0].tag.startswith(("NN", "JJ")):
            return None
        span = Span(sentence.tokens[i].start, end)
        return _one(sentence, span, i, last, "person", _of_age(match), (match.group().strip(),))


def _of_age(match: re.Match[str]) -> PersonNoun:
    """Return what an age alone says of a person."""
    child = match["unit"] == "month" or int(match["age"]) < ADULT
    return PersonNoun("civilian" if child else "unknown", age="child" if child else "adult")


def _owns(tokens: Sequence[Token], last: int) -> bool:
    """Say whether what is told is of a thing of the person that ends at token `last`: 'the mayor's office'."""
    after = tokens[last + 1 : last + 3]
    return len(after) == 2 and after[0].tag == "POS" and after[1].tag.startswith(("NN", "JJ"))


def _compound(tokens: Sequence[Token], last: int) -> bool:
    """Say whether a noun only opens a longer word: 'a rebel-held area', 'the civilian population'."""
    after, token = tokens[last + 1 : last + 3], tokens[last]
    if token.tag == "NNP" and token.text != token.lower and after and after[0].tag.startswith("NNP"):
        return True  # 'the UN Human Rights Office'
    if token.dep in ("compound", "amod", "nmod") and token.head == last + 1 and tokens[last + 1].tag in ("NN", "NNS"):
        return tokens[last + 1].dep not in ("npadvmod", "tmod")
    return (
        len(after) == 2
        and after[0].text == "-"
        and after[0].start == tokens[last].end
        and after[1].start == after[0].end
    )


def _other_thing(tokens: Sequence[Token], i: int, noun: str) -> bool:
    """Say whether 'other' after token `i` is of a number or of something else: 'the other three', 'the other side'."""
    after = tokens[i + 2 : i + 3]
    if tokens[i + 1].lower != "other" or not after:
        return False
    return after[0].tag == "CD" or (noun == "other" and after[0].tag.startswith("NN"))


def _one(
    sentence: Sentence, span: Span, first: int, last: int, noun: str, person: PersonNoun, words: tuple[str, ...]
) -> Group:
    """Return the group of one that token `first` opens."""
    opener = sentence.tokens[first].lower
    return Group(sentence, exactly_one(_text(sentence, span), span), 1, span.start, span.end, first, last, last, "people", noun,
                 person, words=words, more=opener == "another", definite=opener not in ONE, indefinite=True)  # fmt: skip


def _text(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start - sentence.start : span.end - sentence.start]
