"""`import --as ucdp|acled|hxl`: an event data set of the user's own into the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tallybook.documents import Stated
from tallybook.documents.event_files import event_arrival
from tallybook.documents.event_rows import KINDS
from tallybook.documents.hxl_files import hxl_arrival
from tallybook.knowledge import Knowledge
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.store import BookStore

__all__ = ["HXL", "KINDS", "ImportedEvents", "import_events", "import_hxl"]

HXL = "hxl"
"""What `--as` says of a file with HXL hashtags."""


@dataclass(frozen=True, slots=True)
class ImportedEvents:
    """What an import did."""

    added: Added
    rows: int
    """Rows that went in."""
    left_out: int
    """Rows that were left out, each with an issue."""


def import_events(
    book: BookStore, file: Path, kind: str, stated: Stated, make_reader: Callable[[], DocumentReader],
    knowledge: Knowledge, listener: Listener, at: str | None = None,
) -> ImportedEvents:  # fmt: skip
    """Put a data set in the layout of UCDP or ACLED into a book as one document; the same again changes nothing.

    Its claims are the data set's own word. `kind` is one of KINDS.

    Raises: DocumentError, BookError; the book is untouched then.
    """
    made = event_arrival(file, kind, stated)
    added = add_documents(book, [made.arrival], make_reader(), knowledge, listener, at)
    return ImportedEvents(added, made.rows, made.left_out)


def import_hxl(
    book: BookStore, file: Path, stated: Stated, make_reader: Callable[[], DocumentReader], knowledge: Knowledge,
    listener: Listener, at: str | None = None,
) -> ImportedEvents:  # fmt: skip
    """Put a file with HXL hashtags into a book as one document; the same again changes nothing.

    Raises: DocumentError, BookError; the book is untouched then.
    """
    made = hxl_arrival(file, stated)
    added = add_documents(book, [made.arrival], make_reader(), knowledge, listener, at)
    return ImportedEvents(added, made.rows, made.left_out)
