"""Documents through a reader, a few at a time; a document that the reader cannot survive becomes an Issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from tallybook.documents import Arrival
from tallybook.model import Document, Issue, Reading

BATCH = 32
"""Documents in memory at a time. The parser gains nothing beyond (muc4), and memory stays flat."""


class DocumentReader(Protocol):
    """What a reader of documents offers."""

    @property
    def name(self) -> str:
        """Name and version, as its claims carry it."""
        ...

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading for each document, in order."""
        ...


def read_arrivals(
    arrivals: Iterable[Arrival], reader: DocumentReader, languages: Collection[str]
) -> Iterator[tuple[Arrival, Reading | None]]:
    """Yield every arrival with its reading, in order; None for arrivals that hold no document.

    A document in a language outside `languages` is not read: it has no claims and one issue, and stays for manual
    coding.
    """
    waiting = iter(arrivals)
    while batch := list(islice(waiting, BATCH)):
        documents = [a.document for a in batch if a.document is not None and is_read(a.document, languages)]
        readings = iter(survived(documents, reader))
        for arrival in batch:
            yield arrival, _reading(arrival, readings, reader, languages)


def is_read(document: Document, languages: Collection[str]) -> bool:
    """Say whether some pack reads the language of a document; one whose language is not known is tried."""
    return document.language is None or document.language in languages


def _reading(
    arrival: Arrival, readings: Iterator[Reading], reader: DocumentReader, languages: Collection[str]
) -> Reading | None:
    document = arrival.document
    if document is None:
        return None
    if is_read(document, languages):
        return next(readings)
    return unread(document, reader.name)


def unread(document: Document, reader: str) -> Reading:
    """Return the reading of a document in a language that no pack reads."""
    message = f"{document.id}: no pack reads its language ({document.language}); it is kept for manual coding."
    return Reading(document, reader, issues=(Issue("language-unread", message, document.id),))


def survived(documents: list[Document], reader: DocumentReader) -> list[Reading]:
    """Read documents together; where that crashes, halve them until the one that crashes stands alone."""
    if not documents:
        return []
    try:
        return list(reader.read_all(documents))
    except Exception as crash:
        if len(documents) == 1:
            return [_crashed(documents[0], reader, crash)]
    half = len(documents) // 2
    return survived(documents[:half], reader) + survived(documents[half:], reader)


def _crashed(document: Document, reader: DocumentReader, crash: Exception) -> Reading:
    why = " ".join(f"{type(crash).__name__}: {crash}".split())[:200]
    message = f"{document.id}: the reader failed on it ({why}); it is kept without claims. Please report this document."
    return Reading(document, reader.name, issues=(Issue("reader-failed", message, document.id),))


def with_arrival_issues(arrival: Arrival, reading: Reading) -> Reading:
    """Put what arrival noticed before what the reader noticed."""
    return replace(reading, issues=(*arrival.issues, *reading.issues)) if arrival.issues else reading
