"""A figure by month, place and author."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.errors import UsageError
from tallybook.knowledge import Knowledge
from tallybook.model import Query
from tallybook.review.deciding import Wish
from tallybook.runs.breaking import Breakdown, breakdown
from tallybook.runs.explaining import why
from tallybook.runs.judging import carried_on, propose, write
from tallybook.store import BookStore
from tests.simple_reader import SimpleReader
from tests.unit.runs.test_judging import Recorder

TEXTS = {
    "a": "12 civilians were killed by the Red Falcons in Mandalay on 2024-01-10.",
    "b": "5 soldiers were killed by the Blue Column in Mandalay on 2024-02-11.",
    "c": "7 people were killed in Sittwe on 2024-02-20.",
}


@pytest.fixture
def told(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> Recorder:
    recorder = Recorder(book, knowledge, tmp_path)
    rows = [
        {"id": name, "publisher": "Herald", "published": "2024-03-01", "text": text} for name, text in TEXTS.items()
    ]
    recorder.add(*rows, reader=SimpleReader())
    return recorder


def parts(found: Breakdown) -> dict[str, tuple[int | None, int | None]]:
    return {p.name: (p.figure.low, p.figure.high) for p in found.parts}


def test_months_are_questions_of_their_own_and_add_up(told: Recorder) -> None:
    found = breakdown(told.desk, Query("killed"), "month")
    assert parts(found) == {"2024-01": (12, 12), "2024-02": (12, 12)}
    assert (found.whole.low, found.rest) == (24, 0)
    assert found.parts[0].figure.query == Query("killed", since="2024-01-01", until="2024-01-31")


def test_a_window_cuts_its_months(told: Recorder) -> None:
    found = breakdown(told.desk, Query("killed", since="2024-02-15"), "month")
    assert parts(found) == {"2024-02": (7, 7)}


def test_who_is_in_no_part_for_certain_is_told(told: Recorder) -> None:
    found = breakdown(told.desk, Query("killed"), "perpetrator")
    assert parts(found) == {"Blue Column": (5, 5), "Red Falcons": (12, 12)}
    assert found.rest == 7


def test_an_empty_figure_has_no_parts_and_no_rest(told: Recorder) -> None:
    found = breakdown(told.desk, Query("missing"), "place")
    assert (found.parts, found.rest) == ((), None)


def test_an_unknown_kind_is_refused(told: Recorder) -> None:
    with pytest.raises(UsageError, match="month, place, perpetrator, weapon"):
        breakdown(told.desk, Query("killed"), "colour")


ARMED = {
    "a": "12 civilians were killed by the Red Falcons in Mandalay on 2024-01-10.",
    "b": "5 soldiers were killed in Mandalay on 2024-02-11.",
}


def test_weapons_are_questions_that_why_takes(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    recorder = Recorder(book, knowledge, tmp_path)
    rows = [{"id": n, "publisher": "Herald", "published": "2024-03-01", "text": text} for n, text in ARMED.items()]
    recorder.add(*rows, reader=SimpleReader())
    recorder.decide("set-field", recorder.claim("a"), field="weapon", value="bomb")
    desk = recorder.desk
    found = breakdown(desk, Query("killed"), "weapon")
    assert parts(found) == {"bomb": (12, 12)}
    assert found.rest == 5
    assert why(found.parts[0].figure.id, desk).what == "Reported killed, with bomb: 12"


SAID = {
    "a": "12 people were killed in Mandalay on 2024-01-10.",
    "b": "9 people were killed in Mandalay on 2024-01-10.",
    "c": "5 people were killed in Sittwe on 2024-02-11.",
}


def test_kinds_of_source_tell_of_the_same_people_and_add_up_to_nothing(
    book: BookStore, knowledge: Knowledge, tmp_path: Path
) -> None:
    recorder = Recorder(book, knowledge, tmp_path)
    rows = [{"id": n, "publisher": "Herald", "published": "2024-03-01", "text": text} for n, text in SAID.items()]
    recorder.add(*rows, reader=SimpleReader())
    recorder.decide("set-field", recorder.claim("a"), field="origin", value="doctors")
    recorder.decide("same", recorder.claim("a"), recorder.claim("b"))
    desk = recorder.desk
    found = breakdown(desk, Query("killed"), "claimant-kind")
    assert parts(found) == {"medical": (12, 12), "outlets": (14, 14)}
    assert (found.whole.low, found.whole.high, found.rest) == (14, 17, None)
    told = why(found.parts[0].figure.id, desk)
    assert told.what == "Reported killed, by the word of medical: 12"
    assert parts(breakdown(desk, Query("killed", said_by="medical"), "claimant-kind")) == {"medical": (12, 12)}
    assert {c for step in told.steps for c in step.claims} == {recorder.claim("a")}


def test_kinds_of_source_follow_a_judgement(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> None:
    recorder = Recorder(book, knowledge, tmp_path)
    rows = [{"id": n, "publisher": "Herald", "published": "2024-03-01", "text": text} for n, text in SAID.items()]
    recorder.add(*rows, reader=SimpleReader())
    desk = recorder.desk
    assert parts(breakdown(desk, Query("killed"), "claimant-kind")) == {"outlets": (14, 17)}
    wish = Wish("reject", (recorder.claim("c"),), "Ana", "misread", "2026-01-01T00:00:00Z")
    proposal = propose(desk, wish, SimpleReader)
    write(desk, proposal)
    assert parts(breakdown(carried_on(desk, proposal), Query("killed"), "claimant-kind")) == {"outlets": (9, 12)}
