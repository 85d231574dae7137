"""How a workbench was started."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path

from tallybook.documents.ocr import Pictures

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8137
TOKEN_BYTES = 24
"""Random bytes of a start token: 192 bits, as many as nobody guesses."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The book that is served, where, and the token that opens it."""

    book: str
    packs: tuple[Path, ...] = ()
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    allowed: tuple[str, ...] = ()
    """Further names of this server in a Host header, such as that of a proxy; with a port where it is not 80 or 443."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))
    accounts: bool = False
    """People sign in; no token opens anything."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Where the proxy with TLS is: only what comes from there is answered, and its X-Forwarded headers are believed."""

    pictures: Pictures | None = None
    """What reads pages of reports that are pictures."""

    @property
    def address(self) -> str:
        """The address of the first page, without the token."""
        if self.proxies:
            return f"https://{next(iter(self.allowed), _bracketed(self.host))}/"
        return f"http://{_bracketed(self.host)}:{self.port}/"

    @property
    def opening(self) -> str:
        """The address that opens a session, or where people sign in."""
        return self.address if self.accounts else f"{self.address}?token={self.token}"

    @property
    def cookie(self) -> str:
        """Name of the session cookie. Browsers share cookies between ports: each workbench has a name of its own.

        Behind TLS browsers hold it to this host and to https by its name.
        """
        return "__Host-tallybook" if self.secure else f"tallybook-{self.port}"

    @property
    def secure(self) -> bool:
        """Say whether browsers reach this server by https alone."""
        return bool(self.proxies)

    @property
    def hosts(self) -> frozenset[str]:
        """Host headers that are this server's."""
        own = {self.host, *(("localhost", "127.0.0.1", "[::1]") if is_loopback(self.host) else ())}
        return frozenset({f"{_bracketed(name)}:{self.port}" for name in own} | {a.lower() for a in self.allowed})


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
