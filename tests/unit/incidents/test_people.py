"""Which records of named victims are one person, and which must stay two."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tallybook.incidents.people import people, person_id
from tallybook.incidents.sightings import Sighting, sightings
from tallybook.model import Document, Judgement, Person, Span, Victim
from tests.unit.factories import claim, day, document, incidents_of, judgement, place

DAY, VILLAGE = day("2024-03-02"), place("Aldin", "Norhal")


def victim(id: str, name: str, age: int | None = None, **more: Any) -> Victim:
    return Victim(id, name, Span(0, len(name)), (), name, age, age, **more)


def seen(*records: tuple[str, Victim], documents: dict[str, Document] | None = None) -> list[Sighting]:
    return sightings(records, documents or {}, {}, ())


def found(*records: tuple[str, Victim], decided: tuple[Judgement, ...] = ()) -> set[tuple[str, ...]]:
    return {person.victims for person in people(seen(*records), decided)}


def told(id: str, name: str, age: int | None = 34, **more: Any) -> Victim:
    return victim(id, name, age, **{"date": DAY, "place": VILLAGE, **more})


def test_victim_named_in_five_reports_is_one_person() -> None:
    spellings = ("Sabir Qasim Orhal", "Saber Kassem Orhal", "Sabir Orhal", "صابر قاسم أورهال", "Orhal Sabir Qasim")
    records = [(f"d{i}", told(f"v{i}", name)) for i, name in enumerate(spellings)]
    (person,) = people(seen(*records))
    assert person.victims == ("v0", "v1", "v2", "v3", "v4")
    assert 0.5 < person.sure < 1
    assert len(person.links) == 4


def test_two_of_one_name_stay_two_where_nothing_else_is_known() -> None:
    assert found(("d1", victim("a", "Sabir Orhal")), ("d2", victim("b", "Sabir Orhal"))) == {("a",), ("b",)}


def test_two_of_one_name_killed_far_apart_stay_two() -> None:
    far = told("b", "Sabir Orhal", None, place=place("Beltu", "Velmark"), date=day("2024-08-20"))
    assert found(("d1", told("a", "Sabir Orhal", None)), ("d2", far)) == {("a",), ("b",)}


def test_father_and_son_of_one_name_stay_two() -> None:
    assert found(("d1", told("a", "Sabir Orhal", 12)), ("d2", told("b", "Sabir Orhal", 41))) == {("a",), ("b",)}


def test_twins_stay_two() -> None:
    assert found(("d1", told("a", "Hassan Orhal", 7)), ("d2", told("b", "Hussein Orhal", 7))) == {("a",), ("b",)}
    assert found(("d1", told("a", "Amir Orhal", 7)), ("d2", told("b", "Amira Orhal", 7, sex="female"))) == {
        ("a",), ("b",),
    }  # fmt: skip


def test_two_rows_of_one_document_are_two_people() -> None:
    assert found(("d1", told("a", "Sabir Orhal")), ("d1", told("b", "Sabir Orhal"))) == {("a",), ("b",)}


def test_record_without_age_is_no_bridge_between_father_and_son() -> None:
    records = [
        ("d1", told("a", "Sabir Orhal", 12)), ("d2", told("b", "Sabir Orhal", 41)),
        ("d3", told("c", "Sabir Orhal", None)),
    ]  # fmt: skip
    groups = found(*records)
    assert not any({"a", "b"} <= set(group) for group in groups)


def test_name_is_carried_by_the_incident_of_its_claim() -> None:
    claims = {c.id: c for c in (claim("c1", "3", doc="d1"), claim("c2", "3", doc="d2"))}
    both = incidents_of(claims.values())
    records = [("d1", victim("a", "Sabir Orhal", claim="c1")), ("d2", victim("b", "Saber Orhal", claim="c2"))]
    (person,) = people(sightings(records, {}, claims, both))
    assert person.victims == ("a", "b")
    assert "event: the same incident" in person.links[0].reason


def test_person_decides_same_and_different() -> None:
    apart = [("d1", victim("a", "Sabir Orhal")), ("d2", victim("b", "Sabir Orhal"))]
    assert found(*apart, decided=(judgement(1, "same", "a", "b"),)) == {("a", "b")}
    alike = [("d1", told("a", "Sabir Orhal")), ("d2", told("b", "Sabir Orhal"))]
    assert found(*alike) == {("a", "b")}
    assert found(*alike, decided=(judgement(1, "different", "a", "b"),)) == {("a",), ("b",)}


def test_decided_link_says_so() -> None:
    records = seen(("d1", victim("a", "Sabir Orhal")), ("d2", victim("b", "Tarik Venn")))
    (person,) = people(records, [judgement(1, "same", "a", "b")])
    assert person.links[0].reason == "decided by a person"


def test_decisions_on_claims_are_none_on_people() -> None:
    alike = [("d1", told("a", "Sabir Orhal")), ("d2", told("b", "Sabir Orhal"))]
    assert found(*alike, decided=(judgement(1, "different", "c1", "c2"),)) == {("a", "b")}


def test_person_has_its_id_from_the_earliest_record_and_keeps_the_others() -> None:
    documents = {"d1": document("d1", "2024-03-05"), "d2": document("d2", "2024-03-03")}
    records = seen(("d1", told("a", "Sabir Orhal")), ("d2", told("b", "Sabir Qasim Orhal")), documents=documents)
    (person,) = people(records)
    assert person.id == person_id("b")
    assert person.aliases == (person_id("a"),)
    assert person.name == "Sabir Qasim Orhal"


def test_order_of_records_does_not_matter() -> None:
    names = ("Sabir Orhal", "Saber Orhal", "S. Orhal", "Tarik Venn", "Tariq Venn", "Mira Venn")
    records = seen(*((f"d{i % 4}", told(f"v{i}", names[i % 6], 30 + i % 3)) for i in range(18)))
    expected = people(records)
    for seed in range(5):
        shuffled = list(records)
        random.Random(seed).shuffle(shuffled)
        assert people(shuffled) == expected


@pytest.mark.parametrize("name", ["", "=cmd|' /C calc'!A0", "<script>", "\u202e", "a" * 5000])
def test_hostile_name_is_a_person_of_its_own(name: str) -> None:
    made: tuple[Person, ...] = people(seen(("d1", told("a", name)), ("d2", told("b", "Sabir Orhal"))))
    assert len(made) == 2
