"""A book in any SQL database: the statements, one transaction a change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, delete, insert, inspect, select, text

from tallybook.errors import BookError
from tallybook.model import Claim, Control, Document, Incident, Issue, Judgement, Reading, Victim
from tallybook.store.access import SqlAccess
from tallybook.store.contract import Arrived, Entry, Rewrite, StoredFile
from tallybook.store.files import files_of, keep_file, part_of
from tallybook.store.link_shelf import SqlLinkShelf, copies_kept, incidents_kept, is_linked, kept_under
from tallybook.store.log import SEAL, append, logged
from tallybook.store.migrating import migrate
from tallybook.store.purging import keys_holding, record_ids, rewrite_all
from tallybook.store.readings import (
    arrival_issues_of,
    changes_nothing,
    claimants_of,
    control_records_of,
    document_of,
    id_of,
    issues_of,
    keep_arrival,
    keep_document,
    last_run,
    mended_as,
    reading_from,
    shelve,
    victims_of,
)
from tallybook.store.schema import arrivals, claims, documents, notes, readings, settings
from tallybook.store.shelving import claim_of, document_kept, reading_id
from tallybook.store.states import state_of
from tallybook.store.trouble import told_as_book_errors

WRITES = "book_writes"
"""Execution option of connections whose transaction will write: a store may lock at once."""

AT_A_TIME = 1_000
"""Rows that are fetched together where records stream out of the book."""
CLAIMS_IN_ORDER: Select[Any] = (
    select(claims.c.record)
    .join(readings, readings.c.id == claims.c.reading)
    .join(documents, documents.c.key == readings.c.document)
    .where(readings.c.current)
    .order_by(documents.c.id, documents.c.key, claims.c.position)
)


class SqlBook:
    """One open book. `store.contract.BookStore` says what each method promises."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @property
    def name(self) -> str:
        """Return what messages call the book; never a password."""
        return self._name

    @property
    def access(self) -> SqlAccess:
        """Return people and access: who may come in, who did, and what they saw."""
        return SqlAccess(self._reading, self._noting)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_as_book_errors(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, *, readings: bool = True) -> Iterator[Connection]:
        """Hand out a connection for one change; `readings`: whether it may be one of documents or readings."""
        with told_as_book_errors(self._name), self._engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection

    @contextmanager
    def _noting(self) -> Iterator[Connection]:
        """Hand out a connection that writes what no answer depends on: the mark of the book stays as it is."""
        with SqlBook._writing(self) as connection:
            yield connection

    def revision(self) -> str | None:
        """Return the schema revision of this database, or None where it is no book."""
        with self._reading() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
            tables = set(inspect(connection).get_table_names())
            return str(found) if found and "documents" in tables else None

    def bring_up_to_date(self) -> None:
        """Give the book the schema of this program, in one transaction."""
        with self._writing() as connection:
            migrate(connection)

    def holds(self, document: Document, reader: str, knowledge: str, mended: str = "") -> bool:
        with self._reading() as connection:
            return changes_nothing(connection, document, reading_id(document.key, reader, knowledge, mended))

    def add(self, entry: Entry) -> bool:
        document = entry.document
        with self._writing() as connection:
            if changes_nothing(connection, document, id_of(entry)):
                return False
            keep_document(connection, document)
            if entry.arrived is not None:
                keep_arrival(connection, document.key, entry.arrived)
            shelve(connection, entry)
            return True

    def note(self, issue: Issue) -> None:
        row = {"code": issue.code, "object": issue.object, "message": issue.message}
        with self._writing() as connection:
            known = select(notes).filter_by(**row)
            if connection.execute(known).first() is None:
                connection.execute(insert(notes), row)

    def documents(self) -> dict[str, Document]:
        with self._reading() as connection:
            rows = connection.execute(select(documents).order_by(documents.c.id, documents.c.key))
            return {row.key: document_kept(row._asdict()) for row in rows}

    def claims(self) -> tuple[Claim, ...]:
        with self._reading() as connection:
            return tuple(claim_of(record) for record in connection.execute(CLAIMS_IN_ORDER).scalars())

    def plain_claims(self) -> Iterator[dict[str, Any]]:
        with self._reading() as connection:
            found = connection.execution_options(yield_per=AT_A_TIME).execute(CLAIMS_IN_ORDER)
            yield from (json.loads(record) for record in found.scalars())

    def plain_documents(self) -> Iterator[dict[str, Any]]:
        d = documents.c
        with self._reading() as connection:
            found = connection.execution_options(yield_per=AT_A_TIME).execute(select(documents).order_by(d.id, d.key))
            yield from (dict(row._mapping) for row in found)

    def victims(self) -> tuple[tuple[str, Victim], ...]:
        with self._reading() as connection:
            return victims_of(connection)

    def control(self) -> tuple[tuple[str, Control], ...]:
        with self._reading() as connection:
            return control_records_of(connection)

    def claimants(self) -> tuple[tuple[str, str], ...]:
        with self._reading() as connection:
            return claimants_of(connection)

    def issues(self) -> tuple[tuple[str, Issue], ...]:
        with self._reading() as connection:
            return issues_of(connection)

    def readings(self) -> Iterator[Reading]:
        d, r = documents.c, readings.c
        found = (
            select(documents, r.id.label("reading"), r.reader)
            .join(readings, r.document == d.key)
            .where(r.current)
            .order_by(d.id, d.key)
        )
        with self._reading() as connection:
            for row in connection.execute(found).all():
                fields = dict(row._mapping)
                reading, reader = fields.pop("reading"), fields.pop("reader")
                yield reading_from(connection, Document(**fields), reading, reader)

    def notes(self) -> tuple[Issue, ...]:
        with self._reading() as connection:
            rows = connection.execute(select(notes)).all()
        return tuple(sorted(Issue(row.code, row.message, row.object) for row in rows))

    def reading_as(self, document: str, mended: str) -> Reading | None:
        with self._reading() as connection:
            return mended_as(connection, document, mended)

    def arrival_issues(self, document: str) -> tuple[Issue, ...]:
        with self._reading() as connection:
            return arrival_issues_of(connection, document)

    def arrivals(self) -> dict[str, Arrived]:
        with self._reading() as connection:
            rows = connection.execute(select(arrivals).order_by(arrivals.c.document)).all()
            return {row.document: Arrived(row.at, row.run) for row in rows}

    def next_run(self) -> int:
        with self._reading() as connection:
            return last_run(connection) + 1

    def judgements(self) -> tuple[Judgement, ...]:
        with self._reading() as connection:
            return logged(connection)

    def judge(self, judgement: Judgement, entries: Iterable[Entry] = (), seen: str | None = None) -> str:
        """Append a judgement, as the contract says.

        Raises: BookError
        """
        shelved = tuple(entries)
        with self._writing(readings=bool(shelved)) as connection:
            append(connection, judgement)
            if seen is not None and seen != self._state(connection, leaving_out=judgement.id):
                raise BookError(f"{self._name}: the book has changed since you looked. Look again, then decide again.")
            for entry in shelved:
                shelve(connection, entry)
            return state_of(connection) if shelved else self._state(connection)

    def document(self, key: str) -> Document | None:
        with self._reading() as connection:
            return document_of(connection, key)

    def documents_holding(self, stands_in: Callable[[str], bool]) -> frozenset[str]:
        with self._reading() as connection:
            return keys_holding(connection, stands_in)

    def record_ids(self, document: str) -> tuple[str, ...]:
        with self._reading() as connection:
            return record_ids(connection, document)

    def keep_file(self, file: StoredFile, content: Iterable[bytes]) -> bool:
        with self._writing() as connection:
            return keep_file(connection, file, content, self._name)

    def files(self) -> dict[str, StoredFile]:
        with self._reading() as connection:
            return files_of(connection)

    def file_content(self, sha256: str) -> Iterator[bytes]:
        position = 0
        while True:
            with self._reading() as connection:
                part = part_of(connection, sha256, position)
            if part is None:
                return
            yield part
            position += 1

    def purge(self, rewrite: Rewrite, seen: str) -> str:
        """Rewrite the book without what is taken out, and return its new state.

        Raises: BookError where the book is not in the state `seen`; BookLocked where another process has it open
        """
        with self.alone():
            with self._writing() as connection:
                if state_of(connection) != seen:
                    raise BookError(f"{self._name}: the book has changed since you looked. Look again, then purge.")
                rewrite_all(connection, rewrite, self._name)
                state = state_of(connection)
            self._leave_nothing()
        return state

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the book alone, where a store must."""
        yield

    def _leave_nothing(self) -> None:
        """Rid the files of the book of what is no row any more."""

    def sealed(self) -> tuple[int, str] | None:
        noted = self.setting(SEAL)
        return (int(noted[0]), noted[1]) if len(noted) == 2 and noted[0].isdigit() else None

    def state(self) -> str:
        with self._reading() as connection:
            return self._state(connection)

    def _state(self, connection: Connection, leaving_out: str | None = None) -> str:
        """Return the state of the book, where the transaction has not changed any reading."""
        return state_of(connection, leaving_out)

    def mark(self) -> str:
        return self.state()

    def setting(self, name: str) -> tuple[str, ...]:
        s = settings.c
        with self._reading() as connection:
            found = connection.execute(select(s.value).where(s.name == name).order_by(s.position))
            return tuple(found.scalars())

    def set_setting(self, name: str, values: tuple[str, ...]) -> None:
        rows = [{"name": name, "position": position, "value": value} for position, value in enumerate(values)]
        with self._writing() as connection:
            connection.execute(delete(settings).where(settings.c.name == name))
            if rows:
                connection.execute(insert(settings), rows)

    def derived(self, name: str) -> str | None:
        with self._reading() as connection:
            return kept_under(connection, name)

    def is_linked(self, name: str) -> bool:
        with self._reading() as connection:
            return is_linked(connection, name)

    @contextmanager
    def linking(self) -> Iterator[SqlLinkShelf]:
        with self._writing(readings=False) as connection:
            yield SqlLinkShelf(connection)

    def linked_incidents(self) -> tuple[Incident, ...]:
        with self._reading() as connection:
            return incidents_kept(connection)

    def linked_copies(self) -> tuple[tuple[str, str], ...]:
        with self._reading() as connection:
            return copies_kept(connection)

    def close(self) -> None:
        with told_as_book_errors(self._name):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
