"""The statements of a purge: every row of every table is looked at, and nothing is left of what is to go."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, Table, delete, insert, select, text, update

from tallybook.errors import BookError
from tallybook.model.codec import texts_of
from tallybook.model.judgement import seal
from tallybook.store.contract import Rewrite
from tallybook.store.files import drop_files
from tallybook.store.log import SEAL
from tallybook.store.readings import document_of
from tallybook.store.schema import (
    OF_LINKING,
    arrivals,
    claims,
    derived,
    documents,
    file_parts,
    files,
    judgements,
    metadata,
    readings,
    records,
    settings,
)
from tallybook.store.shelving import document_row, packed, reading_id

CLAIMS = "claims"
"""Kind under which claims are handed to a rewrite; other records come under their own."""
OF_DOCUMENTS = (documents, arrivals, readings, claims, records)
OF_FILES = (files, file_parts)
"""Tables that hold no words."""
SECRETS = frozenset({"password", "secret", "digest", "csrf"})
"""Columns of hashes and keys, in which letters may stand that mean nothing."""

Row = dict[str, Any]


@dataclass(slots=True)
class _Held:
    """What the book holds of one document."""

    arrived: list[Row]
    readings: list[Row]
    claims: dict[str, list[Row]]
    records: dict[str, list[Row]]


def keys_holding(connection: Connection, stands_in: Callable[[str], bool]) -> frozenset[str]:
    """Return the keys of documents that a test passes for: a field, or a text in a record of any reading."""
    found = {
        row["key"] for row in connection.execute(select(documents)).mappings()
        if any(isinstance(value, str) and stands_in(value) for value in row.values())
    }  # fmt: skip
    for table in (claims, records):
        rows = select(readings.c.document, table.c.record).join(readings, readings.c.id == table.c.reading)
        for key, record in connection.execute(rows):
            if key not in found and any(stands_in(told) for told in texts_of(json.loads(record))):
                found.add(key)
    mended = select(readings.c.document, readings.c.mended).where(readings.c.mended != "")
    found.update(key for key, words in connection.execute(mended) if stands_in(words))
    return frozenset(found)


def record_ids(connection: Connection, document: str) -> tuple[str, ...]:
    """Return the ids in all readings of a document, each once; readings come by reader and knowledge, claims first."""
    r = readings.c
    found: dict[str, None] = {}
    way = select(r.id).where(r.document == document).order_by(r.reader, r.knowledge, r.mended)
    for reading in connection.execute(way).scalars().all():
        told = select(claims.c.id).where(claims.c.reading == reading).order_by(claims.c.position)
        found.update(dict.fromkeys(connection.execute(told).scalars()))
        others = select(records.c.record).where(records.c.reading == reading)
        others = others.order_by(records.c.kind, records.c.position)
        plains = (json.loads(record) for record in connection.execute(others).scalars())
        found.update(dict.fromkeys(str(plain["id"]) for plain in plains if "id" in plain))
    return tuple(found)


def rewrite_all(connection: Connection, rewrite: Rewrite, name: str) -> None:
    """Rewrite the book inside the caller's transaction.

    Raises: BookError where words that are to go would still stand somewhere; `name` is what the book is called.
    """
    with _triggers_lifted(connection):
        for key, now in sorted(rewrite.documents.items()):
            _rewrite_document(connection, key, document_row(now) if now else None, rewrite)
        for table in (derived, *OF_LINKING):
            connection.execute(delete(table))
        drop_files(connection, rewrite.files)
        _rewrite_log(connection, rewrite)
        for table in metadata.sorted_tables:
            if table not in (*OF_DOCUMENTS, *OF_FILES, *OF_LINKING, derived, judgements):
                _rewrite_rows(connection, table, rewrite.words_of)
    _refuse_leftovers(connection, rewrite, name)


@contextmanager
def _triggers_lifted(connection: Connection) -> Iterator[None]:
    """Lift, inside the transaction, the triggers that keep tables from being changed, and put them back."""
    if connection.dialect.name == "postgresql":
        held = [table.name for table in metadata.sorted_tables]
        for name in held:
            connection.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
        yield
        for name in held:
            connection.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))
        return
    lifted = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")).all()
    for name, _ in lifted:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made in lifted:
        connection.exec_driver_sql(made)


def _rewrite_document(connection: Connection, key: str, now: Row | None, rewrite: Rewrite) -> None:
    held = _held(connection, key)
    for reading in held.readings:
        connection.execute(delete(claims).where(claims.c.reading == reading["id"]))
        connection.execute(delete(records).where(records.c.reading == reading["id"]))
    for table in (readings, arrivals):
        connection.execute(delete(table).where(table.c.document == key))
    connection.execute(delete(documents).where(documents.c.key == key))
    if now is None or document_of(connection, now["key"]) is not None:
        return
    connection.execute(insert(documents), now)
    _put(connection, arrivals, [{**row, "document": now["key"]} for row in held.arrived])
    for reading in held.readings:
        mended = _mended(reading["mended"], rewrite)
        ident = reading_id(now["key"], reading["reader"], reading["knowledge"], mended)
        row = {**reading, "id": ident, "document": now["key"], "mended": mended}
        connection.execute(insert(readings), row)
        _put(connection, claims, _rows(held.claims[reading["id"]], ident, CLAIMS, key, rewrite))
        for kind in sorted({row["kind"] for row in held.records[reading["id"]]}):
            mine = [row for row in held.records[reading["id"]] if row["kind"] == kind]
            _put(connection, records, _rows(mine, ident, kind, key, rewrite))


def _held(connection: Connection, key: str) -> _Held:
    def rows(table: Table, column: str, value: str) -> list[Row]:
        found = connection.execute(select(table).where(table.c[column] == value)).mappings()
        return [dict(row) for row in found]

    read = rows(readings, "document", key)
    return _Held(
        rows(arrivals, "document", key), read, {r["id"]: rows(claims, "reading", r["id"]) for r in read},
        {r["id"]: rows(records, "reading", r["id"]) for r in read},
    )  # fmt: skip


def _rows(held: list[Row], reading: str, kind: str, key: str, rewrite: Rewrite) -> list[Row]:
    """Return rows of claims or records as they are then, in order, without gaps."""
    kept: list[Row] = []
    for row in sorted(held, key=lambda r: r["position"]):
        plain = rewrite.record_of(key, kind, json.loads(row["record"]))
        if plain is not None:
            now = {**row, "reading": reading, "position": len(kept), "record": packed(plain)}
            kept.append({**now, "id": plain["id"]} if kind == CLAIMS else now)
    return kept


def _mended(token: str, rewrite: Rewrite) -> str:
    if not token:
        return token
    plain = {name: rewrite.plain_of(value) for name, value in json.loads(token).items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _put(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _rewrite_log(connection: Connection, rewrite: Rewrite) -> None:
    connection.execute(delete(judgements))
    _put(connection, judgements, [{"number": j.number, "id": j.id, "record": packed(j)} for j in rewrite.log])
    connection.execute(delete(settings).where(settings.c.name == SEAL))
    last = rewrite.log[-1]
    noted = enumerate((str(last.number), seal(last)))
    connection.execute(insert(settings), [{"name": SEAL, "position": at, "value": value} for at, value in noted])


def _rewrite_rows(connection: Connection, table: Table, words_of: Callable[[str, str], str]) -> None:
    """Rewrite the texts of a table; a row that becomes equal to another goes."""
    columns = [c.name for c in table.columns if isinstance(c.type, String) and c.name not in SECRETS]
    keys = [c.name for c in table.primary_key]
    for row in connection.execute(select(table)).mappings().all():
        now = {name: words_of(table.name, row[name]) for name in columns if row[name] is not None}
        if all(row[name] == value for name, value in now.items()):
            continue
        mine = [table.c[name] == row[name] for name in keys]
        there = [table.c[name] == now.get(name, row[name]) for name in keys]
        moved = any(now.get(name, row[name]) != row[name] for name in keys)
        if moved and connection.execute(select(table).where(*there)).first() is not None:
            connection.execute(delete(table).where(*mine))
        else:
            connection.execute(update(table).where(*mine).values(**now))


def _refuse_leftovers(connection: Connection, rewrite: Rewrite, name: str) -> None:
    for table in (t for t in metadata.sorted_tables if t not in OF_FILES):
        columns = [c for c in table.columns if isinstance(c.type, String) and c.name not in SECRETS]
        for row in connection.execute(select(*columns)) if columns else ():
            if any(value is not None and _holds(value, rewrite) for value in row):
                raise BookError(
                    f"{name}: words that are to go would still stand in the table {table.name}. Nothing was purged; "
                    "please report this."
                )


def _holds(value: str, rewrite: Rewrite) -> bool:
    if value[:1] in ("{", "["):
        try:
            return any(rewrite.stands_in(told) for told in texts_of(json.loads(value)))
        except ValueError:
            pass
    return rewrite.stands_in(value)
