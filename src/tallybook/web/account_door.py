"""The door on accounts: whose visit a request is of, what it must do first, and what of the answer is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from tallybook.errors import BookError
from tallybook.model.account import CHANGED, Account
from tallybook.web.accounts import Accounts
from tallybook.web.refusals import FIRST, SIGNED_OUT, Refusal, refusal_of
from tallybook.web.roles import rule_of
from tallybook.web.sessions import Session
from tallybook.web.settings import Settings

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
TO_SIGN_IN = (SIGN_IN, "/api/v1/sign-in")
PASSWORD, CODE = "/settings/password", "/settings/code"
LONGEST_OBJECT = 300
"""Characters of what was asked that the access log keeps."""

Networks = Iterable[IPv4Network | IPv6Network]
Answer = Callable[[Scope, Refusal], Response]


class AccountDoor:
    """Finds who is at the door, by the cookie of their visit."""

    def __init__(self, settings: Settings, accounts: Accounts, answer: Answer) -> None:
        self._settings = settings
        self._accounts = accounts
        self._answer = answer

    async def opened(self, scope: Scope, cookie: str | None) -> Response | None:
        """Put the session into the scope of a request, or return the answer that it gets instead."""
        try:
            session = await run_in_threadpool(self._accounts.find, cookie)
        except BookError as trouble:
            return self._answer(scope, refusal_of(trouble))
        path = scope["path"]
        if path in TO_SIGN_IN:
            scope["tallybook.signing_in"] = True
            return None
        if session is None or session.account is None:
            return self._sent_to_sign_in(scope)
        first = first_of(session.account)
        if first and path not in (first, SIGN_OUT):
            return self._answer(scope, FIRST) if _is_api(path) else RedirectResponse(first, 303)
        scope["tallybook.session"] = session
        return None

    def _sent_to_sign_in(self, scope: Scope) -> Response:
        if _is_api(scope["path"]):
            return self._answer(scope, SIGNED_OUT)
        asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        back = f"{SIGN_IN}?next={quote(asked, safe='')}" if scope["method"] == "GET" and asked != "/" else SIGN_IN
        if "hx-request" in Headers(scope=scope):
            return JSONResponse(SIGNED_OUT.json(), SIGNED_OUT.status, {"hx-redirect": SIGN_IN})
        return RedirectResponse(back, 303)

    def logging(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Return a `send` that notes what is shown before a byte of it is sent; what cannot be noted is not shown."""
        refused = False

        async def sent(message: Message) -> None:
            nonlocal refused
            if refused:
                return
            if message["type"] == "http.response.start":
                try:
                    await run_in_threadpool(self._note, scope, int(message["status"]))
                except BookError as trouble:
                    refused = True
                    await self._answer(scope, refusal_of(trouble))(scope, receive, send)
                    return
            await send(message)

        return sent

    def _note(self, scope: Scope, status: int) -> None:
        session: Session | None = scope.get("tallybook.session")
        route = scope.get("route")
        if session is None or session.account is None or route is None:
            return
        rule = rule_of(scope["method"], route.path)
        shown = status < 400 if rule and rule.logged == CHANGED else status in (200, 304)
        if rule is not None and rule.logged is not None and shown:
            self._accounts.saw(session, rule.logged, route.path, _object(scope), scope.get("tallybook.rows"))


def first_of(account: Account) -> str | None:
    """Return the page that somebody has to see to before anything else, or None."""
    if account.must_change:
        return PASSWORD
    return CODE if account.needs_code and account.secret is None else None


def client_of(scope: Scope, headers: Headers, proxies: Networks) -> str:
    """Return the address of who asks: what the proxy says, read from its end, as far as proxies of ours wrote it."""
    peer = str((scope.get("client") or ("",))[0])
    if not _is_of(peer, proxies):
        return peer
    for told in reversed(headers.get("x-forwarded-for", "").split(",")):
        try:
            peer = str(ip_address(told.strip()))
        except ValueError:
            break
        if not _is_of(peer, proxies):
            break
    return peer


def came_by_proxy(scope: Scope, headers: Headers, proxies: Networks) -> bool:
    """Say whether a request came through the proxy, and to the proxy by https."""
    peer = str((scope.get("client") or ("",))[0])
    return _is_of(peer, proxies) and headers.get("x-forwarded-proto", "").strip().lower() == "https"


def _is_of(address: str, networks: Networks) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed.version == n.version and parsed in n for n in networks)


def _object(scope: Scope) -> str:
    named = scope.get("path_params") or {}
    told = next((str(v) for v in named.values()), "") or unquote(scope["query_string"].decode("latin-1"))
    return "".join(c for c in told if c.isprintable())[:LONGEST_OBJECT]


def _is_api(path: str) -> bool:
    return path.startswith("/api/")
