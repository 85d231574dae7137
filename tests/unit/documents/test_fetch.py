"""Addresses: robots, redirects, sizes, and what must never be visited."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tallybook.documents import addresses
from tallybook.documents.addresses import is_public
from tallybook.documents.feeds import poll
from tallybook.documents.fetch import NEVER_ASKED, Validators, ask, fetch
from tallybook.errors import DocumentError, NotNow

PAGE = b"<html><head><title>T</title></head><body><p>Five people were killed in Karsk.</p></body></html>"

FEED = (
    b"<rss version='2.0'><channel><title>P</title>"
    b"<item><guid>1</guid><description>Words.</description></item></channel></rss>"
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/feed":
            return self._feed()
        if self.path == "/busy":
            return self._answer(429, b"", **{"Retry-After": "120"})
        if self.path == "/busy-until":
            return self._answer(503, b"", **{"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"})
        if self.path == "/never-changed":
            return self._answer(304, b"")
        if self.path == "/hop":
            return self._answer(302, b"", Location="/page")
        if self.path == "/loop":
            return self._answer(302, b"", Location="/loop")
        if self.path == "/inward":
            return self._answer(302, b"", Location="http://169.254.169.254/latest")
        bodies = {
            "/robots.txt": b"User-agent: *\nDisallow: /secret\n",
            "/page": PAGE,
            "/big": b"a " * 3_000_000,
            "/secret": PAGE,
        }
        if self.path in bodies:
            return self._answer(200, bodies[self.path])
        return self._answer(404, b"")

    def _feed(self) -> None:
        known = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        version = {"ETag": '"v1"', "Last-Modified": "Tue, 05 Mar 2024 09:30:00 GMT"}
        self._answer(304 if known == tuple(version.values()) else 200, FEED, **version)

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_page_is_fetched_where_private_addresses_are_allowed(site: str) -> None:
    fetched = fetch(f"{site}/hop", True)
    assert fetched.data == PAGE
    assert fetched.charset == "utf-8"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/secret", "robots.txt forbids"),
        ("/big", "larger than"),
        ("/loop", "redirects more than"),
        ("/gone", "answered 404"),
    ],
)
def test_what_is_refused_and_why(site: str, path: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        fetch(f"{site}{path}", True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_and_local_addresses_are_refused_unless_asked_for(host: str) -> None:
    with pytest.raises(DocumentError, match="private or local"):
        fetch(f"http://{host}:9/", False)


def test_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = ipaddress.ip_address("127.0.0.1")
    monkeypatch.setattr(addresses, "is_public", lambda address: address == own)
    with pytest.raises(DocumentError, match=r"169\.254\.169\.254.*private or local"):
        fetch(f"{site}/inward", False)


@pytest.mark.parametrize("address", ["ftp://a.example/x", "file:///etc/hosts", "http://"])
def test_only_web_addresses_are_fetched(address: str) -> None:
    with pytest.raises(DocumentError, match="no http"):
        fetch(address, True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("192.168.1.1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("224.0.0.1", False), ("fe80::1", False),
        ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    first = ask(f"{site}/feed", True, NEVER_ASKED)
    assert (first.unchanged, first.validators.etag) == (False, '"v1"')
    again = ask(f"{site}/feed", True, first.validators)
    assert (again.unchanged, again.data, again.validators) == (True, b"", first.validators)
    assert not ask(f"{site}/feed", True, Validators('"older"')).unchanged


def test_a_feed_is_asked_for_what_is_new(site: str) -> None:
    first = poll(f"{site}/feed", NEVER_ASKED, ask, True)
    assert [e.words for e in first.entries] == ["Words."]
    again = poll(f"{site}/feed", first.validators, ask, True)
    assert (again.entries, again.unchanged, again.validators) == ((), True, first.validators)


def test_not_modified_is_an_error_where_nobody_asked_whether(site: str) -> None:
    with pytest.raises(DocumentError, match="answered 304"):
        fetch(f"{site}/never-changed", True)


def test_a_server_that_is_busy_may_be_asked_later_and_says_when(site: str) -> None:
    for path, wait in (("busy", 120.0), ("busy-until", 86_400.0)):
        with pytest.raises(NotNow) as refused:
            fetch(f"{site}/{path}", True)
        assert refused.value.wait == wait
    with pytest.raises(DocumentError) as gone:
        fetch(f"{site}/gone", True)
    assert not isinstance(gone.value, NotNow)


@pytest.mark.parametrize("path", ["/secret", "/inward", "/page"])
def test_a_feed_obeys_the_rules_of_pages(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = ipaddress.ip_address("127.0.0.1")
    monkeypatch.setattr(addresses, "is_public", lambda address: address == own)
    with pytest.raises(DocumentError, match=r"robots\.txt forbids|private or local|it is no feed"):
        poll(f"{site}{path}", NEVER_ASKED, ask, False)
