"""Putting a book under a lock, changing its passphrase, taking the lock off."""

from __future__ import annotations

from pathlib import Path

from tallybook.errors import UsageError
from tallybook.store.locking import KEYS, is_locked, key_of, new_key
from tallybook.store.opening import is_server, new_file, open_book, path_of, shown_address


def lock(address: str, passphrase: str) -> tuple[Path, ...]:
    """Lock a book in a file, or give a locked one another passphrase; make an empty locked one where none is.

    Copies that the program put beside it go into the lock too. Returns the files that were locked.

    Raises: UsageError, BookError; BookLocked where another process has the book open.
    """
    from tallybook.store.sqlite import SqliteBook

    path = _file(address)
    if not path.exists():
        KEYS.opened(path, passphrase)
        new_file(str(path))
        SqliteBook.create(path, new_key(passphrase)).close()
        return (path,)
    return _relocked(path, passphrase)


def unlock(address: str) -> tuple[Path, ...]:
    """Take the lock off a book, and off the copies that the program put beside it. Returns these files.

    Raises: UsageError where it is not locked; BookError.
    """
    path = _file(address)
    if path.exists() and not is_locked(path):
        raise UsageError(f"{path}: this book is not locked.")
    return _relocked(path, None)


def _relocked(path: Path, passphrase: str | None) -> tuple[Path, ...]:
    from tallybook.store.relocking import relocked

    open_book(str(path)).close()
    done = []
    for file in (path, *copies_beside(path)):
        relocked(file, key_of(file), new_key(passphrase) if passphrase is not None else None)
        if passphrase is not None:
            KEYS.opened(file, passphrase)
        done.append(file)
    return tuple(done)


def copies_beside(path: Path) -> tuple[Path, ...]:
    """Return the copies that the program itself put beside a book, before it changed how the book is kept."""
    return tuple(sorted(p for p in path.parent.glob(f"{path.name}.before-*") if p.is_file()))


def _file(address: str) -> Path:
    if is_server(address):
        raise UsageError(
            f"{shown_address(address)}: only a book in a file can be locked. A server encrypts its own disk."
        )
    return path_of(address)


def is_locked_book(address: str) -> bool:
    """Say whether a book is one in a file that is locked."""
    return not is_server(address) and is_locked(path_of(address))
