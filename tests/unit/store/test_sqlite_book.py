"""What is particular to books in SQLite files: opening, locks, full disks, crashes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tallybook.errors import BookError, BookLocked, BookMissing, BookNewer, DiskFull, NotABook, UsageError
from tallybook.store import create_or_open, open_book, schema, sqlite
from tests.contract.stores import document, entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "my böök ပြည်.db"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 100)


def made(path: Path) -> Path:
    with create_or_open(str(path)) as book:
        book.add(entry(document("Five died.")))
    return path


def test_missing_book_is_named_with_what_to_do(path: Path) -> None:
    with pytest.raises(BookMissing, match="tallybook add"):
        open_book(str(path))
    assert not path.exists()


def test_missing_folder_is_refused_when_a_book_is_made(tmp_path: Path) -> None:
    with pytest.raises(BookMissing, match="folder"):
        create_or_open(str(tmp_path / "no" / "book.db"))


@pytest.mark.parametrize("opening", [open_book, create_or_open])
def test_other_files_are_no_books_and_stay_as_they_are(path: Path, opening: object) -> None:
    path.write_text("a letter", encoding="utf-8")
    with pytest.raises(NotABook):
        opening(str(path))  # type: ignore[operator]
    assert path.read_text(encoding="utf-8") == "a letter"


def test_folder_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(NotABook):
        create_or_open(str(tmp_path))


def test_other_databases_are_no_books(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (text)")
    connection.commit()
    connection.close()
    with pytest.raises(NotABook):
        create_or_open(str(path))


def test_damaged_book_is_told_as_such(path: Path) -> None:
    made(path)
    path.write_bytes(path.read_bytes()[:4096] + b"\x00" * 8192)
    with pytest.raises(NotABook, match=r"damaged|no Tallybook book"):
        open_book(str(path))


def test_book_of_a_newer_version_is_refused(path: Path) -> None:
    made(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(BookNewer, match="Upgrade"):
        open_book(str(path))


def test_empty_file_and_cut_off_making_become_a_book(path: Path) -> None:
    path.touch()
    made(path)
    other = path.with_name("cut.db")
    connection = sqlite3.connect(other)
    connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    made(other)


def test_locked_book_says_so(path: Path) -> None:
    made(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with create_or_open(str(path)) as book, pytest.raises(BookLocked, match="locked by another process"):
            book.add(entry(document("Six died.")))
        with open_book(str(path)) as book:
            assert len(book.claims()) == 2
    finally:
        holder.close()


def test_book_opened_for_reading_cannot_be_changed(path: Path) -> None:
    made(path)
    before = path.read_bytes()
    with open_book(str(path)) as book:
        with pytest.raises(BookError):
            book.add(entry(document("Six died.")))
        book.claims()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_full_disk_says_so_and_loses_nothing(path: Path) -> None:
    made(path)
    with create_or_open(str(path)) as book:
        with book._engine.connect() as connection:  # type: ignore[attr-defined]
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(DiskFull, match="disk is full"):
            book.add(entry(document("word " * 20_000)))
        assert len(book.documents()) == 1
    with open_book(str(path)) as book:
        assert len(book.documents()) == 1


@pytest.mark.parametrize("address", ["mysql://host/book", "https://a.example/book", "postgresql://host"])
def test_addresses_of_other_stores_are_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError):
        create_or_open(address)


def test_sqlite_addresses_are_paths(path: Path) -> None:
    with create_or_open(f"sqlite:///{path.as_posix()}"):
        pass
    assert path.exists()


def test_migrations_lead_to_the_schema_of_the_program(path: Path) -> None:
    from alembic.autogenerate import compare_metadata

    made(path)
    with create_engine(f"sqlite:///{path.as_posix()}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        folder = Path(schema.__file__).parent / "migrations"
        assert ScriptDirectory(str(folder)).get_current_head() == schema.HEAD


KILLED = """
    import sys
    from tallybook.store import create_or_open
    from tests.contract.stores import document, entry
    with create_or_open(sys.argv[1]) as book:
        for number in range(10_000):
            book.add(entry(document(f"{number} died in Karsk.", f"d{number}")))
            print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kill_in_the_middle_loses_nothing_that_was_acknowledged(path: Path) -> None:
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(40)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in process.stdout.read().split()]
    process.wait()
    with open_book(str(path)) as book:
        kept = {d.id for d in book.documents().values()}
        claims = book.claims()
    assert {f"d{n}" for n in acknowledged} <= kept
    assert len(kept) - len(acknowledged) <= 1
    assert len(claims) == 2 * len(kept)
