"""Sessions: who is at the other end. Those of the start token live in memory and end with the server."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock

from tallybook.model.account import Account
from tallybook.web.roles import sees_names

MAX_SESSIONS = 500
"""Sessions that are kept; beyond it the oldest goes."""


@dataclass(slots=True)
class Session:
    """One browser that showed the token, or that somebody signed in with."""

    id: str
    csrf: str
    typed: str = ""
    """Who decides in this session, as typed; on accounts nothing is."""
    decided: list[int] = field(default_factory=list)
    """Numbers of the judgements made in it, for undo at once."""
    skipped: set[str] = field(default_factory=set)
    """Questions of the queue that were put off."""
    account: Account | None = None
    """Who signed in; None where the start token opened the session."""
    pending: str = ""
    """Secret of a second factor that is being set up."""

    @property
    def author(self) -> str:
        """Who decides in this session."""
        return self.account.name if self.account else self.typed

    def sign(self, typed: str) -> None:
        """Take a name as that of who decides from now on; whoever signed in keeps their own."""
        if typed:
            self.typed = typed

    @property
    def sees_names(self) -> bool:
        """Say whether names of victims and of individual witnesses are shown."""
        return sees_names(self.account)


class Sessions:
    """The open sessions. An id is made here and never taken from a request."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}
        self._lock = Lock()

    def start(self) -> Session:
        """Open a session."""
        session = Session(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        with self._lock:
            while len(self._open) >= MAX_SESSIONS:
                self._open.pop(next(iter(self._open)))
            self._open[session.id] = session
        return session

    def find(self, id: str | None) -> Session | None:
        """Return the session of this id, or None."""
        return self._open.get(id) if id else None

    def end(self, id: str) -> None:
        """Close a session."""
        with self._lock:
            self._open.pop(id, None)

    def __iter__(self) -> Iterator[Session]:
        return iter(tuple(self._open.values()))


def same_secret(given: str | None, kept: str) -> bool:
    """Compare in constant time."""
    return given is not None and compare_digest(given.encode("utf-8", "replace"), kept.encode())
