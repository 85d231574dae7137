"""Finding a book at its address, making one, and refusing what is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.errors import BookMissing, BookNewer, NotABook, UsageError
from tallybook.store.contract import BookStore
from tallybook.store.locking import KEYS, MAGIC, Key, key_of, new_key

if TYPE_CHECKING:
    from tallybook.store.book import SqlBook
    from tallybook.store.sqlite import SqliteBook

SQLITE_URL = "sqlite:///"


def open_book(address: str, *, writing: bool = False) -> BookStore:
    """Open the book at a path, `sqlite:///` or `postgresql://` address; only with `writing` can it be changed.

    Raises: UsageError for an address of another kind; BookMissing, NotABook, BookNewer, BookLocked.
    """
    if is_server(address):
        return _on_server(address, writing=writing)
    path = path_of(address)
    if not path.exists():
        raise BookMissing(f"{path}: there is no book here. Make one with `tallybook add FILE --book {path}`.")
    _refuse_other_files(path, empty_is_new=False)
    return _checked(path, writing=writing)


def create_or_open(address: str) -> BookStore:
    """Open the book at an address for writing, or make an empty one where nothing is.

    Raises: as `open_book`; BookMissing where the folder does not exist.
    """
    from tallybook.store.sqlite import SqliteBook

    if is_server(address):
        return _on_server(address, writing=True, creating=True)
    path = path_of(address)
    if path.exists():
        _refuse_other_files(path, empty_is_new=True)
    elif not path.parent.is_dir():
        raise BookMissing(
            f"{path}: its folder does not exist. Make the folder first, or name another with --book PATH."
        )
    if not path.exists() or path.stat().st_size == 0:
        return SqliteBook.create(path)
    return _checked(path, writing=True)


def is_server(address: str) -> bool:
    """Say whether an address is that of a database server."""
    return address.partition("://")[0] in ("postgresql", "postgres") and "://" in address


def _on_server(address: str, *, writing: bool, creating: bool = False) -> BookStore:
    from tallybook.store.postgres import PostgresBook

    book = PostgresBook(address, writing=writing)
    try:
        revision = book.revision()
        if revision is None and not book.is_blank():
            raise NotABook(f"{book.name}: this database holds other tables. Give an empty database of its own.")
        if revision is None and not creating:
            raise BookMissing(f"{book.name}: there is no book here. Make one with `tallybook add FILE --book ADDRESS`.")
        _refuse_newer(revision, book.name)
        if revision is None or revision < _head():
            _bring_server_up_to_date(address)
    except BaseException:
        book.close()
        raise
    return book


def _bring_server_up_to_date(address: str) -> None:
    from tallybook.store.postgres import PostgresBook

    with PostgresBook(address, writing=True) as book:
        book.bring_up_to_date()


def _head() -> str:
    from tallybook.store.schema import HEAD

    return HEAD


def _refuse_newer(revision: str | None, name: str) -> None:
    if revision is not None and revision > _head():
        raise BookNewer(f"{name}: a newer Tallybook wrote this book. Upgrade with `pip install -U tallybook`.")


def _checked(path: Path, *, writing: bool) -> SqliteBook:
    from tallybook.store.sqlite import SqliteBook

    key = key_of(path)
    if key is not None:
        from tallybook.store.relocking import wipe_left

        wipe_left(path)
    book = SqliteBook(path, writing=writing, key=key)
    try:
        revision = book.revision()
        if revision is None and not (writing and book.is_blank()):
            raise NotABook(f"{path}: this database is no Tallybook book. Name another file with --book PATH.")
        _refuse_newer(revision, str(path))
        if revision is None or revision < _head():
            _bring_up_to_date(path, revision, key)
    except BaseException:
        book.close()
        raise
    return book


def _bring_up_to_date(path: Path, revision: str | None, key: Key | None) -> None:
    """Give a book the schema of this program; an older one is first copied beside itself."""
    from tallybook.store.sqlite import SqliteBook, backed_up

    before = path.with_name(f"{path.name}.before-{_head()}")
    if revision is not None and not before.exists():
        backed_up(path, before, key)
    with SqliteBook(path, writing=True, key=key) as book:
        book.bring_up_to_date()


def path_of(address: str) -> Path:
    """Return the file that an address names.

    Raises: UsageError for an address that is no file's
    """
    if address.startswith(SQLITE_URL):
        return Path(address.removeprefix(SQLITE_URL))
    if "://" in address:
        raise UsageError(
            f"{address}: no book can be there. Give a path, sqlite:///PATH, or postgresql://USER@HOST/DATABASE."
        )
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
    if start == b"SQLite format 3\x00" or start.startswith(MAGIC) or (empty_is_new and not start):
        return
    raise NotABook(f"{path}: this file is no Tallybook book. Name another with --book PATH.")


def copy_book(source: str, target: str) -> None:
    """Copy a whole book to another address, where none may be yet. What was there before a failure is there after it.

    A locked book stays locked in another file, with the same passphrase; on a server it is not.

    Raises: UsageError, BookError
    """
    from tallybook.store.copying import copy_all
    from tallybook.store.sqlite import SqliteBook

    if is_server(target):
        with _sql(open_book(source)) as held, _sql(create_or_open(target)) as made:
            copy_all(held, made)
        return
    path = new_file(target)
    beside = path.with_name(f"{path.name}.part")
    beside.unlink(missing_ok=True)
    try:
        with _sql(open_book(source)) as held:
            key = _key_like(held, path)
            with SqliteBook.create(beside, key) as made:
                copy_all(held, made)
        beside.replace(path)
    finally:
        for left in (beside, *(path.with_name(f"{beside.name}-{end}") for end in ("wal", "shm"))):
            left.unlink(missing_ok=True)


def back_up(book: str, file: str) -> None:
    """Write a whole book, as it is at one moment, into a new file, which is a book.

    Raises: UsageError, BookError
    """
    if is_server(book):
        copy_book(book, file)
        return
    from tallybook.store.sqlite import backed_up

    path = new_file(file)
    open_book(book).close()
    backed_up(path_of(book), path, key_of(path_of(book)))


def scratch_of(book: BookStore) -> BookStore:
    """Return a copy of a book in memory, without its evidence files: to try on what is not to be done to the book yet.
    Nothing is on disk.

    Raises: BookError
    """
    from tallybook.store.copying import copy_all
    from tallybook.store.scratch import empty_scratch

    made = empty_scratch()
    copy_all(_sql(book), made, with_files=False)
    return made


def shown_address(address: str) -> str:
    """Return an address as it may be shown: without a password."""
    if not is_server(address):
        return address
    scheme, _, rest = address.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{place}"


def new_file(address: str) -> Path:
    """Return the path of a file that is not there yet, in a folder that is.

    Raises: UsageError, BookMissing
    """
    path = path_of(address)
    if path.exists() and (path.is_dir() or path.stat().st_size):
        raise UsageError(f"{path}: something is there already. Name a new file.")
    if not path.parent.is_dir():
        raise BookMissing(f"{path}: its folder does not exist. Make the folder first, or name another.")
    return path


def _key_like(book: SqlBook, path: Path) -> Key | None:
    """Return a key for a new file where the book is locked, with the same passphrase and a salt of its own."""
    from tallybook.store.sqlite import SqliteBook

    if not isinstance(book, SqliteBook) or book.key is None:
        return None
    passphrase = KEYS.passphrase(book.path)
    KEYS.opened(path, passphrase)
    return new_key(passphrase)


def _sql(book: BookStore) -> SqlBook:
    from tallybook.store.book import SqlBook

    assert isinstance(book, SqlBook)
    return book
