"""Lists of persons to victims and to the claims that count them."""

from __future__ import annotations

from tallybook.claims.person_lists import list_reading
from tallybook.documents.list_rows import HEAD
from tallybook.knowledge import load
from tallybook.model import Document, Reading
from tallybook.model.claim import NAMED_ROWS
from tests.unit.factories import document

KNOWLEDGE = load()


def read(*lines: str, publisher: str = "Health Office") -> Reading:
    made: Document = document("d1", "2024-04-01", text="\n".join([HEAD, *lines, ""]), publisher=publisher)
    return list_reading(made, "test/1", KNOWLEDGE)


def test_rows_of_one_day_and_place_are_one_event() -> None:
    made = read(
        "line 2 | name: A Venn | age: 30-39 | sex: m => male | place: Karsk | date: 2024-03-05 | status: killed",
        "line 4 | name: B Venn | place: Karsk | date: 2024-03-05 | source: family | status: killed",
        "line 3 | name: C Venn | place: Karsk | date: 2024-03-05 | status: injured",
    )
    killed, injured = made.claims
    assert (killed.measure, killed.scope, killed.rule) == ("killed", "incident", NAMED_ROWS)
    assert killed.count is not None
    assert (killed.count.low, killed.count.high) == (2, None)
    assert killed.event == injured.event
    assert killed.span.of(made.document.text) == killed.quote
    first, second, _ = made.victims
    assert (first.name, first.age_low, first.age_high, first.sex, first.line) == ("A Venn", 30, 39, "male", 2)
    assert (first.claim, first.claimants) == (killed.id, ("Health Office",))
    assert second.claimants == ("family",)
    assert second.span.of(made.document.text) == second.quote


def test_rows_that_name_no_event_are_one_toll() -> None:
    made = read(
        "line 2 | name: A Venn | status: killed",
        "line 3 | name: B Venn | date: 2024 => 2024-01-01/2024-12-31 | status: killed",
    )
    (toll,) = made.claims
    assert toll.scope == "cumulative"
    assert toll.date is None
    assert toll.count is not None
    assert toll.count.low == 2


def test_incident_that_a_row_names_is_its_event() -> None:
    (claim,) = read("line 2 | name: A Venn | incident: i-0123456789ab | status: killed").claims
    assert claim.event == "i-0123456789ab"


def test_row_without_name_or_status_is_passed_over() -> None:
    assert read("line 2 | age: 3 | status: killed", "line 3 | name: A Venn", "nonsense").victims == ()
