"""Terms are found in running text as one long pattern would find them."""

from __future__ import annotations

import pytest

from tallybook.claims.terms import Terms


def found(terms: list[tuple[str, str]], text: str) -> list[tuple[str, str, str]]:
    return [(term, kind, text[start:end]) for term, kind, start, end in Terms(terms).find(text)]


def test_a_term_is_found_in_any_case_where_no_word_goes_on() -> None:
    assert found([("air strike", "blow")], "Two AIR STRIKE reports; an air strikeout; mid-air strike.") == [
        ("air strike", "blow", "AIR STRIKE")
    ]


def test_of_one_kind_the_longest_counts_where_terms_overlap() -> None:
    terms = [("mine", "weapon"), ("land mine", "weapon"), ("land", "ground")]
    assert found(terms, "a land mine and a mine") == [
        ("land mine", "weapon", "land mine"),
        ("land", "ground", "land"),
        ("mine", "weapon", "mine"),
    ]


def test_places_hold_where_lower_case_is_longer() -> None:
    (_, _, start, end) = next(iter(Terms([("shell", "weapon")]).find("\u0130\u0130 shell")))
    assert (start, end) == (3, 8)


def test_a_term_that_begins_with_a_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with a letter"):
        Terms([("-bomb", "weapon")])
