"""What people are asked first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tallybook.ledger.judged import decided
from tallybook.model import Claim, Conflict, Incident, Issue, Judgement, Link, PlaceCandidate
from tallybook.review.queue import Material, Question, questions
from tests.unit.factories import claim, document, incidents_of, judgement, place, toll

DOCUMENTS = {k: document(k) for k in ("d1", "d2", "d3")}


def asked(
    claims: Sequence[Claim], log: Sequence[Judgement] = (), incidents: Sequence[Incident] | None = None,
    conflicts: Sequence[Conflict] = (), issues: Sequence[tuple[str, Issue]] = (),
) -> tuple[Question, ...]:  # fmt: skip
    found = incidents_of(claims) if incidents is None else incidents
    return questions(
        Material(claims, DOCUMENTS, found, conflicts, log, decided(log), issues, lambda name: name == "OAF")
    )


def of_kind(kind: str, found: Sequence[Question]) -> list[Question]:
    return [q for q in found if q.kind == kind]


def sure(made: Claim, confidence: float) -> Claim:
    return replace(made, confidence=confidence)


def test_heavier_number_and_less_sure_reader_come_first() -> None:
    claims = [
        sure(claim("small", "2", event="e1"), 0.5), sure(claim("sure", "90", event="e2"), 0.999),
        sure(claim("big", "90", event="e3"), 0.5),
    ]  # fmt: skip
    assert [q.claims[0] for q in asked(claims)] == ["big", "small", "sure"]


def test_number_that_others_tell_too_moves_nothing() -> None:
    claims = [sure(claim(i, "30", doc=d), 0.5) for i, d in (("a", "d1"), ("b", "d2"))]
    alone = [sure(claim("c", "5", event="e2"), 0.5)]
    assert asked([*claims, *alone])[0].claims == ("c",)


def test_reviewed_claims_are_not_asked_again() -> None:
    claims = [claim("a", "3"), claim("b", "4", event="e2")]
    found = asked(claims, [judgement(1, "accept", "a")])
    assert [q.claims for q in of_kind("claim", found)] == [("b",)]


def test_a_likely_pair_that_stayed_apart_is_asked_once_until_somebody_decides() -> None:
    claims = [claim("a", "30"), claim("b", "4", event="e2", doc="d2")]
    doubts = (Link("a", "b", 0.4, (), "near"),), (Link("b", "a", 0.4, (), "near"),)
    held = [replace(i, doubts=d) for i, d in zip(incidents_of(claims), doubts, strict=True)]
    (link,) = of_kind("link", asked(claims, incidents=held))
    assert (link.claims, link.stake, link.doubt) == (("a", "b"), 4, 0.4)
    decided_apart = [judgement(1, "different", "a", "b")]
    assert of_kind("link", asked(claims, decided_apart, held)) == []


def test_weakest_link_is_asked_until_somebody_decides() -> None:
    claims = [claim("a", "3"), claim("b", "4", doc="d2"), claim("c", "4", doc="d3")]
    links = (Link("a", "b", 0.99, (), "same"), Link("b", "c", 0.7, (), "near"))
    (incident,) = incidents_of(claims)
    held = [replace(incident, links=links)]
    (link,) = of_kind("link", asked(claims, incidents=held))
    assert link.claims == ("b", "c")
    assert not of_kind("link", asked(claims, [judgement(1, "same", "b", "c")], incidents=held))


def test_place_that_may_be_several_is_asked_once_a_report() -> None:
    twins = tuple(PlaceCandidate(i, "Kell", (), "QQQ", None, None, p) for i, p in (("p1", 0.5), ("p2", 0.5)))
    doubtful = place("Kell", candidates=twins)
    claims = [claim("a", "3", place=doubtful), claim("b", "4", place=doubtful, measure="injured")]
    (found,) = of_kind("place", asked(claims))
    assert (found.claims, found.about, found.document) == (("a", "b"), "Kell", "d1")
    settled = replace(judgement(1, "set-place", "a", "b"), field="place")
    assert not of_kind("place", asked(claims, [settled]))


def test_actor_that_the_register_lacks_is_asked_once() -> None:
    claims = [claim("a", "3", perpetrator=("Red Hats",)), claim("b", "3", event="e2", perpetrator=("OAF", "Red Hats"))]
    (found,) = of_kind("actor", asked(claims))
    assert (found.about, found.claims) == ("Red Hats", ("a", "b"))


def test_contradiction_is_asked_until_all_its_claims_are_judged() -> None:
    claims = [claim("a", "3"), claim("b", "9", doc="d2")]
    clash = Conflict("count", ("a", "b"))
    (found,) = of_kind("conflict", asked(claims, conflicts=[clash]))
    assert found.stake == 6
    assert not of_kind("conflict", asked(claims, conflicts=[Conflict("count", ("a", "b"), "time")]))
    log = [judgement(1, "accept", "a"), judgement(2, "reject", "b")]
    assert not of_kind("conflict", asked(claims, log, conflicts=[clash]))


def test_unread_report_waits_for_a_person_until_it_holds_a_claim() -> None:
    unread = [("d3", Issue("language-unread", "no pack reads it", "d3"))]
    assert [q.document for q in of_kind("report", asked([], issues=unread))] == ["d3"]
    assert not of_kind("report", asked([claim("a", doc="d3")], issues=unread))


def test_questions_keep_their_ids_and_order_whatever_comes_first() -> None:
    claims = [sure(claim(f"c{n}", "4", event=f"e{n}"), 0.5) for n in range(6)]
    claims.append(toll("t", "at least 40", "2024-03-01", "2024-03-31"))
    assert asked(claims) == asked(claims[::-1])
