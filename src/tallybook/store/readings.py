"""Documents and their readings: the statements that put them into tables and take them out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from tallybook.model import Control, Document, Issue, Reading, Victim
from tallybook.store.contract import Arrived, Entry
from tallybook.store.schema import arrivals, claims, documents, readings, records, unlinked
from tallybook.store.shelving import (
    ARRIVAL,
    CONTROL,
    ISSUES,
    KINDS,
    VICTIMS,
    claim_row,
    control_of,
    document_row,
    issue_of,
    precedence,
    reading_id,
    reading_of,
    record_rows,
    victim_of,
)


def document_of(connection: Connection, key: str) -> Document | None:
    """Return the document with this key, or None."""
    row = connection.execute(select(documents).where(documents.c.key == key)).first()
    return Document(**row._mapping) if row else None


def changes_nothing(connection: Connection, document: Document, wanted: str) -> bool:
    """Say whether the book holds this document under a smaller id, or under this one and read this way."""
    kept = document_of(connection, document.key)
    if kept is None or precedence(document) < precedence(kept):
        return False
    return precedence(document) > precedence(kept) or _current(connection, document.key) == wanted


def _current(connection: Connection, key: str) -> str | None:
    r = readings.c
    found: str | None = connection.execute(select(r.id).where(r.document == key, r.current)).scalar_one_or_none()
    return found


def keep_document(connection: Connection, document: Document) -> None:
    """Write a document, or put it in the place of the same one under a greater id, whose readings then go."""
    kept = document_of(connection, document.key)
    if kept is None:
        connection.execute(insert(documents), document_row(document))
    elif precedence(document) < precedence(kept):
        connection.execute(delete(readings).where(readings.c.document == document.key))
        connection.execute(update(documents).where(documents.c.key == document.key), document_row(document))


def keep_arrival(connection: Connection, key: str, arrived: Arrived) -> None:
    """Note when a document arrived; the first time holds."""
    a = arrivals.c
    if connection.execute(select(a.document).where(a.document == key)).first() is None:
        connection.execute(insert(arrivals), {"document": key, "at": arrived.at, "run": arrived.run})


def last_run(connection: Connection) -> int:
    """Return the number of the last run that brought a document, 0 where none did."""
    return int(connection.execute(select(func.max(arrivals.c.run))).scalar_one() or 0)


def id_of(entry: Entry) -> str:
    """Return the id of an entry's reading."""
    return reading_id(entry.document.key, entry.reading.reader, entry.knowledge, entry.mended)


def shelve(connection: Connection, entry: Entry) -> None:
    """Make this reading the current one; one that the book already holds is not written again."""
    r, wanted = readings.c, id_of(entry)
    _not_linked(connection, entry.document.key)
    connection.execute(update(readings).where(r.document == entry.document.key).values(current=False))
    if connection.execute(select(r.id).where(r.id == wanted)).first():
        connection.execute(update(readings).where(r.id == wanted).values(current=True))
        return
    row = {
        "id": wanted,
        "document": entry.document.key,
        "reader": entry.reading.reader,
        "knowledge": entry.knowledge,
        "current": True,
        "mended": entry.mended,
    }
    connection.execute(insert(readings), row)
    told = [claim_row(wanted, position, claim) for position, claim in enumerate(entry.reading.claims)]
    others = record_rows(wanted, entry)
    if told:
        connection.execute(insert(claims), told)
    if others:
        connection.execute(insert(records), others)


def _not_linked(connection: Connection, key: str) -> None:
    """Note that a document came, or is read otherwise, since the book was linked."""
    if connection.execute(select(unlinked).where(unlinked.c.document == key)).first() is None:
        connection.execute(insert(unlinked), {"document": key})


def reading_from(connection: Connection, document: Document, reading: str, reader: str) -> Reading:
    """Return the reading with this id."""
    c, r = claims.c, records.c
    told = connection.execute(select(c.record).where(c.reading == reading).order_by(c.position)).scalars().all()
    others = connection.execute(select(r.kind, r.record).where(r.reading == reading).order_by(r.kind, r.position))
    return reading_of(document, reader, told, [(row.kind, row.record) for row in others])


def victims_of(connection: Connection, keys: Collection[str] | None = None) -> tuple[tuple[str, Victim], ...]:
    """Return document key and victim of all current readings, by document (id, key), then in the order of the text;
    `keys` are the documents that are asked for, some hundreds at most."""
    return tuple((key, victim_of(record)) for key, record in _records_of(connection, VICTIMS, keys=keys))


def control_records_of(connection: Connection) -> tuple[tuple[str, Control], ...]:
    """Return document key and record of who holds which place, in the order of `victims_of`."""
    return tuple((key, control_of(record)) for key, record in _records_of(connection, CONTROL))


def claimants_of(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return document key and claimant of the records that are neither claims, victims nor issues, sorted."""
    found = _records_of(connection, *(kind for kind in KINDS if kind not in (VICTIMS, ISSUES)))
    return tuple(sorted({(key, name) for key, record in found for name in json.loads(record).get("claimants", ())}))


def issues_of(connection: Connection) -> tuple[tuple[str, Issue], ...]:
    """Return document key and issue of all current readings; what arrival noticed stands first in each."""
    return tuple((key, issue_of(record)) for key, record in _records_of(connection, ARRIVAL, ISSUES))


def _records_of(connection: Connection, *kinds: str, keys: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield document key and record of these kinds, by document (id, key), kinds in the order of their names."""
    d, r, v = documents.c, readings.c, records.c
    found = (
        select(d.key, v.record)
        .join(readings, r.document == d.key)
        .join(records, v.reading == r.id)
        .where(r.current, v.kind.in_(kinds))
        .order_by(d.id, d.key, v.kind, v.position)
    )
    if keys is not None:
        found = found.where(d.key.in_(keys))
    yield from ((key, record) for key, record in connection.execute(found))


def arrival_issues_of(connection: Connection, key: str) -> tuple[Issue, ...]:
    """Return what arrival noticed of a document, as its current reading keeps it."""
    r = records.c
    mine = select(r.record).where(r.reading == _current(connection, key), r.kind == ARRIVAL).order_by(r.position)
    return tuple(issue_of(record) for record in connection.execute(mine).scalars())


def mended_as(connection: Connection, key: str, mended: str) -> Reading | None:
    """Return the reading made with this mending, most like the current one; None where there is none."""
    document = document_of(connection, key)
    if document is None:
        return None
    rows = connection.execute(select(readings).where(readings.c.document == key).order_by(readings.c.id)).all()
    now = next((row for row in rows if row.current), None)
    able = [row for row in rows if row.mended == mended]
    if not able:
        return None
    best = min(able, key=lambda row: (not row.current, now is None or _way(row) != _way(now), row.id))
    return reading_from(connection, document, best.id, best.reader)


def _way(row: Row[Any]) -> tuple[str, str]:
    return row.reader, row.knowledge
