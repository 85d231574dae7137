"""Who a number counts: the noun phrase after it, as people, things, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tallybook.claims.numbers import NumberMention
from tallybook.claims.parse import Sentence, Token
from tallybook.knowledge.lexicon import Lexicon, PersonNoun
from tallybook.model.claim import Count
from tallybook.model.span import Span

REACH = 9
"""Words after a number within which its noun is sought; longer noun phrases were not met on muc4 dev."""

LINKERS = frozenset({"of", "the", "its", "their", "our", "his", "her", "these", "those", "them", "whom", "more", "other", "others",
                     "additional", "further", "-", "\u2019s", "'s", "'", "\u2019", "or", "/", "all", "such", "which", "confirmed", "new", "another"})  # fmt: skip
MORE = frozenset({"more", "other", "others", "another", "additional", "further", "remaining", "rest"})
UNITS_OF_MEN = frozenset(
    {
        "battalion",
        "company",
        "platoon",
        "column",
        "garrison",
        "regiment",
        "brigade",
        "squad",
        "unit",
        "crew",
        "contingent",
        "division",
    }
)
STOP_TAGS = frozenset(
    {
        "VBD",
        "VBZ",
        "VBP",
        "VB",
        "MD",
        "IN",
        "TO",
        "CC",
        "WDT",
        "WP",
        "WRB",
        "RB",
        ",",
        ":",
        ".",
        "-LRB-",
        "-RRB-",
        "``",
        "''",
        "PRP",
        "EX",
        "SYM",
        "HYPH",
        "DT",
        "PDT",
    }
)


HARMED = frozenset(
    {
        "dead",
        "wounded",
        "injured",
        "martyred",
        "killed",
        "missing",
        "slain",
        "deceased",
        "hurt",
        "fallen",
        "abducted",
        "detained",
        "captured",
        "displaced",
    }
)


def _of_the_harmed(tokens: list[Token], at: int) -> int | None:
    """Return the index of the last word of 'of the dead', 'of those killed' at token `at`; None if others stand there."""
    if at + 2 >= len(tokens) or tokens[at].lower != "of" or tokens[at + 1].lower not in ("the", "those", "these"):
        return None
    if tokens[at + 2].lower not in HARMED or (at + 3 < len(tokens) and tokens[at + 3].tag.startswith("NN")):
        return None
    return at + 2


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
_AGED = re.compile(r"\s+(?P<age>\d{1,2})[-\s](?P<unit>year|month)[-\s]old\b(?!-)")
ADULT = 18
"""Age in years from which a person is no child."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s+(?:slayings?|murders?|killings?|deaths?|shootings?|homicides?)\b)")


def _no_people(sentence: Sentence, number: NumberMention) -> bool:
    """Say whether a number is of a picture in a row, an age or the year of a crime."""
    at = number.core_start - sentence.start
    return any(m.start() <= at < m.end() for p in (_CAPTION, _AGES, _YEAR) for m in p.finditer(sentence.text))


@dataclass(slots=True)
class Group:
    """Some people (or things) that a sentence counts: one candidate for a claim."""

    sentence: Sentence
    count: Count
    value: int | None
    start: int  # first character of the phrase, operator included
    end: int  # end of the noun phrase
    first: int  # token index of the number or determiner
    last: int  # token index of the last word of the phrase
    head: int  # token index that stands for the group in the parse
    kind: str  # people, thing, bare (no noun), other (a noun nobody lists)
    noun: str | None = None
    person: PersonNoun | None = None
    thing: str | None = None
    words: tuple[str, ...] = ()  # the words between number and head noun, with it
    more: bool = False  # 'another', 'more', 'others'
    of_them: bool = False  # 'two of them', 'three of the dead'
    definite: bool = False
    indefinite: bool = False  # 'a soldier': no number word
    trap: str | None = None
    old: int | None = None
    note: str | None = None


