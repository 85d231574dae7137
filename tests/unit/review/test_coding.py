"""Claims that people code by hand: grounded in the report, kept as judgements, gone with an undo."""

from __future__ import annotations

import json

import pytest

from tallybook.errors import UsageError
from tallybook.model import Judgement, Span
from tallybook.model.codec import to_plain
from tallybook.review.coding import ADD_CLAIM, coded, passage, typed, with_coded, written
from tests.unit.factories import claim, document, judgement

REPORT = document(
    "d1", text="Shells fell on the market. Witnesses counted 12 bodies; 12 more lay in the road.", title="War"
)
SAID = {"measure": "killed", "count": {"low": 12, "high": 12, "modifier": "exact"}}


def test_what_is_typed_is_split_at_fields_and_not_inside_their_values() -> None:
    found = typed(
        "quote=bodies; 12 more; measure=killed; count=at least 12; perpetrator=OAF, KLF; affiliation=civilian"
    )
    assert found == {
        "quote": "bodies; 12 more", "measure": "killed", "count": "at least 12", "perpetrator": "OAF, KLF",
        "target.affiliation": "civilian",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["colour=red", "killed", "measure=killed; measure=injured", ""])
def test_what_no_claim_has_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        typed(words)


def test_words_are_found_by_span_or_by_quote() -> None:
    assert passage({"words": "27..51"}, REPORT) == ("body", Span(27, 51))
    assert passage({"quote": "counted 12 bodies"}, REPORT) == ("body", Span(37, 54))
    assert passage({"quote": "War"}, REPORT) == ("title", Span(0, 3))
    assert passage({"words": "title:0..3"}, REPORT) == ("title", Span(0, 3))


@pytest.mark.parametrize(
    "asked",
    [{}, {"words": "5"}, {"words": "9..3"}, {"words": "0..999"}, {"words": "26..27"}, {"quote": "12"},
     {"quote": "13 bodies"}, {"words": "title:0..9"}],
)  # fmt: skip
def test_words_that_are_not_there_once_are_refused(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        passage(asked, REPORT)


def test_claim_is_grounded_and_its_number_stands_in_its_quote() -> None:
    made = coded(REPORT, "body", Span(27, 54), SAID)
    assert made.quote == REPORT.text[27:54]
    assert made.count is not None
    assert made.count.span is not None
    assert (made.count.text, made.count.span.of(REPORT.text)) == ("12", "12")


def test_number_in_words_rests_on_the_whole_quote() -> None:
    made = coded(REPORT, "body", Span(0, 25), SAID)
    assert made.count is not None
    assert made.count.text == made.quote


def test_equal_codings_have_equal_ids_and_others_not() -> None:
    one, same = coded(REPORT, "body", Span(27, 54), SAID), coded(REPORT, "body", Span(27, 54), SAID)
    assert one == same
    assert one.id != coded(REPORT, "body", Span(28, 54), SAID).id


@pytest.mark.parametrize("said", [{}, {"measure": "killed"}, {"stance": "denied"}, {"count": SAID["count"]}])
def test_claim_without_measure_or_number_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        coded(REPORT, "body", Span(0, 25), said)


def test_denial_keeps_the_measure_it_is_about_and_no_number() -> None:
    made = coded(REPORT, "body", Span(0, 25), {"measure": "killed", "stance": "denied"})
    assert (made.measure, made.about, made.count) == (None, "killed", None)


def test_claim_told_with_another_shares_its_event() -> None:
    other = claim("a", "3", doc="d1", event="e7")
    assert coded(REPORT, "body", Span(27, 54), SAID, other).event == "e7"


def adding(number: int, made: object) -> Judgement:
    draft = judgement(number, ADD_CLAIM, "d1")
    return Judgement(draft.id, number, ADD_CLAIM, ("d1",), "Ana", "read it", draft.at, means=json.dumps(to_plain(made)))


def test_coded_claims_stand_behind_what_was_read_of_their_report_in_order_of_reports() -> None:
    documents = {"d1": REPORT, "d2": document("d2")}
    read = [claim("a", doc="d1"), claim("b", doc="d2")]
    late, early = coded(REPORT, "body", Span(30, 54), SAID), coded(REPORT, "body", Span(0, 25), SAID)
    found = with_coded(read, documents, [adding(1, late), adding(2, early)])
    assert [c.id for c in found] == ["a", early.id, late.id, "b"]
    assert with_coded(read, documents, []) == tuple(read)


def test_log_tells_span_first_then_fields_by_name() -> None:
    assert (
        written("title", Span(1, 4), {"measure": "killed", "count": "12"})
        == "words=title:1..4; count=12; measure=killed"
    )
