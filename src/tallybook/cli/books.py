"""`verify`, `demo`, `about`."""

from __future__ import annotations

from typing import Annotated

import typer

from tallybook.cli.exits import BAD_BOOK
from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

DEMO_BOOK = "./tallybook-demo.db"
AboutBook = Annotated[
    str | None, typer.Option("--book", help="With the packs that this book remembers.", metavar="PATH|URL")
]
DemoBook = Annotated[str, typer.Option("--book", help="Where the demo's book goes.", metavar="PATH")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "verify", verify, "tallybook verify --book war.db")
    add_command(app, "demo", demo, "tallybook demo --book /tmp/demo.db")
    add_command(app, "about", about, "tallybook about --format json")


def verify(
    book: BookOption = DEFAULT_BOOK, knowledge: KnowledgeOption = None, format: FormatOption = Format.table
) -> None:
    """Print one hash over all that a book answers, and check that nothing of the past was changed.

    Equal books give equal hashes; the log of judgements is checked, and is no part of the hash.

    Raises: BookError where the book cannot be used; KnowledgeError; typer.Exit with 3 where a quote does not stand
    where it should, or a judgement or an evidence file is not as it was made.
    """
    from tallybook.cli.output import print_json, print_line, tell
    from tallybook.cli.sessions import opened
    from tallybook.runs import checking
    from tallybook.runs.telling import verified_json

    with opened(book, knowledge) as desk:
        found = checking.verify(desk)
    if format is Format.json:
        print_json(verified_json(found))
    else:
        print_line(found.digest)
    for broken in found.broken:
        tell(f"error: {book}: {broken.what} after it was made. Restore a copy of the book.")
    if found.ungrounded:
        tell(f"error: {book}: the quotes of {len(found.ungrounded)} claims do not stand where they should. Restore it.")
    for fault in found.faults:
        tell(f"error: {book}: evidence file {fault.sha256[:12]}: {fault.what}. Restore a copy of the book.")
    if found.purges:
        numbers = ", ".join(map(str, found.purges))
        many = "records were" if len(found.purges) > 1 else "record was"
        tell(f"note: {len(found.purges)} {many} purged, see judgement {numbers}; the log is whole.")
    if found.ungrounded or found.broken or found.faults:
        raise typer.Exit(BAD_BOOK)


def demo(book: DemoBook = DEMO_BOOK) -> None:
    """Build a small book about an invented country, and show an incident list, a total and its proof."""
    from tallybook.cli.demonstration import demonstrate

    demonstrate(book)


def about(knowledge: KnowledgeOption = None, book: AboutBook = None, format: FormatOption = Format.table) -> None:
    """Print versions of the program, its reader and the knowledge it works with, with sources, terms and credits.

    Raises: BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.cli.tables import print_table
    from tallybook.runs.describing import describe
    from tallybook.runs.packs import load_packs

    if book is None:
        told = describe(load_packs(knowledge or ()).knowledge)
    else:
        with opened(book, knowledge) as desk:
            told = describe(desk.knowledge)
    if format is Format.json:
        print_json({"schema": "tallybook.about/1", **told})
    else:
        print_table(
            ("part", "version or source"), [(k, v if isinstance(v, str) else "; ".join(v)) for k, v in told.items()]
        )
