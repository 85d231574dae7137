"""Signing in: fixation, forgery, guessing, timing, where it leads, and when a visit ends."""

from __future__ import annotations

import re
import time
from ipaddress import ip_network
from typing import Any

import pyotp
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tallybook.model.account import ADMINISTRATOR, CODER, EDITOR, READER
from tallybook.runs import people
from tallybook.store import SeenAsked
from tallybook.web import accounts as at_the_door
from tallybook.web.account_door import client_of
from tallybook.web.accounts import digest_of, near
from tests.unit.web.conftest import ADDRESS, ROWS, Make
from tests.unit.web.people import CSRF, NAMES, PASSWORD, Person, staffed

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def app(make: Make) -> FastAPI:
    return staffed(make, *ROWS)


def store(app: FastAPI) -> Any:
    return app.state.held.store.access


def advance(app: FastAPI, seconds: float) -> None:
    clock = app.state.accounts.clock
    app.state.accounts.clock = lambda: clock() + seconds


def test_name_and_password_open_it_and_nothing_else_does(app: FastAPI) -> None:
    person = Person(app)
    assert person.sign_in("coder ONE").headers["location"] == "/"
    assert person.get("/").status_code == 200
    for name, password in (
        (NAMES[CODER], "wrong password"), (NAMES[CODER], ""), ("nobody", PASSWORD), ("", ""), ("' OR 1=1 --", "x"),
    ):  # fmt: skip
        stranger = Person(app)
        assert stranger.sign_in(name, password).status_code == 401
        assert stranger.cookie is None
    assert Person(app).get("/", params={"token": app.state.settings.token}).status_code == 303
    bearer = {"authorization": f"Bearer {app.state.settings.token}"}
    assert Person(app).get("/api/v1/claims", headers=bearer).status_code == 401


def test_session_id_is_new_at_every_sign_in_and_never_taken_from_a_request(app: FastAPI) -> None:
    eve = Person(app, NAMES[READER])
    chosen = ("chosen-by-eve", eve.cookie or "")
    for id in chosen:
        victim = Person(app)
        victim.client.cookies.set(app.state.settings.cookie, id, domain="127.0.0.1")
        answer = victim.sign_in(NAMES[EDITOR])
        assert answer.status_code == 303
        assert id not in answer.headers["set-cookie"].split(";")[0]
    assert store(app).visit(digest_of("chosen-by-eve")) is None
    visit = store(app).visit(digest_of(eve.cookie or ""))
    assert visit is not None
    assert visit[1].name == NAMES[READER]


def test_id_of_a_session_is_kept_nowhere(app: FastAPI) -> None:
    person = Person(app, NAMES[CODER])
    assert person.cookie
    app.state.held.store.close()
    for file in sorted(
        app.state.settings.book and __import__("pathlib").Path(app.state.settings.book).parent.iterdir()
    ):
        if file.is_file():
            assert person.cookie.encode() not in file.read_bytes()
            assert PASSWORD.encode() not in file.read_bytes()


def test_cookie_is_out_of_reach_of_scripts_and_of_other_sites(app: FastAPI) -> None:
    answer = Person(app).sign_in(NAMES[CODER])
    (told,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith(f"{app.state.settings.cookie}=")]
    for word in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert word in told


def test_stranger_is_not_told_which_book_it_is(app: FastAPI) -> None:
    assert "book.db" not in Person(app).get("/sign-in").text
    assert "book.db" in Person(app, NAMES[CODER]).get("/").text


def test_form_to_sign_in_takes_its_own_token(app: FastAPI) -> None:
    stranger, other = Person(app), Person(app)
    token = CSRF.search(other.client.get("/sign-in").text)
    assert token
    form = {"name": NAMES[CODER], "password": PASSWORD}
    for csrf in ("", "wrong", token.group(1)):
        stranger.client.get("/sign-in")
        assert stranger.client.post("/sign-in", data={**form, "csrf": csrf}).status_code == 403
    mine = CSRF.search(stranger.client.get("/sign-in").text)
    assert mine
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        found = stranger.client.post("/sign-in", data={**form, "csrf": mine.group(1)}, headers=headers)
        assert found.status_code == 403
    assert stranger.cookie is None


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
             "/ok\r\nSet-Cookie: a=b", "evil.example"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(app: FastAPI, next: str) -> None:
    page = Person(app).get("/sign-in", params={"next": next}).text
    assert "evil.example" not in page
    assert Person(app).sign_in(NAMES[CODER], next=next).headers["location"] == "/"


