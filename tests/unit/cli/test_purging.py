"""`purge`, as it is typed: what goes is told first, nothing is done unasked, and what cannot be reached is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Runner

WHY = ("--author", "Ana", "--because", "the family asked")
TEXT = "12 civilians were killed in Karsk on 2024-03-01. Marta Velin, 34, was killed. Her mother Ana Velin wept."


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run("add", "a.txt", "--publisher", "Herald", "--published", "2024-03-02")
    return "tallybook.db"


def name_in(tmp_path: Path) -> bool:
    return any(b"velin" in p.read_bytes().lower() for p in tmp_path.glob("tallybook.db*") if "before" not in p.name)


def test_what_goes_is_told_and_nothing_is_done_unasked(run: Runner, book: str, tmp_path: Path) -> None:
    before = Path(book).read_bytes()
    for arguments, code in ((("--dry-run",), 0), ((), 2)):
        ran = run("purge", "--victim", "Marta Velin", *WHY, *arguments)
        assert ran.code == code
        assert "Out of 1 reports go, under marks: Marta Velin." in ran.out
        assert "Records of named victims that go: 1, of 1 persons." in ran.out
        assert "Out of reach: backups and copies of the book" in ran.out
        assert Path(book).read_bytes() == before
    assert "give --yes. Nothing was purged." in ran.err


def test_the_name_is_gone_and_verify_says_that_something_was_purged(run: Runner, book: str, tmp_path: Path) -> None:
    Path("tallybook.db.before-0002").write_text("an old copy", encoding="utf-8")
    log = Path("tallybook.db.releases.jsonl")
    log.write_text(json.dumps({"folder": "/out/Marta Velin", "counts": {}}) + "\n", encoding="utf-8")
    ran = run("purge", "--victim", "Marta Velin", *WHY, "--yes")
    assert ran.code == 0, ran.err
    assert "Still holding it, and yours to delete: tallybook.db.before-0002" in ran.out
    assert "Purged as judgement 1 (j" in ran.out
    assert "Receipt: " in ran.out
    assert not name_in(tmp_path)
    verified = run("verify", "--format", "json")
    assert (verified.code, json.loads(verified.out)["purges"]) == (0, [1])
    assert "1 record was purged, see judgement 1; the log is whole." in verified.err
    assert "the family asked" in run("log").out
    assert run("undo", "1", *WHY).code == 2
    again = run("add", "a.txt", "--publisher", "Herald", "--published", "2024-03-02")
    assert (again.code, "purged-again" in again.err) == (0, True)
    assert not name_in(tmp_path)


def test_words_of_a_source_that_stay_are_named(run: Runner, book: str) -> None:
    run("add", "a.txt", "--publisher", "Ana Velin", "--published", "2024-03-03")
    ran = run("purge", "--source", "Ana Velin", *WHY, "--dry-run", "--author", "Bo")
    assert ran.code == 0, ran.err
    assert "'Velin' stays where it stands alone, 2 times. If it tells who it is, add --also 'Velin'." in ran.out


def test_a_whole_report_goes(run: Runner, book: str) -> None:
    ran = run("purge", "--document", "a", *WHY, "--yes", "--format", "json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["schema"], told["committed"], told["reports"]) == ("tallybook.purge/1", True, ["a"])
    assert told["moves"][0]["before"] == {"low": 12, "best": 12, "high": 12}
    again = run("add", "a.txt", "--publisher", "Another", "--published", "2024-03-02")
    assert again.code == 1
    assert "was purged from this book (judgement 1)" in again.err
    assert run("claims", "--format", "json").out == ""


@pytest.mark.parametrize(
    "arguments", [(), ("--victim", "x", "--source", "y"), ("--victim", "Marta Velim"), ("--document", "zzz")]
)
def test_what_is_to_go_must_be_one_thing_that_the_book_has(run: Runner, book: str, arguments: tuple[str, ...]) -> None:
    assert run("purge", *arguments, *WHY, "--yes").code == 2


def test_the_reason_may_not_hold_the_name(run: Runner, book: str) -> None:
    ran = run("purge", "--victim", "Marta Velin", "--author", "Bo", "--because", "as M. Velin asked", "--yes")
    assert (ran.code, "holds the very words that are to go" in ran.err) == (2, True)
