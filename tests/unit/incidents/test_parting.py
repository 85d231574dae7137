"""One event of a report that is two: claims that cannot be one event are parted, others never."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from tallybook.incidents import link
from tallybook.incidents.parting import parted
from tallybook.model import Claim, Span
from tallybook.model.claim import OF_BOOK
from tests.unit.factories import claim, day, document, judgement, place


def said(id: str, at: int, kind: str = "airstrike", on: str = "2024-03-02", sure: float = 0.9, **more: Any) -> Claim:
    made = claim(id, more.pop("number", "11"), doc="d1", event_type=kind, date=day(on), place=place("Aldin"), **more)
    known = (("event_type", sure), ("date", sure), ("place", 0.9))
    return replace(made, span=Span(at, at + 5), confidences=known)


def ids(groups: list[list[Claim]]) -> list[list[str]]:
    return [[c.id for c in group] for group in groups]


def test_a_mine_and_an_airstrike_are_two_events() -> None:
    assert ids(parted([said("a", 0), said("b", 20, "ied_or_mine")])) == [["a"], ["b"]]


def test_days_that_do_not_meet_are_two_events() -> None:
    assert ids(parted([said("a", 0), said("b", 20, on="2024-03-07")])) == [["a"], ["b"]]


def test_what_the_reader_is_unsure_of_parts_nothing() -> None:
    assert len(parted([said("a", 0), said("b", 20, "ied_or_mine", sure=0.6)])) == 1
    assert len(parted([said("a", 0), said("b", 20, on="2024-03-07", sure=0.7)])) == 1


def test_kinds_that_reports_give_one_act_are_one_event() -> None:
    assert len(parted([said("a", 0, "airstrike"), said("b", 20, "shelling")])) == 1
    assert len(parted([said("a", 0, "armed_clash"), said("b", 20, "ied_or_mine")])) == 1


def test_what_a_person_or_a_list_put_together_stays_together() -> None:
    bare = replace(said("b", 20, "ied_or_mine"), confidences=())
    assert len(parted([said("a", 0), bare])) == 1


def test_an_event_of_an_imported_book_stays_as_its_team_made_it() -> None:
    told = [replace(c, event=f"i-1{OF_BOOK}theirs") for c in (said("a", 0), said("b", 20, "ied_or_mine"))]
    assert [i.claims for i in link(told, {"d1": document("d1")})] == [("a", "b")]


def test_a_part_stays_with_its_whole_and_others_go_with_their_like() -> None:
    told = [
        said("a", 0),
        said("b", 20, "ied_or_mine"),
        said("p", 40, "airstrike", part_of="b"),
        said("q", 50, "airstrike", part_of="p"),
        said("c", 60, "airstrike"),
        said("o", 80, "other"),
    ]
    assert ids(parted(told)) == [["a", "c", "o"], ["b", "p", "q"]]
    for seed in range(5):
        assert ids(parted(random.Random(seed).sample(told, len(told)))) == ids(parted(told))


def test_parted_events_are_incidents_of_their_own_until_a_person_says_same() -> None:
    told = [said("a", 0), said("b", 20, "ied_or_mine")]
    known = {"d1": document("d1")}
    assert [i.claims for i in sorted(link(told, known), key=lambda i: i.claims)] == [("a",), ("b",)]
    assert [i.claims for i in link(told, known, [judgement(1, "same", "a", "b")])] == [("a", "b")]
