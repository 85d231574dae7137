"""`decide`, `undo`, `log`, `diff` and the chain in `verify`, as they are typed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Ran, Runner

WHO = ("--author", "Ana", "--because", "seen twice")


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    for name, number, publisher in (("a", 12, "Herald"), ("b", 15, "Courier")):
        text = f"{number} civilians were killed in Karsk on 2024-03-01."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        run("add", f"{name}.txt", "--publisher", publisher, "--published", "2024-03-02")
    return "tallybook.db"


def objects(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def claim(run: Runner, document: str) -> str:
    items = objects(run("claims", "--format", "json"))
    return next(str(i["claims"][0]["id"]) for i in items if i["document"]["id"] == document)


def test_figures_that_move_are_told_before_the_judgement_is_kept(run: Runner, book: str) -> None:
    ran = run("decide", "reject", claim(run, "b"), *WHO)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "killed, any: 12..15 -> 12..12"
    assert lines[-1].startswith("Kept as judgement 1 (j")
    (figure,) = objects(run("total", "killed", "--format", "json"))
    assert (figure["low"], figure["high"]) == (12, 12)
    assert figure["left_out"] == [{"claim": claim(run, "b"), "reason": "rejected", "field": None}]


def test_dry_run_tells_the_same_and_decides_nothing(run: Runner, book: str) -> None:
    before = Path(book).read_bytes()
    ran = run("decide", "reject", claim(run, "b"), *WHO, "--dry-run")
    assert "killed, any: 12..15 -> 12..12" in ran.out
    assert "Nothing was decided" in ran.out
    assert Path(book).read_bytes() == before
    (told,) = objects(run("decide", "reject", claim(run, "b"), *WHO, "--dry-run", "--format", "json"))
    assert (told["schema"], told["committed"]) == ("tallybook.decision/1", False)


def test_json_holds_judgement_and_moves(run: Runner, book: str) -> None:
    (told,) = objects(run("decide", "reject", claim(run, "b"), *WHO, "--format", "json"))
    assert told["committed"] is True
    assert told["judgement"]["verb"] == "reject"
    move = told["moves"][0]
    assert (move["measure"], move["who"], move["incident"]) == ("killed", "any", None)
    assert move["before"] == {"low": 12, "best": 15, "high": 15} or move["before"]["high"] == 15
    assert (move["after"]["low"], move["after"]["high"]) == (12, 12)
    assert move["claims"] == [claim(run, "b")]


@pytest.mark.parametrize("words", [("count", "14"), ("count=14",)])
def test_field_and_value_are_typed_apart_or_together(run: Runner, book: str, words: tuple[str, ...]) -> None:
    assert "killed, any: 12..15 -> 14..15" in run("decide", "set-field", claim(run, "a"), *words, *WHO).out
    items = objects(run("claims", "--format", "json"))
    corrected = items[0]["claims"][0]["corrected"]
    assert [(c["field"], c["was"]["low"]) for c in corrected] == [("count", 12)]


def test_option_names_the_field_too(run: Runner, book: str) -> None:
    ran = run("decide", "set-field", claim(run, "a"), claim(run, "b"), "combatant", "--field", "affiliation", *WHO)
    assert "killed, combatant: none -> 12..15" in ran.out


def test_documents_are_named_by_id(run: Runner, book: str) -> None:
    assert run("decide", "set-publisher", "b", "Herald", *WHO).code == 0
    items = objects(run("claims", "--format", "json"))
    assert [i["document"]["publisher"] for i in items] == ["Herald", "Herald"]
    assert items[1]["document"]["mended"][0]["was"] == "Courier"


def test_undo_restores_and_verify_says_so(run: Runner, book: str) -> None:
    before = run("verify").out
    run("decide", "reject", claim(run, "b"), *WHO)
    assert run("verify").out != before
    assert "killed, any: 12..12 -> 12..15" in run("undo", "1", *WHO).out
    assert run("verify").out == before
    (told,) = objects(run("verify", "--format", "json"))
    assert (told["judgements"], told["broken"]) == (2, [])


def test_log_lists_filters_and_exports(run: Runner, book: str) -> None:
    run("decide", "reject", claim(run, "b"), *WHO)
    run("decide", "accept", claim(run, "a"), "--author", "Ben", "--because", "=checked")
    run("undo", "1", *WHO)
    assert [j["number"] for j in objects(run("log", "--format", "json"))] == [1, 2, 3]
    assert [j["number"] for j in objects(run("log", "--author", "ben", "--format", "json"))] == [2]
    assert [j["number"] for j in objects(run("log", "--verb", "undo", "--format", "json"))] == [3]
    about = objects(run("log", "--object", claim(run, "b"), "--format", "json"))
    assert [(j["number"], j["undone_by"]) for j in about] == [(1, 3)]
    rows = list(csv.DictReader(io.StringIO(run("log", "--format", "csv").out)))
    assert [r["because"] for r in rows] == ["seen twice", "'=checked", "seen twice"]
    table = run("log").out
    assert "1  reject" in table
    assert "(undone by 3)" in table
    assert "undo judgement 1" in table
    assert run("log", "--author", "Eve").out == "No judgements found.\n"
    assert run("log", "--verb", "adopt").code == 2


def test_verify_names_the_judgement_that_was_changed(run: Runner, book: str) -> None:
    run("decide", "reject", claim(run, "b"), *WHO)
    run("decide", "accept", claim(run, "a"), *WHO)
    connection = sqlite3.connect(book)
    connection.execute("UPDATE judgements SET record = replace(record, 'Ana', 'Eve') WHERE number = 1")
    connection.commit()
    connection.close()
    ran = run("verify")
    assert ran.code == 3
    assert "judgement 1 (j" in ran.err
    assert "judgement 2" not in ran.err


def test_verify_names_a_judgement_that_cannot_be_read(run: Runner, book: str) -> None:
    run("decide", "reject", claim(run, "b"), *WHO)
    connection = sqlite3.connect(book)
    connection.execute("UPDATE judgements SET record = '{' WHERE number = 1")
    connection.commit()
    connection.close()
    ran = run("verify")
    assert ran.code == 3
    assert "Judgement 1 cannot be read" in ran.err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("decide", "reject", "nothing", *WHO), "no claim or incident 'nothing'"),
        (("decide", "adopt", "nothing", *WHO), "Give one of: same, different"),
        (("decide", "set-field", "x", *WHO), "OBJECT FIELD VALUE"),
        (("decide", "set-place", "x", *WHO), "OBJECT VALUE"),
        (("decide", "accept", "x", "--field", "count", *WHO), "sets no field"),
        (("decide", "accept", "x", "--author", "Ana"), "--because"),
        (("undo", "4", *WHO), "no judgement '4'"),
        (("diff", "--since", "never"), "is no moment"),
    ],
)
def test_wrong_usage_leaves_with_two_and_one_line(run: Runner, book: str, typed: tuple[str, ...], words: str) -> None:
    ran = run(*typed)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1


def test_missing_book_leaves_with_three(run: Runner) -> None:
    assert run("decide", "accept", "x", *WHO).code == 3
    assert run("log").code == 3


def test_diff_lists_figures_and_what_moved_them(run: Runner, book: str) -> None:
    run("decide", "reject", claim(run, "b"), *WHO)
    (told,) = objects(run("diff", "--since", "r1", "--format", "json"))
    assert told["documents"][0]["id"] == "b"
    assert told["judgements"] == [1]
    (moved,) = [f for f in objects(run("diff", "--since", "0", "--format", "json"))[0]["figures"]
                if (f["incident"], f["who"]) == (None, "any")]  # fmt: skip
    assert (moved["before"]["high"], moved["after"]["high"]) == (15, 12)
    assert (moved["claims"], moved["judgements"]) == ([claim(run, "b")], [1])
    table = run("diff", "--since", "0").out
    assert "killed, any: 12..15 -> 12..12" in table
    assert "Judgement 1 (reject" in table
    assert "No figure moved." in run("diff", "--since", "1").out


def test_add_tells_its_run(run: Runner, book: str, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("3 people were killed in Tolvi on 2024-03-05.", encoding="utf-8")
    (told,) = objects(run("add", "c.txt", "--format", "json"))
    assert told["run"] == "r3"
    (again,) = objects(run("add", "c.txt", "--format", "json"))
    assert again["run"] is None


def test_help_says_nothing_that_only_programmers_need(run: Runner) -> None:
    for command in ("decide", "undo", "log", "diff", "verify", "read", "add"):
        assert "Raises" not in run(command, "--help").out