def test_signing_in_leads_back_to_what_was_asked(app: FastAPI) -> None:
    person = Person(app)
    asked = person.get("/incidents?in=Karsk&since=2024-03-01").headers["location"]
    assert asked == "/sign-in?next=%2Fincidents%3Fin%3DKarsk%26since%3D2024-03-01"
    back = re.search(r'name="next" value="([^"]+)"', person.get(asked).text)
    assert back
    assert person.sign_in(NAMES[CODER], next=back.group(1).replace("&amp;", "&")).headers["location"] == (
        "/incidents?in=Karsk&since=2024-03-01"
    )
    part = Person(app).get("/queue", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")


def test_failures_lock_the_name_out_for_longer_each_time(app: FastAPI) -> None:
    person = Person(app)
    assert [person.sign_in(NAMES[CODER], "wrong").status_code for _ in range(5)] == [401] * 5
    locked = person.sign_in(NAMES[CODER], PASSWORD)
    assert (locked.status_code, "TB-W32" in locked.text) == (429, True)
    assert 0 < int(locked.headers["retry-after"]) <= 30
    assert Person(app, NAMES[EDITOR]).get("/").status_code == 200
    advance(app, 31)
    assert person.sign_in(NAMES[CODER], "wrong").status_code == 401
    advance(app, 31)
    assert person.sign_in(NAMES[CODER], PASSWORD).status_code == 429
    advance(app, 31)
    assert person.sign_in(NAMES[CODER], PASSWORD).status_code == 303
    assert [person.sign_in(NAMES[CODER], "wrong").status_code for _ in range(5)] == [401] * 5


def test_name_that_nobody_has_is_locked_out_alike(app: FastAPI) -> None:
    known = [Person(app).sign_in(NAMES[CODER], "wrong") for _ in range(6)]
    unknown = [Person(app).sign_in("Nobody Here", "wrong") for _ in range(6)]
    assert [a.status_code for a in known] == [b.status_code for b in unknown] == [401] * 5 + [429]

    def told(answer: Any) -> str:
        return re.sub(r'value="[0-9a-f]{64}"|\d+ seconds', "", answer.text)

    assert [told(a) for a in known] == [told(b) for b in unknown]


def test_an_address_that_tries_many_names_is_locked_out(app: FastAPI) -> None:
    codes = [Person(app).sign_in(f"guess {n}", "wrong").status_code for n in range(21)]
    assert codes == [401] * 20 + [429]
    assert Person(app).sign_in(NAMES[CODER]).status_code == 429
    assert store(app).seen_total(SeenAsked(what="refused")) == 20


def test_unknown_and_disabled_accounts_take_as_long_as_a_wrong_password(app: FastAPI) -> None:
    people.set_active(store(app), people.person_named(store(app), NAMES[READER]), False)
    door = app.state.accounts

    def seconds(name: str, password: str) -> float:
        taken = []
        for _ in range(5):
            store(app).came_in(people.name_key(name), "")
            begun = time.perf_counter()
            with pytest.raises(at_the_door.Refused):
                door.sign_in(name, password, "", f"10.0.0.{len(taken)}")
            taken.append(time.perf_counter() - begun)
        return sorted(taken)[2]

    seconds("warm", "up")
    wrong = seconds(NAMES[CODER], "wrong password")
    assert 0.4 < seconds("Nobody Here", "wrong password") / wrong < 2.5
    assert 0.4 < seconds(NAMES[READER], PASSWORD) / wrong < 2.5


def test_visits_end_when_idle_and_after_a_day(app: FastAPI) -> None:
    idle, busy = Person(app, NAMES[CODER]), Person(app, NAMES[EDITOR])
    for _ in range(13):
        advance(app, 55 * 60)
        assert busy.get("/healthz").status_code == 200
        busy_code = busy.get("/settings").status_code
        if _ < 12:
            assert busy_code == 200
    assert idle.get("/settings").status_code == 303
    advance(app, 55 * 60)
    assert busy.get("/settings").status_code == 303
    assert store(app).visit(digest_of(busy.cookie or "")) is None


def test_signing_out_ends_the_visit_for_whoever_has_the_cookie(app: FastAPI) -> None:
    for path in ("/sign-out", "/leave"):
        person = Person(app, NAMES[CODER])
        kept = dict(person.client.cookies)
        assert person.post(path).status_code == 303
        again = TestClient(app, base_url=ADDRESS, cookies=kept, follow_redirects=False)
        assert again.get("/settings").status_code == 303


def test_disabled_people_and_other_roles_are_so_at_once(app: FastAPI) -> None:
    person, chief = Person(app, NAMES[EDITOR]), Person(app, NAMES[ADMINISTRATOR])
    assert person.get("/queue").status_code == 200
    assert chief.post("/settings/people/Editor One", what="role", role="reader").status_code == 303
    assert person.get("/queue").status_code == 403
    assert chief.post("/settings/people/Editor One", what="disable").status_code == 303
    assert person.get("/settings").status_code == 303
    assert Person(app).sign_in(NAMES[EDITOR]).status_code == 401


def test_the_last_administrator_cannot_lock_everybody_out(app: FastAPI) -> None:
    chief = Person(app, NAMES[ADMINISTRATOR])
    for change in ({"what": "disable"}, {"what": "role", "role": "reader"}):
        found = chief.post("/settings/people/Administrator One", **change)
        assert found.status_code == 400
        assert "Nobody could administer" in found.text
    assert chief.post("/settings/people/Editor One", what="fly").status_code == 400


def test_added_person_gets_a_password_once_and_chooses_another_first(app: FastAPI) -> None:
    chief = Person(app, NAMES[ADMINISTRATOR])
    page = chief.post("/settings/people", name="Dana <b>", role="coder", needs_code="1").text
    given = re.search(r"signs in with <code>([^<]+)</code>", page)
    assert given
    assert "Dana <b>" not in page
    assert given.group(1) not in chief.get("/settings/people").text
    dana = Person(app, "dana <b>", given.group(1))
    assert dana.get("/queue").headers["location"] == "/settings/password"
    assert dana.get("/api/v1/claims").json()["code"] == "TB-W37"
    form = dana.get("/settings/password").text
    token = CSRF.search(form)
    assert token
    before = dana.cookie

    def change(present: str, new: str, again: str) -> Any:
        told = {"csrf": token.group(1), "present": present, "password": new, "again": again}
        return dana.client.post("/settings/password", data=told)

    assert "not your password" in change("wrong", PASSWORD, PASSWORD).text
    assert "differ" in change(given.group(1), PASSWORD, PASSWORD + "x").text
    assert "12 to 500" in change(given.group(1), "short", "short").text
    assert "that you have" in change(given.group(1), given.group(1), given.group(1)).text
    assert change(given.group(1), PASSWORD, PASSWORD).headers["location"] == "/settings"
    assert dana.cookie != before
    assert store(app).visit(digest_of(before or "")) is None
    assert dana.get("/queue").headers["location"] == "/settings/code"


def test_second_factor_is_set_up_used_once_and_taken_away(app: FastAPI) -> None:
    person, chief = Person(app, NAMES[CODER]), Person(app, NAMES[ADMINISTRATOR])
    page = person.get("/settings/code").text
    secret = "".join(re.findall(r"<dt>Secret</dt><dd><code>([A-Z2-7 ]+)</code>", page)[0].split())
    assert f"secret={secret}" in page
    assert re.search(r'<svg [^>]*viewBox="0 0 (\d+) \1"', page), (
        "a picture without a viewBox is cut, and cannot be read"
    )
    assert person.post("/settings/code", code="000000").status_code == 422
    assert secret in person.get("/settings/code").text.replace(" ", "")
    code = pyotp.TOTP(secret).at(app.state.accounts.clock())
    assert person.post("/settings/code", code=code).status_code == 303
    assert secret not in person.get("/settings/code").text.replace(" ", "")
    for wrong in ("", "000000", code):
        assert Person(app).sign_in(NAMES[CODER], PASSWORD, wrong).status_code == 401
    advance(app, 30)
    assert (
        Person(app).sign_in(NAMES[CODER], PASSWORD, pyotp.TOTP(secret).at(app.state.accounts.clock())).status_code
        == 303
    )
    assert "not your password" in person.post("/settings/code/off", present="wrong").text
    assert chief.post("/settings/people/Coder One", what="clear-code").status_code == 303
    assert person.get("/settings").status_code == 303
    assert Person(app, NAMES[CODER]).get("/queue").headers["location"] == "/settings/code"


def test_own_second_factor_is_turned_off_with_the_password(app: FastAPI) -> None:
    account = people.person_named(store(app), NAMES[CODER])
    store(app).change_person(account.id, {"secret": SECRET})
    person = Person(app)
    person.sign_in(NAMES[CODER], PASSWORD, pyotp.TOTP(SECRET).at(app.state.accounts.clock()))
    assert person.post("/settings/code/off", present=PASSWORD).status_code == 303
    assert people.person_named(store(app), NAMES[CODER]).secret is None


def test_guessing_the_password_of_an_open_visit_is_locked_out_too(app: FastAPI) -> None:
    person = Person(app, NAMES[CODER])
    codes = [person.post("/settings/password", present="wrong", password="x", again="x").status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_program_signs_in_and_decides(app: FastAPI) -> None:
    program = Person(app)
    found = program.client.post("/api/v1/sign-in", json={"name": NAMES[CODER], "password": PASSWORD})
    token = found.json()["csrf"]
    claim = program.get("/api/v1/claims").json()["items"][0]["id"]
    wanted = {"verb": "accept", "objects": [claim], "because": "ok"}
    assert program.client.post("/api/v1/decisions", json=wanted).status_code == 403
    headers = {"x-csrf-token": token}
    assert program.client.post("/api/v1/decisions", json=wanted, headers=headers).status_code == 201
    wrong = Person(app).client.post("/api/v1/sign-in", json={"name": NAMES[CODER], "password": "wrong"})
    assert (wrong.status_code, wrong.json()["schema"]) == (401, "tallybook.error/1")
    assert Person(app).client.post("/api/v1/sign-in", json={"name": ["x"]}).status_code == 400


def test_visits_outlive_the_program(app: FastAPI, make: Make) -> None:
    person = Person(app, NAMES[CODER])
    again = make(signed_in=False, accounts=True).app
    other = Person(again)
    other.client.cookies.set(app.state.settings.cookie, person.cookie or "", domain="127.0.0.1")
    assert other.get("/settings").status_code == 200


def proxied(make: Make, peer: str = "10.0.0.7") -> TestClient:
    networks = (ip_network("10.0.0.0/24"),)
    app = staffed(make, *ROWS, name=f"{peer}.db", allowed=("tally.example",), proxies=networks)
    return TestClient(
        app,
        base_url="https://tally.example",
        client=(peer, 4711),
        raise_server_exceptions=False,
        follow_redirects=False,
    )


FROM_PROXY = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}


def test_behind_a_proxy_only_the_proxy_is_answered_and_only_https(make: Make) -> None:
    client = proxied(make)
    assert client.get("/sign-in", headers=FROM_PROXY).status_code == 200
    for headers in ({}, {"x-forwarded-proto": "http"}, {**FROM_PROXY, "host": "evil.example"}):
        assert client.get("/sign-in", headers=headers).status_code in (403, 421)
    assert client.get("/healthz").status_code == 200
    stranger = proxied(make, peer="10.0.1.7")
    assert stranger.get("/sign-in", headers=FROM_PROXY).status_code == 403


def test_behind_a_proxy_cookies_go_by_https_alone(make: Make) -> None:
    client = proxied(make)
    page = client.get("/sign-in", headers=FROM_PROXY)
    assert "max-age=31536000" in page.headers["strict-transport-security"]
    token = CSRF.search(page.text)
    assert token
    form = {"name": NAMES[CODER], "password": PASSWORD, "csrf": token.group(1)}
    answer = client.post("/sign-in", data=form, headers={**FROM_PROXY, "origin": "https://tally.example"})
    assert answer.status_code == 303
    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-tallybook")
        assert "Secure" in cookie
    seen = client.get("/", headers=FROM_PROXY)
    assert seen.status_code == 200
    assert all("Secure" in c for c in seen.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [("10.0.0.7", "203.0.113.9", "203.0.113.9"), ("10.0.0.7", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
     ("10.0.0.7", "203.0.113.9, 10.0.0.8", "203.0.113.9"), ("10.0.0.7", "6.6.6.6, nonsense", "10.0.0.7"),
     ("10.0.0.7", "", "10.0.0.7"), ("198.51.100.1", "6.6.6.6", "198.51.100.1")],
)  # fmt: skip
def test_address_is_what_our_proxy_says_and_nobody_else(peer: str, forwarded: str, expected: str) -> None:
    from starlette.datastructures import Headers

    found = client_of({"client": (peer, 1)}, Headers({"x-forwarded-for": forwarded}), (ip_network("10.0.0.0/24"),))
    assert found == expected


def test_ipv6_counts_by_the_network_of_one_customer() -> None:
    assert near("2001:db8::1") == near("2001:db8::ffff:1")
    assert near("2001:db8:0:1::1") != near("2001:db8::1")
    assert near("203.0.113.9") == "203.0.113.9"
    assert near("testclient") == "testclient"


def test_without_accounts_there_are_none(make: Make) -> None:
    bench = make(*ROWS)
    for path in ("/sign-in", "/settings/people", "/settings/access", "/settings/password", "/settings/code"):
        assert bench.get(path).status_code == 404
    assert bench.get("/api/v1/people").json()["code"] == "TB-W35"
    assert bench.app.state.held.store.access.seen_total(SeenAsked()) == 0
