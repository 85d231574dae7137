"""The words around the name of a place or a day."""

from __future__ import annotations

from tallybook.claims.words_around import words_around
from tests.unit.claims.sentences import sentence

TOLD = sentence(
    "Gunmen/NNS raided/VBD a/DT market/NN in/IN Velmark/NNP on/IN Monday/NNP",
    heads={
        0: (1, "nsubj"),
        2: (3, "det"),
        3: (1, "dobj"),
        4: (3, "prep"),
        5: (4, "pobj"),
        6: (1, "prep"),
        7: (6, "pobj"),
    },
)


def span(word: str) -> tuple[int, int]:
    return next((t.start, t.end) for t in TOLD.tokens if t.text == word)


def test_words_beside_and_above_a_name_are_told() -> None:
    found = words_around(TOLD, *span("Velmark"))
    assert found.keys() >= {"before:market", "before:in", "after:on", "on:market", "verb:raided", "as-pobj", "words-1"}
    assert "opens" not in found


def test_a_name_that_opens_its_sentence_is_marked() -> None:
    assert "opens" in words_around(TOLD, *span("Gunmen"))


def test_the_end_of_a_sentence_is_a_stop() -> None:
    assert "after:." in words_around(TOLD, *span("Monday"))


def test_what_stands_in_no_sentence_has_no_words_around_it() -> None:
    assert words_around(TOLD, 900, 905) == {}
