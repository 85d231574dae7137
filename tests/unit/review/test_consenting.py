"""Consent to show a victim's name: recorded for each record, by two persons for a minor."""

from __future__ import annotations

import pytest

from tallybook.model import Judgement, Span, Victim
from tallybook.review.consenting import CONSENT, as_shown, consented, needed
from tests.unit.factories import judgement


def victim(name: str = "v1", age: int | None = 40) -> Victim:
    return Victim(name, "Orin Talle", Span(0, 10), ("x",), "Orin Talle", age, age)


def approval(number: int, author: str, *records: str) -> Judgement:
    made = judgement(number, CONSENT, *(records or ("v1",)))
    return Judgement(made.id, number, CONSENT, made.objects, author, "asked the family", made.at)


def undo(number: int, undone: Judgement) -> Judgement:
    return Judgement(f"u{number}", number, "undo", (undone.id,), "Ana", "taken back", "2024-01-01T00:00:00Z")


@pytest.mark.parametrize(("age", "persons"), [(40, 1), (18, 1), (17, 2), (3, 2), (None, 2)])
def test_who_may_be_a_minor_needs_two_approvals(age: int | None, persons: int) -> None:
    assert needed(victim(age=age)) == persons


def test_without_consent_nobody_is_shown() -> None:
    assert consented([victim()], []) == frozenset()
    assert consented([victim("v2")], [approval(1, "Ana", "v1")]) == frozenset()


def test_one_approval_is_enough_for_an_adult() -> None:
    assert consented([victim()], [approval(1, "Ana")]) == {"v1"}


def test_the_same_person_twice_is_no_second_approval() -> None:
    minor = [victim(age=12)]
    assert consented(minor, [approval(1, "Ana"), approval(2, " ANA ")]) == frozenset()
    assert consented(minor, [approval(1, "Ana"), approval(2, "Ben")]) == {"v1"}


def test_consent_that_was_taken_back_is_none() -> None:
    first = approval(1, "Ana")
    assert consented([victim()], [first, undo(2, first)]) == frozenset()


def test_who_approves_is_told_what_it_makes() -> None:
    minor = [victim(age=12)]
    assert as_shown(minor, "Ana", [])[0][1].startswith("Orin Talle: 1 of 2, somebody else must approve")
    assert as_shown(minor, "Ben", [approval(1, "Ana")])[0][1] == "Orin Talle: 2 of 2, the name may be shown"
