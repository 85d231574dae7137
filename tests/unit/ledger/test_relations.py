"""How claims stand to one another."""

from __future__ import annotations

from dataclasses import replace

from tallybook.ledger import Book
from tallybook.ledger.relations import relations
from tallybook.model import Claim
from tests.unit.factories import book, claim, day, document, place, toll


def kinds(b: Book) -> set[tuple[str, str, str]]:
    return {(r.claim, r.kind, r.other) for r in relations(b)}


def two_days(*claims: Claim) -> Book:
    return book(claims, [document("d1", "2024-03-01"), document("d2", "2024-03-02")])


def test_another_origin_that_gives_the_number_again_says_the_same() -> None:
    found = kinds(two_days(claim("a", "12", origin="A"), claim("b", "12", origin="B", doc="d2")))
    assert found == {("b", "same", "a")}


def test_an_origin_s_later_number_updates_its_earlier_one() -> None:
    found = kinds(two_days(claim("a", "5"), claim("b", "8", doc="d2")))
    assert found == {("b", "update_of", "a")}


def test_a_number_told_as_more_adds() -> None:
    found = kinds(two_days(claim("a", "5"), claim("b", "1", doc="d2", change="added")))
    assert found == {("b", "adds_to", "a")}


def test_a_part_names_its_dimension() -> None:
    b = book([claim("a", "30"), claim("b", "12", "combatant", part_of="a", dimension="status")])
    (found,) = relations(b)
    assert (found.claim, found.kind, found.other, found.why) == ("b", "part_of", "a", "status")


def test_equal_texts_are_copies() -> None:
    first, copy = (document(k, f"2024-03-0{i}", text="Police: 12 killed.") for i, k in ((1, "d1"), (2, "d2")))
    b = book([claim("a", "12"), claim("b", "12", doc="d2")], [first, copy])
    found = {(r.claim, r.kind, r.other, r.why) for r in relations(b)}
    assert ("b", "copy_of", "a", "the same text") in found


def test_what_clashes_is_told_with_what_explains_it() -> None:
    (found,) = relations(book([claim("a", "12", origin="A"), claim("b", "15", origin="B")]))
    assert (found.claim, found.kind, found.other, found.why) == ("b", "contradicts", "a", "count")


def test_an_incident_lies_inside_a_toll() -> None:
    where = place("Sarno", "Xstate")
    b = book([
        claim("a", "4", "civilian", place=where, date=day("2024-01-10")),
        toll("t", "at least 60", "2024-01-01", "2024-01-31", who="civilian", doc="d2"),
    ])  # fmt: skip
    assert kinds(b) == {("a", "inside", "t")}


def test_a_withdrawal_and_an_answer_name_what_they_are_about() -> None:
    told = claim("a", "7", origin="rebels")
    denied = replace(claim("b", None, origin="army", doc="d2"), responds_to="a")
    back = replace(claim("c", "7", origin="rebels", doc="d2", stance="retracted"), responds_to="a")
    assert {("b", "responds_to", "a"), ("c", "retracts", "a")} <= kinds(two_days(told, denied, back))


def test_one_claim_stands_to_nothing() -> None:
    assert relations(book([claim("a", "3")])) == ()
