"""Locked books: nothing of them lies open on disk at any moment, and nobody opens them with another passphrase."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallybook.errors import BookError, BookLocked, BookMissing, PassphraseRefused, UsageError
from tallybook.store import create_or_open, locking, open_book, sqlite
from tallybook.store.locked_books import is_locked_book, lock, unlock
from tallybook.store.opening import back_up, copy_book
from tallybook.store.relocking import relocked
from tests.contract.stores import document, entry
from tests.contract.test_store import contents
from tests.locks import ANOTHER, PASSPHRASE, asked, needs_library
from tests.unit.factories import judgement
from tests.unit.store.test_migrations import first_book

__all__ = ["first_book"]

SECRET = b"Marta Velin"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    needs_library()
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 100)
    with asked(PASSPHRASE, monkeypatch):
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an open book with a name in it."""
    path = tmp_path / "my böök ပြည်.db"
    with create_or_open(str(path)) as book:
        book.add(entry(document("Marta Velin died in Karsk.", "first")))
        book.judge(judgement(1, "accept", "c1"))
    return path


def open_files(folder: Path) -> list[str]:
    """Return the names of the files in which a word of the book can be read."""
    found = [
        p for p in folder.rglob("*") if p.is_file() and any(w in p.read_bytes() for w in (SECRET, b"Karsk", b"claims"))
    ]
    return [p.name for p in found]


def held(path: Path) -> list[object]:
    with open_book(str(path)) as book:
        return [*contents(book), book.judgements(), book.sealed()]


def test_a_locked_book_is_the_same_book_and_nothing_of_it_can_be_read(path: Path, tmp_path: Path) -> None:
    before = held(path)
    assert open_files(tmp_path) == [path.name]
    assert lock(str(path), PASSPHRASE) == (path,)
    assert open_files(tmp_path) == []
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert is_locked_book(str(path))
    assert held(path) == before
    assert unlock(str(path)) == (path,)
    assert held(path) == before
    assert not is_locked_book(str(path))


def test_nothing_lies_open_while_it_is_used(path: Path, tmp_path: Path) -> None:
    lock(str(path), PASSPHRASE)
    with create_or_open(str(path)) as book:
        for number in range(50):
            book.add(entry(document(f"{number} Marta Velin died in Karsk. " * 300, f"d{number}")))
        with book.linking() as shelf:
            shelf.keep("x", "Marta Velin" * 10_000)
        assert {p.name.removeprefix(path.name) for p in tmp_path.iterdir()} >= {"", "-wal"}
        assert open_files(tmp_path) == []
        mark = book.mark()
        with create_or_open(str(path)) as other:
            other.set_setting("knowledge", ("Karsk",))
        assert book.mark() != mark
    assert open_files(tmp_path) == []


def test_another_passphrase_opens_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lock(str(path), PASSPHRASE)
    before = path.read_bytes()
    with asked(ANOTHER, monkeypatch):
        for opening in (open_book, create_or_open):
            with pytest.raises(PassphraseRefused, match="does not open the book"):
                opening(str(path))
    with asked(None, monkeypatch), pytest.raises(PassphraseRefused, match="no passphrase was given"):
        open_book(str(path))
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


def test_the_same_letters_open_it_however_they_are_encoded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(str(path), "caf\u00e9 horse battery")
    with asked("cafe\u0301 horse battery", monkeypatch):
        assert held(path)


