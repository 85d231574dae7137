"""The sentence around some words."""

from __future__ import annotations

import pytest

from tallybook.model import Span
from tallybook.model.surrounding import sentence_at

TEXT = "One came.\nTwo went, 12 died.  Three stayed!\n\nA line\nFour"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("One", "One came."), ("12", "Two went, 12 died."), ("stayed", "Three stayed!"), ("Four", "A line Four"),
        ("died.  Three", "Two went, 12 died. Three stayed!"),
    ],
)  # fmt: skip
def test_the_sentence_is_the_one_the_words_stand_in(words: str, sentence: str) -> None:
    at = TEXT.index(words)
    assert sentence_at(TEXT, Span(at, at + len(words))) == sentence


def test_an_empty_text_has_an_empty_sentence() -> None:
    assert sentence_at("", Span(0, 0)) == ""
