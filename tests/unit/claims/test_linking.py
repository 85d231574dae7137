"""Which word of harm a counted group hangs on."""

from __future__ import annotations

import re

import pytest

from tallybook.claims.grouping import Grouper
from tallybook.claims.linking import Linker
from tallybook.claims.links_by_phrase import PhraseLinks
from tallybook.claims.numbers import NumberGrammar
from tallybook.claims.triggers import HarmFinder
from tallybook.knowledge.lexicon import HarmPhrase, Lexicon
from tests.unit.claims.sentences import sentence


def linked(lexicon: Lexicon, tagged: str) -> list[tuple[str, str, str]]:
    parsed, grouper = sentence(tagged), Grouper(lexicon, frozenset())
    numbers = NumberGrammar(lexicon.numbers).find(parsed.text, parsed.start)
    groups = [g for n in numbers if (g := grouper.of_number(parsed, n)) is not None]
    found = Linker(lexicon).links(parsed, groups, HarmFinder(lexicon).find(parsed))
    return [(link.group.count.text, link.trigger.measure, link.rule) for link in found]


@pytest.mark.parametrize(
    ("tagged", "links"),
    [
        ("Twelve/CD soldiers/NNS were/VBD killed/VBN", [("Twelve", "killed", "harm-after-group")]),
        ("Rebels/NNS killed/VBD twelve/CD soldiers/NNS", [("twelve", "killed", "harm-before-group")]),
        ("The/DT raid/NN caused/VBD twelve/CD deaths/NNS", [("twelve", "killed", "counted-noun")]),
        ("The/DT deaths/NNS of/IN twelve/CD soldiers/NNS", [("twelve", "killed", "harm-of-group")]),
        ("Killed/VBN :/: twelve/CD", [("twelve", "killed", "label")]),
        ("Twelve/CD death/NN threats/NNS", []),
        ("Twelve/CD houses/NNS were/VBD built/VBN", []),
    ],
)
def test_words_beside_a_group_bind_it(lexicon: Lexicon, tagged: str, links: list[tuple[str, str, str]]) -> None:
    assert linked(lexicon, tagged) == links


def test_joined_group_hangs_on_what_its_neighbour_does(lexicon: Lexicon) -> None:
    told = linked(lexicon, "Rebels/NNS killed/VBD two/CD soldiers/NNS and/CC three/CD policemen/NNS")
    assert told == [("two", "killed", "harm-before-group"), ("three", "killed", "joined")]


def test_hit_by_a_shot_is_told_outside_of_war_alone(lexicon: Lexicon) -> None:
    assert linked(lexicon, "Two/CD men/NNS were/VBD shot/VBN") == [("Two", "injured", "harm-after-group")]
    assert linked(lexicon, "Two/CD men/NNS were/VBD shot/VBN by/IN rebels/NNS") == []


TURNS = ["Met Their End", "(?P<how>met) their end", "(met|found) their end", "(?i:met) their end"]


@pytest.mark.parametrize("turn", TURNS)
def test_a_turn_of_phrase_of_a_pack_counts_however_it_is_written(lexicon: Lexicon, turn: str) -> None:
    phrase = HarmPhrase("killed", "after", re.compile(turn, re.IGNORECASE))
    parsed = sentence("Twelve/CD soldiers/NNS met/VBD their/PRP$ end/NN")
    (number,) = NumberGrammar(lexicon.numbers).find(parsed.text, parsed.start)
    group = Grouper(lexicon, frozenset()).of_number(parsed, number)
    assert group is not None
    link = PhraseLinks([*lexicon.phrases, phrase, phrase]).of(parsed, group)
    assert link is not None
    assert link.trigger.measure == "killed"