class Grouper:
    """Find groups in sentences by the nouns of the lexicon."""

    def __init__(self, lexicon: Lexicon, peoples: frozenset[str] = frozenset()) -> None:
        self.peoples = peoples
        self.persons: Mapping[str, PersonNoun] = lexicon.persons
        self.things: Mapping[str, str] = lexicon.things
        self.harm = lexicon.harm
        self.longest = 3

    def of_number(self, sentence: Sentence, number: NumberMention) -> Group | None:
        """Return the group that `number` counts; its kind says whether people. None if the number has no token."""
        first = sentence.token_at(number.core_start)
        after = sentence.token_at(number.end)
        if first is None or _no_people(sentence, number):
            return None
        at = after if after is not None else len(sentence.tokens)
        last, noun, kind = self._phrase(sentence, at)
        harmed = _of_the_harmed(sentence.tokens, at)
        if noun is None and harmed is not None:
            last = harmed
        words = tuple(t.lower for t in sentence.tokens[at : last + 1])
        head = last if noun is not None else first
        end = sentence.tokens[last].end if last >= at else number.end
        group = Group(sentence, number.count, number.value, number.start, max(end, number.end), first, max(last, first), head, kind,
                      noun, self.persons.get(noun) if noun and kind == "people" else None, words=words, old=number.old)  # fmt: skip
        group.thing = self.things.get(noun) if noun and kind == "thing" else None
        before = sentence.tokens[first - 1].lower if first else ""
        group.more = (
            bool(MORE & set(words))
            or before in MORE
            or "another" in number.count.text.lower()
            or "additional" in number.count.text.lower()
        )
        group.definite = before in ("the", "these", "those", "all", "both")
        group.of_them = (
            harmed is not None
            or words[:2]
            in (
                ("of", "them"),
                ("of", "whom"),
                ("of", "those"),
                ("of", "these"),
                ("of", "which"),
            )
            or (
                words[:2] == ("of", "the")
                and (
                    (
                        words[2:3]
                        and words[2]
                        in ("dead", "wounded", "injured", "martyred", "killed", "missing", "slain", "deceased", "hurt")
                    )
                    or noun
                    in ("dead", "wounded", "injured", "victims", "fatalities", "deceased", "casualties", "bodies")
                    or kind == "people"
                )
            )
        )
        return group

    def _phrase(self, sentence: Sentence, at: int) -> tuple[int, str | None, str]:
        """Return (last token, noun, kind) of the noun phrase that starts at token `at`."""
        tokens = sentence.tokens
        if (
            at + 2 < len(tokens)
            and tokens[at].text == "("
            and tokens[at + 1].tag == "CD"
            and tokens[at + 2].text == ")"
        ):
            at += 3
        best: tuple[int, str | None, str] = (at - 1, None, "bare")
        i, after_of = at, False
        while i < min(len(tokens), at + REACH):
            found = self._noun_at(tokens, i)
            if found is not None:
                last, noun, kind = found
                best = (last, noun, kind)
                i = last + 1
                after_of = False
                continue
            token = tokens[i]
            if token.lower == "of" and (
                i == at
                or (best[1] in ("members", "member", "staff", "total", "bodies", "group") and best[2] == "people")
            ):
                after_of = True
                i += 1
                continue
            if token.lower in LINKERS and (
                after_of
                or token.lower not in ("of", "the", "its", "their", "our", "his", "her", "these", "those", "all", "or")
            ):
                if token.lower in ("them", "whom", "others", "which") and best[1] is None:
                    return (i, token.lower if token.lower == "others" else None, "people")
                i += 1
                continue
            if best[1] is not None and not self._goes_on(tokens, i):
                break
            if token.tag in STOP_TAGS or token.dep == "punct":
                if (
                    token.tag == "HYPH"
                    or (token.tag == "RB" and i == at)
                    or token.text in ("\u201c", '"', "\u2018")
                    or (token.tag == "," and best[1] is None and i > at and tokens[i - 1].tag.startswith("JJ"))
                ):
                    i += 1
                    continue
                break
            if token.lower in self.harm and best[1] is None:
                break
            if (
                token.tag.startswith(("NN", "CD"))
                and token.lower.isalpha()
                and best[1] is None
                and not self._goes_on(tokens, i + 1)
            ):
                return (i, token.lower, "other")
            i += 1
        return best

    def _goes_on(self, tokens: list[Token], i: int) -> bool:
        """Say whether the noun phrase goes on at token `i` with a further noun or adjective."""
        return (
            i < len(tokens)
            and tokens[i].tag.startswith(("NN", "JJ", "POS", "HYPH", "VBN", "VBG"))
            and tokens[i].lower not in self.harm
        )

    def _noun_at(self, tokens: list[Token], i: int) -> tuple[int, str, str] | None:
        for size in range(min(self.longest, len(tokens) - i), 0, -1):
            words = " ".join(t.lower for t in tokens[i : i + size])
            if words in ("injured", "wounded", "dead", "deceased"):
                return None
            if words in self.persons:
                return i + size - 1, words, "people"
            if words in self.things and tokens[i + size - 1].tag not in ("VBD", "VBN", "JJ"):
                return i + size - 1, words, "thing"
        if tokens[i].text in self.peoples:
            return i, tokens[i].lower, "people"
        if tokens[i].lower.endswith("-year-olds"):
            return i, tokens[i].lower, "people"
        return None

    def singular(self, sentence: Sentence) -> list[Group]:
        """Return the groups of one that stand without a number: 'a soldier', 'another man', 'the driver'."""
        found: list[Group] = [
            g for g in (self._unit_at(sentence, i) for i in range(len(sentence.tokens))) if g is not None
        ]
        for i, token in enumerate(sentence.tokens):
            if token.lower in ("a", "an", "another", "the", "his", "her", "their", "its", "our", "one") and i + 1 < len(
                sentence.tokens
            ):
                group = self._single_at(sentence, i)
                if group is not None:
                    found.append(group)
        return found

    def _unit_at(self, sentence: Sentence, i: int) -> Group | None:
        """'an entire battalion': people whose number the words leave open."""
        tokens = sentence.tokens
        if tokens[i].lower not in ("a", "an", "entire", "whole"):
            return None
        words: list[str] = []
        for k in range(i + 1, min(i + 6, len(tokens))):
            if self.things.get(tokens[k].lower) == "unit" and tokens[k].lower in UNITS_OF_MEN:
                text = sentence.text[tokens[i].start - sentence.start : tokens[k].end - sentence.start]
                count = Count(None, None, "vague", text, Span(tokens[i].start, tokens[k].end))
                if k + 1 < len(tokens) and tokens[k + 1].tag.startswith("NN"):
                    return None
                return Group(
                    sentence,
                    count,
                    None,
                    tokens[i].start,
                    tokens[k].end,
                    i,
                    k,
                    k,
                    "unit",
                    tokens[k].lower,
                    PersonNoun("combatant"),
                    words=tuple(words),
                    indefinite=True,
                )
            if not tokens[k].tag.startswith(("JJ", "NN", "CD", "POS")):
                return None
            words.append(tokens[k].lower)
        return None

    def _single_at(self, sentence: Sentence, i: int) -> Group | None:
        tokens = sentence.tokens
        aged = self._aged_at(sentence, i)
        last, noun, kind = self._phrase(sentence, i + 1)
        if aged is not None and (noun is None or kind != "people"):
            return aged
        if noun is None or kind != "people" or noun not in self.persons or self.persons[noun].plural:
            return None
        text = sentence.text[tokens[i].start - sentence.start : tokens[last].end - sentence.start]
        count = Count(1, 1, "exact", text, Span(tokens[i].start, tokens[last].end))
        words = tuple(t.lower for t in tokens[i + 1 : last + 1])
        return Group(sentence, count, 1, tokens[i].start, tokens[last].end, i, last, last, "people", noun, self.persons[noun],
                     words=words, more=tokens[i].lower == "another" or bool(MORE & set(words)),
                     definite=tokens[i].lower not in ("a", "an", "another", "one"), indefinite=True)  # fmt: skip

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
        child = match["unit"] == "month" or int(match["age"]) < ADULT
        token = sentence.tokens[i]
        count = Count(1, 1, "exact", sentence.text[token.start - sentence.start : match.end()], Span(token.start, end))
        person = PersonNoun("civilian" if child else "unknown", age="child" if child else "adult")
        return Group(sentence, count, 1, token.start, end, i, last, last, "people", "person", person,
                     words=(match.group().strip(),), more=token.lower == "another",
                     definite=token.lower not in ("a", "an", "another", "one"), indefinite=True)  # fmt: skip
