"""Books that are locked with a passphrase: a whole SQLite file, its journals among it, encrypted by SQLCipher.

The first bytes of the file say that it is a locked book, and are the salt. The key is made of the passphrase here, once
for each process, and handed to SQLCipher as it is.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tallybook.errors import PassphraseRefused, UsageError

MAGIC = b"TALLYLK1"
"""Start of a locked book, and of its salt; another way to make keys gets another one."""
SALT_BYTES, KEY_BYTES = 16, 32
"""SQLCipher keeps a salt in the first 16 bytes of a file; 8 of them are random."""
COST, BLOCK, LANES = 2**17, 8, 1
"""Of scrypt: 128 MB of memory and half a second for each guess."""
MEMORY = 256 * 1024 * 1024
LEAST_LETTERS = 12
"""Letters of a passphrase, at least: four words."""

Ask = Callable[[str], str]
"""Given what a book is called, returns the passphrase that somebody has for it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens one locked book."""

    secret: bytes = field(repr=False)
    salt: bytes

    @property
    def words(self) -> str:
        """Return the key as SQLCipher takes it: as it is, with its salt, so that nothing is derived again."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


class Keys:
    """The passphrases of this process: who is asked for them, and those that opened a book."""

    def __init__(self) -> None:
        self.ask: Ask | None = None
        self._known: dict[Path, str] = {}

    def passphrase(self, path: Path) -> str:
        """Return the passphrase of a book: the one that opened it before, else the one that is given now.

        Raises: PassphraseRefused where nobody can be asked.
        """
        known = self._known.get(path.resolve())
        if known is not None:
            return known
        if self.ask is None:
            raise PassphraseRefused(f"{path}: this book is locked, and no passphrase was given. Give one to open it.")
        return self.ask(str(path))

    def opened(self, path: Path, passphrase: str) -> None:
        """Remember what opened a book, so that nobody is asked twice."""
        self._known[path.resolve()] = passphrase

    def forget(self) -> None:
        """Forget all passphrases."""
        self._known.clear()


KEYS = Keys()


def is_locked(path: Path) -> bool:
    """Say whether a file is a locked book; no passphrase is needed for that."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def key_of(path: Path) -> Key | None:
    """Return the key of a book that is locked, asking for its passphrase where it is not known; None for others.

    Raises: PassphraseRefused, UsageError where the library is missing.
    """
    if not is_locked(path):
        return None
    cipher()
    with path.open("rb") as file:
        salt = file.read(SALT_BYTES)
    passphrase = KEYS.passphrase(path)
    key = key_from(passphrase, salt)
    _refuse_wrong(path, key)
    KEYS.opened(path, passphrase)
    return key


def new_key(passphrase: str) -> Key:
    """Return a key for a book that is to be locked, with a salt of its own.

    Raises: UsageError where the passphrase is too short.
    """
    if len(passphrase.strip()) < LEAST_LETTERS:
        raise UsageError(f"A passphrase needs {LEAST_LETTERS} letters or more. Take four or five words of your own.")
    return key_from(passphrase, MAGIC + secrets.token_bytes(SALT_BYTES - len(MAGIC)))


@lru_cache(maxsize=16)
def key_from(passphrase: str, salt: bytes) -> Key:
    """Return the key that a passphrase makes with a salt; it means the same however its letters are encoded."""
    told = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    secret = hashlib.scrypt(told, salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY, dklen=KEY_BYTES)
    return Key(secret, salt)


def cipher() -> ModuleType:
    """Return the library that reads and writes locked books.

    Raises: UsageError where it is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise UsageError("Locked books need a library: pip install 'tallybook[lock]'.") from error
    module: ModuleType = dbapi2
    return module


def driver(key: Key | None) -> ModuleType:
    """Return the module that opens a book with this key, or without one."""
    return sqlite3 if key is None else cipher()


def connected(path: Path, key: Key | None, **more: Any) -> Any:
    """Return a connection of that module, unlocked."""
    connection = driver(key).connect(str(path), **more)
    unlock(connection, key)
    return connection


def unlock(connection: Any, key: Key | None) -> None:
    """Give a fresh connection its key, before any other statement."""
    if key is not None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f'PRAGMA key = "{key.words}"')
        cursor.close()


def native_errors() -> tuple[type[Exception], ...]:
    """Return the error classes of the modules that open books."""
    try:
        return (sqlite3.Error, cipher().Error)
    except UsageError:
        return (sqlite3.Error,)


def _refuse_wrong(path: Path, key: Key) -> None:
    connection = connected(path, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except cipher().DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise PassphraseRefused(
                f"{path}: this passphrase does not open the book. Try again; nobody can open it without."
            ) from error
    finally:
        connection.close()
