"""A book in one SQLite file, in write-ahead mode: what was acknowledged is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect

from tallybook.errors import BookLocked
from tallybook.store.book import WRITES, SqlBook
from tallybook.store.locking import Key, connected, driver, unlock
from tallybook.store.schema import APPLICATION_ID
from tallybook.store.states import read, state_with
from tallybook.store.trouble import told_as_book_errors

if TYPE_CHECKING:
    from hashlib import _Hash

BUSY_MILLISECONDS = 5_000
"""How long another process's lock is waited for before BookLocked."""

COUNT = "user_version"
"""Number in the file's header that counts the writes to the book, within their transactions."""
MOST_COUNTED = 2**31
"""SQLite keeps 32 bits of it."""


class SqliteBook(SqlBook):
    """A book in one file. Opened for reading it refuses every change, and leaves the file's bytes as they are."""

    def __init__(self, path: Path, *, writing: bool, key: Key | None = None) -> None:
        super().__init__(_engine(path, writing=writing, key=key), str(path))
        self._path = path
        self._key = key
        self._watching = Lock()
        self._watcher: Any = None
        self._readings: tuple[int, _Hash] | None = None
        """Hash over documents and readings, and the count of writes that it was made at."""

    @property
    def path(self) -> Path:
        """Return the book's file."""
        return self._path

    @property
    def key(self) -> Key | None:
        """Return the key of a locked book."""
        return self._key

    def mark(self) -> str:
        """Return how often the book was written to; writes of people and access are not counted."""
        with told_as_book_errors(str(self._path)), self._watching:
            if self._watcher is None:
                self._watcher = connected(self._path, self._key, check_same_thread=False)
            return str(self._watcher.execute(f"PRAGMA {COUNT}").fetchone()[0])

    @contextmanager
    def _writing(self, *, readings: bool = True) -> Iterator[Connection]:
        with super()._writing(readings=readings) as connection:
            yield connection
            count = _count(connection)
            following = (count + 1) % MOST_COUNTED
            connection.exec_driver_sql(f"PRAGMA {COUNT} = {following}")
        with self._watching:
            if not readings and self._readings is not None and self._readings[0] == count:
                self._readings = following, self._readings[1]

    def _state(self, connection: Connection, leaving_out: str | None = None) -> str:
        """Return the state of the book; documents and readings are gone over again only where somebody wrote to it."""
        count = _count(connection)
        with self._watching:
            known = self._readings
        if known is None or known[0] != count:
            known = count, read(connection)
            with self._watching:
                self._readings = known
        return state_with(known[1], connection, leaving_out)

    def close(self) -> None:
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        super().close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Leave write-ahead mode, which SQLite grants only to who has the file alone, and come back to it at the end.

        Raises: BookLocked
        """
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self._engine.dispose()
        try:
            self._pragma("journal_mode=DELETE")
        except BookLocked as busy:
            raise BookLocked(
                f"{self._path}: another process has the book open. Stop it (`tallybook serve`?), then try again."
            ) from busy
        try:
            yield
        finally:
            self._pragma("journal_mode=WAL")
            self._engine.dispose()

    def _leave_nothing(self) -> None:
        """Write the whole file anew: pages that were freed go."""
        self._pragma("temp_store=MEMORY", "VACUUM")

    def _pragma(self, pragma: str, *then: str) -> None:
        """Set a pragma outside of any transaction; further statements run on the same connection."""
        with told_as_book_errors(str(self._path)):
            raw = self._engine.raw_connection()
            try:
                for statement in (f"PRAGMA {pragma}", *then):
                    cursor = raw.cursor()
                    cursor.execute(statement)
                    cursor.close()
            finally:
                raw.close()

    def is_blank(self) -> bool:
        """Say whether the file was made for a book, and the making was cut short before its tables stood."""
        with self._reading() as connection:
            made_for = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            return made_for == APPLICATION_ID and not inspect(connection).get_table_names()

    @classmethod
    def create(cls, path: Path, key: Key | None = None) -> SqliteBook:
        """Make an empty book where no file, or an empty one, is; locked with a key, where there is one.

        Raises: BookError where it cannot be made; the empty file may then remain.
        """
        with told_as_book_errors(str(path)):
            connection = connected(path, key, timeout=BUSY_MILLISECONDS / 1000)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            finally:
                connection.close()
        book = cls(path, writing=True, key=key)
        book.bring_up_to_date()
        return book


def _count(connection: Connection) -> int:
    """Return how often the book was written to, as the transaction sees it."""
    return int(connection.exec_driver_sql(f"PRAGMA {COUNT}").scalar_one())


def _engine(path: Path, *, writing: bool, key: Key | None) -> Engine:
    """Return an engine whose connections wait for locks, and lock at once where they will write."""
    url = URL.create("sqlite", database=str(path))
    arguments: dict[str, Any] = {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}
    engine = create_engine(url, module=driver(key), connect_args=arguments)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        unlock(connection, key)
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA {'secure_delete' if writing else 'query_only'}=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")

    return engine


def backed_up(path: Path, to: Path, key: Key | None = None) -> None:
    """Copy the file of a book, as it is at one moment, to another place; written beside and renamed. A locked one stays
    locked, with the same passphrase.

    Raises: BookError
    """
    beside = to.with_name(f"{to.name}.part")
    with told_as_book_errors(str(path)):
        source, target = connected(path, key), connected(beside, key)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()
    beside.replace(to)
