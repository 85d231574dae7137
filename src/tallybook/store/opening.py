"""Finding a book at its address, making one, and refusing what is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.errors import BookMissing, BookNewer, NotABook, UsageError
from tallybook.store.contract import BookStore

if TYPE_CHECKING:
    from tallybook.store.sqlite import SqliteBook

SQLITE_URL = "sqlite:///"


def open_book(address: str, *, writing: bool = False) -> BookStore:
    """Open the book at a path or `sqlite:///` address; only with `writing` can it be changed.

    Raises: UsageError for an address of another kind; BookMissing, NotABook, BookNewer, BookLocked.
    """
    path = _path(address)
    if not path.exists():
        raise BookMissing(f"{path}: there is no book here. Make one with `tallybook add FILE --book {path}`.")
    _refuse_other_files(path, empty_is_new=False)
    return _checked(path, writing=writing)


def create_or_open(address: str) -> BookStore:
    """Open the book at an address for writing, or make an empty one where nothing is.

    Raises: as `open_book`; BookMissing where the folder does not exist.
    """
    from tallybook.store.sqlite import SqliteBook

    path = _path(address)
    if path.exists():
        _refuse_other_files(path, empty_is_new=True)
    elif not path.parent.is_dir():
        raise BookMissing(
            f"{path}: its folder does not exist. Make the folder first, or name another with --book PATH."
        )
    if not path.exists() or path.stat().st_size == 0:
        return SqliteBook.create(path)
    return _checked(path, writing=True)


def _checked(path: Path, *, writing: bool) -> SqliteBook:
    from tallybook.store.schema import HEAD
    from tallybook.store.sqlite import SqliteBook

    book = SqliteBook(path, writing=writing)
    try:
        revision = book.revision()
        if revision is None and not (writing and book.is_blank()):
            raise NotABook(f"{path}: this database is no Tallybook book. Name another file with --book PATH.")
        if revision is not None and revision > HEAD:
            raise BookNewer(f"{path}: a newer Tallybook wrote this book. Upgrade with `pip install -U tallybook`.")
        if revision is None or revision < HEAD:
            _bring_up_to_date(path)
    except BaseException:
        book.close()
        raise
    return book


def _bring_up_to_date(path: Path) -> None:
    from tallybook.store.sqlite import SqliteBook

    with SqliteBook(path, writing=True) as book:
        book.bring_up_to_date()


def _path(address: str) -> Path:
    if address.startswith(SQLITE_URL):
        return Path(address.removeprefix(SQLITE_URL))
    if "://" in address:
        raise UsageError(f"{address}: books are SQLite files here. Give a path, or sqlite:///PATH.")
    return Path(address)


def _refuse_other_files(path: Path, *, empty_is_new: bool) -> None:
    """Look at the first bytes before any database library does.

    Raises: NotABook, BookMissing
    """
    if path.is_dir():
        raise NotABook(f"{path}: this is a folder, no book. Name a file with --book PATH.")
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise BookMissing(f"{path}: the book cannot be opened ({error.strerror}). Check its rights.") from error
    if start == b"SQLite format 3\x00" or (empty_is_new and not start):
        return
    raise NotABook(f"{path}: this file is no Tallybook book. Name another with --book PATH.")
