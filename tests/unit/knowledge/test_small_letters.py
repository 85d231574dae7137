"""Texts in small letters keep every letter in its place, and patterns are found in them whatever their capitals."""

from __future__ import annotations

import pytest

from tallybook.knowledge.small_letters import for_lowered, lowered


@pytest.mark.parametrize(
    "text", ["Three DEAD in Sarno", "\u0130stanbul, STRASSE, \u1e9e", "", "\u0418\u0441\u0442\u0440\u0430"]
)
def test_every_letter_keeps_its_place(text: str) -> None:
    low = lowered(text)
    assert len(low) == len(text)
    assert low == lowered(low)


def test_a_letter_that_would_grow_stays() -> None:
    assert lowered("\u0130N SARNO") == "\u0130n sarno"


@pytest.mark.parametrize("pattern", [r"lost\s+their\s+lives", r"Lost\s+THEIR\s+lives", r"(?P<words>\S+\s+their lives)"])
def test_patterns_are_found_in_small_letters(pattern: str) -> None:
    assert for_lowered(pattern).search(lowered("Twelve men LOST their Lives")) is not None


def test_a_class_of_no_letters_is_no_capital() -> None:
    assert for_lowered(r"\S+\W").search("a b") is not None
    assert not for_lowered(r"\S+\W(?P<n>\d)").flags & 2
