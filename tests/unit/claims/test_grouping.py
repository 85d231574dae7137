"""Whom a number, or a noun without one, counts."""

from __future__ import annotations

import pytest

from tallybook.claims.grouping import Grouper
from tallybook.claims.groups import Group
from tallybook.claims.numbers import NumberGrammar
from tallybook.knowledge.lexicon import Lexicon
from tests.unit.claims.sentences import sentence


@pytest.fixture
def grouper(lexicon: Lexicon) -> Grouper:
    return Grouper(lexicon, frozenset({"Kessans"}))


def counted(grouper: Grouper, lexicon: Lexicon, tagged: str) -> Group | None:
    parsed = sentence(tagged)
    number = NumberGrammar(lexicon.numbers).find(parsed.text, parsed.start)[0]
    return grouper.of_number(parsed, number)


@pytest.mark.parametrize(
    ("tagged", "kind", "noun"),
    [
        ("Twelve/CD armed/JJ soldiers/NNS died/VBD", "people", "soldiers"),
        ("Twelve/CD Kessans/NNPS died/VBD", "people", "kessans"),
        ("Twelve/CD (/-LRB- 12/CD )/-RRB- soldiers/NNS died/VBD", "people", "soldiers"),
        ("Twelve/CD members/NNS of/IN the/DT fighters/NNS died/VBD", "people", "fighters"),
        ("Twelve/CD houses/NNS burned/VBD", "thing", "houses"),
        ("Twelve/CD zorps/NNS died/VBD", "other", "zorps"),
        ("Twelve/CD died/VBD", "bare", None),
    ],
)
def test_number_counts_the_noun_after_it(
    grouper: Grouper, lexicon: Lexicon, tagged: str, kind: str, noun: str | None
) -> None:
    group = counted(grouper, lexicon, tagged)
    assert group is not None
    assert (group.kind, group.noun) == (kind, noun)


@pytest.mark.parametrize(
    ("tagged", "of_them", "of_harmed"),
    [
        ("Three/CD of/IN them/PRP died/VBD", True, False),
        ("Three/CD of/IN the/DT dead/JJ were/VBD nurses/NNS", True, True),
        ("Three/CD of/IN the/DT soldiers/NNS died/VBD", True, False),
        ("Three/CD soldiers/NNS died/VBD", False, False),
    ],
)
def test_people_told_before_are_known_by_of(
    grouper: Grouper, lexicon: Lexicon, tagged: str, of_them: bool, of_harmed: bool
) -> None:
    group = counted(grouper, lexicon, tagged)
    assert group is not None
    assert (group.of_them, group.of_harmed) == (of_them, of_harmed)


@pytest.mark.parametrize(
    ("tagged", "more", "definite"),
    [
        ("another/DT five/CD soldiers/NNS", True, False),
        ("five/CD more/JJR soldiers/NNS", True, False),
        ("the/DT five/CD soldiers/NNS", False, True),
        ("five/CD soldiers/NNS", False, False),
    ],
)
def test_words_beside_a_number_tell_more_and_known(
    grouper: Grouper, lexicon: Lexicon, tagged: str, more: bool, definite: bool
) -> None:
    group = counted(grouper, lexicon, tagged)
    assert group is not None
    assert (group.more, group.definite) == (more, definite)


def test_number_of_a_picture_counts_nobody(grouper: Grouper, lexicon: Lexicon) -> None:
    assert counted(grouper, lexicon, "3/CD of/IN 16/CD A/DT man/NN died/VBD") is None


@pytest.mark.parametrize(
    ("tagged", "kind", "age", "low"),
    [
        ("An/DT entire/JJ battalion/NN surrendered/VBD", "unit", None, None),
        ("A/DT soldier/NN died/VBD", "people", None, 1),
        ("A/DT 9-month-old/JJ died/VBD", "people", "child", 1),
        ("A/DT 19-year-old/JJ died/VBD", "people", "adult", 1),
    ],
)
def test_one_stands_without_a_number(
    grouper: Grouper, tagged: str, kind: str, age: str | None, low: int | None
) -> None:
    group = grouper.singular(sentence(tagged))[0]
    assert group.person is not None
    assert (group.kind, group.person.age, group.count.low) == (kind, age, low)


def test_plural_without_a_number_is_no_one(grouper: Grouper) -> None:
    assert grouper.singular(sentence("The/DT soldiers/NNS died/VBD")) == []
