"""`read` and `add`: reports in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tallybook.cli.exits import UNREAD_DOCUMENT
from tallybook.cli.options import (
    DEFAULT_BOOK,
    BookOption,
    EngineOption,
    Format,
    FormatOption,
    KnowledgeOption,
    OcrOption,
    PrivateOption,
    PublishedOption,
    PublisherOption,
    SchedulerOption,
    Sources,
    WorkersOption,
)
from tallybook.cli.output import print_json, print_line, tell_error, tell_issue
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.claims.tracing import Trace
    from tallybook.documents import Arrival, Intake
    from tallybook.model import Document, Reading
    from tallybook.runs.adding import Added, Listener


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "read", read, "tallybook read report.txt --published 2023-12-04 --format json")
    add_command(app, "add", add, "tallybook add reports/ more.jsonl --book war.db")


def read(
    sources: Sources,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    format: FormatOption = Format.table,
    explain: bool = typer.Option(False, "--explain", help="Print which rule decided on each number."),
    knowledge: KnowledgeOption = None,
    allow_private: PrivateOption = False,
    ocr: OcrOption = None,
) -> None:
    """Read reports and print the claims in them; no book is touched.

    Raises: BadDate, KnowledgeError, UsageError; typer.Exit with 1 where a document could not be read, after all others.
    """
    intake = _intake(published, publisher, allow_private, ocr)
    readings, trace, failed = _read_all(sources, intake, knowledge or (), explain)
    for reading in sorted(readings, key=lambda r: (r.document.id, r.document.key)):
        if format is Format.json:
            _print_reading_json(reading, trace)
        else:
            _print_reading(reading, trace)
    if failed:
        raise typer.Exit(UNREAD_DOCUMENT)


def _read_all(
    sources: Sequence[str], intake: Intake, packs: Sequence[Path], explain: bool
) -> tuple[list[Reading], Trace | None, bool]:
    from tallybook.claims.reader import Reader
    from tallybook.claims.tracing import Trace
    from tallybook.documents import documents_from
    from tallybook.runs.guarded_reading import read_arrivals, with_arrival_issues
    from tallybook.runs.packs import load_packs

    knowledge = load_packs(packs).knowledge
    reader = Reader(knowledge)
    trace = Trace(knowledge.lexicon.choices) if explain else None
    reader.watch = trace
    readings: list[Reading] = []
    failed = False
    for arrival, reading in read_arrivals(documents_from(sources, intake), reader, knowledge.languages):
        failed |= _tell_trouble(arrival, reading)
        if reading is not None:
            readings.append(with_arrival_issues(arrival, reading))
    return readings, trace, failed


def _tell_trouble(arrival: Arrival, reading: Reading | None) -> bool:
    """Print the issues and the error of an arrival; return whether it could not be read."""
    for issue in (*arrival.issues, *(reading.issues if reading else ())):
        tell_issue(issue)
    if arrival.error is not None:
        tell_error(arrival.error)
    return arrival.error is not None


def _print_reading_json(reading: Reading, trace: Trace | None) -> None:
    from tallybook.cli.showing import explained_json
    from tallybook.model.wire import reading_json

    print_json({**reading_json(reading), **(explained_json(reading, trace) if trace else {})})


def _print_reading(reading: Reading, trace: Trace | None) -> None:
    from tallybook.cli.showing import show_document, show_explanation
    from tallybook.model.wire import reading_json

    show_document(reading_json(reading))
    if trace is not None:
        show_explanation(reading, trace)


def add(
    sources: Sources,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
    format: FormatOption = Format.table,
    allow_private: PrivateOption = False,
    ocr: OcrOption = None,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Add reports to a book; the book is made where none is, and remembers the packs it was given.

    Raises: BadDate, KnowledgeError, BookError; typer.Exit with 1 where a document could not be read, after all others.
    """
    from tallybook.cli.sessions import now, tell_gone
    from tallybook.documents import documents_from
    from tallybook.runs.adding import add_documents
    from tallybook.runs.choosing import Chosen, reading_with
    from tallybook.runs.packs import load_packs, packs_of, remember
    from tallybook.store import create_or_open

    intake = _intake(published, publisher, allow_private, ocr)
    chosen = Chosen(engine, workers, scheduler)
    chosen.check()
    load_packs(knowledge or ())
    with create_or_open(book) as store, _listener() as listener:
        loaded = packs_of(store, knowledge or ())
        tell_gone(loaded)
        remember(store, knowledge or ())
        arrivals = documents_from(sources, intake)
        with reading_with(chosen, loaded.knowledge, book) as (reader, read):
            added = add_documents(store, arrivals, reader, loaded.knowledge, listener, now(), read)
    _print_added(added, book, format)
    if added.unreadable:
        raise typer.Exit(UNREAD_DOCUMENT)


def _intake(published: str | None, publisher: str | None, allow_private: bool, ocr: str | None) -> Intake:
    from tallybook.cli.sessions import pictures_in, stated
    from tallybook.documents import Intake

    told = stated(published, publisher)
    return Intake(told, sys.stdin.buffer, allow_private, pictures=pictures_in(ocr))


@contextmanager
def _listener() -> Iterator[Listener]:
    """Tell issues and errors as they come, and show progress where standard error is a terminal."""
    from tallybook.runs.adding import Listener

    if not sys.stderr.isatty():
        yield Listener(tell_issue, tell_error)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} documents"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[at]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("add", total=None, at="")

        def advance(document: Document) -> None:
            progress.update(task, advance=1, at=document.id)

        yield Listener(tell_issue, tell_error, advance)


def _print_added(added: Added, book: str, format: Format) -> None:
    if format is Format.json:
        print_json(
            {
                "schema": "tallybook.added/1", "book": book, "documents": added.documents, "known": added.known,
                "claims": added.claims, "issues": added.issues, "unreadable": added.unreadable,
                "run": f"r{added.run}" if added.run else None,
            }
        )  # fmt: skip
        return
    print_line(
        f"{book}: documents added {added.documents}, already there {added.known}, unreadable {added.unreadable}; "
        f"claims {added.claims}, issues {added.issues}."
    )
    if added.documents:
        print_line(f"Next: tallybook incidents --book {book}")
