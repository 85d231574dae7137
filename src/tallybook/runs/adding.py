"""`add`: documents to readings to the book, one acknowledged document at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallybook.documents import Arrival
from tallybook.errors import DocumentError
from tallybook.knowledge import Knowledge
from tallybook.model import Document, Issue, Reading
from tallybook.model.standing import standing
from tallybook.review.mending import mended, mendings
from tallybook.review.purged import Returning
from tallybook.runs.deriving import keep_derived
from tallybook.runs.guarded_reading import DocumentReader, read_arrivals
from tallybook.store import Arrived, BookStore, Entry

PURGED_AGAIN = "purged-again"
"""Code of the issue that tells of a report that came again with words that were purged."""

Read = Callable[[Iterable[Arrival]], Iterator[tuple[Arrival, Reading | None]]]
"""Yields every arrival with its reading, in order."""


@dataclass(slots=True)
class Added:
    """What an `add` did."""

    documents: int = 0
    known: int = 0
    claims: int = 0
    issues: int = 0
    unreadable: int = 0
    run: int | None = None
    """Number of the run under which documents arrived; None where none did, or nobody told the time."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told of trouble and of progress while an `add` runs."""

    on_issue: Callable[[Issue], None] = field(default=lambda issue: None)
    on_error: Callable[[DocumentError], None] = field(default=lambda error: None)
    on_document: Callable[[Document], None] = field(default=lambda document: None)


def add_documents(
    book: BookStore,
    arrivals: Iterable[Arrival],
    reader: DocumentReader,
    knowledge: Knowledge,
    listener: Listener,
    at: str | None = None,
    read: Read | None = None,
) -> Added:
    """Read what arrives into the book and link it. Memory does not grow with the number of documents read.

    What was purged from the book does not come back with a report that is added again. A document that the book holds,
    read by this reader with this knowledge, is not read again. What was counted in the
    result was on disk when the listener heard of it. A document that judgements mend is read as they mend it. `at` is
    the time, ISO in UTC, under which the book notes what arrives. `read` reads in another way than this process would,
    with equal results.

    Raises: BookError; what was acknowledged before stays.
    """
    added = Added()
    run = book.next_run()
    arrived = Arrived(at, run) if at else None
    mends = _Mends(book)
    let_in = _without_purged(arrivals, book, added, listener)
    fresh = _not_held(let_in, book, (reader.name, knowledge.version), mends, added, listener)
    for arrival, reading in read(fresh) if read else read_arrivals(fresh, reader, knowledge.languages):
        if arrival.error is not None:
            _refused(book, arrival.error, added, listener)
        elif reading is None:
            _noted(book, arrival, added, listener)
        elif book.add(mends.entry(reading, knowledge.version, arrival.issues, arrived)):
            added.documents += 1
            added.run = run if arrived else None
            added.claims += len(reading.claims)
            for issue in (*arrival.issues, *reading.issues):
                added.issues += 1
                listener.on_issue(issue)
            listener.on_document(reading.document)
        else:
            added.known += 1
            listener.on_document(reading.document)
    if added.documents:
        keep_derived(book)
    return added


class _Mends:
    """What the standing judgements mend of the documents that arrive."""

    def __init__(self, book: BookStore) -> None:
        self._mendings = mendings(standing(book.judgements()))
        self._received: dict[Document, Document] = {}

    def token(self, document: Document) -> str:
        mending = self._mendings.get(document.key)
        return mending.token if mending else ""

    def to_read(self, document: Document) -> Document:
        """Return the document as it is to be read."""
        now = mended(document, self._mendings.get(document.key))
        if now is not document:
            self._received[now] = document
        return now

    def entry(self, reading: Reading, knowledge: str, noticed: tuple[Issue, ...], arrived: Arrived | None) -> Entry:
        """Return a reading on its way into the book, with the document as it was received."""
        received = self._received.get(reading.document, reading.document)
        return Entry(replace(reading, document=received), knowledge, noticed, self.token(received), arrived)


def _without_purged(
    arrivals: Iterable[Arrival], book: BookStore, added: Added, listener: Listener
) -> Iterator[Arrival]:
    """Yield what arrives, without what was purged from this book: words go again, and whole reports are refused."""
    returning = Returning(book.judgements(), book.document)
    for arrival in arrivals:
        document = arrival.document
        number = returning.refused(document) if document is not None else None
        if document is None:
            yield arrival
        elif number is not None:
            added.unreadable += 1
            listener.on_error(
                DocumentError(document.source, f"it was purged from this book (judgement {number})", "It stays out.")
            )
        elif (now := returning.redacted(document)) is document:
            yield arrival
        else:
            issue = Issue(PURGED_AGAIN, f"{now.id}: it held words that were purged; they were taken out again.", now.id)
            listener.on_issue(issue)
            yield replace(arrival, document=now, issues=())


def _not_held(
    arrivals: Iterable[Arrival],
    book: BookStore,
    way: tuple[str, str],
    mends: _Mends,
    added: Added,
    listener: Listener,
) -> Iterator[Arrival]:
    for arrival in arrivals:
        if arrival.document is None:
            yield arrival
            continue
        document = without_path(arrival.document)
        if book.holds(document, *way, mends.token(document)):
            added.known += 1
            listener.on_document(document)
        else:
            yield replace(arrival, document=mends.to_read(document))


def without_path(document: Document) -> Document:
    """Return the document as a book keeps it: its source is its address or id, never a path of somebody's machine."""
    return replace(document, source=document.url or document.id)


def _refused(book: BookStore, error: DocumentError, added: Added, listener: Listener) -> None:
    """Count a document that cannot be read; one that is there, and not just misnamed, is noted in the book."""
    added.unreadable += 1
    listener.on_error(error)
    if Path(error.source.partition(", line ")[0]).is_file():
        name = Path(error.source).name
        book.note(Issue("document-unreadable", str(error).replace(error.source, name, 1), name))


def _noted(book: BookStore, arrival: Arrival, added: Added, listener: Listener) -> None:
    for issue in arrival.issues:
        added.issues += 1
        listener.on_issue(issue)
        book.note(replace(issue, object=Path(issue.object).name, message=issue.message))
