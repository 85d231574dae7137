"""People at the door: signing in, visits and their ends, and the access log."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from threading import BoundedSemaphore, Lock

from tallybook.model.account import REFUSED, SIGNED_IN, SIGNED_OUT, Account, Seen, Visit
from tallybook.runs import people
from tallybook.store import AccessStore
from tallybook.web.refusals import WRONG_SIGN_IN, Refused
from tallybook.web.sessions import MAX_SESSIONS, Session

IDLE_SECONDS = 60 * 60
"""How long a visit lasts without a request: longer than a long report takes, shorter than a long lunch."""

LONGEST_SECONDS = 12 * 60 * 60
"""How long a visit lasts at most: a working day."""

TOUCH_SECONDS = 60
"""A visit's last request is noted to this many seconds, so that not each request writes."""

FORGET_SECONDS = 24 * 60 * 60
"""After so long without another, failures count no more."""

REPEAT_SECONDS = 60
"""The same page of the same visit is logged once in so many seconds."""

HASHING = BoundedSemaphore(2)
"""Passwords that are tried at the same time: each takes 64 MiB."""

UNKNOWN = "(no such person)"
"""What the log says of names that nobody has: what was typed may be a password."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long the next try has to wait after failures: nothing at first, then twice as long each time."""

    free: int
    first: int
    longest: int

    def __call__(self, failures: int) -> int:
        """Return seconds."""
        return 0 if failures < self.free else min(self.longest, self.first * 2 ** min(failures - self.free, 20))


BY_NAME = Backoff(5, 30, 15 * 60)
"""Five tries are typing errors; then 30 s to 15 min: 100 guesses a day, and nobody is kept out for long."""

BY_ADDRESS = Backoff(20, 30, 60 * 60)
"""An office behind one address makes more errors than one person."""


