"""A small book read without a model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tallybook.documents import Intake, Stated, documents_from
from tallybook.knowledge import Knowledge
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.desk import Desk
from tallybook.runs.packs import DEMO_PACK, load_packs
from tallybook.store import BookStore, create_or_open
from tests.simple_reader import SimpleReader

Adder = Callable[..., Added]

HERALD = "Dovrin Herald"
REPORTS = (
    {
        "id": "a",
        "publisher": HERALD,
        "published": "2024-03-02",
        "text": "12 civilians were killed in Karsk on 2024-03-01. Marta Velin, 34, was killed.",
    },
    {
        "id": "b",
        "publisher": "Selmira Courier",
        "published": "2024-03-03",
        "text": "15 civilians were killed in Karsk on 2024-03-01.",
    },
    {
        "id": "c",
        "publisher": HERALD,
        "published": "2024-03-09",
        "text": "3 soldiers were injured in Tolvi on 2024-03-08.",
    },
    {"id": "d", "publisher": HERALD, "published": "2024-03-10", "text": "Nothing happened, the army said."},
)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_packs((), (DEMO_PACK,)).knowledge


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookStore]:
    with create_or_open(str(tmp_path / "book.db")) as store:
        yield store


@pytest.fixture
def add(tmp_path: Path, book: BookStore, knowledge: Knowledge) -> Adder:
    def adder(*rows: dict[str, str], listener: Listener | None = None, name: str = "rows.jsonl") -> Added:
        path = tmp_path / name
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        arrivals = documents_from([str(path)], Intake(Stated.of("2024-06-01")))
        return add_documents(book, arrivals, SimpleReader(), knowledge, listener or Listener())

    return adder


@pytest.fixture
def desk(add: Adder, book: BookStore, knowledge: Knowledge) -> Desk:
    add(*REPORTS)
    return Desk(book, knowledge)
