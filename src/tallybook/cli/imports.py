"""`import`: lists of persons with a mapping of their columns, event data sets in a known layout, releases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    BookOption,
    Format,
    FormatOption,
    KnowledgeOption,
    PublishedOption,
    PublisherOption,
)
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.runs.importing import ImportedList
    from tallybook.runs.importing_events import ImportedEvents
    from tallybook.runs.importing_release import ImportedRelease

ListFile = Annotated[
    Path,
    typer.Argument(
        help="Events, or a list of persons: CSV, tab-separated; lists also XLSX. Or the folder of a release.",
        metavar="FILE",
    ),
]
MappingOption = Annotated[
    str,
    typer.Option(
        "--as",
        help="ucdp, acled, hxl, release, or a YAML file that says what the columns mean.",
        metavar="ucdp|acled|hxl|release|MAPPING.yaml",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "import", import_file, "tallybook import dead.csv --as dead.yaml --publisher 'Health Office'")


def import_file(
    file: ListFile,
    mapping: MappingOption,
    published: PublishedOption = None,
    publisher: PublisherOption = None,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
    format: FormatOption = Format.table,
) -> None:
    """Import events in the layout of UCDP, ACLED or HXL, a list of named victims, or a release of another book.

    Rows that cannot be read are issues that name their line; the rest goes in. The same file again changes nothing.

    Raises: UsageError, BadDate, DocumentError, KnowledgeError, BookError
    """
    from tallybook.claims.reader import Reader
    from tallybook.cli.output import tell_error, tell_issue
    from tallybook.cli.sessions import now, stated, tell_gone
    from tallybook.runs.adding import Listener
    from tallybook.runs.importing import import_list, mapping_from
    from tallybook.runs.importing_events import HXL, KINDS, import_events, import_hxl
    from tallybook.runs.importing_release import RELEASE, import_release
    from tallybook.runs.packs import load_packs, packs_of, remember
    from tallybook.store import create_or_open

    told = None if mapping in (*KINDS, HXL, RELEASE) else mapping_from(Path(mapping))
    says = stated(published, publisher)
    load_packs(knowledge or ())
    with create_or_open(book) as store:
        loaded = packs_of(store, knowledge or ())
        tell_gone(loaded)
        remember(store, knowledge or ())
        listener, known = Listener(tell_issue, tell_error), loaded.knowledge
        if mapping == RELEASE:
            _print_release(
                import_release(store, file, says, lambda: Reader(known), known, listener, now()), book, format
            )
            return
        made: ImportedList | ImportedEvents
        if mapping == HXL:
            made = import_hxl(store, file, says, lambda: Reader(known), known, listener, now())
        elif told is None:
            made = import_events(store, file, mapping, says, lambda: Reader(known), known, listener, now())
        else:
            made = import_list(store, file, told, says, lambda: Reader(known), known, listener, now())
    _print(made, book, format, "named victims" if told else "events", "victims" if told else "incidents")


def _print_release(made: ImportedRelease, book: str, format: Format) -> None:
    from tallybook.cli.output import print_json, print_line

    added = made.added
    if format is Format.json:
        print_json(
            {
                "schema": "tallybook.imported-release/1", "book": book, "rows": made.rows, "left_out": made.left_out,
                "documents": added.documents, "known": added.known, "claims": added.claims,
                "judgements": made.judgements, "judgements_left_out": made.judgements_left_out,
                "issues": added.issues, "run": f"r{added.run}" if added.run else None,
            }
        )  # fmt: skip
        return
    if not added.documents and not made.judgements:
        print_line(f"{book}: this release is there already; nothing changed.")
        return
    print_line(
        f"{book}: reports {added.documents}, claims {added.claims}, judgements {made.judgements}; "
        f"rows left out {made.left_out}, judgements left out {made.judgements_left_out}."
    )
    print_line(f"Next: tallybook incidents --book {book}")


def _print(made: ImportedList | ImportedEvents, book: str, format: Format, what: str, then: str) -> None:
    from tallybook.cli.output import print_json, print_line

    if format is Format.json:
        schema = "tallybook.imported-list/1" if then == "victims" else "tallybook.imported-events/1"
        print_json(
            {
                "schema": schema, "book": book, "rows": made.rows, "left_out": made.left_out,
                "known": bool(made.added.known), "claims": made.added.claims, "issues": made.added.issues,
                "run": f"r{made.added.run}" if made.added.run else None,
            }
        )  # fmt: skip
        return
    if made.added.known:
        print_line(f"{book}: this file is there already; nothing changed.")
        return
    print_line(f"{book}: {what} {made.rows}, rows left out {made.left_out}; issues {made.added.issues}.")
    print_line(f"Next: tallybook {then} --book {book}")
