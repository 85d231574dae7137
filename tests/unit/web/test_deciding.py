"""Decisions from a page, the API and the command line are one record; nobody overwrites what they never saw."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from tallybook.cli import main as cli
from tallybook.model import Judgement
from tallybook.store import open_book
from tests.simple_reader import SimpleReader
from tests.unit.web.conftest import Workbench


def log_of(path: Path) -> tuple[Judgement, ...]:
    with open_book(str(path)) as store:
        return store.judgements()


def run(*arguments: str) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(list(arguments))
    assert left.value.code == 0


def without_time(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement without the time, and without the seal of the one before, which holds its time."""
    names = judgement.__dataclass_fields__.keys() - {"at", "before"}
    return {name: getattr(judgement, name) for name in names}


def decisions(bench: Workbench) -> list[tuple[str, list[str], dict[str, str]]]:
    a, b, c = (bench.claim(report) for report in "abc")
    return [
        ("accept", [a], {}),
        ("reject", [b], {}),
        ("set-field", [a], {"field": "count", "value": "13"}),
        ("set-place", [c], {"value": "Karsk"}),
        ("different", [a, b], {}),
        ("set-published", ["d"], {"value": "2024-04-03"}),
        ("add-claim", ["d"], {"value": "quote=killed in Brannik; measure=injured; count=at least 2; place=Brannik"}),
    ]


def test_page_api_and_command_line_make_the_same_record(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallybook.claims.reader.Reader", SimpleReader)
    wanted = decisions(bench)
    bench.app.state.held.close()
    by_command, by_page = tmp_path / "command.db", tmp_path / "page.db"
    for path in (by_command, by_page):
        shutil.copy(bench.path, path)
    for verb, objects, more in wanted:
        values = [more["value"]] if "value" in more else []
        field = ["--field", more["field"]] if "field" in more else []
        run(
            "decide", verb, *objects, *values, *field, "--because", "seen", "--author", "Ana", "--book", str(by_command)
        )
    for number, (verb, objects, more) in enumerate(wanted):
        if number % 2:
            assert bench.decide(verb, *objects, **more).status_code == 201
        else:
            found = bench.post("/decide", verb=verb, objects=objects, because="seen", back="/log", **more)
            assert found.status_code == 303, found.text
    for ours, theirs in zip(log_of(bench.path), log_of(by_command), strict=True):
        assert without_time(ours) == without_time(theirs)


def test_look_writes_nothing_and_decide_keeps_what_was_shown(bench: Workbench) -> None:
    claim = bench.claim("b")
    looked = bench.post("/decide", verb="reject", objects=claim, because="twice", look="1", back="/")
    assert "12–15" not in looked.text
    assert re.search(r"killed, any: <strong>19\.\.22 -&gt; 19\.\.19", looked.text)
    assert bench.items("log") == []
    dry = bench.decide("reject", claim, dry_run=True).json()
    assert (dry["committed"], bench.items("log")) == (False, [])
    made = bench.decide("reject", claim).json()
    assert made["moves"] == dry["moves"]
    assert made["judgement"]["shown"] == dry["judgement"]["shown"]


def test_undo_restores_every_figure(bench: Workbench) -> None:
    before = bench.json("overview")["figures"]
    bench.decide("reject", bench.claim("b"))
    assert bench.json("overview")["figures"] != before
    assert bench.post("/undo", number="1", because="oops", back="/log").status_code == 303
    after = bench.json("overview")["figures"]
    plain = lambda rows: [{k: v for k, v in row.items() if k != "id"} for row in rows]  # noqa: E731
    assert plain(after) == plain(before)
    assert [j["verb"] for j in bench.items("log")] == ["undo", "reject"]


def test_second_of_two_sees_what_the_first_decided(bench: Workbench) -> None:
    ben = Workbench(bench.app, bench.path)
    ben.author = "Ben"
    claim, other = bench.claim("a"), bench.claim("c")
    assert bench.decide("reject", claim, log_at=0).status_code == 201
    late = ben.decide("set-field", claim, field="count", value="99", log_at=0)
    assert late.status_code == 409
    assert "by Ana" in late.json()["message"]
    assert ben.decide("accept", other, log_at=0).status_code == 201
    page = ben.post("/decide", verb="accept", objects=claim, because="sure", log_at="0", back="/")
    assert page.status_code == 409
    assert "by Ana" in page.text
    assert len(bench.items("log")) == 2


def test_incident_and_its_claims_collide_too(bench: Workbench) -> None:
    incident = next(i for i in bench.items("incidents") if len(i["claims"]) > 1)
    bench.decide("reject", incident["claims"][0], log_at=0)
    assert bench.decide("accept", incident["id"], log_at=0).status_code == 409


def test_twenty_people_at_once_lose_no_decision(bench: Workbench) -> None:
    claims = [bench.claim(report) for report in "abcd"]
    answers: list[int] = []

    def work(number: int) -> None:
        person = Workbench(bench.app, bench.path)
        person.author = f"P{number}"
        answers.append(person.decide("accept" if number % 2 else "reject", claims[number % 4]).status_code)
        answers.append(person.get("/").status_code)

    people = [threading.Thread(target=work, args=(n,)) for n in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(set(answers)) == [200, 201]
    assert [j.number for j in log_of(bench.path)] == list(range(1, 21))
    assert {j.author for j in log_of(bench.path)} == {f"P{n}" for n in range(20)}


def test_contradiction_names_what_it_clashes_with(bench: Workbench) -> None:
    a, b = bench.claim("a"), bench.claim("b")
    bench.decide("same", a, b)
    clash = bench.decide("different", a, b)
    assert clash.status_code == 409
    assert "TB-105" in clash.json()["code"]
    assert "1 (same" in clash.json()["message"]


@pytest.mark.parametrize(
    "body",
    [{}, {"verb": "accept"}, {"verb": "fly", "objects": ["x"]}, {"verb": "accept", "objects": [1]},
     {"verb": "accept", "objects": {"a": 1}}, {"verb": ["accept"], "objects": ["x"]},
     {"verb": "undo", "objects": ["9"]},
     {"verb": "accept", "objects": ["nothing"], "because": "x", "author": "A"}],
)  # fmt: skip
def test_wish_that_makes_no_sense_is_told_so(bench: Workbench, body: dict[str, Any]) -> None:
    found = bench.client.post("/api/v1/decisions", json=body, headers={"x-csrf-token": bench.csrf})
    assert found.status_code == 400, found.text
    assert found.json()["schema"] == "tallybook.error/1"
    assert bench.items("log") == []


def test_decision_without_author_or_reason_is_refused(bench: Workbench) -> None:
    bench.author = ""
    assert bench.decide("accept", bench.claim("a")).status_code == 400
    bench.author = "Ana"
    assert bench.decide("accept", bench.claim("a"), because="").status_code == 400


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_way_back_never_leads_elsewhere(bench: Workbench, back: str) -> None:
    found = bench.post("/decide", verb="accept", objects=bench.claim("a"), because="x", back=back)
    assert found.headers["location"] == "/"


def test_name_of_who_decides_is_kept_for_the_session_alone(bench: Workbench) -> None:
    bench.post("/settings/name", author="  Ana   B ")
    assert 'value="Ana B"' in bench.get("/settings").text
    assert "Ana B" not in Workbench(bench.app, bench.path).get("/settings").text
