"""A book's file written anew with another key, or without one; the old bytes are written over."""

from __future__ import annotations

import os
from pathlib import Path

from tallybook.errors import BookError
from tallybook.store.locking import Key, cipher, connected, unlock
from tallybook.store.schema import APPLICATION_ID
from tallybook.store.sqlite import SqliteBook
from tallybook.store.trouble import told_as_book_errors

CHUNK = 1 << 20


def relocked(path: Path, old: Key | None, new: Key | None) -> None:
    """Write a book's file beside itself with another key, check the copy, and put it in the place of the old one.

    Killed at any moment, the whole book is there, with the old key or with the new one.

    Raises: BookLocked where another process has the book open; BookError.
    """
    beside = path.with_name(f"{path.name}.part")
    beside.unlink(missing_ok=True)
    try:
        with SqliteBook(path, writing=True, key=old) as book, book.alone():
            state = book.state() if book.revision() else None
            _export(path, old, beside, new)
        _check(beside, new, state, str(path))
        _take_place(beside, path)
    finally:
        for left in (beside, *(beside.with_name(f"{beside.name}-{end}") for end in ("wal", "shm", "journal"))):
            left.unlink(missing_ok=True)


def _export(path: Path, old: Key | None, beside: Path, new: Key | None) -> None:
    with told_as_book_errors(str(path)):
        connection = cipher().connect(str(path), isolation_level=None)
        try:
            unlock(connection, old)
            connection.execute("ATTACH DATABASE ? AS other KEY ?", (str(beside), new.words if new else ""))
            connection.execute("SELECT sqlcipher_export('other')").fetchone()
            connection.execute(f"PRAGMA other.application_id={APPLICATION_ID}")
            connection.execute("DETACH DATABASE other")
        finally:
            connection.close()


def _check(beside: Path, key: Key | None, state: str | None, name: str) -> None:
    """Raises: BookError where what was written is not the same book."""
    with told_as_book_errors(name):
        connection = connected(beside, key, isolation_level=None)
        try:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        finally:
            connection.close()
    if state is not None:
        with SqliteBook(beside, writing=False, key=key) as book:
            whole = whole if book.state() == state else "another state"
    if whole != "ok":
        raise BookError(f"{name}: the copy is not the same book ({whole}). Nothing was changed; try again.")


def _take_place(beside: Path, path: Path) -> None:
    """Put a file in the place of another, whose bytes are then written over as far as the disk lets one."""
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    old = _left(path)
    wipe_left(path)
    try:
        os.link(path, old)
    except OSError:
        beside.replace(path)
        return
    beside.replace(path)
    wipe_left(path)


def wipe_left(path: Path) -> None:
    """Write over and remove what a change of the lock leaves where it is killed: the file as it was."""
    old = _left(path)
    if old.exists():
        _write_over(old)
        old.unlink()


def _left(path: Path) -> Path:
    return path.with_name(f"{path.name}.relocking")


def _write_over(path: Path) -> None:
    left = path.stat().st_size
    with path.open("rb+") as file:
        while left > 0:
            left -= file.write(bytes(min(CHUNK, left)))
        file.flush()
        os.fsync(file.fileno())
