"""A text is known by its rarest words."""

from __future__ import annotations

import pytest

from tallybook.incidents.wording import RAREST, alike, terms, wording
from tallybook.knowledge.word_counts import WordCounts, word_counts

KNOWN = WordCounts(100, {"the": 99, "police": 60, "market": 10})


def test_terms_are_folded_and_lose_their_possessive() -> None:
    assert terms("Vorlan’s market: 12 dead, the mayor's office says") == [
        "vorlan", "market", "12", "dead", "the", "mayor", "office", "says",
    ]  # fmt: skip


def test_rare_words_weigh_most_and_come_first() -> None:
    words = wording(["the police the market Vorlan"], KNOWN)
    assert list(words) == ["vorlan", "market", "police", "the"]
    assert sum(weight * weight for weight in words.values()) == pytest.approx(1.0)


def test_likeness_is_symmetric_and_one_for_equal_texts() -> None:
    a, b = wording(["Vorlan market Dasme"], KNOWN), wording(["Vorlan market Tirum"], KNOWN)
    assert alike(a, a) == pytest.approx(1.0)
    assert alike(a, b) == pytest.approx(alike(b, a))
    assert 0.0 < alike(a, b) < 1.0
    assert alike(a, wording(["Oskar"], KNOWN)) == 0.0


def test_a_long_text_is_known_by_a_bounded_number_of_words() -> None:
    assert len(wording([" ".join(f"word{i}" for i in range(500))], KNOWN)) == RAREST


def test_the_shipped_table_knows_common_words() -> None:
    known = word_counts()
    assert known.rarity("the") < known.rarity("ambulance") < known.rarity("zzyzx")
    assert "ambulance" in known.ordinary
    assert "monday" not in known.ordinary
