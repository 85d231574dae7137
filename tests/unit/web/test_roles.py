"""Every route by every role: a route that nobody wrote a rule for is closed, and fails here."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tallybook.model.account import ADMINISTRATOR, CODER, EDITOR, READER, ROLES, Account
from tallybook.web.pages import ROUTERS
from tallybook.web.roles import RULES, May, may, rule_of
from tests.unit.web.conftest import ROWS, Make
from tests.unit.web.people import NAMES, Person, staffed

FILLED = {"name": "x", "job": "x", "identifier": "fig-x"}
WITH_TOKEN_ONLY = {"POST /settings/name"}
OPEN_TO_ALL = {"GET /sign-in", "POST /sign-in", "POST /api/v1/sign-in"}

EXPECTED: dict[str, tuple[str, ...]] = {
    ADMINISTRATOR: ("/settings/people", "/settings/access", "/api/v1/people", "/api/v1/access"),
    EDITOR: ("POST /add/address",),
    CODER: ("/queue", "/api/v1/queue", "/add", "/api/v1/adding", "/decide", "/undo", "/api/v1/decisions",
             "/api/v1/undo",
            "POST /api/v1/reports", "POST /reports/",
             "/log/verify", "/api/v1/verify", "GET /reports/{name}/numbers",
            "GET /api/v1/reports/{name}/numbers", "/evidence", "/api/v1/evidence"),
}  # fmt: skip
"""Least role of routes that begin so, told here apart from the table; the first that fits. All others: a reader."""


def routes() -> list[str]:
    found = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return sorted(f"{method} {route.path}" for route in found for method in route.methods)


def expected(route: str) -> str:
    path = route.partition(" ")[2]
    for role, begins in EXPECTED.items():
        if any((route if " " in b else path).startswith(b) for b in begins):
            return role
    return READER


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert set(routes()) == set(RULES)
    assert len(routes()) > 60


def test_route_without_a_rule_is_closed_to_everybody() -> None:
    everything = Account("a" * 16, "Ana", ADMINISTRATOR, "", "2024-05-01T00:00:00Z")
    assert rule_of("GET", "/forgotten") is None
    assert not may(everything, "GET", "/forgotten")


@pytest.fixture
def app(make: Make) -> FastAPI:
    return staffed(make, *ROWS)


@pytest.mark.parametrize("role", ROLES)
def test_every_route_by_role(app: FastAPI, role: str) -> None:
    person = Person(app, NAMES[role])
    token, wrong = person.csrf, {}
    for route in routes():
        method, _, path = route.partition(" ")
        if route in OPEN_TO_ALL or path in ("/sign-out", "/leave"):
            continue
        headers = {"x-csrf-token": token}
        data = None if method == "GET" else {}
        found = person.client.request(method, path.format(**FILLED), headers=headers, data=data)
        code = (found.json().get("code") if path.startswith("/api/") and found.status_code >= 400 else found.text) or ""
        refused = found.status_code == 403 and ("TB-W33" in code)
        allowed = ROLES.index(role) >= ROLES.index(expected(route))
        if refused == allowed or found.status_code in (401, 500) or (route in WITH_TOKEN_ONLY) != ("TB-W34" in code):
            wrong[route] = found.status_code
    assert wrong == {}


def test_stranger_is_sent_to_sign_in_from_every_route(app: FastAPI) -> None:
    stranger = Person(app)
    for route in routes():
        method, _, path = route.partition(" ")
        if route in OPEN_TO_ALL:
            continue
        found = stranger.client.request(method, path.format(**FILLED))
        if path.startswith("/api/"):
            assert found.status_code == 401, route
            assert found.json()["code"] == "TB-W30"
        else:
            assert found.status_code == 303, route
            assert found.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_changed_without_the_token_of_the_session(app: FastAPI, role: str) -> None:
    person = Person(app, NAMES[role])
    other = Person(app, NAMES[ADMINISTRATOR]).csrf
    before, people = app.state.held.store.mark(), app.state.held.store.access.people()
    for route in routes():
        method, _, path = route.partition(" ")
        if method == "GET" or route in OPEN_TO_ALL:
            continue
        for headers in (
            {}, {"x-csrf-token": "wrong"}, {"x-csrf-token": other},
            {"x-csrf-token": person.csrf, "sec-fetch-site": "cross-site"},
            {"x-csrf-token": person.csrf, "origin": "https://evil.example"},
        ):  # fmt: skip
            found = person.client.request(method, path.format(**FILLED), headers=headers, data={"what": "disable"})
            assert found.status_code == 403, (route, headers)
    assert app.state.held.store.mark() == before
    assert app.state.held.store.access.people() == people
    assert person.get("/settings").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_pages_offer_what_the_role_may_do(app: FastAPI, role: str) -> None:
    person, offers = Person(app, NAMES[role]), May.of(Account("a" * 16, "A", role, "", ""))
    assert ('href="/add"' in person.get("/").text) == offers.add
    assert ('href="/queue"' in person.get("/").text) == offers.decide
    assert ('href="/settings/people"' in person.get("/settings").text) == offers.administer
    claim = person.get("/api/v1/claims").json()["items"][0]
    for path in (f"/claims/{claim['id']}", f"/reports/{claim['document']['key']}", f"/incidents/{claim['incident']}"):
        assert ('action="/decide"' in person.get(path).text) == offers.decide, path


def test_only_editors_have_pages_fetched(app: FastAPI) -> None:
    for role in (CODER, EDITOR):
        person = Person(app, NAMES[role])
        assert ("Fetch a page" in person.get("/add").text) == (role == EDITOR)
        token = {"x-csrf-token": person.csrf}
        found = person.client.post("/api/v1/reports", data={"address": "ftp://nowhere"}, headers=token)
        assert found.status_code == (403 if role == CODER else 422)


def test_judgement_bears_the_name_of_the_account_whatever_the_form_says(app: FastAPI) -> None:
    coder = Person(app, NAMES[CODER])
    claims = coder.get("/api/v1/claims").json()["items"]
    wanted = {"verb": "accept", "objects": [claims[0]["id"]], "because": "ok"}
    assert coder.decide(**wanted, author="Editor One").status_code == 403
    form = {"verb": "accept", "objects": claims[0]["id"], "because": "ok"}
    assert coder.post("/decide", **form, author="Eve").status_code == 403
    assert coder.post("/decide", **form).status_code == 303
    assert coder.decide(verb="accept", objects=[claims[1]["id"]], because="ok").status_code == 201
    key = claims[0]["document"]["key"]
    quote = claims[0]["quote"]
    coder.post(f"/reports/{key}/claims", quote=quote, measure="injured", count="2", author="Eve")
    coder.post("/settings/name", author="Eve")
    question = coder.get("/api/v1/queue").json()["items"][0]["id"]
    coder.post(f"/queue/{question}", answer="accept", author="Eve")
    log = app.state.held.laid().desk.log
    assert len(log) == 4
    assert {j.author for j in log} == {NAMES[CODER]}


def test_coder_undoes_own_judgements_and_an_editor_those_of_others(app: FastAPI) -> None:
    coder, editor = Person(app, NAMES[CODER]), Person(app, NAMES[EDITOR])
    claims = [c["id"] for c in coder.get("/api/v1/claims").json()["items"]]
    assert editor.decide(verb="reject", objects=claims[:1], because="misread").status_code == 201
    assert coder.decide(verb="accept", objects=claims[1:2], because="ok").status_code == 201
    token = {"x-csrf-token": coder.csrf}
    for number in ("1", app.state.held.laid().desk.log[0].id):
        assert coder.post("/undo", number=number).status_code == 403
        assert coder.post("/decide", verb="undo", objects=number, because="no").status_code == 403
        undone = coder.client.post("/api/v1/undo", json={"number": number, "because": "no"}, headers=token)
        assert undone.status_code == 403
    assert coder.post("/undo", number="2").status_code == 303
    assert editor.post("/undo", number="1").status_code == 303
    assert len(app.state.held.laid().desk.judgements) == 0
