"""What a linking leaves in a book for the next one, and how that one finds the little that it needs of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from tallybook.model import Claim, Document, Incident, Judgement, Victim
from tallybook.model.codec import to_plain
from tallybook.model.linked_event import EventKey, LinkedEvent, Near


def incident_record(incident: Incident) -> tuple[str, str]:
    """Return an incident as a book keeps it: id and JSON. Many take seconds: make them before the book is held."""
    return incident.id, json.dumps(to_plain(incident), ensure_ascii=False, separators=(",", ":"))


class LinkShelf(Protocol):
    """What is kept of the last linking, inside one transaction: all of it is written, or nothing.

    `keys` are document keys throughout. Every method may raise BookError.
    """

    def state(self) -> str:
        """Return the state of the book."""
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements by number."""
        ...

    def kept(self, name: str) -> str | None:
        """Return what the last linking left under a name."""
        ...

    def keep(self, name: str, value: str) -> None:
        """Leave something under a name, in place of what was left before."""
        ...

    def changed(self, most: int) -> frozenset[str] | None:
        """Return the documents that came or are read otherwise since the last linking; None where they are more."""
        ...

    def settle(self) -> None:
        """Forget which documents changed: they are linked."""
        ...

    def clear(self) -> None:
        """Forget the last linking."""
        ...

    def documents(self, keys: Collection[str]) -> dict[str, Document]:
        """Return documents by key, those that the book holds."""
        ...

    def claims(self, keys: Collection[str]) -> list[Claim]:
        """Return the claims of the current readings of documents, in no order."""
        ...

    def victims(self, keys: Collection[str]) -> list[tuple[str, Victim]]:
        """Return document key and victim of the current readings of documents."""
        ...

    def all_victims(self) -> tuple[tuple[str, Victim], ...]:
        """Return document key and victim of all current readings."""
        ...

    def of_equal_texts(self, digests: Collection[str]) -> frozenset[str]:
        """Return the keys of the documents whose text has one of these hashes."""
        ...

    def events_of(self, keys: Collection[str]) -> list[LinkedEvent]:
        """Return the events of documents."""
        ...

    def events_of_components(self, components: Collection[int]) -> list[LinkedEvent]:
        """Return the events of components."""
        ...

    def events_of_incidents(self, incidents: Collection[str]) -> list[LinkedEvent]:
        """Return the events of incidents."""
        ...

    def rows_of(self, events: Collection[int]) -> dict[int, list[str]]:
        """Return the names under which events are found."""
        ...

    def meeting(self, names: tuple[str, ...], first: int, last: int) -> dict[EventKey, Near]:
        """Return the events under any of these names whose days touch a period, both ends inclusive."""
        ...

    def holds(self, name: str) -> bool:
        """Say whether any event is found under a name."""
        ...

    def holding(self, name: str, most: int | None = None) -> list[EventKey]:
        """Return the events under a name, `most` of them."""
        ...

    def last_event(self) -> int:
        """Return the greatest id of an event, 0 where there is none; ids are given one after another."""
        ...

    def drop_events(self, keys: Collection[str]) -> None:
        """Take the events of documents out."""
        ...

    def add_events(
        self, events: Iterable[tuple[EventKey, int, int, str | None, int, str]], names: Sequence[Collection[str]]
    ) -> list[int]:
        """Keep events: key, days, place, component by the position of its first event here, incident; and the names
        under which each is found. Return their ids."""
        ...

    def place_events(self, placed: Mapping[int, tuple[int, str]]) -> None:
        """Give events another component and incident, by their ids."""
        ...

    def incidents(self, ids: Collection[str]) -> dict[str, Incident]:
        """Return incidents by id, those that are kept."""
        ...

    def drop_incidents(self, ids: Collection[str]) -> None:
        """Take incidents out."""
        ...

    def add_incidents(self, records: Iterable[tuple[str, str]]) -> None:
        """Keep incidents: id and record, as `incident_record` makes them."""
        ...

    def copies_of(self, keys: Collection[str]) -> set[tuple[str, str]]:
        """Return the pairs (copy, original) that documents are in."""
        ...

    def drop_copies(self, keys: Collection[str]) -> None:
        """Take the pairs that documents are in out, and their sketches."""
        ...

    def add_copies(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep pairs (copy, original)."""
        ...

    def add_sketches(self, told: Iterable[tuple[str, int | None, bytes]]) -> None:
        """Keep the sketches of documents with the day number of their publication."""
        ...

    def sketches(self, days: tuple[int, int] | None) -> dict[str, bytes]:
        """Return the sketches of documents published from a day to another, and of undated ones; None: all."""
        ...
