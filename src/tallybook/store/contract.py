"""What every store of books can do; one test suite runs on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from tallybook.model import Claim, Control, Document, Incident, Issue, Judgement, Reading, Victim
from tallybook.store.access_contract import AccessStore
from tallybook.store.link_contract import LinkShelf


@dataclass(frozen=True, slots=True)
class Arrived:
    """When a document first came into a book, and by which run. No answer depends on it but what changed since."""

    at: str
    """ISO time, UTC."""
    run: int
    """Number of the run that brought it, from 1."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document on its way into a book: its reading, the knowledge it was read with, and what arrival noticed."""

    reading: Reading
    knowledge: str
    arrival_issues: tuple[Issue, ...] = ()
    mended: str = ""
    """What judgements mend of the document, as it was read; empty where nothing is mended."""
    arrived: Arrived | None = None

    @property
    def document(self) -> Document:
        """Return the document that was read."""
        return self.reading.document


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An evidence file that a book holds: its bytes are those of its hash."""

    sha256: str
    size: int
    """Bytes."""
    media_type: str
    """As its first bytes say, never as somebody named it."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a purge puts in the place of what a book holds. Nothing of what it takes out may come from any part."""

    documents: Mapping[str, Document | None]
    """By the key that a document has: what takes its place; None: it goes, with all that was read of it."""
    record_of: Callable[[str, str, Mapping[str, Any]], Mapping[str, Any] | None]
    """From key, kind and plain values of a record of such a document to its plain values then; None: it goes."""
    plain_of: Callable[[Any], Any]
    """From any JSON value of the book to what it is then."""
    words_of: Callable[[str, str], str]
    """From the name of any other table and a text of it to what it is then."""
    stands_in: Callable[[str], bool]
    """Says whether a text holds words that are to go."""
    log: tuple[Judgement, ...]
    """All judgements as they are then, the purge as the last."""
    files: frozenset[str] = frozenset()
    """Hashes of the evidence files that go."""


