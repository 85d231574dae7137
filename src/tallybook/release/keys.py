"""The key of a book's releases: ids and places are derived with it, and it is never published."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.errors import UsageError

BYTES = 32
ID_DIGITS = 16
"""Hex digits of a keyed id: 64 bits, one chance in four billion of a clash among 100,000 records."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret. Everything derived from it is the same for the same key, profile and value, and tells nothing of it."""

    secret: bytes = field(repr=False)
    profile: str

    def digest(self, *parts: str) -> bytes:
        """Return the HMAC-SHA-256 of some words under this key and profile."""
        told = "\x1f".join((self.profile, *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, told, "sha256").digest()

    def name(self, kind: str, value: str) -> str:
        """Return the id that stands for the id of a record of some kind."""
        return f"{kind}-{self.digest('id', kind, value).hex()[:ID_DIGITS]}"

    @property
    def mark(self) -> str:
        """Return hex digits that are equal for equal keys and profiles, and from which no key can be found."""
        return self.digest("mark").hex()[:ID_DIGITS]

    def share(self, *parts: str) -> float:
        """Return a number from 0 up to, not including, 1."""
        return int.from_bytes(self.digest("share", *parts)[:6], "big") / 2**48


def read_key(path: Path, profile: str) -> Key:
    """Return the key in a file that holds 64 hex digits.

    Raises: UsageError where it holds none.
    """
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as trouble:
        raise UsageError(f"{path}: no key of releases can be read from it. Give the file with --key.") from trouble
    if len(secret) != BYTES:
        raise UsageError(f"{path}: a key has {BYTES * 2} hex digits. Give the file that a release made, with --key.")
    return Key(secret, profile)


@contextmanager
def key_kept(path: Path, profile: str) -> Iterator[Key]:
    """Yield the key in a file, made where there is none; one that was made goes again when something fails.

    Raises: UsageError
    """
    made = not path.exists()
    try:
        yield key_at(path, profile)
    except BaseException:
        if made:
            path.unlink(missing_ok=True)
        raise


def key_at(path: Path, profile: str) -> Key:
    """Return the key in a file; where there is no such file, make one that only its owner reads.

    Raises: UsageError
    """
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
    return read_key(path, profile)
