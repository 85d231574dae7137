"""`lock` and `unlock`: a book that nobody reads without its passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption
from tallybook.cli.registering import add_command

BookArgument = Annotated[str | None, typer.Argument(help="The book: a path. The same as --book.", metavar="BOOK")]
LOG_AND_KEY = (".release-key", ".releases.jsonl")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "lock", lock, "tallybook lock war.db")
    add_command(app, "unlock", unlock, "tallybook unlock war.db")


def lock(name: BookArgument = None, book: BookOption = DEFAULT_BOOK) -> None:
    """Lock a book in a file with a passphrase; of one that is locked, change the passphrase; where none is, make one.

    Asks on the terminal, or takes the first line of the file named in TALLYBOOK_PASSPHRASE_FILE (for a change, that in
    TALLYBOOK_NEW_PASSPHRASE_FILE). Without the passphrase nobody can open the book again: keep it apart.

    Raises: UsageError, BookError
    """
    from tallybook.cli.asking import new_passphrase_for
    from tallybook.cli.output import print_line, tell
    from tallybook.store import locked_books, open_book
    from tallybook.store.locking import cipher

    cipher()
    address = name or book
    locked = locked_books.is_locked_book(address)
    if Path(address).exists():
        open_book(address).close()
    for file in locked_books.lock(address, new_passphrase_for(address, locked)):
        print_line(f"{file} is locked.")
    print_line("Without the passphrase nobody opens it again. Keep the passphrase apart from this machine.")
    for end in LOG_AND_KEY:
        if Path(f"{address.removeprefix('sqlite:///')}{end}").exists():
            tell(f"note: {address}{end} is no part of the book, and stays open. Keep it elsewhere.")


def unlock(name: BookArgument = None, book: BookOption = DEFAULT_BOOK) -> None:
    """Take the lock off a book: anybody who has the file can read it then.

    Raises: UsageError, BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.store import locked_books

    for file in locked_books.unlock(name or book):
        print_line(f"{file} is open: anybody who has the file can read it.")
