"""A book in one SQLite file, in write-ahead mode: what was acknowledged is on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect

from tallybook.store.book import WRITES, SqlBook
from tallybook.store.schema import APPLICATION_ID
from tallybook.store.trouble import told_as_book_errors

BUSY_MILLISECONDS = 5_000
"""How long another process's lock is waited for before BookLocked."""

COUNT = "user_version"
"""Number in the file's header that counts the writes to the book, within their transactions."""
MOST_COUNTED = 2**31
"""SQLite keeps 32 bits of it."""


class SqliteBook(SqlBook):
    """A book in one file. Opened for reading it refuses every change, and leaves the file's bytes as they are."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        super().__init__(_engine(path, writing=writing), str(path))
        self._path = path
        self._watching = Lock()
        self._watcher: sqlite3.Connection | None = None

    def mark(self) -> str:
        """Return how often the book was written to; writes of people and access are not counted."""
        with told_as_book_errors(str(self._path)), self._watching:
            if self._watcher is None:
                self._watcher = sqlite3.connect(self._path, check_same_thread=False)
            return str(self._watcher.execute(f"PRAGMA {COUNT}").fetchone()[0])

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with super()._writing() as connection:
            yield connection
            count = int(connection.exec_driver_sql(f"PRAGMA {COUNT}").scalar_one())
            connection.exec_driver_sql(f"PRAGMA {COUNT} = {(count + 1) % MOST_COUNTED}")

    def close(self) -> None:
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        super().close()

    def is_blank(self) -> bool:
        """Say whether the file was made for a book, and the making was cut short before its tables stood."""
        with self._reading() as connection:
            made_for = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            return made_for == APPLICATION_ID and not inspect(connection).get_table_names()

    @classmethod
    def create(cls, path: Path) -> SqliteBook:
        """Make an empty book where no file, or an empty one, is.

        Raises: BookError where it cannot be made; the empty file may then remain.
        """
        with told_as_book_errors(str(path)):
            connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            finally:
                connection.close()
        book = cls(path, writing=True)
        book.bring_up_to_date()
        return book


def _engine(path: Path, *, writing: bool) -> Engine:
    """Return an engine whose connections wait for locks, and lock at once where they will write."""
    url = URL.create("sqlite", database=str(path))
    arguments: dict[str, Any] = {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        if not writing:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def backed_up(path: Path, to: Path) -> None:
    """Copy the file of a book, as it is at one moment, to another place; written beside and renamed.

    Raises: BookError
    """
    beside = to.with_name(f"{to.name}.part")
    with told_as_book_errors(str(path)):
        source, target = sqlite3.connect(path), sqlite3.connect(beside)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
    beside.replace(to)
