"""What every store promises of people and access. The same suite runs on each."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import BookError, UsageError
from tallybook.model.account import ADMINISTRATOR, CODER, READER, Account, Seen, Visit
from tallybook.store import BookStore, SeenAsked, create_or_open
from tallybook.store.access import log_open
from tallybook.store.opening import back_up, copy_book
from tests.contract.stores import STORES, Maker, document, entry
from tests.postgres_server import new_database, server

ANA = Account("a" * 16, "Ana Ibarz", ADMINISTRATOR, "$argon2id$…", "2024-05-01T00:00:00Z")
BEN = Account("b" * 16, "Ben", CODER, "$argon2id$…", "2024-05-01T00:00:00Z", secret="ABC")
VISIT = Visit("d" * 64, ANA.id, "token", "2024-05-01T08:00:00Z", "2024-05-01T08:00:00Z")


@pytest.fixture(scope="module", params=sorted(STORES))
def maker(request: pytest.FixtureRequest) -> Iterator[Maker]:
    with STORES[request.param]() as make:
        yield make


@pytest.fixture
def book(maker: Maker, tmp_path: Path) -> Iterator[BookStore]:
    with maker(tmp_path) as store:
        yield store


@pytest.fixture
def staffed(book: BookStore) -> BookStore:
    book.access.add_person(ANA)
    book.access.add_person(BEN)
    return book


def line(person: str = "Ana Ibarz", what: str = "saw", object: str = "c1", at: str = "2024-05-01T09:00:00Z") -> Seen:
    return Seen(person, what, "/claims/{name}", object, at)


def test_new_book_knows_nobody(book: BookStore) -> None:
    assert book.access.people() == ()
    assert book.access.person("Ana Ibarz") is None
    assert book.access.seen(SeenAsked(), None, 10) == ()


def test_accounts_come_back_whole_by_whatever_case_of_their_names(staffed: BookStore) -> None:
    assert staffed.access.people() == (ANA, BEN)
    assert staffed.access.person(" ana  IBARZ ") == ANA


def test_a_name_is_given_once(staffed: BookStore) -> None:
    with pytest.raises(UsageError, match="there already"):
        staffed.access.add_person(replace(BEN, id="c" * 16, name="BEN"))


def test_the_last_administrator_stays(staffed: BookStore) -> None:
    for change in ({"role": READER}, {"active": False}):
        with pytest.raises(UsageError, match="Nobody could administer"):
            staffed.access.change_person(ANA.id, change)
    assert staffed.access.person("Ana Ibarz") == ANA
    staffed.access.change_person(BEN.id, {"role": ADMINISTRATOR})
    staffed.access.change_person(ANA.id, {"active": False})
    assert staffed.access.people() == (replace(ANA, active=False), replace(BEN, role=ADMINISTRATOR))


def test_a_code_is_taken_once_however_many_try_at_the_same_moment(staffed: BookStore) -> None:
    with ThreadPoolExecutor(6) as many:
        taken = list(many.map(lambda _: staffed.access.use_step(BEN.id, 57), range(6)))
    assert sum(taken) == 1
    assert not staffed.access.use_step(BEN.id, 56)
    assert staffed.access.use_step(BEN.id, 58)


def test_visits_begin_go_on_and_end(staffed: BookStore) -> None:
    access = staffed.access
    access.open_visit(VISIT)
    access.open_visit(replace(VISIT, digest="e" * 64))
    access.touch_visit(VISIT.digest, "2024-05-01T08:30:00Z")
    assert access.visit(VISIT.digest) == (replace(VISIT, seen="2024-05-01T08:30:00Z"), ANA)
    access.end_visits(ANA.id, but=VISIT.digest)
    assert access.visit("e" * 64) is None
    access.forget_visits("2024-05-01T07:00:00Z", "2024-05-01T08:29:00Z")
    assert access.visit(VISIT.digest) is not None
    access.forget_visits("2024-05-01T07:00:00Z", "2024-05-01T08:31:00Z")
    assert access.visit(VISIT.digest) is None
    access.open_visit(VISIT)
    access.end_visit(VISIT.digest)
    assert access.visit(VISIT.digest) is None


def patience(failures: int) -> int:
    return 0 if failures < 3 else 30 * 2 ** (failures - 3)


def test_tries_are_counted_and_have_to_wait_longer_each_time(book: BookStore) -> None:
    keys = {"name ana": patience}
    assert [book.access.try_in(keys, 100, 3600) for _ in range(4)] == [0, 0, 0, 30]
    assert book.access.try_in(keys, 129, 3600) == 1
    assert book.access.try_in(keys, 130, 3600) == 0
    assert book.access.try_in(keys, 131, 3600) == 59
    assert book.access.try_in({"name ben": patience}, 131, 3600) == 0
    assert book.access.try_in(keys, 130 + 3601, 3600) == 0


def test_of_tries_at_the_same_moment_each_is_counted(book: BookStore) -> None:
    with ThreadPoolExecutor(8) as many:
        waits = list(many.map(lambda _: book.access.try_in({"name ana": patience}, 100, 3600), range(8)))
    assert waits.count(0) == 3


def test_who_came_in_clears_the_name_and_gives_the_address_its_try_back(book: BookStore) -> None:
    keys = {"name ana": patience, "from ::1": patience}
    for _ in range(3):
        book.access.try_in(keys, 100, 3600)
    book.access.came_in("name ana", "from ::1")
    assert book.access.try_in({"name ana": patience}, 100, 3600) == 0
    assert [book.access.try_in({"from ::1": patience}, 100, 3600) for _ in range(2)] == [0, 30]
    book.access.came_in("name eve", "from nowhere")


def test_log_is_appended_to_and_asked(book: BookStore) -> None:
    told = [line(), line("Ben", at="2024-05-02T09:00:00Z"), line("Ben", "exported", "c2", "2024-05-03T23:10:00Z")]
    for one in told:
        book.access.note_seen(one)
    log = book.access.seen(SeenAsked(), None, 10)
    assert log == tuple(replace(one, number=n) for n, one in reversed(list(enumerate(told, start=1))))
    assert book.access.seen(SeenAsked(), 3, 1) == log[1:2]

    def numbers(**asked: str) -> list[int]:
        found = [s.number for s in book.access.seen(SeenAsked(**asked), None, 10)]
        assert book.access.seen_total(SeenAsked(**asked)) == len(found)
        return found

    assert numbers(person="Ben") == [3, 2]
    assert numbers(what="exported") == [3]
    assert numbers(object="c1") == [2, 1]
    assert numbers(since="2024-05-02", until="2024-05-03") == [3, 2]


def test_the_database_itself_keeps_the_log_as_it_was_written(book: BookStore) -> None:
    from sqlalchemy import text

    book.access.note_seen(line())
    for change in ("UPDATE seen SET person = 'Eve'", "DELETE FROM seen"):
        with pytest.raises(BookError), book._writing() as connection:  # type: ignore[attr-defined]
            connection.execute(text(change))
    assert [s.person for s in book.access.seen(SeenAsked(), None, 10)] == ["Ana Ibarz"]


def test_a_purge_may_rewrite_the_log_and_leaves_it_shut(book: BookStore) -> None:
    from sqlalchemy import text

    book.access.note_seen(line(object="q=Marta Velin"))
    with book._writing() as connection, log_open(connection):  # type: ignore[attr-defined]
        connection.execute(text("UPDATE seen SET object = 'q=…'"))
    assert [s.object for s in book.access.seen(SeenAsked(), None, 10)] == ["q=…"]
    with pytest.raises(BookError), book._writing() as connection:  # type: ignore[attr-defined]
        connection.execute(text("DELETE FROM seen"))


def test_neither_state_nor_mark_knows_of_people(book: BookStore) -> None:
    book.add(entry(document("Five died.")))
    before = book.state(), book.mark()
    book.access.add_person(ANA)
    book.access.open_visit(VISIT)
    book.access.try_in({"x": patience}, 1, 2)
    book.access.note_seen(line())
    assert (book.state(), book.mark()) == before
    book.set_setting("knowledge", ("a",))
    assert book.mark() != before[1]


def test_people_and_log_are_copied_and_backed_up_visits_are_not(tmp_path: Path) -> None:
    with server() as cluster:
        path, there, back = tmp_path / "a.db", new_database(cluster), tmp_path / "b.db"
        with create_or_open(str(path)) as book:
            book.access.add_person(ANA)
            book.access.open_visit(VISIT)
            book.access.note_seen(line())
        copy_book(str(path), there)
        back_up(there, str(back))
        for address in (there, str(back)):
            with create_or_open(address) as book:
                assert book.access.people() == (ANA,)
                assert book.access.visit(VISIT.digest) is None
                book.access.note_seen(line("Ben"))
                assert [s.number for s in book.access.seen(SeenAsked(), None, 10)] == [2, 1]
        with pytest.raises(BookError, match="holds something already"):
            copy_book(str(path), there)