class Accounts:
    """Who is signed in at one served book."""

    def __init__(self, access: Callable[[], AccessStore]) -> None:
        self._access = access
        self._open: dict[str, Session] = {}
        self._lock = Lock()
        self._forms = secrets.token_bytes(32)
        self._shown: dict[tuple[str, str, str], float] = {}
        self.clock: Callable[[], float] = time.time

    @property
    def store(self) -> AccessStore:
        """What the book keeps of people."""
        return self._access()

    def now(self) -> str:
        """Return the time in UTC, ISO, in seconds."""
        return _iso(self.clock())

    def find(self, id: str | None) -> Session | None:
        """Return the session of this id as its account is now, or None: there is none, or it has ended."""
        if not id:
            return None
        digest = digest_of(id)
        found = self.store.visit(digest)
        at = self.clock()
        if found is None or self._is_over(found[0], at) or not found[1].active:
            self._close(digest)
            if found is not None:
                self.store.end_visit(digest)
            return None
        visit, account = found
        if visit.seen < _iso(at - TOUCH_SECONDS):
            self.store.touch_visit(digest, _iso(at))
        with self._lock:
            session = self._open.pop(digest, None) or Session(digest, visit.csrf)
            session.account = account
            self._keep(session)
        return session

    def sign_in(self, name: str, password: str, code: str, address: str) -> tuple[str, Session]:
        """Open a visit and return the id of its session, made anew whatever came along.

        Raises: Refused where name, password or code is wrong, all alike and after the same time; or where there were
        too many failures, with the seconds to wait.
        """
        by_name, by_address = people.name_key(name), f"from {near(address)}"
        at = int(self.clock())
        wait = self.store.try_in({by_name: BY_NAME, by_address: BY_ADDRESS}, at, FORGET_SECONDS)
        if wait:
            raise TooMany(wait)
        account = self.store.person(name)
        with HASHING:
            right = people.password_is(account, password)
        if account is None or not right or not account.active or not self._code_is(account, code, at):
            self._note(account.name if account else UNKNOWN, REFUSED, "/sign-in")
            raise Refused(WRONG_SIGN_IN.status, WRONG_SIGN_IN.code, WRONG_SIGN_IN.message, WRONG_SIGN_IN.heading)
        self.store.came_in(by_name, by_address)
        if people.is_outdated(account):
            self.store.change_person(account.id, {"password": people.hashed(password, account.name)})
        self.store.forget_visits(_iso(at - LONGEST_SECONDS), _iso(at - IDLE_SECONDS))
        self._note(account.name, SIGNED_IN, "/sign-in")
        return self.open(account)

    def open(self, account: Account) -> tuple[str, Session]:
        """Open a visit of somebody who proved who they are, and return the id of its session."""
        id, at = secrets.token_urlsafe(32), self.now()
        session = Session(digest_of(id), secrets.token_urlsafe(24), account=account)
        self.store.open_visit(Visit(session.id, account.id, session.csrf, at, at))
        with self._lock:
            self._keep(session)
        return id, session

    def sign_out(self, session: Session) -> None:
        """End a visit."""
        self.store.end_visit(session.id)
        self._close(session.id)
        self._note(session.author, SIGNED_OUT, "/sign-out")

    def try_password(self, account: Account, password: str, address: str) -> bool:
        """Say whether somebody who is signed in knows their password; failures count as those to sign in do.

        Raises: Refused where there were too many.
        """
        by_name, by_address = people.name_key(account.name), f"from {near(address)}"
        wait = self.store.try_in({by_name: BY_NAME, by_address: BY_ADDRESS}, int(self.clock()), FORGET_SECONDS)
        if wait:
            raise TooMany(wait)
        with HASHING:
            right = people.password_is(account, password)
        if right:
            self.store.came_in(by_name, by_address)
        return right

    def take_code(self, account: Account, secret: str, code: str) -> bool:
        """Take a code, once."""
        step = people.step_of(secret, code, int(self.clock()))
        return step is not None and self.store.use_step(account.id, step)

    def saw(self, session: Session, what: str, page: str, object: str, rows: int | None) -> None:
        """Note what somebody saw; the same page again within a minute is not noted again.

        Raises: BookError where it cannot be kept: then it must not be shown.
        """
        key, at = (session.id, page, object), self.clock()
        if what != "changed" and rows is None and at - self._shown.get(key, 0.0) < REPEAT_SECONDS:
            return
        self.store.note_seen(Seen(session.author, what, page, object, _iso(at), rows))
        with self._lock:
            if len(self._shown) > 10 * MAX_SESSIONS:
                self._shown.clear()
            self._shown[key] = at

    def form_token(self, given: str) -> str:
        """Return the token of the form to sign in, for a browser that has this cookie."""
        return hmac.new(self._forms, given.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _code_is(self, account: Account, code: str, at: int) -> bool:
        return account.secret is None or self.take_code(account, account.secret, code)

    def _note(self, name: str, what: str, page: str) -> None:
        self.store.note_seen(Seen(name, what, page, "", self.now()))

    def _is_over(self, visit: Visit, at: float) -> bool:
        return visit.started < _iso(at - LONGEST_SECONDS) or visit.seen < _iso(at - IDLE_SECONDS - TOUCH_SECONDS)

    def _keep(self, session: Session) -> None:
        while len(self._open) >= MAX_SESSIONS:
            self._open.pop(next(iter(self._open)))
        self._open[session.id] = session

    def _close(self, digest: str) -> None:
        with self._lock:
            self._open.pop(digest, None)


class TooMany(Refused):
    """There were too many failures to sign in."""

    def __init__(self, seconds: int) -> None:
        told = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
        super().__init__(429, "TB-W32", f"There were too many failures to sign in. Try again in {told}.")
        self.seconds = seconds


def digest_of(id: str) -> str:
    """Return what is kept of the id of a session."""
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()


def near(address: str) -> str:
    """Return what counts as one address: of IPv6 the network that one customer gets (/64)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    return str(parsed) if parsed.version == 4 else str(ip_network(f"{parsed}/64", strict=False))


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
