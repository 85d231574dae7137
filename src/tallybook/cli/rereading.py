"""`runs` and `reread`: what was read when and by what, and reading it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.runs.rereading import Reread

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say which figures would move, and change nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "runs", runs, "tallybook runs --book war.db")
    add_command(app, "reread", reread, "tallybook reread --dry-run --book war.db")


def runs(
    format: FormatOption = Format.table, book: BookOption = DEFAULT_BOOK, knowledge: KnowledgeOption = None
) -> None:
    """List the runs that brought reports: when, how many, what trouble, and which reader their claims are of.

    Raises: BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.sessions import opened
    from tallybook.cli.tables import print_table
    from tallybook.runs.history import runs as listed

    with opened(book, knowledge) as desk:
        found = list(listed(desk))
    if format is Format.json:
        for item in found:
            print_json(item)
    elif not found:
        print_line("No runs found.")
    else:
        rows = [
            (r["run"], r["at"], r["documents"], r["claims"], ", ".join(f"{c} {n}" for c, n in r["issues"].items()),
             ", ".join(r["readers"]))
            for r in found
        ]  # fmt: skip
        print_table(("run", "at", "documents", "claims", "issues", "read by"), rows, numbers=("documents", "claims"))


def reread(
    dry_run: DryRunOption = False,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Read again what an older reader or other packs have read; judgements hold for the same words. Tells what moves.

    Raises: BookError, KnowledgeError
    """
    from tallybook.claims.reader import Reader
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.runs import rereading
    from tallybook.runs.telling import move_json

    with opened(book, knowledge, writing=not dry_run) as desk:
        found = rereading.reread(desk, Reader(desk.knowledge), lambda document: None)
        if format is Format.table:
            _show(found)
        if not dry_run:
            rereading.keep_reread(desk, found)
    if format is Format.json:
        told = {"documents": found.documents, "kept": not dry_run, "moves": [move_json(m) for m in found.moves]}
        print_json({"schema": "tallybook.reread/1", **told})
    else:
        _show_fate(found, dry_run)


def _show(found: Reread) -> None:
    from tallybook.cli.output import print_line
    from tallybook.runs.judging import change_of, name_of

    for move in found.moves:
        print_line(f"{name_of(move)}: {change_of(move)}")
    if not found.moves:
        print_line("No figure moves.")


def _show_fate(found: Reread, dry_run: bool) -> None:
    from tallybook.cli.output import print_line

    if dry_run:
        print_line(f"Documents to read again: {found.documents}. Nothing was changed: this was a dry run.")
    else:
        print_line(f"Documents read again: {found.documents}. Their older readings stay in the book.")
