"""Names are found however they are written, and put out without moving a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.model import Span
from tallybook.review.names_out import MARK, NamesOut, flat, is_pseudonym, masked, pseudonym


def person(*names: str, also: tuple[str, ...] = ()) -> NamesOut:
    return NamesOut.of_person(names, also, pseudonym("person", 7))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("José Ávila", "jose avila"),
        ("Jose Avila", "JOSÉ  ÁVILA"),
        ("Marta Velin", "Marta\nVelin's"),
        ("Marta Velin", "marta-velin@mail.example"),
        ("Marta Velin", "https://a.example/marta%20velin/"),
        ("O'Brien", "O\u2019Brien"),
        ("မောင်မောင်", "ဦးမောင်မောင်က"),
        ("أحمد", "وأحمد"),
        ("Марта Велин", "МАРТА ВЕЛИН"),
    ],
)
def test_a_name_is_found_under_each_of_its_writings(name: str, text: str) -> None:
    words = person(name)
    assert words.stand_in(text)
    now = words.out_of(text)
    assert MARK in now
    assert not words.stand_in(now)
    assert len(now) == len(text)


@pytest.mark.parametrize(
    ("name", "text"), [("Ali", "alive and allied"), ("Ana Li", "Ana lit a lamp"), ("Marta Velin", "Marta V.")]
)
def test_other_words_stay(name: str, text: str) -> None:
    assert person(name).out_of(text) == text


def test_single_words_go_only_in_reports_about_the_person_and_only_as_names() -> None:
    words = person("Grace bin Velin")
    text = "By the grace of God, Grace and the Velin house, bin and all."
    assert words.out_of(text) == text
    assert words.out_of(text, parts=True) == f"By the grace of God, {MARK * 5} and the {MARK * 5} house, bin and all."
    assert words.out_of_name("velin-house.txt", parts=True) == f"{MARK * 5}-house.txt"


def test_a_field_that_holds_nothing_but_a_name_gets_the_pseudonym() -> None:
    words = person("Marta Velin")
    assert words.out_of_field("marta velin") == "withheld person 7"
    assert words.out_of_field("Velin", parts=True) == "withheld person 7"
    assert words.out_of_field("Velin") == "Velin"
    assert words.out_of_field("Marta Velin's father") == f"{MARK * 11}'s father"
    assert is_pseudonym("withheld source 12")
    assert not is_pseudonym("withheld")
    assert not is_pseudonym(None)


@given(st.text(), st.text(alphabet="abcÅéИأမ -'\n", min_size=1), st.text())
def test_no_letter_moves_and_what_is_put_out_is_gone(before: str, name: str, after: str) -> None:
    words, text = NamesOut((name,)), f"{before} {name} {after}"
    now = words.out_of(text)
    assert len(flat(text)) == len(text) == len(now)
    assert [i for i, c in enumerate(text) if c == "\n"] == [i for i, c in enumerate(now) if c == "\n"]
    assert not words.stand_in(now)


def test_marks_stay_inside_the_text() -> None:
    assert masked("abc", [Span(1, 9)]) == f"a{MARK}{MARK}"
