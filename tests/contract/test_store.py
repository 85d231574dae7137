"""What every store promises. The same suite runs on each."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import BookError
from tallybook.model import Control, Issue, Judgement, Passage, Span
from tallybook.model.judgement import identity, seal
from tallybook.store import Arrived, BookStore
from tests.contract.stores import STORES, Maker, document, entry
from tests.unit.factories import judgement


@pytest.fixture(scope="module", params=sorted(STORES))
def maker(request: pytest.FixtureRequest) -> Iterator[Maker]:
    """Return what makes empty books of one kind; a server runs as long as its tests."""
    with STORES[request.param]() as make:
        yield make


@pytest.fixture
def book(maker: Maker, tmp_path: Path) -> Iterator[BookStore]:
    with maker(tmp_path) as store:
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


def test_control_and_issues_come_as_the_readings_have_them(book: BookStore) -> None:
    for text in ("one", "two"):
        made = entry(document(text, id=text))
        held = Control(f"h-{text}", text, Span(0, 3), (), "Brannik", "OAF")
        book.add(replace(made, reading=replace(made.reading, control=(held,))))
    assert [(k, c) for k, c in book.control()] == [(r.document.key, c) for r in book.readings() for c in r.control]
    assert [(k, i) for k, i in book.issues()] == [(r.document.key, i) for r in book.readings() for i in r.issues]
    assert len(book.issues()) == 4


def test_mark_changes_with_every_write_and_only_then(book: BookStore) -> None:
    first = book.mark()
    assert book.mark() == first
    book.add(entry(document("one")))
    second = book.mark()
    assert second != first
    book.state()
    assert book.mark() == second
    book.set_setting("knowledge", ("a",))
    assert book.mark() != second or book.mark() == book.state()


def test_victims_come_in_the_order_of_documents(book: BookStore) -> None:
    for name in ("b", "a"):
        book.add(entry(document(f"{name} died", name)))
    assert [(key, v.id) for key, v in book.victims()] == [(k, f"v-{k[:6]}") for k in book.documents()]
    assert [v for _, v in book.victims()] == [v for r in book.readings() for v in r.victims]


def test_adding_twice_changes_nothing(book: BookStore) -> None:
    added = entry(document("Five died."))
    assert book.add(added)
    before = contents(book)
    assert book.holds(added.document, "test/1", "k1")
    assert not book.add(added)
    assert contents(book) == before


def test_any_order_and_repetition_gives_one_book(maker: Maker, tmp_path: Path) -> None:
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
        with maker(folder) as store:
            for added in (*order, random.Random(number).choice(order)):
                store.add(added)
            found.append(contents(store))
    assert all(f == found[0] for f in found)
    assert [r.document.id for r in found[0][:3]] == ["a", "a", "a"]


def test_ids_sort_by_their_code_points_on_every_store(book: BookStore) -> None:
    ids = ["é", "a", "Z", "_", "ပြည်", "1", "A b"]
    for name in ids:
        book.add(entry(document(f"{name} died", name)))
    assert [d.id for d in book.documents().values()] == sorted(ids)


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
    with book.linking() as shelf:
        shelf.keep("incidents", "0")
    assert book.state() == one != empty


def link_nothing(book: BookStore) -> None:
    with book.linking() as shelf:
        shelf.settle()
        shelf.keep("incidents", str(len(shelf.judgements())))


def test_what_a_linking_left_holds_until_something_comes_or_is_decided(book: BookStore) -> None:
    assert not book.is_linked("incidents")
    changes: tuple[Callable[[], object], ...] = (
        lambda: book.add(entry(document("Five died."))),
        lambda: book.add(entry(document("Five died."), reader="test/2")),
        lambda: book.judge(judgement(1, "accept", "c1")),
    )
    for change in changes:
        link_nothing(book)
        assert book.is_linked("incidents")
        change()
        assert not book.is_linked("incidents")
    assert not book.is_linked("people")


def test_documents_that_changed_since_a_linking_are_named(book: BookStore) -> None:
    one, other = document("Five died."), document("Six died.", id="e")
    book.add(entry(one))
    link_nothing(book)
    book.add(entry(one, reader="test/2"))
    book.add(entry(other))
    with book.linking() as shelf:
        assert shelf.changed(2) == {one.key, other.key}
        assert shelf.changed(1) is None


def test_a_linking_that_fails_leaves_what_was_there(book: BookStore) -> None:
    book.add(entry(document("Five died.")))
    link_nothing(book)
    with suppress(KeyError), book.linking() as shelf:
        shelf.clear()
        shelf.keep("incidents", "9")
        raise KeyError
    assert book.derived("incidents") == "0"


def test_events_are_found_under_their_names_and_days(book: BookStore) -> None:
    events = [(("d1", "e"), 5, 6, "Karsk", 0, "i-1"), (("d2", "e"), 9, 9, None, 0, "i-2"),
              (("d3", "e"), 7, 8, "Karsk", 2, "i-2")]  # fmt: skip
    with book.linking() as shelf:
        one, other, third = shelf.add_events(events, [("at karsk", "word x"), ("in nowhere",), ("at karsk", "ပြည်")])
    with book.linking() as shelf:
        assert set(shelf.meeting(("at karsk", "in nowhere"), 6, 8)) == {("d1", "e"), ("d3", "e")}
        assert set(shelf.meeting(("at karsk",), 7, 7)) == {("d3", "e")}
        assert (shelf.holds("word x"), shelf.holds("word y")) == (True, False)
        assert shelf.holding("ပြည်") == [("d3", "e")]
        assert len(shelf.holding("at karsk", 1)) == 1
        assert {e.near.key for e in shelf.events_of_components([one])} == {("d1", "e"), ("d2", "e")}
        assert {e.near.key for e in shelf.events_of_incidents(["i-2"])} == {("d2", "e"), ("d3", "e")}
        assert sorted(shelf.rows_of([third])[third]) == ["at karsk", "ပြည်"]
        shelf.place_events({other: (third, "i-3")})
        shelf.drop_events(["d1"])
    with book.linking() as shelf:
        assert [(e.near.key, e.component, e.incident) for e in shelf.events_of(["d1", "d2"])] == [
            (("d2", "e"), third, "i-3")
        ]
        assert not shelf.holds("word x")


def test_sketches_are_found_by_day_and_undated_ones_always(book: BookStore) -> None:
    with book.linking() as shelf:
        shelf.add_sketches([("d1", 5, b"a"), ("d2", 20, b"b"), ("d3", None, b"c")])
        shelf.add_copies([("d2", "d1"), ("d3", "d2")])
    assert book.linked_copies() == (("d2", "d1"), ("d3", "d2"))
    with book.linking() as shelf:
        assert shelf.sketches((4, 6)) == {"d1": b"a", "d3": b"c"}
        assert set(shelf.sketches(None)) == {"d1", "d2", "d3"}
        assert shelf.copies_of(["d1"]) == {("d2", "d1")}
        shelf.drop_copies(["d1"])
        assert shelf.copies_of(["d2"]) == {("d3", "d2")}
        assert "d1" not in shelf.sketches(None)


def test_lists_can_be_read_while_another_is_open(book: BookStore) -> None:
    for name in ("a", "b"):
        book.add(entry(document(f"{name} died", name)))
    assert [(r.document.id, len(book.claims())) for r in book.readings()] == [("a", 4), ("b", 4)]


def decided(number: int, verb: str = "reject", *objects: str, before: Judgement | None = None) -> Judgement:
    draft = Judgement("", number, verb, objects or ("c1",), "Ana", "seen twice", "2024-04-01T00:00:00Z",
                      before=seal(before) if before else None)  # fmt: skip
    return replace(draft, id=identity(draft, before.id if before else None))


def test_judgements_come_back_whole_in_the_order_of_their_numbers(book: BookStore) -> None:
    words = Passage("c1", "c1", "k" * 32, "body", Span(0, 4), "Five", "killed", 5, None, Span(0, 4))
    draft = replace(
        decided(1), passages=(words,), shown=(("count", "5..5"),), field="count", value="5", means='{"low":5}'
    )
    first = replace(draft, id=identity(draft, None))
    second = decided(2, "undo", first.id, before=first)
    book.judge(first)
    book.judge(second)
    assert book.judgements() == (first, second)
    assert book.sealed() == (2, seal(second))


def test_log_takes_no_number_twice_and_leaves_none_out(book: BookStore) -> None:
    book.judge(decided(1))
    for number in (1, 3):
        with pytest.raises(BookError, match="log is at 1"):
            book.judge(decided(number))
    assert [j.number for j in book.judgements()] == [1]


def test_judgements_change_the_state_and_no_claim(book: BookStore) -> None:
    book.add(entry(document("Five died.")))
    claims, state = book.claims(), book.state()
    book.judge(decided(1))
    assert book.claims() == claims
    assert book.state() != state


def test_judgement_and_the_readings_it_needs_are_kept_together_or_not_at_all(book: BookStore) -> None:
    report = document("Five died.")
    book.add(entry(report, claims=1))
    anew = replace(entry(report, claims=3), mended='{"published":"2024-02-01"}')
    with pytest.raises(BookError):
        book.judge(decided(2), [anew])
    assert len(book.claims()) == 1
    book.judge(decided(1), [anew])
    assert len(book.claims()) == 3
    assert book.holds(report, "test/1", "k1", anew.mended)
    assert not book.holds(report, "test/1", "k1")


def test_judgement_on_a_book_that_has_changed_is_refused(book: BookStore) -> None:
    seen = book.state()
    book.add(entry(document("Five died.")))
    with pytest.raises(BookError, match="has changed since you looked"):
        book.judge(decided(1), seen=seen)
    assert book.judgements() == ()
    assert book.judge(decided(1), seen=book.state()) == book.state()


def test_reading_of_each_mending_is_kept(book: BookStore) -> None:
    report = document("Five died.")
    book.add(entry(report, claims=1))
    book.judge(decided(1), [replace(entry(report, claims=3), mended="m")])
    (now,) = book.readings()
    assert book.reading_as(report.key, "m") == now
    old = book.reading_as(report.key, "")
    assert old is not None
    assert len(old.claims) == 1
    assert book.reading_as(report.key, "other") is None
    assert book.reading_as("no such key", "") is None


def test_first_arrival_of_a_document_holds(book: BookStore) -> None:
    report = document("Five died.", "b")
    assert book.next_run() == 1
    book.add(replace(entry(report), arrived=Arrived("2024-04-01T00:00:00Z", 1)))
    book.add(replace(entry(replace(report, id="a", source="a")), arrived=Arrived("2024-04-02T00:00:00Z", 2)))
    assert book.arrivals() == {report.key: Arrived("2024-04-01T00:00:00Z", 1)}
    assert book.next_run() == 2
    assert [d.id for d in book.documents().values()] == ["a"]


def test_time_of_arrival_is_no_part_of_the_state(maker: Maker, tmp_path: Path) -> None:
    states = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        with maker(folder) as store:
            store.add(replace(entry(document("Five died.")), arrived=Arrived(f"2024-04-0{number}T00:00:00Z", number)))
            states.append(contents(store))
    assert states[0] == states[1]


def test_what_arrival_noticed_is_known_apart(book: BookStore) -> None:
    added = entry(document("Five died."))
    book.add(added)
    assert book.arrival_issues(added.document.key) == added.arrival_issues
    (reading,) = book.readings()
    assert reading.issues[0] == added.arrival_issues[0]
