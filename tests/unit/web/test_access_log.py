"""Who saw and exported what: noted before it is shown, by pages and their twins alike, and read by administrators."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from tallybook.errors import DiskFull
from tallybook.model.account import ADMINISTRATOR, CODER, READER
from tallybook.store import SeenAsked
from tests.unit.web.conftest import HOSTILE, ROWS, Make
from tests.unit.web.people import NAMES, Person, staffed


@pytest.fixture
def app(make: Make) -> FastAPI:
    return staffed(make, *ROWS)


def lines(app: FastAPI, **asked: str) -> list[tuple[str, str, str, str, int | None]]:
    found = app.state.held.store.access.seen(SeenAsked(**asked), None, 100)
    return [(s.person, s.what, s.page, s.object, s.rows) for s in reversed(found)]


def test_pages_twins_and_exports_are_noted(app: FastAPI) -> None:
    reader = Person(app, NAMES[READER])
    claim = reader.get("/api/v1/claims?limit=2").json()["items"][0]["id"]
    reader.get(f"/claims/{claim}")
    reader.get("/victims?q=Karsk")
    reader.get("/queue")
    reader.get("/nothing")
    reader.get("/overview-figures")
    reader.get("/static/workbench.css")
    name = NAMES[READER]
    assert lines(app) == [
        (name, "signed-in", "/sign-in", "", None),
        (name, "exported", "/api/v1/claims", "limit=2", 2),
        (name, "saw", "/claims/{name}", claim, None),
        (name, "saw", "/victims", "q=Karsk", None),
    ]


def test_the_same_page_within_a_minute_is_one_line(app: FastAPI) -> None:
    reader = Person(app, NAMES[READER])
    for _ in range(3):
        reader.get("/victims")
    assert len(lines(app, what="saw")) == 1
    clock = app.state.accounts.clock
    app.state.accounts.clock = lambda: clock() + 61
    reader.get("/victims")
    assert len(lines(app, what="saw")) == 2
    for _ in range(2):
        reader.get("/api/v1/victims")
    assert len(lines(app, what="exported")) == 2


def test_what_cannot_be_noted_is_not_shown(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Person(app, NAMES[READER])

    def full(*_: Any) -> None:
        raise DiskFull("book.db: the disk is full.")

    monkeypatch.setattr("tallybook.store.access.SqlAccess.note_seen", full)
    for path in ("/victims", "/api/v1/victims"):
        found = reader.get(path)
        assert found.status_code == 507
        assert "Velin" not in found.text
        assert "Named victims" not in found.text
        assert found.headers["content-security-policy"]
    assert reader.get("/settings").status_code == 200


def test_failed_sign_ins_are_noted_without_what_was_typed(app: FastAPI) -> None:
    Person(app).sign_in("my password by mistake", "x")
    Person(app).sign_in(NAMES[CODER], "wrong")
    assert [(p, w) for p, w, *_ in lines(app)] == [("(no such person)", "refused"), (NAMES[CODER], "refused")]


def test_changes_of_people_are_noted(app: FastAPI) -> None:
    chief = Person(app, NAMES[ADMINISTRATOR])
    chief.post("/settings/people/Coder One", what="role", role="reader")
    chief.post("/settings/people/Coder One", what="role", role="coder")
    told = [(p, page, about) for p, _, page, about, _ in lines(app, what="changed")]
    assert told == [(NAMES[ADMINISTRATOR], "/settings/people/{name}", "Coder One")] * 2


def test_administrator_reads_and_filters_it(app: FastAPI) -> None:
    reader, chief = Person(app, NAMES[READER]), Person(app, NAMES[ADMINISTRATOR])
    reader.get("/victims", params={"q": HOSTILE})
    page = chief.get("/settings/access").text
    assert NAMES[READER] in page
    assert HOSTILE not in page
    assert "Nothing found" in chief.get("/settings/access?person=Eve' OR 1=1 --").text
    for query, count in (
        ("person=Reader One&what=saw", 1),
        ("about=none", 0),
        ("since=2100-01-01", 0),
        ("until=2000-01-01", 0),
    ):
        assert chief.get(f"/api/v1/access?{query}").json()["total"] == count
    everything = chief.get("/api/v1/access?limit=1").json()
    assert len(everything["items"]) == 1
    older = chief.get(f"/api/v1/access?limit=500&before={everything['next']}").json()
    assert [line["number"] for line in older["items"]] == list(range(everything["next"] - 1, 0, -1))
    assert reader.get("/settings/access").status_code == 403


def test_log_keeps_a_bounded_part_of_what_was_asked(app: FastAPI) -> None:
    reader = Person(app, NAMES[READER])
    reader.get("/victims", params={"q": "x" * 300, "limit": "5"})
    (line,) = lines(app, what="saw")
    assert len(line[3]) == 300


def test_reading_under_accounts_does_not_lay_the_book_open_again(app: FastAPI) -> None:
    coder = Person(app, NAMES[CODER])
    coder.get("/incidents")
    laid = app.state.held.laid()
    coder.get("/victims")
    coder.get("/api/v1/claims")
    assert app.state.held.laid() is laid
