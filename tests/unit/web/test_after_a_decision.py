"""What the workbench shows after a decision is what it shows of a book that is opened anew."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import ref

import pytest

from tallybook.model import Query
from tallybook.web import figuring
from tallybook.web.application import application
from tallybook.web.settings import Settings
from tests.simple_reader import SimpleReader
from tests.unit.web.conftest import KARSK, ROWS, Make, Workbench

MORE = (
    *ROWS,
    {"id": "e", "publisher": "Radio", "published": "2024-03-04", "text": KARSK.format(9)},
    {"id": "f", "publisher": "Herald", "published": "2024-03-05",
     "text": "4 people were killed by the Ostrava Army in Nowhereville on 2024-03-04."},
)  # fmt: skip
LISTS = (
    "overview", "queue", "incidents", "reports", "reports?sort=waiting", "claims", "victims", "actors", "places",
    "sources", "conflicts", "issues", "log", "figures?measure=killed&who=civilian", "figures?measure=injured",
)  # fmt: skip


def told(bench: Workbench) -> dict[str, Any]:
    found = {name: bench.json(name) for name in LISTS}
    for incident in found["incidents"]["items"]:
        found[f"incidents/{incident['id']}"] = bench.json(f"incidents/{incident['id']}")
    return found


def told_anew(bench: Workbench, folder: Path) -> dict[str, Any]:
    copy = folder / "copy.db"
    for end in ("", "-wal", "-shm"):
        if bench.path.with_name(bench.path.name + end).exists():
            shutil.copy(bench.path.with_name(bench.path.name + end), copy.with_name(copy.name + end))
    app = application(Settings(str(copy)), SimpleReader)
    try:
        return told(Workbench(app, copy))
    finally:
        app.state.adding.close()
        app.state.held.close()
        for left in folder.glob("copy.db*"):
            left.unlink()


def test_every_list_follows_each_decision(make: Make, tmp_path: Path) -> None:
    bench = make(*MORE)
    a, b, c, e, f = (bench.claim(report) for report in "abcef")
    assert told(bench) == told_anew(bench, tmp_path)
    for verb, objects in (
        ("accept", (a,)), ("reject", (b,)), ("reject", (e, f)), ("retract", (c,)), ("accept", (b,)), ("undo", ("2",)),
        ("undo", ("4",)), ("different", (a, e)), ("reject", (a,)), ("undo", ("9",)), ("undo", ("10",)),
    ):  # fmt: skip
        if verb == "undo":
            body = {"number": objects[0], "because": "taken back", "author": "Ana"}
            made = bench.client.post("/api/v1/undo", json=body, headers={"x-csrf-token": bench.csrf})
        else:
            made = bench.decide(verb, *objects)
        assert made.status_code == 201, made.text
        bench.app.state.held.prepare(bench.app.state.held.laid())
        assert told(bench) == told_anew(bench, tmp_path), (verb, objects)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figuring, "LARGE", 0)
    monkeypatch.setattr(figuring, "AT_ONCE_SECONDS", 0.0)


def test_large_book_says_that_a_figure_is_worked_out(
    hurried: None, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = bench.app.state.held
    with monkeypatch.context() as idle:
        idle.setattr(held.figuring._working, "submit", lambda *_: None)
        assert "being worked out from all claims" in bench.get("/figures?measure=killed").text
    held.figuring._work(Query("killed", ("any",)))
    assert "Cite as" in bench.get("/figures?measure=killed").text


def test_figure_of_before_says_as_of_which_judgement_it_is(
    hurried: None, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = bench.app.state.held
    query = Query("killed", ("any",))
    held.laid().total(query)
    assert bench.get("/figures?measure=killed").status_code == 200
    monkeypatch.setattr(held.figuring._working, "submit", lambda *_: None)
    assert bench.decide("reject", bench.claim("b")).status_code == 201
    late = bench.get("/figures?measure=killed").text
    assert "the figure as of judgement 0" in late
    assert "What the 1 judgement since then change" in late
    assert bench.json("figures?measure=killed")["low"] == 19
    assert "the figure as of judgement" not in bench.get("/figures?measure=killed").text


def test_states_that_nobody_looks_at_any_more_are_let_go(bench: Workbench) -> None:
    held = bench.app.state.held
    told(bench)
    earlier = [ref(held.laid()), ref(held.laid().desk), ref(held.laid().desk.ledger)]
    gc.disable()
    try:
        for verb in ("reject", "accept", "reject"):
            assert bench.decide(verb, bench.claim("b")).status_code == 201
            told(bench)
            held._preparing.submit(lambda: None).result(10)
            assert [state() for state in earlier] == [None, None, None]
            earlier = [ref(held.laid()), ref(held.laid().desk), ref(held.laid().desk.ledger)]
    finally:
        gc.enable()


def test_who_reads_while_a_decision_is_made_sees_the_book_before_it_and_nothing_is_loaded_anew(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = bench.app.state.held
    before = held.laid()
    seen: list[object] = []
    carry_on = held._carry_on

    def slowly(*told: Any) -> None:
        reader = Thread(target=lambda: seen.append(held.laid()))
        reader.start()
        reader.join(10)
        carry_on(*told)

    monkeypatch.setattr(held, "_carry_on", slowly)
    monkeypatch.setattr(held, "_lay", lambda mark: pytest.fail("the book was loaded anew"))
    assert bench.decide("reject", bench.claim("b")).status_code == 201
    assert seen == [before]
    assert held.laid() is not before
    assert bench.claim("b") in held.laid().desk.ledger.decided.dropped
