"""`add`: what goes in, what is told, and what a second time changes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from tallybook.documents import Arrival, Intake, Stated, documents_from
from tallybook.errors import DocumentError
from tallybook.knowledge import Knowledge
from tallybook.model import Document, Issue, Reading
from tallybook.runs.adding import Listener, add_documents
from tallybook.runs.deriving import incidents_of, is_linked
from tallybook.runs.guarded_reading import BATCH, read_arrivals
from tallybook.store import BookStore
from tests.simple_reader import SimpleReader
from tests.unit.runs.conftest import REPORTS, Adder


def test_counts_what_was_added(add: Adder) -> None:
    added = add(*REPORTS)
    assert (added.documents, added.known, added.claims, added.issues, added.unreadable) == (4, 0, 3, 1, 0)


def test_second_time_reads_nothing_and_changes_nothing(add: Adder, book: BookStore) -> None:
    add(*REPORTS)
    before = book.state(), list(book.readings())
    added = add(*REPORTS)
    assert (added.documents, added.known) == (0, 4)
    assert (book.state(), list(book.readings())) == before


def test_other_file_name_and_order_give_the_same_book(add: Adder, book: BookStore) -> None:
    add(*REPORTS)
    before = list(book.readings())
    rows = list(REPORTS)
    random.Random(1).shuffle(rows)
    add(*rows, name="shuffled.jsonl")
    assert list(book.readings()) == before
    assert {r.document.source for r in book.readings()} == {"a", "b", "c", "d"}


def test_document_that_crashes_the_reader_becomes_an_issue_and_the_rest_goes_on(add: Adder, book: BookStore) -> None:
    rows = [{"id": f"{n:03d}", "text": f"{n} people were killed in Karsk."} for n in range(1, BATCH + 5)]
    rows[7]["text"] += " CRASH"
    heard: list[Issue] = []
    added = add(*rows, listener=Listener(on_issue=heard.append))
    assert added.documents == len(rows)
    assert added.claims == len(rows) - 1
    assert [(i.code, i.object) for i in heard] == [("reader-failed", "008")]
    assert "asked to crash" in heard[0].message


def test_language_that_no_pack_reads_is_kept_without_claims(add: Adder, book: BookStore) -> None:
    spanish = "Al menos doce personas murieron el lunes en un ataque contra un mercado de la ciudad, dijo la policía. "
    text = spanish * 3 + "12 people were killed in Karsk."
    add({"id": "es", "text": text})
    (reading,) = book.readings()
    assert reading.claims == ()
    assert [i.code for i in reading.issues] == ["language-unread"]
    assert reading.document.text == text


def test_unreadable_files_are_noted_in_the_book_and_missing_ones_are_not(
    tmp_path: object, book: BookStore, knowledge: Knowledge
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "empty.txt").touch()
    heard: list[DocumentError] = []
    sources = [str(folder / "empty.txt"), str(folder / "missing.txt")]
    arrivals = documents_from(sources, Intake(Stated.of("2024-06-01")))
    added = add_documents(book, arrivals, SimpleReader(), knowledge, Listener(on_error=heard.append))
    assert added.unreadable == len(heard) == 2
    assert [n.object for n in book.notes()] == ["empty.txt"]
    assert str(folder) not in book.notes()[0].message


def test_incidents_are_kept_with_the_state_they_were_derived_from(add: Adder, book: BookStore) -> None:
    add(*REPORTS)
    assert is_linked(book)
    assert len(book.linked_incidents()) == len(incidents_of(book)) == 2


def test_batches_are_read_as_they_come_and_no_further() -> None:
    taken = 0

    def endless() -> Iterator[Arrival]:
        nonlocal taken
        while True:
            taken += 1
            yield Arrival(Document(str(taken), str(taken), "5 people were killed.", "s", "", "", language="en"))

    stream = read_arrivals(endless(), SimpleReader(), {"en"})
    for _ in range(3):
        next(stream)
    assert taken == BATCH


class Forgetful(SimpleReader):
    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for number, document in enumerate(documents):
            if number == 2:
                raise MemoryError("out of memory")
            yield self.read(document)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_reader_that_fails_on_long_batches_still_reads_all(count: int) -> None:
    documents = [Document(str(n), str(n), "5 people were killed.", "s", "", "", language="en") for n in range(count)]
    found = list(read_arrivals([Arrival(d) for d in documents], Forgetful(), {"en"}))
    assert [r.document.id for _, r in found if r] == [str(n) for n in range(count)]
    assert all(r.claims for _, r in found if r)
