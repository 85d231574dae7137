"""The stores that the contract suite runs on, and entries to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tallybook.documents.identity import document_key, text_digest
from tallybook.model import Claim, Count, DateRange, Document, Issue, Reading, Span, Victim
from tallybook.store import BookStore, Entry, create_or_open
from tallybook.store.locked_books import lock
from tests.locks import PASSPHRASE, asked, needs_library
from tests.postgres_server import new_database, server

Maker = Callable[[Path], BookStore]
"""Makes an empty book; the folder is its own."""


@contextmanager
def _files() -> Iterator[Maker]:
    yield lambda folder: create_or_open(str(folder / "büch ပြည်.db"))


@contextmanager
def _server() -> Iterator[Maker]:
    with server() as address:
        yield lambda folder: create_or_open(new_database(address))


@contextmanager
def _locked() -> Iterator[Maker]:
    needs_library()

    def make(folder: Path) -> BookStore:
        path = str(folder / "locked.db")
        lock(path, PASSPHRASE)
        return create_or_open(path)

    with pytest.MonkeyPatch.context() as patch, asked(PASSPHRASE, patch):
        yield make


STORES: dict[str, Callable[[], AbstractContextManager[Maker]]] = {
    "sqlite": _files, "postgres": _server, "locked": _locked,
}  # fmt: skip


def document(text: str, id: str = "d", publisher: str | None = "OPA", **more: str | None) -> Document:
    published, url = more.pop("published", "2024-03-01"), more.pop("url", None)
    return Document(
        id, document_key(text, publisher, published, url), text, more.pop("source", id) or id, text_digest(text),
        text_digest(text), publisher=publisher, published=published, url=url, language="en", **more,
    )  # fmt: skip


def entry(document: Document, claims: int = 2, reader: str = "test/1", knowledge: str = "k1") -> Entry:
    def claim(number: int) -> Claim:
        return Claim(
            f"c-{document.key[:6]}-{9 - number}", document.key, reader, document.text[:4], Span(0, 4), "killed",
            Count(number, None, "at_least", "some", Span(0, 4)), claimants=("OPA",), date=DateRange("2024-03-01", None),
        )  # fmt: skip

    reading = Reading(
        document,
        reader,
        tuple(claim(n) for n in range(claims)),
        victims=(Victim(f"v-{document.key[:6]}", document.text[:4], Span(0, 4), (), "Marta Velin", 34, 34),),
        issues=(Issue("place-unresolved", "which?", document.id, Span(1, 2)),),
    )
    return Entry(reading, knowledge, (Issue("charset-guessed", "hm", document.id),))
