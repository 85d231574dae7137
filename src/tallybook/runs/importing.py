"""`import`: a list of persons into the book, with the mapping that says what its columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tallybook.documents import Stated
from tallybook.documents.list_mapping import ListMapping, mapping_of
from tallybook.documents.person_lists import list_arrival
from tallybook.errors import KnowledgeError, UsageError
from tallybook.knowledge import Knowledge
from tallybook.knowledge.rows import yaml_file
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.store import BookStore


@dataclass(frozen=True, slots=True)
class ImportedList:
    """What an import did."""

    added: Added
    rows: int
    """Rows that name somebody."""
    left_out: int
    """Rows that were left out, each with an issue."""


def mapping_from(path: Path) -> ListMapping:
    """Return the mapping in a YAML file.

    Raises: UsageError
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such mapping. Write one: docs/howto/import-a-list.md shows how.")
    try:
        return mapping_of(yaml_file(path), str(path))
    except KnowledgeError as error:
        raise UsageError(str(error)) from error


def import_list(
    book: BookStore, file: Path, mapping: ListMapping, stated: Stated, make_reader: Callable[[], DocumentReader],
    knowledge: Knowledge, listener: Listener, at: str | None = None,
) -> ImportedList:  # fmt: skip
    """Put a list of persons into a book as one document; the same list again changes nothing.

    Raises: DocumentError, UsageError, BookError; the book is untouched then.
    """
    made = list_arrival(file, mapping, stated)
    added = add_documents(book, [made.arrival], make_reader(), knowledge, listener, at)
    return ImportedList(added, made.rows, made.left_out)
