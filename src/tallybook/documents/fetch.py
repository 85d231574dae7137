"""One web page, fetched because the user named its address. The only network access of the package.

The host is resolved once and the connection goes to that very address, so the check cannot be outrun; every redirect
is checked again. Proxies of the environment are not used. robots.txt is obeyed (RFC 9309).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from tallybook import __version__
from tallybook.documents.addresses import resolve
from tallybook.documents.limits import FETCH_SECONDS, MAX_HTML_BYTES, MAX_REDIRECTS, MAX_ROBOTS_BYTES
from tallybook.errors import DocumentError

if TYPE_CHECKING:
    from httpx2 import Client

AGENT = "tallybook"
PORTS = {"http": 80, "https": 443}
READ_SECONDS = 10.0
"""Seconds without a byte after which a server is given up."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The body of an answer and what its header says of it."""

    data: bytes
    content_type: str | None
    charset: str | None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str | None
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class _Visit:
    """One visit: what the user named, until when it may last, and whether private addresses are allowed."""

    source: str
    deadline: float
    allow_private: bool
    client: Client


def fetch(address: str, allow_private: bool) -> Fetched:
    """Return the body behind `address`, at most 5 MB of it and within 30 seconds.

    Raises: DocumentError where it is refused, forbidden by robots.txt, too large, too slow, or answers with an error.
    """
    import httpx2

    headers = {"User-Agent": f"{AGENT}/{__version__}", "Accept": "text/html, text/plain;q=0.9, */*;q=0.1"}
    with httpx2.Client(trust_env=False, follow_redirects=False, timeout=READ_SECONDS, headers=headers) as client:
        visit = _Visit(address, time.monotonic() + FETCH_SECONDS, allow_private, client)
        try:
            return _follow(visit)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            why = str(error) or type(error).__name__
            raise DocumentError(
                address, f"it cannot be fetched ({why})", "Check the address and the network."
            ) from error


def _follow(visit: _Visit) -> Fetched:
    """Follow redirects to the page; each new host is asked for its robots.txt first."""
    address = visit.source
    for _ in range(MAX_REDIRECTS + 1):
        _ask_robots(address, visit)
        answer = _get(address, visit, MAX_HTML_BYTES)
        if answer.location is None:
            if answer.status != 200:
                raise DocumentError(visit.source, f"the server answered {answer.status}", "Check the address.")
            return answer.fetched
        address = urljoin(address, answer.location)
    raise DocumentError(visit.source, f"it redirects more than {MAX_REDIRECTS} times", "Name the final address.")


def _ask_robots(address: str, visit: _Visit) -> None:
    rules = RobotFileParser()
    status, body = _robots(address, visit)
    if status >= 500:
        raise DocumentError(visit.source, "its robots.txt cannot be read now", "Try later, or save the page yourself.")
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


def _get(address: str, visit: _Visit, limit: int) -> _Answer:
    """Ask one address once, at the very IP that was checked.

    Raises: DocumentError where the address is no http address, is refused, or its body passes the limit.
    """
    parts = urlsplit(address)
    host, port = _host_and_port(address, visit)
    ip = resolve(host, port, visit.source, allow_private=visit.allow_private)
    pinned = urlunsplit((parts.scheme, f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}", parts.path, parts.query, ""))
    named = parts.netloc.rpartition("@")[2]
    with visit.client.stream(
        "GET", pinned, headers={"Host": named}, extensions={"sni_hostname": host}
    ) as answer:  # fmt: skip
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise DocumentError(
                    visit.source, f"it is larger than {limit // 1_000_000} MB", "Save the part you need."
                )
            if time.monotonic() > visit.deadline:
                raise DocumentError(visit.source, "it takes too long", "Try later, or save the page yourself.")
        location = answer.headers.get("location") if answer.is_redirect else None
        kind = answer.headers.get("content-type")
        return _Answer(answer.status_code, location, Fetched(bytes(body), kind, answer.charset_encoding))


def _host_and_port(address: str, visit: _Visit) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise DocumentError(visit.source, f"{address!r} is no web address", "Check the address.") from error
    if parts.scheme not in PORTS or not host:
        raise DocumentError(visit.source, f"{address!r} is no http or https address", "Name a web page.")
    return host, port or PORTS[parts.scheme]
