"""What a linking leaves for the next one: its events, incidents and copies, read and written in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, or_, select, update

from tallybook.model import Claim, Document, Incident, Judgement, Victim
from tallybook.model.codec import from_plain
from tallybook.model.linked_event import EventKey, LinkedEvent, Near
from tallybook.store.log import logged
from tallybook.store.readings import victims_of
from tallybook.store.schema import (
    OF_LINKING,
    claims,
    derived,
    documents,
    judgements,
    linked_copies,
    linked_events,
    linked_incidents,
    linked_rows,
    readings,
    sketches,
    unlinked,
)
from tallybook.store.shelving import claim_of
from tallybook.store.states import state_of

AT_A_TIME = 400
"""Values of one statement: databases allow a thousand or so."""
LAST = "last linking"
"""What stands in the place of a state: what was derived from the book as it was linked last."""
ROWS = 10_000
"""Rows that are written together."""


class SqlLinkShelf:
    """The shelf over one open transaction. `store.link_contract.LinkShelf` says what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self) -> str:
        return state_of(self._connection)

    def judgements(self) -> tuple[Judgement, ...]:
        return logged(self._connection)

    def kept(self, name: str) -> str | None:
        return kept_under(self._connection, name)

    def keep(self, name: str, value: str) -> None:
        self._connection.execute(delete(derived).where(derived.c.name == name))
        self._connection.execute(insert(derived), {"name": name, "state": LAST, "value": value})

    def changed(self, most: int) -> frozenset[str] | None:
        found = self._connection.execute(select(unlinked.c.document).limit(most + 1)).scalars().all()
        return frozenset(found) if len(found) <= most else None

    def settle(self) -> None:
        self._connection.execute(delete(unlinked))

    def clear(self) -> None:
        for table in OF_LINKING:
            self._connection.execute(delete(table))

    def documents(self, keys: Collection[str]) -> dict[str, Document]:
        rows = self._among(lambda some: select(documents).where(documents.c.key.in_(some)), keys)
        return {row.key: Document(**row._mapping) for row in rows}

    def claims(self, keys: Collection[str]) -> list[Claim]:
        r = readings.c
        told = select(claims.c.record).join(readings, r.id == claims.c.reading).where(r.current)
        return [claim_of(row.record) for row in self._among(lambda some: told.where(r.document.in_(some)), keys)]

    def victims(self, keys: Collection[str]) -> list[tuple[str, Victim]]:
        return [told for some in _some(keys) for told in victims_of(self._connection, some)]

    def all_victims(self) -> tuple[tuple[str, Victim], ...]:
        return victims_of(self._connection)

    def of_equal_texts(self, digests: Collection[str]) -> frozenset[str]:
        rows = self._among(lambda some: select(documents.c.key).where(documents.c.sha256.in_(some)), digests)
        return frozenset(row.key for row in rows)

    def events_of(self, keys: Collection[str]) -> list[LinkedEvent]:
        return self._events(linked_events.c.document, keys)

    def events_of_components(self, components: Collection[int]) -> list[LinkedEvent]:
        return self._events(linked_events.c.component, components)

    def events_of_incidents(self, incidents: Collection[str]) -> list[LinkedEvent]:
        return self._events(linked_events.c.incident, incidents)

    def _events(self, column: ColumnElement[Any], values: Collection[Any]) -> list[LinkedEvent]:
        return [_event(row) for row in self._among(lambda some: select(linked_events).where(column.in_(some)), values)]

    def rows_of(self, events: Collection[int]) -> dict[int, list[str]]:
        w, found = linked_rows.c, {event: list[str]() for event in events}
        for row in self._among(lambda some: select(w.event, w.name).where(w.event.in_(some)), events):
            found[row.event].append(row.name)
        return found

    def meeting(self, names: tuple[str, ...], first: int, last: int) -> dict[EventKey, Near]:
        e, w = linked_events.c, linked_rows.c
        found = (
            select(e.document, e.event, e.first, e.last, e.place)
            .join(linked_rows, w.event == e.id)
            .where(w.name.in_(names), w.last >= first, w.first <= last)
        )
        rows = self._connection.execute(found)
        return {(row.document, row.event): Near((row.document, row.event), *row[2:]) for row in rows}

    def holds(self, name: str) -> bool:
        found = select(linked_rows.c.event).where(linked_rows.c.name == name).limit(1)
        return self._connection.execute(found).first() is not None

    def holding(self, name: str, most: int | None = None) -> list[EventKey]:
        e, w = linked_events.c, linked_rows.c
        found = select(e.document, e.event).join(linked_rows, w.event == e.id).where(w.name == name)
        return [(row.document, row.event) for row in self._connection.execute(found.limit(most))]

    def last_event(self) -> int:
        return int(self._connection.execute(select(func.max(linked_events.c.id))).scalar_one() or 0)

    def drop_events(self, keys: Collection[str]) -> None:
        ids = [event.id for event in self.events_of(keys)]
        for some in _some(ids):
            self._connection.execute(delete(linked_rows).where(linked_rows.c.event.in_(some)))
            self._connection.execute(delete(linked_events).where(linked_events.c.id.in_(some)))

    def add_events(self, events: Iterable[tuple[EventKey, int, int, str | None, int, str]],
                   names: Sequence[Collection[str]]) -> list[int]:  # fmt: skip
        start = self.last_event() + 1
        told = list(events)
        self._write(linked_events, (
            {"id": start + n, "document": key[0], "event": key[1], "first": first, "last": last, "place": place,
             "component": start + component, "incident": incident}
            for n, (key, first, last, place, component, incident) in enumerate(told)
        ))  # fmt: skip
        self._write(linked_rows, (
            {"name": name, "last": last, "event": start + n, "first": first}
            for n, ((_, first, last, *_), held) in enumerate(zip(told, names, strict=True)) for name in sorted(held)
        ))  # fmt: skip
        return list(range(start, start + len(told)))

    def place_events(self, placed: Mapping[int, tuple[int, str]]) -> None:
        e = linked_events.c
        for event, (component, incident) in sorted(placed.items()):
            now = {"component": component, "incident": incident}
            self._connection.execute(update(linked_events).where(e.id == event).values(now))

    def incidents(self, ids: Collection[str]) -> dict[str, Incident]:
        rows = self._among(lambda some: select(linked_incidents).where(linked_incidents.c.id.in_(some)), ids)
        return {row.id: from_plain(Incident, json.loads(row.record)) for row in rows}

    def drop_incidents(self, ids: Collection[str]) -> None:
        for some in _some(ids):
            self._connection.execute(delete(linked_incidents).where(linked_incidents.c.id.in_(some)))

    def add_incidents(self, records: Iterable[tuple[str, str]]) -> None:
        self._write(linked_incidents, ({"id": name, "record": record} for name, record in records))

    def copies_of(self, keys: Collection[str]) -> set[tuple[str, str]]:
        c = linked_copies.c
        rows = self._among(
            lambda some: select(linked_copies).where(or_(c.copy.in_(some), c.original.in_(some))), keys, AT_A_TIME // 2
        )
        return {(row.copy, row.original) for row in rows}

    def drop_copies(self, keys: Collection[str]) -> None:
        c = linked_copies.c
        for some in _some(keys, AT_A_TIME // 2):
            touching = or_(c.copy.in_(some), c.original.in_(some))
            self._connection.execute(delete(linked_copies).where(touching))
            self._connection.execute(delete(sketches).where(sketches.c.document.in_(some)))

    def add_copies(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._write(linked_copies, ({"copy": copy, "original": original} for copy, original in pairs))

    def add_sketches(self, told: Iterable[tuple[str, int | None, bytes]]) -> None:
        self._write(sketches, ({"document": key, "day": day, "sketch": sketch} for key, day, sketch in told))

    def sketches(self, days: tuple[int, int] | None) -> dict[str, bytes]:
        s = sketches.c
        found = select(s.document, s.sketch)
        if days is not None:
            found = found.where(or_(s.day.is_(None), s.day.between(*days)))
        return {row.document: row.sketch for row in self._connection.execute(found)}

    def _among(
        self, statement: Callable[[Sequence[Any]], Any], values: Collection[Any], most: int = AT_A_TIME
    ) -> Iterator[Row[Any]]:
        for some in _some(values, most):
            yield from self._connection.execute(statement(some))

    def _write(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        held: list[Mapping[str, Any]] = []
        for row in rows:
            held.append(row)
            if len(held) == ROWS:
                self._connection.execute(insert(table), held)
                held = []
        if held:
            self._connection.execute(insert(table), held)


def kept_under(connection: Connection, name: str) -> str | None:
    """Return what the last linking left under a name."""
    d = derived.c
    found: str | None = connection.execute(select(d.value).where(d.name == name, d.state == LAST)).scalar_one_or_none()
    return found


def is_linked(connection: Connection, name: str) -> bool:
    """Say whether nothing came or was decided since the linking that left the number of judgements under a name."""
    kept = kept_under(connection, name)
    if kept is None or connection.execute(select(unlinked).limit(1)).first() is not None:
        return False
    return int(kept) == int(connection.execute(select(func.max(judgements.c.number))).scalar_one() or 0)


def incidents_kept(connection: Connection) -> tuple[Incident, ...]:
    """Return the incidents of the last linking, sorted by id."""
    rows = connection.execute(select(linked_incidents.c.record).order_by(linked_incidents.c.id))
    return tuple(from_plain(Incident, json.loads(record)) for record in rows.scalars())


def copies_kept(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the pairs of document keys, copy and original, of the last linking, sorted."""
    return tuple(sorted((row.copy, row.original) for row in connection.execute(select(linked_copies))))


def _event(row: Row[Any]) -> LinkedEvent:
    near = Near((row.document, row.event), row.first, row.last, row.place)
    return LinkedEvent(row.id, near, row.component, row.incident)


def _some(values: Collection[Any], most: int = AT_A_TIME) -> Iterator[list[Any]]:
    ordered = sorted(values)
    yield from (ordered[n : n + most] for n in range(0, len(ordered), most))
