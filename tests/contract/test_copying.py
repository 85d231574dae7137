"""A book that is copied, backed up and restored is the same book, whatever store it is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.errors import BookError, BookMissing, UsageError
from tallybook.model import Issue
from tallybook.store import Arrived, create_or_open, open_book
from tallybook.store.opening import back_up, copy_book, shown_address
from tallybook.store.schema import OF_LINKING
from tests.contract.stores import document, entry
from tests.contract.test_store import contents
from tests.postgres_server import new_database, server
from tests.unit.factories import judgement


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a book with readings old and new, notes, a setting, arrivals and a judgement."""
    path = tmp_path / "my war ပြည်.db"
    with create_or_open(str(path)) as book:
        first = entry(document("Five died.", "é", title="Five"))
        book.add(replace(first, arrived=Arrived("2024-03-02T00:00:00Z", 1)))
        book.add(replace(first, knowledge="k2"))
        book.add(entry(document("Six died.", "a")))
        book.note(Issue("document-unreadable", "no text", "x.bin"))
        book.set_setting("knowledge", ("b", "a"))
        book.judge(judgement(1, "accept", "c1"))
    return path


def held(address: str) -> list[object]:
    with open_book(address) as book:
        return [*contents(book), book.judgements(), book.arrivals(), book.setting("knowledge"), book.sealed()]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        names = {n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        names -= {table.name for table in OF_LINKING}
        return {n: sorted(map(tuple, connection.execute(f'SELECT * FROM "{n}"')), key=repr) for n in names}


def test_to_a_server_and_back_loses_nothing(path: Path, cluster: str, tmp_path: Path) -> None:
    there, back = new_database(cluster), tmp_path / "back.db"
    copy_book(str(path), there)
    assert held(there) == held(str(path))
    copy_book(there, str(back))
    assert rows(back) == rows(path)
    assert not list(tmp_path.glob("*.part*"))


def test_a_backup_of_either_store_is_a_book_and_restores(path: Path, cluster: str, tmp_path: Path) -> None:
    there = new_database(cluster)
    copy_book(str(path), there)
    for number, book in enumerate((str(path), there)):
        file, again = tmp_path / f"backup{number}.db", tmp_path / f"again{number}.db"
        back_up(book, str(file))
        copy_book(str(file), str(again))
        assert held(str(again)) == held(str(path))


def test_a_book_that_holds_something_is_never_written_over(path: Path, cluster: str, tmp_path: Path) -> None:
    there = new_database(cluster)
    copy_book(str(path), there)
    with pytest.raises(BookError, match="holds something already"):
        copy_book(str(path), there)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="something is there already"):
        copy_book(there, str(path))
    with pytest.raises(UsageError, match="something is there already"):
        back_up(there, str(path))
    assert path.read_bytes() == before


def test_what_is_no_book_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(BookMissing):
        copy_book(str(tmp_path / "none.db"), str(tmp_path / "new.db"))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BookMissing, match="folder"):
        back_up(str(tmp_path / "none.db"), str(tmp_path / "no" / "new.db"))


def test_a_password_is_never_shown(cluster: str) -> None:
    assert shown_address("postgresql://ana:secret@db/war") == "postgresql://ana@db/war"
    with pytest.raises(BookMissing) as trouble:
        open_book("postgresql://ana:secret@127.0.0.1:1/war")
    assert "secret" not in str(trouble.value)


def test_a_server_book_opened_for_reading_cannot_be_changed(cluster: str) -> None:
    there = new_database(cluster)
    create_or_open(there).close()
    with open_book(there) as book, pytest.raises(BookError, match="for reading"):
        book.add(entry(document("Five died.")))


def test_a_database_of_others_is_no_book(cluster: str) -> None:
    import psycopg

    there = new_database(cluster)
    with psycopg.connect(there, autocommit=True) as connection:
        connection.execute("CREATE TABLE invoices (id int)")
    with pytest.raises(BookError, match="other tables"):
        create_or_open(there)
