"""One web page or feed, fetched because the user named its address. The only network access of the package.

The host is resolved once and the connection goes to that very address, so the check cannot be outrun; every redirect
is checked again. Proxies of the environment are not used. robots.txt is obeyed (RFC 9309).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from tallybook import __version__
from tallybook.documents.addresses import resolve
from tallybook.documents.limits import (
    FETCH_SECONDS,
    MAX_HTML_BYTES,
    MAX_REDIRECTS,
    MAX_ROBOTS_BYTES,
    MAX_VALIDATOR,
    MAX_WAIT_SECONDS,
)
from tallybook.errors import DocumentError, NotNow

if TYPE_CHECKING:
    from httpx2 import Client, Response

AGENT = "tallybook"
PORTS = {"http": 80, "https": 443}
READ_SECONDS = 10.0
"""Seconds without a byte after which a server is given up."""
BUSY = (408, 425, 429)
"""Answers below 500 after which asking again later may help. Source: RFC 9110 and RFC 6585."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that it sent, to ask later whether there is a newer. Source: RFC 9110, 8.8."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a question that may be answered with "not modified"."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


NEVER_ASKED = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of an answer and what its header says of it."""

    data: bytes
    content_type: str | None
    charset: str | None
    validators: Validators = NEVER_ASKED
    unchanged: bool = False
    """True where the server says that the version known is the newest: then there is no body."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    fetched: Fetched
    wait: float


@dataclass(frozen=True, slots=True)
class _Visit:
    """One visit: what the user named, until when it may last, and whether private addresses are allowed."""

    source: str
    deadline: float
    allow_private: bool
    client: Client
    known: Validators


def fetch(address: str, allow_private: bool) -> Fetched:
    """Return the body behind `address`, at most 5 MB of it and within 30 seconds.

    Raises: DocumentError where it is refused, forbidden by robots.txt, too large, too slow, or answers with an error;
    NotNow where asking again later may help.
    """
    return ask(address, allow_private, NEVER_ASKED)


def ask(address: str, allow_private: bool, known: Validators) -> Fetched:
    """Return what is behind `address` as `fetch` does, or that it has not changed since the version that is known.

    Raises: DocumentError, NotNow
    """
    import httpx2

    headers = {"User-Agent": f"{AGENT}/{__version__}", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"}
    with httpx2.Client(trust_env=False, follow_redirects=False, timeout=READ_SECONDS, headers=headers) as client:
        visit = _Visit(address, time.monotonic() + FETCH_SECONDS, allow_private, client, known)
        try:
            return _follow(visit)
        except httpx2.InvalidURL as error:
            raise DocumentError(address, f"it is no web address ({error})", "Check the address.") from error
        except httpx2.HTTPError as error:
            why = str(error) or type(error).__name__
            raise NotNow(address, f"it cannot be fetched ({why})", "Check the address and the network.") from error


def _follow(visit: _Visit) -> Fetched:
    """Follow redirects to the page; each new host is asked for its robots.txt first."""
    address = visit.source
    for _ in range(MAX_REDIRECTS + 1):
        _ask_robots(address, visit)
        answer = _get(address, visit, MAX_HTML_BYTES, visit.known.headers)
        if answer.location is None:
            _refuse_failure(answer, visit)
            return answer.fetched
        address = urljoin(address, answer.location)
    raise DocumentError(visit.source, f"it redirects more than {MAX_REDIRECTS} times", "Name the final address.")


def _refuse_failure(answer: _Answer, visit: _Visit) -> None:
    if answer.status == 200 or answer.fetched.unchanged:
        return
    what = f"the server answered {answer.status}"
    if answer.status >= 500 or answer.status in BUSY:
        raise NotNow(visit.source, what, "Try later, or save the page yourself.", answer.wait)
    raise DocumentError(visit.source, what, "Check the address.")


def _ask_robots(address: str, visit: _Visit) -> None:
    rules = RobotFileParser()
    status, body = _robots(address, visit)
    if status >= 500:
        raise NotNow(visit.source, "its robots.txt cannot be read now", "Try later, or save the page yourself.")
    if status == 200:
        rules.parse(body.decode("utf-8", "replace").splitlines())
        if not rules.can_fetch(AGENT, address):
            raise DocumentError(visit.source, "its robots.txt forbids programs to read it", "Save the page yourself.")


def _robots(address: str, visit: _Visit) -> tuple[int, bytes]:
    parts = urlsplit(address)
    robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    for _ in range(MAX_REDIRECTS + 1):
        answer = _get(robots, visit, MAX_ROBOTS_BYTES)
        if answer.location is None:
            return answer.status, answer.fetched.data
        robots = urljoin(robots, answer.location)
    return 404, b""


def _get(address: str, visit: _Visit, limit: int, headers: dict[str, str] | None = None) -> _Answer:
    """Ask one address once, at the very IP that was checked.

    Raises: DocumentError where the address is no http address, is refused, or its body passes the limit.
    """
    parts = urlsplit(address)
    host, port = _host_and_port(address, visit)
    ip = resolve(host, port, visit.source, allow_private=visit.allow_private)
    pinned = urlunsplit((parts.scheme, f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}", parts.path, parts.query, ""))
    named = parts.netloc.rpartition("@")[2]
    asked = {"Host": named, **(headers or {})}
    with visit.client.stream("GET", pinned, headers=asked, extensions={"sni_hostname": host}) as answer:
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise DocumentError(
                    visit.source, f"it is larger than {limit // 1_000_000} MB", "Save the part you need."
                )
            if time.monotonic() > visit.deadline:
                raise NotNow(visit.source, "it takes too long", "Try later, or save the page yourself.")
        location = answer.headers.get("location") if answer.is_redirect else None
        unchanged = answer.status_code == 304 and bool(headers)
        told = Fetched(bytes(body), answer.headers.get("content-type"), answer.charset_encoding,
                       visit.known if unchanged else _validators(answer), unchanged)  # fmt: skip
        return _Answer(answer.status_code, location, told, _wait(answer.headers.get("retry-after")))


def _validators(answer: Response) -> Validators:
    etag, modified = (answer.headers.get(name) or None for name in ("etag", "last-modified"))
    short = [value if value and len(value) <= MAX_VALIDATOR else None for value in (etag, modified)]
    return Validators(*short)


def _wait(told: str | None) -> float:
    """Return the seconds of a Retry-After header, a number or a date; 0 where there is none, or none that is right."""
    if not told:
        return 0.0
    try:
        seconds = float(told) if told.strip().isdecimal() else parsedate_to_datetime(told).timestamp() - time.time()
    except (ValueError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), MAX_WAIT_SECONDS)


def _host_and_port(address: str, visit: _Visit) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise DocumentError(visit.source, f"{address!r} is no web address", "Check the address.") from error
    if parts.scheme not in PORTS or not host:
        raise DocumentError(visit.source, f"{address!r} is no http or https address", "Name a web page.")
    return host, port or PORTS[parts.scheme]