def test_the_passphrase_can_be_changed(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(str(path), PASSPHRASE)
    before, first = held(path), path.read_bytes()[:16]
    lock(str(path), ANOTHER)
    assert path.read_bytes()[:16] != first
    with asked(PASSPHRASE, monkeypatch), pytest.raises(PassphraseRefused):
        open_book(str(path))
    with asked(ANOTHER, monkeypatch):
        assert held(path) == before
    assert open_files(tmp_path) == []


def test_backups_and_copies_stay_locked(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(str(path), PASSPHRASE)
    before = held(path)
    back_up(str(path), str(tmp_path / "backup.db"))
    copy_book(str(path), str(tmp_path / "copy.db"))
    copy_book(str(tmp_path / "backup.db"), str(tmp_path / "restored.db"))
    assert open_files(tmp_path) == []
    with asked(PASSPHRASE, monkeypatch):
        assert [held(tmp_path / f"{name}.db") for name in ("backup", "copy", "restored")] == [before] * 3


def test_copies_that_the_program_put_beside_it_go_into_the_lock_too(path: Path, tmp_path: Path) -> None:
    old = path.with_name(f"{path.name}.before-0003")
    back_up(str(path), str(old))
    assert lock(str(path), PASSPHRASE) == (path, old)
    assert open_files(tmp_path) == []
    assert unlock(str(path)) == (path, old)


def test_a_locked_book_of_an_older_version_is_brought_up_to_date_locked(first_book: Path, tmp_path: Path) -> None:
    relocked(first_book, None, locking.new_key(PASSPHRASE))
    with open_book(str(first_book)) as book:
        assert len(book.claims()) == 2
    assert [p for p in tmp_path.iterdir() if ".before-" in p.name]
    assert b"claims" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())


def test_a_locked_book_can_be_made_where_none_is(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert lock(str(path), PASSPHRASE) == (path,)
    with create_or_open(str(path)) as book:
        book.add(entry(document("Marta Velin died in Karsk.")))
    assert open_files(tmp_path) == []


def test_what_cannot_be_locked_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="12 letters"):
        lock(str(path), "short")
    with pytest.raises(UsageError, match="only a book in a file"):
        lock("postgresql://ana:secret@db/war", PASSPHRASE)
    with pytest.raises(UsageError, match="not locked"):
        unlock(str(path))
    with pytest.raises(BookMissing):
        unlock(str(tmp_path / "none.db"))
    (tmp_path / "letter.db").write_text("a letter", encoding="utf-8")
    with pytest.raises(BookError):
        lock(str(tmp_path / "letter.db"), PASSPHRASE)
    assert held(path)


def test_a_book_that_is_in_use_is_not_locked(path: Path) -> None:
    with open_book(str(path)) as other:
        assert other.documents()
        with pytest.raises(BookLocked, match="another process has the book open"):
            lock(str(path), PASSPHRASE)
    assert not is_locked_book(str(path))
    assert [p.name for p in path.parent.iterdir() if "part" in p.name] == []


def test_a_damaged_locked_book_is_told_as_such(path: Path) -> None:
    lock(str(path), PASSPHRASE)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(len(whole) - 8192))
    with pytest.raises(BookError):
        held(path)
    path.write_bytes(whole[:10])
    with pytest.raises(BookError):
        held(path)


def test_two_books_with_one_passphrase_have_different_keys() -> None:
    one, other = locking.new_key(PASSPHRASE), locking.new_key(PASSPHRASE)
    assert one.secret != other.secret
    assert one.salt.startswith(locking.MAGIC)
    assert "secret" not in repr(one)
    assert len(one.secret) == locking.KEY_BYTES


def test_without_the_library_it_is_said_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(str(path), PASSPHRASE)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(UsageError, match=r"pip install 'tallybook\[lock\]'"):
        open_book(str(path))


def test_another_program_sees_no_database(path: Path) -> None:
    lock(str(path), PASSPHRASE)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM documents").fetchall()
    connection.close()


KILLED = """
    import sys
    from tallybook.store import create_or_open, locking
    from tests.contract.stores import document, entry
    locking.COST = 2**10
    locking.KEYS.ask = lambda book: sys.argv[2]
    with create_or_open(sys.argv[1]) as book:
        for number in range(10_000):
            book.add(entry(document(f"{number} died in Karsk.", f"d{number}")))
            print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_kill_in_the_middle_of_adding_loses_nothing_and_leaves_nothing_open(path: Path, tmp_path: Path) -> None:
    lock(str(path), PASSPHRASE)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path), PASSPHRASE], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(40)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in process.stdout.read().split()]
    process.wait()
    assert open_files(tmp_path) == []
    with open_book(str(path)) as book:
        kept = {d.id for d in book.documents().values()}
    assert {f"d{n}" for n in acknowledged} <= kept
    assert len(kept) - len(acknowledged) <= 2


LOCKED = """
    import sys
    from tallybook.store import locking, relocking
    from tallybook.store.locked_books import lock
    locking.COST = 2**10
    def stop(*args):
        print("here", flush=True)
        sys.stdin.read()
    setattr(relocking, sys.argv[3], stop)
    lock(sys.argv[1], sys.argv[2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", ["_check", "_take_place", "_write_over"])
def test_kill_in_the_middle_of_locking_loses_nothing(path: Path, step: str) -> None:
    before = held(path)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(LOCKED), str(path), PASSPHRASE, step], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert held(path) == before
    assert not is_locked_book(str(path)) or open_files(path.parent) == []
    lock(str(path), ANOTHER)
    assert open_files(path.parent) == []
    assert held(path) == before
