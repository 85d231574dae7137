"""Who gets in, from where, and with what: every route, without token, with a wrong Host, from another site."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from tallybook.web.guard import HEADERS, OPEN
from tallybook.web.pages import ROUTERS
from tallybook.web.settings import Settings, is_loopback
from tests.unit.web.conftest import ADDRESS, ROWS, Make, Workbench

FILLED = {"name": "x", "job": "x", "identifier": "fig-x"}


def routes(*methods: str) -> list[tuple[str, str]]:
    found: list[BaseRoute] = [route for router in ROUTERS for route in router.routes]
    return sorted(
        (method, route.path.format(**FILLED))
        for route in found if isinstance(route, APIRoute)
        for method in route.methods if method in methods
    )  # fmt: skip


READING, WRITING = routes("GET"), routes("POST", "PUT", "PATCH", "DELETE")


def test_there_are_routes_of_both_kinds() -> None:
    assert len(READING) > 40
    assert len(WRITING) > 8


@pytest.mark.parametrize(("method", "path"), READING + WRITING)
def test_nobody_gets_in_without_the_token(make: Make, method: str, path: str) -> None:
    stranger = make(signed_in=False)
    found = stranger.client.request(method, path)
    assert found.status_code == 401
    assert stranger.client.cookies.get(stranger.settings.cookie) is None
    if path.startswith("/api/"):
        assert found.json()["schema"] == "tallybook.error/1"


@pytest.mark.parametrize(("method", "path"), READING + WRITING + [("GET", p) for p in (*OPEN, "/static/workbench.css")])
def test_another_host_is_refused_everywhere(bench: Workbench, method: str, path: str) -> None:
    found = bench.client.request(method, path, headers={"host": "evil.example:8137"})
    assert found.status_code == 421


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize(
    "headers",
    [{}, {"x-csrf-token": "wrong"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"sec-fetch-site": "none"}, {"origin": "http://evil.example"}],
)  # fmt: skip
def test_nothing_is_changed_without_the_token_of_the_session(
    bench: Workbench, method: str, path: str, headers: dict[str, str]
) -> None:
    before = bench.app.state.held.store.mark()
    assert bench.client.request(method, path, headers=headers, data={"author": "Eve"}).status_code == 403
    assert bench.app.state.held.store.mark() == before


@pytest.mark.parametrize("path", ["/healthz", "/favicon.ico", "/api/v1/openapi.json", "/static/workbench.css"])
def test_what_says_nothing_of_the_book_is_open(make: Make, path: str) -> None:
    assert make(signed_in=False).get(path).status_code == 200


def test_every_answer_carries_the_headers_that_protect_it(bench: Workbench) -> None:
    for path in ("/", "/nothing", "/api/v1/overview", "/static/workbench.js", "/healthz"):
        found = bench.get(path)
        for name, value in HEADERS.items():
            assert found.headers[name] == value, path
    assert bench.get("/").headers["cache-control"] == "no-store"
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_token_opens_a_session_and_leaves_the_address(make: Make) -> None:
    stranger = make(signed_in=False)
    found = stranger.get("/incidents", params={"in": "Karsk", "token": stranger.settings.token})
    assert found.headers["location"] == "/incidents?in=Karsk"
    cookie = found.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/incidents").status_code == 200


def test_wrong_token_opens_nothing_and_shuts_nothing(bench: Workbench, make: Make) -> None:
    assert make(signed_in=False, name="other.db").get("/", params={"token": "guess"}).status_code == 401
    assert bench.get("/", params={"token": "guess"}).status_code == 401
    assert bench.get("/").status_code == 200


def test_token_never_leads_elsewhere(make: Make) -> None:
    stranger = make(signed_in=False)
    for path in ("//evil.example/", "/\\evil.example"):
        found = stranger.client.get(f"{ADDRESS}{path}", params={"token": stranger.settings.token})
        assert found.headers["location"].startswith("/evil") or found.headers["location"].startswith("/%5C")


def test_session_id_is_never_taken_from_a_request(make: Make) -> None:
    stranger = make(signed_in=False)
    stranger.client.cookies.set(stranger.settings.cookie, "chosen-by-eve", domain="127.0.0.1")
    assert stranger.get("/").status_code == 401
    found = stranger.get("/", params={"token": stranger.settings.token})
    assert "chosen-by-eve" not in found.headers["set-cookie"]
    assert stranger.app.state.sessions.find("chosen-by-eve") is None


def test_each_session_has_its_own_form_token(bench: Workbench) -> None:
    other = Workbench(bench.app, bench.path)
    assert bench.csrf != other.csrf
    found = other.client.post("/settings/name", data={"csrf": bench.csrf, "author": "Eve"})
    assert found.status_code == 403


def test_leaving_ends_the_session(bench: Workbench) -> None:
    kept = dict(bench.client.cookies)
    assert bench.post("/leave").status_code == 303
    client = TestClient(bench.app, base_url=ADDRESS, cookies=kept)
    assert client.get("/").status_code == 401


def test_program_reads_and_decides_with_the_token_alone(make: Make) -> None:
    program = make(*ROWS, signed_in=False)
    bearer = {"authorization": f"Bearer {program.settings.token}"}
    claim = program.get("/api/v1/claims", headers=bearer).json()["items"][0]["id"]
    wanted = {"verb": "accept", "objects": [claim], "because": "ok", "author": "Ben"}
    assert program.client.post("/api/v1/decisions", json=wanted, headers=bearer).status_code == 201
    assert program.get("/", headers=bearer).status_code == 401
    wrong = {"authorization": "Bearer guess"}
    assert program.get("/api/v1/claims", headers=wrong).status_code == 401


@pytest.mark.parametrize("host", ["localhost:8137", "127.0.0.1:8137", "[::1]:8137", "LOCALHOST:8137"])
def test_own_names_are_ours(bench: Workbench, host: str) -> None:
    assert bench.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:80", "127.0.0.1.evil.example:8137", "", "127.0.0.1:8137@evil"]
)
def test_other_names_are_not(bench: Workbench, host: str) -> None:
    assert bench.get("/healthz", headers={"host": host}).status_code == 421


def test_name_of_a_proxy_is_ours_where_it_was_said(make: Make) -> None:
    behind = make(allowed=("tally.example",))
    assert behind.get("/healthz", headers={"host": "tally.example"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False),
     ("192.168.1.4", False), ("example.org", False)],
)  # fmt: skip
def test_loopback_is_this_machine_alone(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_starts_have_tokens_of_their_own() -> None:
    assert Settings("a").token != Settings("a").token
    assert Settings("a", port=1).cookie != Settings("a", port=2).cookie


def test_too_large_a_body_is_refused_by_its_length_and_while_it_comes(bench: Workbench) -> None:
    token = {"x-csrf-token": bench.csrf}
    found = bench.client.post("/add/text", content=b"", headers={**token, "content-length": "99000000"})
    assert found.status_code == 413

    def body() -> Any:
        for _ in range(30):
            yield b"x" * 1_000_000

    form = {**token, "content-type": "application/x-www-form-urlencoded"}
    assert bench.client.post("/add/text", content=body(), headers=form).status_code == 413