class BookStore(Protocol):
    """A book of documents, their readings and what people decided.

    Every method may raise BookError: the book is locked, damaged, or the disk is full.
    """

    @property
    def access(self) -> AccessStore:
        """People and access. What is kept there moves neither state nor mark."""
        ...

    def holds(self, document: Document, reader: str, knowledge: str, mended: str = "") -> bool:
        """Say whether adding this document, read this way, would change nothing."""
        ...

    def add(self, entry: Entry) -> bool:
        """Add a document with its reading, all or nothing; return whether the book changed.

        On return the entry is on disk. The same text, publisher, time and address twice is one document: it keeps the
        smallest id and the first arrival, whatever came first. A reading by another reader, other knowledge or with
        other mending becomes the current one; the older stays in the book.
        """
        ...

    def note(self, issue: Issue) -> None:
        """Keep an issue that is about no document of the book; the same one twice is one."""
        ...

    def documents(self) -> dict[str, Document]:
        """Return all documents by key, ordered by (id, key)."""
        ...

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of all current readings, by document (id, key), then in the order of the text."""
        ...

    def plain_claims(self) -> Iterator[dict[str, Any]]:
        """Yield the claims of all current readings as plain values, in the order of `claims`; memory stays flat."""
        ...

    def plain_documents(self) -> Iterator[dict[str, Any]]:
        """Yield all documents as plain values, in the order of `documents`; memory stays flat."""
        ...

    def victims(self) -> tuple[tuple[str, Victim], ...]:
        """Return document key and victim of all current readings, in the order of `claims`."""
        ...

    def control(self) -> tuple[tuple[str, Control], ...]:
        """Return document key and record of who holds which place, of all current readings, ordered as `claims`."""
        ...

    def claimants(self) -> tuple[tuple[str, str], ...]:
        """Return document key and claimant of all other records of current readings (evidence, allegations, conduct,
        relations, force sizes, control), sorted, each once."""
        ...

    def issues(self) -> tuple[tuple[str, Issue], ...]:
        """Return document key and issue of all current readings, as `readings` has them, in the order of `claims`."""
        ...

    def readings(self) -> Iterator[Reading]:
        """Yield the current reading of every document with its issues, by document (id, key)."""
        ...

    def notes(self) -> tuple[Issue, ...]:
        """Return the issues about no document, sorted."""
        ...

    def reading_as(self, document: str, mended: str) -> Reading | None:
        """Return the reading of a document that was made with this mending: the current one, else one by the same
        reader and knowledge as the current one, else any, by id; None where there is none."""
        ...

    def arrival_issues(self, document: str) -> tuple[Issue, ...]:
        """Return what arrival noticed of a document; it stands before the issues of its current reading."""
        ...

    def arrivals(self) -> dict[str, Arrived]:
        """Return by document key when each document arrived; those of books of older versions may be missing."""
        ...

    def next_run(self) -> int:
        """Return the number of a run that starts now, from 1."""
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements by number.

        Raises: BookError naming the first that cannot be read.
        """
        ...

    def judge(self, judgement: Judgement, entries: Iterable[Entry] = (), seen: str | None = None) -> str:
        """Append a judgement, with the readings of documents that it mends, all or nothing; its seal is kept.

        Returns the state of the book with it.

        Raises: BookError where its number is not the next, or the book is not in the state `seen` any more.
        """
        ...

    def document(self, key: str) -> Document | None:
        """Return the document with this key, or None."""
        ...

    def documents_holding(self, stands_in: Callable[[str], bool]) -> frozenset[str]:
        """Return the keys of documents of which a field, or a text in any record of any reading, passes a test."""
        ...

    def record_ids(self, document: str) -> tuple[str, ...]:
        """Return the ids of claims and other records in all readings of a document, each once, in a stable order."""
        ...

    def keep_file(self, file: StoredFile, content: Iterable[bytes]) -> bool:
        """Keep an evidence file, all or nothing; return whether the book did not hold it yet.

        Raises: BookError where the bytes are not those of its hash.
        """
        ...

    def files(self) -> dict[str, StoredFile]:
        """Return all evidence files by hash, in the order of hashes."""
        ...

    def file_content(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of an evidence file, in parts; nothing where there is no such file."""
        ...

    def purge(self, rewrite: Rewrite, seen: str) -> str:
        """Rewrite the whole book, all or nothing, and leave nothing of what was there before in its files.

        Derived things go. Returns the state of the book then.

        Raises: BookLocked where another process has the book open; BookError where it is not in the state `seen` any
        more, or would still hold words that are to go.
        """
        ...

    def sealed(self) -> tuple[int, str] | None:
        """Return number and seal of the judgement that was appended last, as noted then; None where none was."""
        ...

    def state(self) -> str:
        """Return 64 hex digits over documents, current readings and judgements; equal books have equal states."""
        ...

    def mark(self) -> str:
        """Return words that stay the same while nobody writes to the book, from here or elsewhere; quick to ask for.

        They mean nothing beyond this open book: equal books may have other marks.
        """
        ...

    def setting(self, name: str) -> tuple[str, ...]:
        """Return the values of a setting, in order; empty where it is not set."""
        ...

    def set_setting(self, name: str, values: tuple[str, ...]) -> None:
        """Replace the values of a setting."""
        ...

    def derived(self, name: str) -> str | None:
        """Return what the last linking left under a name; it holds for the book as it was then."""
        ...

    def is_linked(self, name: str) -> bool:
        """Say whether nothing came or was decided since the linking that left the number of judgements under `name`;
        quick to ask for."""
        ...

    def linking(self) -> AbstractContextManager[LinkShelf]:
        """Hand out what is kept of the last linking, to read and to write, all or nothing; nobody else writes while."""
        ...

    def linked_incidents(self) -> tuple[Incident, ...]:
        """Return the incidents of the last linking, sorted by id."""
        ...

    def linked_copies(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of document keys, copy and original, of the last linking, sorted."""
        ...

    def close(self) -> None:
        """Release the book; a closed book refuses everything."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
