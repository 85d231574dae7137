"""Names bound an incident from below: so many different people at least, never on top of a toll."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tallybook.ledger import Book, NamedPerson
from tallybook.model import Claim, Judgement
from tallybook.model.claim import NAMED_ROWS
from tests.unit.factories import claim, day, document, incidents_of, judgement, place, toll
from tests.unit.ledger.checks import ask, figure, reasons, row

HERE = {"place": place("Aldin", "Norhal"), "date": day("2024-03-02")}


def told(id: str, number: str, who: str = "unknown", **more: Any) -> Claim:
    return claim(id, number, who, **{**HERE, **more})


def listed(id: str, number: int, doc: str = "d9", **more: Any) -> Claim:
    return replace(told(id, f"at least {number}", doc=doc, origin=None, **more), rule=NAMED_ROWS)


def people(claim_id: str, number: int, measure: str = "killed", first: int = 0) -> list[NamedPerson]:
    return [NamedPerson(f"p{claim_id}{i}", f"Person {i}", ((measure, claim_id),)) for i in range(first, first + number)]


def book(claims: list[Claim], named: list[NamedPerson], *judgements: Judgement, **parts: list[str]) -> Book:
    documents = {c.document: document(c.document) for c in claims}
    return Book(claims, documents, incidents_of(claims, parts), judgements, named=named)


def test_more_names_than_the_toll_says_raise_the_low_and_open_the_high() -> None:
    made = book([told("a", "3"), listed("n", 5)], people("n", 5))
    assert ask(made) == "5.."
    assert row(made, "any") == "5.."
    assert set(figure(made).counted) == {"a", "n"}


def test_toll_that_is_below_its_names_is_a_conflict() -> None:
    found = figure(book([told("a", "3"), listed("n", 5)], people("n", 5))).conflicts
    assert [(c.kind, c.claims) for c in found] == [("count", ("a", "n"))]


def test_names_in_a_toll_that_exceeds_them_change_nothing() -> None:
    made = book([told("a", "12"), listed("n", 5)], people("n", 5))
    assert ask(made) == "12..12"
    assert reasons(figure(made)) == {"n": "contained"}
    assert figure(made).conflicts == ()


def test_names_between_two_tolls_raise_the_low_alone() -> None:
    claims = [told("a", "3"), told("b", "9", origin="hospital", doc="d2"), listed("n", 5)]
    assert ask(book(claims, people("n", 5))) == "5..9"


def test_person_named_by_two_claims_counts_once() -> None:
    both = [NamedPerson("p", "Person", (("killed", "a"), ("killed", "b")))]
    claims = [told("a", "some"), told("b", "some", origin="hospital", doc="d2")]
    assert ask(book(claims, both)) == "1.."


def test_names_of_a_list_alone_are_at_least_so_many() -> None:
    made = book([listed("n", 4)], people("n", 4))
    assert ask(made) == "4.."
    assert row(made, "any") == "4.."
    assert figure(made).counted == ("n",)


def test_names_are_not_added_to_each_other_over_statuses() -> None:
    claims = [told("a", "6", "civilian"), told("b", "3", "combatant", origin="army", doc="d2"), listed("n", 8)]
    made = book(claims, people("n", 8))
    assert ask(made) == "9..9"
    assert ask(made, "civilian") == "6..6"


def test_names_of_unknown_status_bound_no_status() -> None:
    claims = [told("a", "6", "civilian"), told("b", "3", "combatant", origin="army", doc="d2"), listed("n", 20)]
    made = book(claims, people("n", 20))
    assert ask(made) == "20.."
    assert ask(made, "combatant") == "3..3"


def test_injured_names_do_not_bound_the_killed() -> None:
    claims = [told("a", "3"), told("i", "2", measure="injured")]
    made = book(claims, people("i", 4, "injured"))
    assert ask(made) == "3..3"
    assert ask(made, measure="injured") == "4.."


def test_rejected_claim_carries_no_name() -> None:
    claims = [told("a", "3"), listed("n", 5)]
    assert ask(book(claims, people("n", 5), judgement(1, "reject", "n"))) == "3..3"


def test_incidents_with_names_add_up() -> None:
    claims = [told("a", "3"), listed("n", 5), told("b", "2", event="e2", place=place("Beltu", "Norhal"))]
    assert ask(book(claims, people("n", 5))) == "7.."


def test_names_inside_a_toll_are_contained_in_it() -> None:
    month = toll("t", "60", "2024-03-01", "2024-03-31", doc="d3")
    assert ask(book([month, listed("n", 5)], people("n", 5))) == "60..60"


def test_names_of_a_part_do_not_take_from_the_whole() -> None:
    claims = [told("w", "10", event="e1"), told("p", "4", event="e2", part_of="w", dimension="place"),
              listed("n", 6, event="e2")]  # fmt: skip
    made = book(claims, people("n", 6), e1=["e2"])
    assert ask(made) == "10..10"
    assert row(made, "any", "e2") == "6.."


def test_proof_tells_the_names() -> None:
    steps = figure(book([told("a", "3"), listed("n", 4)], people("n", 4))).proof
    (names,) = [s for s in steps if s.rule == "named"]
    assert "4 different people as killed" in names.text
    assert "Person 0, Person 1, Person 2, Person 3" in names.text
    assert names.claims == ("n",)
    assert not [s for s in steps if s.rule == "position" and s.claims == ("n",)]


def test_without_names_everything_is_as_before() -> None:
    claims = [told("a", "3"), told("b", "9", origin="hospital", doc="d2")]
    bare, named = figure(book(claims, [])), figure(book(claims, people("a", 2)))
    assert replace(named, id=bare.id) == bare
