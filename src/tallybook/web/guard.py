"""The door: whose request it is, where it comes from, how much it brings. Nothing behind it checks these again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tallybook.web.account_door import AccountDoor, came_by_proxy, client_of
from tallybook.web.accounts import Accounts
from tallybook.web.refusals import FOREIGN, NO_TOKEN, TOO_LARGE, TOO_SLOW, UNSAFE, WRONG_HOST, Refusal
from tallybook.web.sessions import Sessions, same_secret
from tallybook.web.settings import Settings

MAX_BODY_BYTES = 25_000_000
"""Bytes of a request: one report of 20 MB, and the form around it."""

BODY_SECONDS = 60.0
"""Seconds in which the whole body of a request must have come."""

API = "/api/"
OPEN = ("/healthz", "/favicon.ico", "/api/v1/openapi.json")
"""Paths that say nothing about the book."""

STATIC = "/static/"
SAFE = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
BEHIND_TLS = {"strict-transport-security": "max-age=31536000"}
"""What answers carry beside it where a proxy with TLS is before this server."""

SEALED = "default-src 'none'; sandbox"
"""Policy of files that others made: nothing in them runs, loads or leads anywhere. A route may ask for it."""

Page = Callable[[Refusal], Response]


class Guard:
    """Wraps the application; `page` makes the page of a refusal."""

    def __init__(
        self, app: ASGIApp, settings: Settings, sessions: Sessions, page: Page, accounts: Accounts | None = None
    ) -> None:
        self.app = app
        self.settings = settings
        self.sessions = sessions
        self.page = page
        self.door = AccountDoor(settings, accounts, self._answer) if accounts is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(scope, send, BEHIND_TLS if self.settings.secure else {})
        headers = Headers(scope=scope)
        answer = self._refused(scope, headers) or await self._let_in(scope, headers)
        if answer is not None:
            await answer(scope, receive, send)
            return
        if self.door is not None and "tallybook.session" in scope:
            send = self.door.logging(scope, receive, send)
        await self._within_limits(scope, receive, send, headers)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that comes from elsewhere, or is for another server."""
        scope["tallybook.address"] = client_of(scope, headers, self.settings.proxies)
        if (
            self.settings.secure
            and scope["path"] != OPEN[0]
            and not came_by_proxy(scope, headers, self.settings.proxies)
        ):
            return self._answer(scope, UNSAFE)
        if headers.get("host", "").lower() not in self.settings.hosts:
            return self._answer(scope, WRONG_HOST)
        if scope["method"] not in SAFE and not _same_origin(headers, self.settings):
            return self._answer(scope, FOREIGN)
        return None

    async def _let_in(self, scope: Scope, headers: Headers) -> Response | None:
        """Find whose request it is; None: it may pass."""
        if scope["path"] in OPEN or scope["path"].startswith(STATIC):
            return None
        if self.door is not None:
            return await self.door.opened(scope, _cookie(headers, self.settings.cookie))
        return self._opened(scope)

    def _opened(self, scope: Scope) -> Response | None:
        """Find the session of a request, or open one for the token; None: the request may pass."""
        path = scope["path"]
        session = self.sessions.find(_cookie(Headers(scope=scope), self.settings.cookie))
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")
        if given is not None and scope["method"] in SAFE:
            return self._signed_in(scope) if same_secret(given, self.settings.token) else self._answer(scope, NO_TOKEN)
        if session is None and _bearer(Headers(scope=scope), self.settings.token) and path.startswith(API):
            scope["tallybook.bearer"] = True
            session = self.sessions.find(self._program())
        if session is None:
            return self._answer(scope, NO_TOKEN)
        scope["tallybook.session"] = session
        return None

    def _program(self) -> str:
        """Return the id of the one session that all programs with the token share."""
        known = next((s for s in self.sessions if s.typed == PROGRAM), None)
        if known is None:
            known = self.sessions.start()
            known.typed = PROGRAM
        return known.id

    def _signed_in(self, scope: Scope) -> Response:
        """Open a session, whatever cookie came along, and send the browser on without the token."""
        session = self.sessions.start()
        rest = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1")) if k != "token"]
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)
        answer.set_cookie(self.settings.cookie, session.id, httponly=True, samesite="strict", path="/")
        return answer

    def _answer(self, scope: Scope, refusal: Refusal) -> Response:
        if scope["path"].startswith(API):
            return JSONResponse(refusal.json(), status_code=refusal.status)
        return self.page(refusal)

    async def _within_limits(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            await self._answer(scope, TOO_LARGE)(scope, receive, send)
            return
        await self.app(scope, _limited(receive), send)


PROGRAM = "a program"
"""Author of what a program decides that names no other."""


class Beyond(HTTPException):
    """A body passed a limit. An HTTP exception, since whoever parses bodies lets only these through."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status, refusal.message)
        self.refusal = refusal


def _limited(receive: Receive) -> Receive:
    """Count the bytes of a body as they come, and the time."""
    read = 0
    until = asyncio.get_running_loop().time() + BODY_SECONDS
    done = False

    async def counted() -> Message:
        """Return the next message.

        Raises: Beyond where the body is too large or too slow.
        """
        nonlocal read, done
        if done:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), until - asyncio.get_running_loop().time())
        except TimeoutError:
            raise Beyond(TOO_SLOW) from None
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            done = not message.get("more_body", False)
        if read > MAX_BODY_BYTES:
            raise Beyond(TOO_LARGE)
        return message

    return counted


def _with_headers(scope: Scope, send: Send, more: Mapping[str, str]) -> Send:
    static = scope["path"].startswith(STATIC)

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            sealed = headers.get("content-security-policy") == SEALED
            for name, value in {**HEADERS, **more}.items():
                headers[name] = value
            if sealed:
                headers["content-security-policy"] = SEALED
            headers["cache-control"] = "private, max-age=3600" if static else "no-store"
        await send(message)

    return sent


def _same_origin(headers: Headers, settings: Settings) -> bool:
    """Say whether a request was made by a page of this server, or by no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() in settings.hosts


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None


def _bearer(headers: Headers, token: str) -> bool:
    kind, _, given = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and same_secret(given.strip(), token)
