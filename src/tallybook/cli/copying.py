"""`copy`, `backup` and `restore`: a whole book to another place."""

from __future__ import annotations

from typing import Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption
from tallybook.cli.registering import add_command

FromArgument = Annotated[str, typer.Argument(help="The book: a path or an address.", metavar="BOOK")]
ToArgument = Annotated[str, typer.Argument(help="Where no book is yet: a path or an address.", metavar="BOOK")]
ToFile = Annotated[str, typer.Argument(help="A new file.", metavar="FILE")]
FromFile = Annotated[str, typer.Argument(help="A file that `backup` wrote.", metavar="FILE")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "copy", copy, "tallybook copy war.db postgresql://ana@db.example.org/war")
    add_command(app, "backup", backup, "tallybook backup war-2024-06-01.db --book war.db")
    add_command(app, "restore", restore, "tallybook restore war-2024-06-01.db --book war-again.db")


def copy(source: FromArgument, target: ToArgument) -> None:
    """Copy a whole book into a new file or an empty PostgreSQL database, or from there; nothing is lost.

    Raises: UsageError, BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.store.opening import copy_book, shown_address

    copy_book(source, target)
    print_line(
        f"{shown_address(source)} is copied to {shown_address(target)}. `tallybook verify` prints one hash of both."
    )


def backup(file: ToFile, book: BookOption = DEFAULT_BOOK) -> None:
    """Copy a book, as it is at one moment, into a new file: a book in itself, from wherever it comes.

    Raises: UsageError, BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.store.opening import back_up, shown_address

    back_up(book, file)
    print_line(f"{shown_address(book)} is backed up in {file}. Keep it elsewhere; `tallybook restore` brings it back.")


def restore(file: FromFile, book: BookOption = DEFAULT_BOOK) -> None:
    """Make a book from a backup, where none is.

    Raises: UsageError, BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.store.opening import copy_book, shown_address

    copy_book(file, book)
    print_line(f"{shown_address(book)} holds what {file} holds. `tallybook verify --book ...` prints one hash of both.")
