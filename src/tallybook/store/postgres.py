"""A book in a PostgreSQL database, for a team: what was acknowledged is committed there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, delete, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tallybook.errors import BookError, UsageError
from tallybook.store.book import SqlBook
from tallybook.store.schema import settings
from tallybook.store.trouble import told_as_book_errors

WAIT_MILLISECONDS = 5_000
"""How long another writer is waited for before BookLocked."""
WRITERS = 0x54414C59
"""Advisory lock that whoever writes to a book of this database holds: one writer at a time, as on SQLite."""
NOTERS = WRITERS + 1
"""Advisory lock that whoever writes of people and access holds: it does not wait for those who write to the book."""
MARK = "mark"
"""Setting that counts the writes: cheaper to look at than the state. No answer depends on it."""


class PostgresBook(SqlBook):
    """A book in one database. Opened for reading it refuses every change. Readers see one moment of the book."""

    def __init__(self, address: str, *, writing: bool) -> None:
        url = _url(address)
        super().__init__(
            _engine(url, writing=writing), url.set(drivername="postgresql").render_as_string(hide_password=True)
        )
        self._may_write = writing

    @contextmanager
    def _writing(self, *, readings: bool = True) -> Iterator[Connection]:
        with self._locked(WRITERS) as connection:
            yield connection
            if inspect(connection).has_table(settings.name):
                _count(connection)

    @contextmanager
    def _noting(self) -> Iterator[Connection]:
        with self._locked(NOTERS) as connection:
            yield connection

    @contextmanager
    def _locked(self, key: int) -> Iterator[Connection]:
        if not self._may_write:
            raise BookError(f"{self._name}: the book was opened for reading. Open it for writing.")
        with told_as_book_errors(self._name), self._engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_as_book_errors(self._name), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")

    def is_blank(self) -> bool:
        """Say whether the database holds no tables at all."""
        with self._reading() as connection:
            return not inspect(connection).get_table_names()

    def _leave_nothing(self) -> None:
        """Write all tables anew, system tables with their statistics among them: old rows go with the old files."""
        with told_as_book_errors(self._name), self._engine.connect() as connection:
            vacuuming = connection.execution_options(isolation_level="AUTOCOMMIT")
            vacuuming.execute(text("VACUUM (FULL, ANALYZE)"))
            vacuuming.execute(text("VACUUM FULL pg_statistic"))

    def mark(self) -> str:
        found = self.setting(MARK)
        return found[0] if found else "0"


def _count(connection: Connection) -> None:
    s = settings.c
    known = connection.execute(select(s.value).where(s.name == MARK)).scalar_one_or_none()
    connection.execute(delete(settings).where(s.name == MARK))
    connection.execute(insert(settings), {"name": MARK, "position": 0, "value": str(int(known or 0) + 1)})


def _url(address: str) -> URL:
    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise UsageError("This is no PostgreSQL address. Write postgresql://USER@HOST/DATABASE.") from error
    if not url.database:
        raise UsageError("A PostgreSQL address needs a database. Write postgresql://USER@HOST/DATABASE.")
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL, *, writing: bool) -> Engine:
    try:
        return create_engine(
            url,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": 10,
                "options": f"-c default_transaction_read_only={'off' if writing else 'on'} -c timezone=UTC",
            },
        )
    except ModuleNotFoundError as error:
        raise UsageError("Books on PostgreSQL need a driver: pip install 'tallybook[postgres]'.") from error
