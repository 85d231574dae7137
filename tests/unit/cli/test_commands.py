"""The commands as CONTRACT fixes them: what they print and how they leave."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tallybook.store import sqlite
from tests.unit.cli.conftest import Ran, Runner

LISTS = ("claims", "incidents", "victims", "control", "issues", "conflicts")


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    (tmp_path / "a ပြည်.txt").write_text(
        "12 civilians were killed in Karsk on 2024-03-01. Marta Velin, 34, was killed.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("15 civilians were killed in Karsk on 2024-03-01.", encoding="utf-8")
    run("add", "a ပြည်.txt", "--publisher", "Herald", "--published", "2024-03-02", "--book", "my böök.db")
    run("add", "b.txt", "--publisher", "Courier", "--published", "2024-03-02", "--book", "my böök.db")
    return "my böök.db"


def objects(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_read_prints_one_object_a_document_in_the_order_of_ids(run: Runner, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text("5 people were killed in Karsk.\n", encoding="utf-8")
    found = objects(
        run("read", "b.txt", "a.txt", "--format", "json", "--published", "2024-03-02", "--publisher", "OPA")
    )
    assert [f["document"]["id"] for f in found] == ["a", "b"]
    first = found[0]
    assert first["schema"] == "tallybook.claims/1"
    assert first["document"]["published"] == "2024-03-02"
    assert first["document"]["source"] == "a.txt"
    (claim,) = first["claims"]
    assert first["document"]["text"][slice(*claim["span"])] == claim["quote"]
    assert claim["incident"] is None
    assert {"victims", "control", "evidence", "allegations", "conduct", "relations", "force_sizes", "issues"} <= set(
        first
    )
    assert not list(tmp_path.glob("*.db"))


def test_read_explain_names_the_rule_of_every_number(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5 people were killed. Marta Velin, 34, was killed.", encoding="utf-8")
    ran = run("read", "a.txt", "--explain")
    assert "by rule simple" in ran.out
    assert "34: no claim, by rule age" in ran.out
    (found,) = objects(run("read", "a.txt", "--explain", "--format", "json"))
    assert [n["rule"] for n in found["numbers"]] == ["age"]


def test_read_goes_on_after_what_cannot_be_read_and_leaves_with_one(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5 people were killed.", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    ran = run("read", "empty.txt", "missing.txt", "a.txt", "--format", "json")
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1
    errors = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert "empty.txt" in errors[0]


def test_add_tells_what_it_did(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5 people were killed.", encoding="utf-8")
    (first,) = objects(run("add", "a.txt", "--format", "json"))
    assert (first["documents"], first["known"], first["claims"]) == (1, 0, 1)
    (second,) = objects(run("add", "a.txt", "--format", "json"))
    assert (second["documents"], second["known"]) == (0, 1)
    assert (tmp_path / "tallybook.db").exists()


def test_issues_go_to_standard_error_one_line_each(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing\nhappened.", encoding="utf-8")
    ran = run("add", "a.txt")
    assert ran.code == 0
    assert ran.err.splitlines() == ["issue: no-claims: a: nothing was read."]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_as_table_json_and_csv(run: Runner, book: str, name: str) -> None:
    table = run(name, "--book", book)
    assert table.code == 0
    assert all(cell_len(line) <= 80 for line in table.out.splitlines())
    assert "\x1b" not in table.out
    as_json = objects(run(name, "--book", book, "--format", "json"))
    as_csv = list(csv.DictReader(io.StringIO(run(name, "--book", book, "--format", "csv").out)))
    if name in ("victims", "control", "issues", "conflicts"):
        assert len(as_json) == len(as_csv)
        assert {i["schema"] for i in as_json} <= {f"tallybook.{name}/1"}
        assert all("document" in i for i in as_json)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_takes_the_filters(run: Runner, book: str, name: str) -> None:
    filters = [
        "--measure",
        "killed",
        "--who",
        "civilian",
        "--in",
        "Karsk",
        "--since",
        "2024-01-01",
        "--until",
        "2024-12-31",
    ]
    assert run(name, *filters, "--book", book).code == 0


def test_incident_object_has_the_keys_of_the_contract(run: Runner, book: str) -> None:
    (incident,) = objects(run("incidents", "--book", book, "--format", "json"))
    assert {"schema", "id", "claims", "documents", "parts", "event_type", "place", "date", "figures"} <= set(incident)
    assert incident["documents"] == ["a ပြည်", "b"]
    assert {"measure": "killed", "affiliation": "civilian", "low": 12, "best": 15, "high": 15} in [
        {**f, "best": 15} for f in incident["figures"]
    ]


def test_total_prints_bounds_and_an_id_that_why_takes(run: Runner, book: str) -> None:
    (figure,) = objects(run("total", "killed", "--book", book, "--format", "json"))
    assert (figure["low"], figure["high"], figure["unreviewed"]) == (12, 15, 2)
    assert figure["schema"] == "tallybook.figure/1"
    proof = run("why", figure["id"], "--book", book)
    again = run("why", "killed", "--book", book)
    assert proof.code == 0
    assert proof.out == again.out
    assert '"12 civilians were killed in Karsk' in " ".join(proof.out.split())


def test_total_of_nothing_is_null_and_leaves_with_zero(run: Runner, book: str) -> None:
    (figure,) = objects(run("total", "missing", "--book", book, "--format", "json"))
    assert (figure["low"], figure["best"], figure["high"]) == (None, None, None)
    assert figure["counted"] == []


def test_answering_writes_nothing(run: Runner, book: str, tmp_path: Path) -> None:
    before = (tmp_path / book).read_bytes()
    for command in (["total", "killed"], ["why", "killed"], ["claims"], ["incidents"], ["verify"]):
        assert run(*command, "--book", book).code == 0
    assert (tmp_path / book).read_bytes() == before
    assert [p.name for p in tmp_path.glob("my*")] == [book]


def test_verify_prints_one_hash(run: Runner, book: str) -> None:
    first = run("verify", "--book", book)
    assert len(first.out.strip()) == 64
    assert run("verify", "--book", book).out == first.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["claims", "--nonsense"], 2, "--nonsense"),
        (["nonsense"], 2, "nonsense"),
        (["total"], 2, "MEASURE"),
        (["total", "slain", "--book", "{book}"], 2, "killed, injured"),
        (["total", "killed", "--in", "Karks", "--book", "{book}"], 2, "Nearest: Karsk"),
        (["total", "killed", "--since", "soon", "--book", "{book}"], 2, "--since"),
        (["claims", "--format", "xml", "--book", "{book}"], 2, "xml"),
        (["read", "b.txt", "--published", "2999-01-01"], 2, "future"),
        (["read", "b.txt", "--published", "soon"], 2, "soon"),
        (["add", "b.txt", "--knowledge", "nowhere"], 2, "nowhere"),
        (["claims", "--book", "missing.db"], 3, "missing.db"),
        (["claims", "--book", "b.txt"], 3, "b.txt"),
        (["add", "b.txt", "--book", "b.txt"], 3, "b.txt"),
        (["add", "b.txt", "--book", "no/folder/x.db"], 3, "x.db"),
        (["why", "c-nothing", "--book", "{book}"], 2, "c-nothing"),
        (["demo", "--book", "{book}"], 2, "another book"),
    ],
)
def test_wrong_calls_get_one_line_and_their_code(
    run: Runner, book: str, arguments: list[str], code: int, words: str
) -> None:
    ran = run(*(a.format(book=book) for a in arguments))
    assert ran.code == code
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error: ")
    assert words in ran.err


def test_locked_book_leaves_with_three(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)
    Path("c.txt").write_text("1 people were killed.", encoding="utf-8")
    holder = sqlite3.connect(book, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    ran = run("add", "c.txt", "--book", book)
    holder.close()
    assert ran.code == 3
    assert "locked" in ran.err


def test_unexpected_trouble_is_one_line_too(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tallybook.runs import checking

    monkeypatch.setattr(checking, "verify", lambda desk: 1 // 0)
    ran = run("verify", "--book", book)
    assert ran.code == 70
    assert len(ran.err.splitlines()) == 1


def test_cells_that_look_like_formulas_are_made_harmless(run: Runner, tmp_path: Path) -> None:
    Path("x.txt").write_text("5 people were killed in Karsk.", encoding="utf-8")
    run("add", "x.txt", "--publisher", '=HYPERLINK("http://a.example")')
    ran = run("claims", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["publisher"] == '\'=HYPERLINK("http://a.example")'
    assert row["start"] == ""


def test_standard_input_is_read(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(b"5 people were killed.")

    monkeypatch.setattr("sys.stdin", Piped())
    (found,) = objects(run("read", "-", "--format", "json"))
    assert len(found["document"]["id"]) == 12
    assert found["document"]["source"] == "standard input"


def test_help_of_every_command_has_an_example(run: Runner) -> None:
    listed = run("--help")
    assert listed.code == 0
    for name in ("read", "add", *LISTS, "total", "why", "verify", "demo", "about"):
        assert f"  {name}" in listed.out
        assert f"tallybook {name}" in run(name, "--help").out


def test_about_names_reader_and_packs(run: Runner, tmp_path: Path) -> None:
    import importlib.metadata

    assert importlib.metadata.version("tallybook")
    (found,) = objects(run("about", "--format", "json"))
    assert found["reader"] == "simple/1"
    assert any(pack.startswith("core") for pack in found["packs"])


def test_about_a_book_names_the_packs_that_it_remembers(run: Runner, tmp_path: Path) -> None:
    assert run("demo", "--book", "demo.db").code == 0
    (found,) = objects(run("about", "--book", "demo.db", "--format", "json"))
    assert any(pack.startswith("orvania") for pack in found["packs"])
    assert run("about", "--book", "missing.db").code == 3


def test_an_engine_that_nobody_knows_makes_no_book(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("12 people were killed in Karsk.", encoding="utf-8")
    ran = run("add", "a.txt", "--engine", "mars")
    assert (ran.code, "local, processes, dask" in ran.err) == (2, True)
    assert not (tmp_path / "tallybook.db").exists()
