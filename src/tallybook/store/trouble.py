"""A database's own errors, told as the book's: no error of a lower library leaves this room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from tallybook.errors import BookError, BookLocked, BookMissing, DiskFull, NotABook
from tallybook.store.locking import native_errors

PRIMARY_CODE = 0xFF
"""SQLite's extended codes keep the primary one in the low byte."""


@contextmanager
def told_as_book_errors(book: str) -> Iterator[None]:
    """Turn database errors inside the block into BookError, naming the book.

    Raises: BookError
    """
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, native_errors()):
            raise _told_by_server(book, error) from error
        raise _told(book, error.orig) from error
    except native_errors() as error:
        raise _told(book, error) from error


def _told(book: str, error: BaseException) -> BookError:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BookLocked(f"{book}: the book is locked by another process. Wait until it is done, then try again.")
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(f"{book}: the disk is full. Make room and try again; what was acknowledged is safe.")
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull(
            f"{book}: the disk refused ({error}). Check its room and health; what was acknowledged is safe."
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return NotABook(
            f"{book}: this is no Tallybook book, or a damaged one ({error}). Name another with --book PATH."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return BookMissing(f"{book}: the book cannot be opened. Check that its folder exists and may be written to.")
    if code == sqlite3.SQLITE_READONLY:
        return BookError(f"{book}: the book may not be written to. Check the rights of the file and its folder.")
    return BookError(f"{book}: the database refused ({error}). Run `tallybook verify` on a copy of the book.")


def _told_by_server(book: str, error: DBAPIError) -> BookError:
    """Tell an error of a database server by its SQLSTATE; one without a state never reached a server."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = " ".join(str(error.orig).split())
    if state == "55P03":
        return BookLocked(f"{book}: another process writes to the book. Wait until it is done, then try again.")
    if state.startswith("53"):
        return DiskFull(f"{book}: the server has no room left ({words}). What was acknowledged is safe.")
    if not state or state.startswith(("08", "3D", "57P")) or error.connection_invalidated:
        return BookMissing(f"{book}: the database cannot be reached ({words}). Check the server and the address.")
    if state.startswith("28") or state == "42501":
        return BookError(f"{book}: the server does not let you in ({words}). Check user and rights.")
    return BookError(f"{book}: the database refused ({words}).")
