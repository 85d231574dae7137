"""What every store promises. The same suite runs on each."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.model import Issue
from tallybook.store import BookStore
from tests.contract.stores import STORES, document, entry


@pytest.fixture(params=sorted(STORES))
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BookStore]:
    with STORES[request.param](tmp_path) as store:
        yield store


def contents(book: BookStore) -> list[object]:
    return [*book.readings(), *book.documents().values(), *book.claims(), *book.notes(), book.state()]


def test_new_book_is_empty(book: BookStore) -> None:
    assert list(book.readings()) == []
    assert book.claims() == ()
    assert book.judgements() == ()


def test_what_was_added_comes_back_whole(book: BookStore) -> None:
    added = entry(document("Five people died in ပြည်.\n", title="Five dead"))
    assert book.add(added)
    (reading,) = book.readings()
    assert reading == replace(added.reading, issues=(*added.arrival_issues, *added.reading.issues))
    assert book.claims() == added.reading.claims
    assert book.documents() == {added.document.key: added.document}


def test_absent_stays_absent(book: BookStore) -> None:
    book.add(entry(document("Some died.", publisher=None, published=None)))
    (kept,) = book.documents().values()
    assert (kept.publisher, kept.published, kept.title) == (None, None, None)
    assert book.claims()[0].count is not None
    assert book.claims()[0].count.high is None


def test_adding_twice_changes_nothing(book: BookStore) -> None:
    added = entry(document("Five died."))
    assert book.add(added)
    before = contents(book)
    assert book.holds(added.document, "test/1", "k1")
    assert not book.add(added)
    assert contents(book) == before


def test_any_order_and_repetition_gives_one_book(tmp_path: Path) -> None:
    same = document("Five died.", "b")
    entries = [
        entry(same),
        entry(replace(same, id="a", source="a")),
        entry(replace(same, id="a", source="a", title="Headline"), claims=3),
        entry(document("Six died.", "a")),
        entry(document("Six died.", "a", publisher="Courier")),
    ]
    found = []
    for number, order in enumerate(itertools.islice(itertools.permutations(entries), 0, 120, 7)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with STORES["sqlite"](folder) as store:
            for added in (*order, random.Random(number).choice(order)):
                store.add(added)
            found.append(contents(store))
    assert all(f == found[0] for f in found)
    assert [r.document.id for r in found[0][:3]] == ["a", "a", "a"]


def test_documents_stand_in_the_order_of_ids(book: BookStore) -> None:
    for name in ("c", "a", "b"):
        book.add(entry(document(f"{name} died", name)))
    assert [d.id for d in book.documents().values()] == ["a", "b", "c"]
    assert [r.document.id for r in book.readings()] == ["a", "b", "c"]
    assert [c.document for c in book.claims()] == [k for k in book.documents() for _ in range(2)]


def test_same_text_from_another_outlet_is_another_document(book: BookStore) -> None:
    book.add(entry(document("Five died.")))
    book.add(entry(document("Five died.", publisher="Courier")))
    assert len(book.documents()) == 2


def test_newer_reading_becomes_current_and_the_older_returns(book: BookStore) -> None:
    report = document("Five died.")
    book.add(entry(report, claims=1))
    first = contents(book)
    assert not book.holds(report, "test/2", "k1")
    assert book.add(entry(report, claims=3, reader="test/2"))
    assert {c.reader for c in book.claims()} == {"test/2"}
    assert book.add(entry(report, claims=1))
    assert contents(book) == first


def test_notes_are_kept_once(book: BookStore) -> None:
    for _ in range(2):
        book.note(Issue("document-unreadable", "x.txt: it is empty.", "x.txt"))
    assert [n.object for n in book.notes()] == ["x.txt"]


def test_settings_keep_their_order_and_can_be_emptied(book: BookStore) -> None:
    book.set_setting("knowledge", ("b", "a"))
    assert book.setting("knowledge") == ("b", "a")
    book.set_setting("knowledge", ())
    assert book.setting("knowledge") == ()


def test_state_tells_books_apart_and_nothing_else(book: BookStore) -> None:
    empty = book.state()
    book.add(entry(document("Five died.")))
    one = book.state()
    book.set_setting("knowledge", ("x",))
    book.keep_derived("incidents", one, "[]")
    assert book.state() == one != empty


def test_derived_values_hold_for_their_state_only(book: BookStore) -> None:
    book.keep_derived("incidents", "s1", "[1]")
    book.keep_derived("incidents", "s2", "[2]")
    assert book.derived("incidents", "s1") is None
    assert book.derived("incidents", "s2") == "[2]"


def test_lists_can_be_read_while_another_is_open(book: BookStore) -> None:
    for name in ("a", "b"):
        book.add(entry(document(f"{name} died", name)))
    assert [(r.document.id, len(book.claims())) for r in book.readings()] == [("a", 4), ("b", 4)]
