"""Passphrases for tests of locked books, and where such tests are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from tallybook.store import locking
from tests.postgres_server import missing

PASSPHRASE, ANOTHER = "correct horse battery", "wrong horse battery"


def needs_library() -> None:
    """Pass over a test loudly where books cannot be locked, or fail it where the environment says that it must run."""
    if find_spec("sqlcipher3") is None:
        missing("lock", "the library of locked books is not installed (pip install 'tallybook[lock]')")


@contextmanager
def asked(answer: str | None, monkeypatch: pytest.MonkeyPatch, cost: int = 2**10) -> Iterator[None]:
    """Have whoever opens a locked book answer so, or nobody; keys are made quickly."""
    monkeypatch.setattr(locking, "COST", cost)
    locking.key_from.cache_clear()
    locking.KEYS.forget()
    before, locking.KEYS.ask = locking.KEYS.ask, (None if answer is None else lambda _book: answer)
    try:
        yield
    finally:
        locking.KEYS.ask = before
        locking.KEYS.forget()
        locking.key_from.cache_clear()
