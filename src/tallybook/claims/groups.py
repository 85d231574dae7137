"""Some people, or things, that a sentence counts."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.parse import Sentence
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.model.claim import Count
from tallybook.model.span import Span

HOUSEHOLD = "household"
"""What a group counts whose noun is one for homes: the people in them are displaced together, and nobody counts them."""

CASUALTIES = "casualties"
"""What a group counts whose noun is one for dead and wounded together: no word of harm tells which of them they are."""


def exactly_one(text: str, span: Span) -> Count:
    """Return the count of one person in these words."""
    return Count(1, 1, "exact", text, span)


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
    of_harmed: bool = False  # its last word is one for the harmed: 'three of the dead'
    definite: bool = False
    indefinite: bool = False  # 'a soldier': no number word
    trap: str | None = None
    old: int | None = None
    note: str | None = None
    of_number: int | None = None
    """Of how many people told before it is a part: the 17 of 'six of the 17'."""
