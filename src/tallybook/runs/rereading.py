"""Reading documents again: with what a judgement mends of them, or with a newer reader and other packs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tallybook.documents import Arrival
from tallybook.errors import BookError
from tallybook.knowledge import Knowledge
from tallybook.model import Document
from tallybook.review.mending import Mending, mended
from tallybook.runs.deriving import keep_derived
from tallybook.runs.desk import Desk, Edition
from tallybook.runs.guarded_reading import DocumentReader, read_arrivals
from tallybook.runs.moving import Move, moves, touched_claims
from tallybook.store import BookStore, Entry


def read_mended(
    book: BookStore, document: Document, mending: Mending | None, reader: DocumentReader, knowledge: Knowledge
) -> Entry:
    """Read a document of the book again, mended or, with None, as it was received; every relative date moves with it.

    The document keeps its key and text, so that judgements on its claims hold. Nothing is written.
    """
    read = read_arrivals([Arrival(mended(document, mending))], reader, knowledge.languages)
    (reading,) = (reading for _, reading in read if reading is not None)
    noticed = book.arrival_issues(document.key)
    return Entry(replace(reading, document=document), knowledge.version, noticed, mending.token if mending else "")


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a book again, with the reader and the packs of today, gives."""

    documents: int
    """Documents that were read by another reader, or with other packs."""
    entries: tuple[Entry, ...]
    moves: tuple[Move, ...]
    seen: str
    """State of the book in which this was worked out."""


def reread(desk: Desk, reader: DocumentReader, on_document: Callable[[Document], None]) -> Reread:
    """Read again whatever another reader or other packs have read, and work out which totals move. Writes nothing.

    What people decided holds for the new claims over the same words. Incidents get new ids with new claims, and are not
    compared.

    Raises: BookError
    """
    seen = desk.store.state()
    mendings = desk.applied.mendings
    entries = []
    for key, document in desk.received.items():
        mending = mendings.get(key)
        if not desk.store.holds(document, reader.name, desk.knowledge.version, mending.token if mending else ""):
            entries.append(read_mended(desk.store, document, mending, reader, desk.knowledge))
            on_document(document)
    if not entries:
        return Reread(0, (), (), seen)
    after = desk.would_be(Edition(desk.log, {e.document.key: e.reading for e in entries}))
    totals = tuple(m for m in moves(desk, after, touched_claims(desk, after)) if m.incident is None)
    return Reread(len(entries), tuple(entries), totals, seen)


def keep_reread(desk: Desk, found: Reread) -> None:
    """Make the new readings the current ones; the old stay in the book.

    Raises: BookError where the book has changed since, nothing is written then.
    """
    if desk.store.state() != found.seen:
        raise BookError("The book has changed since it was read again. Look again, then decide again.")
    for entry in found.entries:
        desk.store.add(entry)
    keep_derived(desk.store)
