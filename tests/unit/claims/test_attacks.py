"""Attacks that a report tells without counting anybody."""

from __future__ import annotations

import pytest

from tallybook.claims.attacks import Attacks
from tallybook.claims.doers import Doers
from tallybook.claims.facts import SentenceFacts
from tallybook.knowledge import load
from tests.unit.claims.sentences import facts


@pytest.fixture(scope="module")
def attacks() -> Attacks:
    words = load().lexicon.words
    return Attacks(words.attacks, Doers(words.actors))


def sentence(text: str) -> SentenceFacts:
    return facts(" ".join(f"{word}/X" for word in text.split()))


@pytest.mark.parametrize(
    ("text", "words", "by"),
    [
        ("A bomb exploded in the market of Bel .", "bomb exploded", None),
        ("Two bridges were dynamited last night .", "were dynamited", None),
        ("The attack on the depot took place at noon .", "attack on the depot took place", None),
        ("Masked men hurled a grenade at the bank .", "hurled a grenade", "Masked men"),
        ("A device was placed at the door by two young men .", "device was placed", "young men"),
    ],
)
def test_an_attack_and_who_did_it(attacks: Attacks, text: str, words: str, by: str | None) -> None:
    found = attacks.of(sentence(text))
    assert found is not None
    assert (text[found.start : found.end], found.by) == (words, by)


@pytest.mark.parametrize(
    "text",
    [
        "No bombs exploded in Bel .",
        "They threatened that a bomb would be placed in Bel .",
        "The envoy said that no attack took place .",
        "The mines of Bel employ many .",
    ],
)
def test_what_was_not_done_is_no_attack(attacks: Attacks, text: str) -> None:
    assert attacks.of(sentence(text)) is None
