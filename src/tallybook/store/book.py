"""A book in any SQL database: the statements, one transaction a change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, delete, insert, inspect, select, text, update

from tallybook.model import Claim, Document, Issue, Judgement, Reading
from tallybook.model.codec import from_plain
from tallybook.store import schema
from tallybook.store.contract import Entry
from tallybook.store.migrating import migrate
from tallybook.store.shelving import (
    claim_of,
    claim_row,
    document_row,
    precedence,
    reading_id,
    reading_of,
    record_rows,
)
from tallybook.store.trouble import told_as_book_errors

WRITES = "book_writes"
"""Execution option of connections whose transaction will write: a store may lock at once."""


class SqlBook:
    """One open book. `store.contract.BookStore` says what each method promises."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told_as_book_errors(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told_as_book_errors(self._name), self._engine.execution_options(**{WRITES: True}).begin() as connection:
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

    def holds(self, document: Document, reader: str, knowledge: str) -> bool:
        with self._reading() as connection:
            return _changes_nothing(connection, document, reading_id(document.key, reader, knowledge))

    def add(self, entry: Entry) -> bool:
        document = entry.document
        wanted = reading_id(document.key, entry.reading.reader, entry.knowledge)
        with self._writing() as connection:
            if _changes_nothing(connection, document, wanted):
                return False
            kept = _document(connection, document.key)
            if kept is not None and precedence(document) < precedence(kept):
                connection.execute(delete(schema.documents).where(schema.documents.c.key == document.key))
                kept = None
            if kept is None:
                connection.execute(insert(schema.documents), document_row(document))
            _shelve(connection, entry, wanted)
            return True

    def note(self, issue: Issue) -> None:
        row = {"code": issue.code, "object": issue.object, "message": issue.message}
        with self._writing() as connection:
            known = select(schema.notes).filter_by(**row)
            if connection.execute(known).first() is None:
                connection.execute(insert(schema.notes), row)

    def documents(self) -> dict[str, Document]:
        with self._reading() as connection:
            rows = connection.execute(select(schema.documents).order_by(schema.documents.c.id, schema.documents.c.key))
            return {row.key: Document(**row._mapping) for row in rows}

    def claims(self) -> tuple[Claim, ...]:
        c, r, d = schema.claims.c, schema.readings.c, schema.documents.c
        found = (
            select(c.record)
            .join(schema.readings, r.id == c.reading)
            .join(schema.documents, d.key == r.document)
            .where(r.current)
            .order_by(d.id, d.key, c.position)
        )
        with self._reading() as connection:
            return tuple(claim_of(record) for record in connection.execute(found).scalars())

    def readings(self) -> Iterator[Reading]:
        d, r = schema.documents.c, schema.readings.c
        found = (
            select(schema.documents, r.id.label("reading"), r.reader)
            .join(schema.readings, r.document == d.key)
            .where(r.current)
            .order_by(d.id, d.key)
        )
        with self._reading() as connection:
            for row in connection.execute(found).all():
                fields = dict(row._mapping)
                reading, reader = fields.pop("reading"), fields.pop("reader")
                yield _reading_rows(connection, Document(**fields), reading, reader)

    def notes(self) -> tuple[Issue, ...]:
        with self._reading() as connection:
            rows = connection.execute(select(schema.notes)).all()
        return tuple(sorted(Issue(row.code, row.message, row.object) for row in rows))

    def judgements(self) -> tuple[Judgement, ...]:
        found = select(schema.judgements.c.record).order_by(schema.judgements.c.number)
        with self._reading() as connection:
            return tuple(from_plain(Judgement, json.loads(record)) for record in connection.execute(found).scalars())

    def state(self) -> str:
        d, r, j = schema.documents.c, schema.readings.c, schema.judgements.c
        current: Select[Any] = select(r.id, d.id).join(schema.documents, d.key == r.document).where(r.current)
        digest = hashlib.sha256()
        with self._reading() as connection:
            for pair in sorted(tuple(row) for row in connection.execute(current)):
                digest.update(json.dumps(pair).encode())
            for judgement in connection.execute(select(j.id).order_by(j.number)).scalars():
                digest.update(judgement.encode())
        return digest.hexdigest()

    def setting(self, name: str) -> tuple[str, ...]:
        s = schema.settings.c
        with self._reading() as connection:
            found = connection.execute(select(s.value).where(s.name == name).order_by(s.position))
            return tuple(found.scalars())

    def set_setting(self, name: str, values: tuple[str, ...]) -> None:
        rows = [{"name": name, "position": position, "value": value} for position, value in enumerate(values)]
        with self._writing() as connection:
            connection.execute(delete(schema.settings).where(schema.settings.c.name == name))
            if rows:
                connection.execute(insert(schema.settings), rows)

    def derived(self, name: str, state: str) -> str | None:
        d = schema.derived.c
        with self._reading() as connection:
            return connection.execute(select(d.value).where(d.name == name, d.state == state)).scalar_one_or_none()

    def keep_derived(self, name: str, state: str, value: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(schema.derived).where(schema.derived.c.name == name))
            connection.execute(insert(schema.derived), {"name": name, "state": state, "value": value})

    def close(self) -> None:
        with told_as_book_errors(self._name):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _document(connection: Connection, key: str) -> Document | None:
    row = connection.execute(select(schema.documents).where(schema.documents.c.key == key)).first()
    return Document(**row._mapping) if row else None


def _changes_nothing(connection: Connection, document: Document, wanted: str) -> bool:
    """Say whether the book holds this document under a smaller id, or under this one and read this way."""
    kept = _document(connection, document.key)
    if kept is None or precedence(document) < precedence(kept):
        return False
    return precedence(document) > precedence(kept) or _current_reading(connection, document.key) == wanted


def _current_reading(connection: Connection, key: str) -> str | None:
    r = schema.readings.c
    found: str | None = connection.execute(select(r.id).where(r.document == key, r.current)).scalar_one_or_none()
    return found


def _shelve(connection: Connection, entry: Entry, wanted: str) -> None:
    """Make this reading the current one; one that the book already holds is not written again."""
    r = schema.readings.c
    connection.execute(update(schema.readings).where(r.document == entry.document.key).values(current=False))
    if connection.execute(select(r.id).where(r.id == wanted)).first():
        connection.execute(update(schema.readings).where(r.id == wanted).values(current=True))
        return
    row = {
        "id": wanted,
        "document": entry.document.key,
        "reader": entry.reading.reader,
        "knowledge": entry.knowledge,
        "current": True,
    }
    connection.execute(insert(schema.readings), row)
    claims = [claim_row(wanted, position, claim) for position, claim in enumerate(entry.reading.claims)]
    records = record_rows(wanted, entry)
    if claims:
        connection.execute(insert(schema.claims), claims)
    if records:
        connection.execute(insert(schema.records), records)


def _reading_rows(connection: Connection, document: Document, reading: str, reader: str) -> Reading:
    c, r = schema.claims.c, schema.records.c
    claims = connection.execute(select(c.record).where(c.reading == reading).order_by(c.position)).scalars().all()
    records = connection.execute(select(r.kind, r.record).where(r.reading == reading).order_by(r.kind, r.position))
    return reading_of(document, reader, claims, [(row.kind, row.record) for row in records])
