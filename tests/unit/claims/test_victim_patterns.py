"""What befell a named person, by the shipped words after the name."""

from __future__ import annotations

import pytest

from tallybook.claims.victim_patterns import VictimPatterns
from tallybook.knowledge.lexicon import Lexicon


@pytest.mark.parametrize(
    ("after", "death", "harm"),
    [
        (" was killed on Monday", False, "killed"),
        (", 34, has been shot to death", False, "killed"),
        (" succumbed to her wounds", False, "killed"),
        (" was seriously hurt", True, "injured"),
        (" was abducted", True, "captured"),
        (" was shot", False, "injured"),
        (" was shot", True, "killed"),
    ],
)
def test_words_after_a_name_tell_what_befell_its_bearer(lexicon: Lexicon, after: str, death: bool, harm: str) -> None:
    patterns = VictimPatterns(lexicon.records.victims)
    told = patterns.told.match(after)
    assert told is not None
    assert patterns.befell(told, death=death) == harm


def test_words_of_another_clause_tell_nothing(lexicon: Lexicon) -> None:
    assert VictimPatterns(lexicon.records.victims).told.match(" said that nobody was killed") is None


@pytest.mark.parametrize(("text", "sex"), [("she and her son", "female"), ("his wife", "male"), ("the driver", None)])
def test_sex_is_told_by_the_first_word_that_tells_one(lexicon: Lexicon, text: str, sex: str | None) -> None:
    assert VictimPatterns(lexicon.records.victims).sex(text) == sex
