"""Building the demo's book."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from tallybook.documents import Intake, Stated, documents_from
from tallybook.errors import UsageError
from tallybook.knowledge import Knowledge
from tallybook.runs.adding import Added, Listener, add_documents
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.packs import DEMO_PACK, SETTING, load_packs, remember_demo
from tallybook.store import create_or_open, open_book

DAY = "2024-04-01"
"""The demo's today: no report of it is newer."""


def build(book: str, make_reader: Callable[[Knowledge], DocumentReader]) -> Added:
    """Add the demo's reports to the book at `book`, made where none is.

    Raises: BookError; UsageError where the book there is not the demo's.
    """
    _refuse_other_books(book)
    with as_file(files("tallybook.runs.demo").joinpath("reports.jsonl")) as reports, create_or_open(book) as store:
        remember_demo(store)
        knowledge = load_packs((), (DEMO_PACK,)).knowledge
        arrivals = documents_from([str(reports)], Intake(Stated.of(DAY)))
        return add_documents(store, arrivals, make_reader(knowledge), knowledge, Listener(), f"{DAY}T00:00:00Z")


def _refuse_other_books(book: str) -> None:
    path = Path(book)
    if not path.exists() or path.stat().st_size == 0:
        return
    with open_book(book) as store:
        if store.setting(SETTING) != (DEMO_PACK,):
            raise UsageError(f"{book}: there is another book here, which the demo will not touch. Give --book PATH.")
