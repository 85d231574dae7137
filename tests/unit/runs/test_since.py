"""`diff`: which figures moved since a moment, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import UsageError
from tallybook.knowledge import Knowledge
from tallybook.review.deciding import Wish
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.desk import Desk
from tallybook.runs.judging import change_of, commit, name_of, propose
from tallybook.runs.since import Difference, difference
from tallybook.store import BookStore
from tests.dated_reader import DatedReader

EARLY = {
    "id": "a",
    "publisher": "Herald",
    "published": "2024-03-02",
    "text": "12 civilians were killed in Karsk on 2024-03-01.",
}
LATE = {
    "id": "b",
    "publisher": "Courier",
    "published": "2024-03-03",
    "text": "15 civilians were killed in Karsk on 2024-03-01.",
}
READER = DatedReader()


class Week:
    """A book in which something happens on each day of May 2024."""

    def __init__(self, book: BookStore, knowledge: Knowledge, folder: Path) -> None:
        self.book, self.knowledge, self._folder = book, knowledge, folder

    @property
    def desk(self) -> Desk:
        return Desk(self.book, self.knowledge)

    def add(self, day: int, *rows: dict[str, str]) -> int | None:
        path = self._folder / f"{day}.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2024-06-01")))
        return add_documents(self.book, arrivals, READER, self.knowledge, Listener(), f"2024-05-0{day}T12:00:00Z").run

    def decide(self, day: int, verb: str, *objects: str, value: str | None = None) -> None:
        wish = Wish(verb, objects, "Ana", "seen", f"2024-05-0{day}T12:00:00Z", None, value)
        commit(self.desk, propose(self.desk, wish, lambda: READER))

    def claim(self, document: str) -> str:
        return next(c.id for c in self.desk.claims if self.desk.documents[c.document].id == document)

    def since(self, moment: str) -> Difference:
        return difference(self.desk, moment)


@pytest.fixture
def week(book: BookStore, knowledge: Knowledge, tmp_path: Path) -> Week:
    """Return a book: a report on the 1st, another on the 2nd, which is rejected on the 3rd."""
    made = Week(book, knowledge, tmp_path)
    assert made.add(1, EARLY) == 1
    assert made.add(2, LATE) == 2
    made.decide(3, "reject", made.claim("b"))
    return made


def figures(found: Difference) -> dict[str, str]:
    return {
        name_of(m.move): change_of(m.move) for m in found.figures if m.move.incident is None and m.move.who == "any"
    }


def test_figure_is_compared_with_what_it_was_at_each_moment(week: Week) -> None:
    assert figures(week.since("2024-05-01")) == {"killed, any": "none -> 12..12"}
    assert figures(week.since("2024-05-02")) == {}
    assert figures(week.since("2024-05-03")) == {"killed, any": "12..15 -> 12..12"}
    assert figures(week.since("2024-05-04")) == {}
    assert figures(week.since("2024-05-03T12:00:01Z")) == {}


def test_runs_and_judgements_are_moments_too(week: Week) -> None:
    assert figures(week.since("r2")) == figures(week.since("0")) == {"killed, any": "12..15 -> 12..12"}
    assert figures(week.since("r1")) == figures(week.since("1")) == {}


def test_what_was_decided_in_the_second_of_a_run_counts_as_since(week: Week) -> None:
    """Commands are quick: a report and the judgement on it may have one time."""
    week.decide(2, "accept", week.claim("a"))
    assert [j.number for j in week.since("r2").judgements] == [1, 2]


def test_claims_documents_and_judgements_that_moved_a_figure_are_named(week: Week) -> None:
    (first, *_) = week.since("2024-05-03").figures
    assert first.move.claims == (week.claim("b"),)
    assert [j.number for j in first.judgements] == [1]
    assert first.documents == ()
    (arrived, *_) = week.since("2024-05-01").figures
    assert arrived.documents == ("a",)


def test_what_came_since_is_listed_even_where_no_figure_moves(week: Week) -> None:
    found = week.since("r1")
    assert [d.id for d in found.documents] == ["b"]
    assert [j.number for j in found.judgements] == [1]
    assert [m for m in found.figures if m.move.incident is None] == []


def test_judgement_that_was_undone_again_moved_nothing(week: Week) -> None:
    week.decide(4, "undo", "1")
    assert figures(week.since("2024-05-03")) == {}
    (first, *_) = week.since("2024-05-02").figures
    assert first.judgements == ()
    (back, *_) = week.since("2024-05-04").figures
    assert [j.number for j in back.judgements] == [2]


def test_acceptance_moves_a_figure_only_where_it_restores(week: Week) -> None:
    week.decide(4, "accept", week.claim("a"))
    assert all(2 not in [j.number for j in m.judgements] for m in week.since("2024-05-03").figures)
    week.decide(5, "accept", week.claim("b"))
    (back, *_) = week.since("2024-05-05").figures
    assert [j.number for j in back.judgements] == [3]


def test_mended_documents_are_compared_with_how_they_were_read(week: Week) -> None:
    week.add(
        4,
        {
            "id": "d",
            "publisher": "Radio",
            "published": "2024-04-02",
            "text": "7 people were killed in Tolvi yesterday.",
        },
    )
    before = week.since("2024-05-05")
    assert before.figures == ()
    week.decide(5, "set-published", "d", value="2024-01-02")
    found = week.since("2024-05-05")
    assert [j.number for j in found.judgements] == [2]
    then = next(m for m in week.since("2024-05-04").figures if m.move.incident is None)
    assert then.documents == ("d",)


def test_documents_of_books_that_noted_no_arrival_have_always_been_there(
    book: BookStore, knowledge: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(EARLY), encoding="utf-8")
    add_documents(book, documents_from([str(path)], Intake(Stated.of("2024-06-01"))), READER, knowledge, Listener())
    assert difference(Desk(book, knowledge), "2020-01-01").documents == ()


@pytest.mark.parametrize("words", ["r9", "7", "yesterday", "r"])
def test_what_is_no_moment_is_refused(week: Week, words: str) -> None:
    with pytest.raises(UsageError):
        week.since(words)
