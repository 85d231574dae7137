"""Names are covered character by character, in every spelling, and little else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.model import DateRange, Document, Place, Span, Victim
from tallybook.runs.covered_desk import is_name
from tallybook.runs.covering import Cover

NAMES = ("Marta Velin", "Seán O'Brien", "Li Na", "José al-Masri", "ထွန်း လင်း", "محمد علي", "Петр Иванов", "Rose")
COVER = Cover({"d1": frozenset(NAMES), "d2": frozenset(("Karsk Olm",))}, frozenset(("karsk",)))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Marta Velin died.", "█████ █████ died."),
        ("MARTA  VELIN died.", "█████  █████ died."),
        ("marta-velin.html", "███████████.html"),
        ("marta_velin", "███████████"),
        ("Velin's son", "█████'s son"),
        ("a velin page", "a velin page"),
        ("Sean O’Brien and Brien", "████ ███████ and █████"),
        ("Jose Al-Masri, Masri", "████ ████████, █████"),
        ("said Li Na and Na", "said ██ ██ and ██"),
        ("the toll rose, Rose said", "the toll rose, ████ said"),
        ("Петр Иванов и Иванова", "████ ██████ и Иванова"),
        ("Martan Velins", "Martan Velins"),
    ],
)
def test_names_and_their_parts_are_covered(told: str, expected: str) -> None:
    assert COVER.text(told, "d1") == expected


def test_scripts_without_case_are_covered_where_words_run_together() -> None:
    assert "ထွန်း" not in COVER.text("ဦးထွန်း လင်းက ပြောသည်", "d1")
    assert "محمد" not in COVER.text("قال محمد علي", "d1")
    assert "محمد علي" not in COVER.text("قال محمد علي")


def test_parts_are_covered_where_the_person_is_named_and_not_elsewhere() -> None:
    assert COVER.text("Velin spoke. Marta Velin spoke.", "d2") == "Velin spoke. █████ █████ spoke."
    assert COVER.text("Olm left Karsk. Karsk Olm left.", "d2") == "███ left Karsk. █████ ███ left."


@given(st.text(max_size=60), st.sampled_from(NAMES), st.text(max_size=60))
def test_length_stays_and_the_name_goes(before: str, name: str, after: str) -> None:
    told = f"{before} {name} {after}"
    covered = COVER.text(told, "d1")
    assert len(covered) == len(told)
    assert name not in covered
    assert all(a in (b, "█") for a, b in zip(covered, told, strict=True))
    assert COVER.text(covered, "d1") == covered


def test_records_keep_their_shape() -> None:
    victim = Victim("v1", "Marta Velin, 34", Span(0, 15), ("Li Na",), "Marta Velin", 34, 34,
                    place=Place("Karsk"), date=DateRange("2024-03-01", None))  # fmt: skip
    made = COVER.record(victim, "d1")
    assert (made.id, made.span, made.place, made.date) == (victim.id, victim.span, victim.place, victim.date)
    assert made.quote == "█████ █████, 34"
    assert made.name.startswith("name withheld (")
    assert made.claimants[0] != made.name
    assert COVER.record(victim, "d1") == made
    told = {"names": ["Marta Velin"], "Li Na": {"text": "Li Na"}, "n": 3, "none": None}
    plain = COVER.record(told, "d1")
    assert "Marta" not in str(plain)
    assert "Li Na" not in str(plain)


def test_what_holds_no_name_is_the_same_object() -> None:
    document = Document("a", "k", "Nobody died.", "a", "0" * 64, "0" * 64)
    assert COVER.record(document, "d1") is document


@pytest.mark.parametrize(
    ("words", "expected"), [("residents", False), ("a medic", False), ("Ilse Brandt", True), ("ထွန်းလင်း", True)]
)
def test_words_that_may_name_somebody(words: str, expected: bool) -> None:
    assert is_name(words) is expected
