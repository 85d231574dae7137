"""Judgements laid over what was read: settings, mendings, and what is carried to new readings."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tallybook.model import Claim, Judgement, Span
from tallybook.review.applying import ORPHANED, Applied, applied, orphan_issue
from tallybook.review.passages import passage_of
from tests.unit.factories import claim, count, document, judgement

REPORT = document("d1", text="At least 12 people were killed, and 30 injured.")
READ = replace(claim("old", "12"), count=replace(count("12"), span=Span(9, 11)), span=Span(0, 30))


def setting(number: int, field: str, value: Any, *claims: Claim, verb: str = "set-field") -> Judgement:
    made = judgement(number, verb, *(c.id for c in claims))
    return replace(
        made,
        field=field,
        value=str(value),
        means=json.dumps(value),
        passages=tuple(passage_of(c.id, c) for c in claims),
    )


def about(number: int, verb: str, *claims: Claim) -> Judgement:
    made = judgement(number, verb, *(c.id for c in claims))
    return replace(made, passages=tuple(passage_of(c.id, c) for c in claims))


def laid(claims: list[Claim], *log: Judgement) -> Applied:
    return applied(claims, {"d1": REPORT}, log)


def test_without_judgements_all_is_as_read() -> None:
    assert laid([READ]) == Applied((READ,), {"d1": REPORT}, (), read=(READ,))


def test_set_value_holds_for_all_answers_and_the_read_one_stays_visible() -> None:
    log = [setting(1, "count", {"low": 5, "high": 5, "modifier": "exact"}, READ)]
    found = laid([READ], *log)
    assert found.claims[0].count == replace(READ.count, low=5, high=5)  # type: ignore[type-var]
    (change,) = found.corrections["old"]
    assert (change.field, change.was, change.judgement) == ("count", {"low": 12, "high": 12, "modifier": "exact"}, "j1")


def test_last_word_on_a_field_holds_until_it_is_undone() -> None:
    log = [setting(1, "time", "06:00", READ), setting(2, "time", "07:00", READ)]
    assert laid([READ], *log).claims[0].time == "07:00"
    assert laid([READ], *log, judgement(3, "undo", "j2")).claims[0].time == "06:00"
    undone = laid([READ], *log, judgement(3, "undo", "j2"), judgement(4, "undo", "1"))
    assert undone.claims == (READ,)
    assert undone.corrections == {}


def test_value_that_equals_the_read_one_is_no_correction_but_holds_against_a_newer_reader() -> None:
    log = setting(1, "count", {"low": 12, "high": 12, "modifier": "exact"}, READ)
    assert laid([READ], log).corrections == {}
    anew = replace(READ, id="new", count=replace(count("10"), span=Span(9, 11)))
    assert laid([anew], log).claims[0].count.low == 12  # type: ignore[union-attr]


def test_denial_has_no_number_and_says_what_it_is_about() -> None:
    found = laid([READ], setting(1, "stance", "denied", READ))
    now = found.claims[0]
    assert (now.measure, now.about, now.count) == (None, "killed", None)
    assert {c.field for c in found.corrections["old"]} == {"stance", "measure", "about", "count"}
    back = laid([now], setting(1, "stance", "asserted", now))
    assert (back.claims[0].measure, back.claims[0].about) == ("killed", None)


def test_judgement_is_carried_to_the_claim_of_a_newer_reader() -> None:
    anew = replace(READ, id="new", reader="test/2", span=Span(3, 30))
    other = replace(
        READ, id="other", measure="injured", span=Span(0, 46), count=replace(count("30"), span=Span(36, 38))
    )
    found = laid([other, anew], about(1, "reject", READ))
    assert found.judgements[0].objects == ("new",)
    assert found.orphans == ()


def test_of_several_claims_the_one_over_the_same_words_is_meant() -> None:
    near = replace(READ, id="a-near", span=Span(0, 46), count=replace(count("12"), span=Span(36, 38)))
    same = replace(READ, id="z-same")
    assert laid([near, same], about(1, "accept", READ)).judgements[0].objects == ("z-same",)


def test_setting_is_carried_where_the_newer_reader_reads_another_number_from_the_same_words() -> None:
    anew = replace(READ, id="new", count=replace(count("at least 12"), span=Span(0, 11)))
    found = laid([anew], setting(1, "scope", "cumulative", READ))
    assert found.claims[0].scope == "cumulative"


def test_word_on_a_reading_is_orphaned_where_another_number_is_read() -> None:
    anew = replace(READ, id="new", count=replace(count("at least 12"), span=Span(0, 11)))
    found = laid([anew], about(1, "reject", READ))
    assert found.judgements[0].objects == ()
    (orphan,) = found.orphans
    issue = orphan_issue(orphan)
    assert (issue.code, issue.object) == (ORPHANED, "old")
    assert "tallybook undo 1" in issue.message


def test_nothing_is_lost_silently_where_the_claim_is_gone() -> None:
    assert len(laid([], about(1, "same", READ, replace(READ, id="b"))).orphans) == 2
    assert laid([], about(1, "reject", READ), judgement(2, "undo", "j1")).orphans == ()


def test_claims_of_other_reports_are_never_meant() -> None:
    assert laid([replace(READ, id="new", document="d2")], about(1, "reject", READ)).orphans


def test_incident_that_was_named_is_found_by_its_claim() -> None:
    log = replace(
        judgement(1, "same", "i-1", "b"), passages=(passage_of("i-1", READ), passage_of("b", claim("b", "3")))
    )
    anew = replace(READ, id="new")
    assert laid([anew, claim("b", "3")], log).judgements[0].objects == ("new", "b")


def test_whole_that_was_set_is_found_again_too() -> None:
    whole = replace(READ, id="whole", span=Span(31, 46), count=replace(count("30"), span=Span(36, 38)))
    log = setting(1, "part_of", "whole", READ)
    log = replace(log, passages=(*log.passages, passage_of("whole", whole)))
    found = laid([replace(READ, id="new"), replace(whole, id="newer whole")], log)
    assert found.claims[0].part_of == "newer whole"


def test_document_is_mended_and_says_what_it_was() -> None:
    log = replace(judgement(1, "set-published", "d1"), field="published", value="2024-01-05", means='"2024-01-05"')
    found = laid([READ], log)
    now = found.documents["d1"]
    assert (now.published, now.published_from, now.text, now.key) == ("2024-01-05", "judgement", REPORT.text, "d1")
    (change,) = found.mended["d1"]
    assert (change.field, change.was) == ("published", "2024-03-10")
    assert found.mendings["d1"].token == '{"published":"2024-01-05"}'
    assert laid([READ], log, judgement(2, "undo", "j1")).documents["d1"] == REPORT
