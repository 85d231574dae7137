"""`evidence add`, `list` and `export`: into the book, onto a claim, and out again byte for byte."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from tests.pictures import photograph
from tests.unit.cli.conftest import Runner

WHO = ("--author", "Ana", "--because", "shows the crater")
TEXT = "12 civilians were killed in Karsk on 2024-03-01."


@pytest.fixture
def claim(run: Runner, tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run("add", "a.txt", "--publisher", "Herald", "--published", "2024-03-02")
    (tmp_path / "market hit.jpg").write_bytes(photograph())
    return str(json.loads(run("claims", "--format", "json").out)["claims"][0]["id"])


def digest(tmp_path: Path) -> str:
    return hashlib.sha256((tmp_path / "market hit.jpg").read_bytes()).hexdigest()


def test_a_file_is_kept_listed_and_comes_out_as_it_came(run: Runner, claim: str, tmp_path: Path) -> None:
    ran = run("evidence", "add", claim, "market hit.jpg", *WHO)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"market hit.jpg is kept as {digest(tmp_path)} and attached to {claim}: judgement 1.\n"
    (item,) = map(json.loads, run("evidence", "list", "--format", "json").out.splitlines())
    assert (item["schema"], item["claims"], item["author"]) == ("tallybook.evidence/1", [claim], "Ana")
    assert item["metadata"]["location"] == "12.50000, -99.25000"
    assert "shows the crater" in run("evidence", "list").out
    out = run("evidence", "export", digest(tmp_path)[:8], "out")
    path = tmp_path / out.out.strip()
    assert path.read_bytes() == (tmp_path / "market hit.jpg").read_bytes()
    assert path.name.endswith("-market hit.jpg")
    assert run("evidence", "export", "all", "out").code == 2
    assert run("total", "killed", "--format", "json").code == 0


def test_attaching_is_a_judgement_that_can_be_undone_and_the_file_stays(run: Runner, claim: str) -> None:
    run("evidence", "add", claim, "market hit.jpg", *WHO)
    again = run("evidence", "add", claim, "market hit.jpg", *WHO)
    assert (again.code, "attached to" in again.err) == (2, True)
    assert "attach" in run("log").out
    assert run("undo", "1", *WHO).code == 0
    assert run("evidence", "list").out == "No evidence files found.\n"
    assert run("evidence", "export", "all", "out").code == 0
    assert run("evidence", "add", claim, "market hit.jpg", *WHO).code == 0
    assert json.loads(run("verify", "--format", "json").out)["files"] == 1


def test_verify_finds_a_file_that_was_changed_or_is_gone(run: Runner, claim: str) -> None:
    run("evidence", "add", claim, "market hit.jpg", *WHO)
    assert run("verify").code == 0
    for statement, words in (
        ("UPDATE file_parts SET content = x'00'", "its bytes were changed"),
        ("DELETE FROM file_parts", "its bytes were changed"),
        ("DELETE FROM files", "it is attached, and gone"),
    ):
        with sqlite3.connect("tallybook.db") as connection:
            connection.execute(statement)
        connection.close()
        ran = run("verify")
        assert (ran.code, words in ran.err) == (3, True)


def test_copies_and_backups_carry_it(run: Runner, claim: str, tmp_path: Path) -> None:
    run("evidence", "add", claim, "market hit.jpg", *WHO)
    run("backup", "backup.db")
    run("restore", "backup.db", "--book", "again.db")
    run("copy", "again.db", "third.db")
    for book in ("backup.db", "again.db", "third.db"):
        ran = run("evidence", "export", "all", f"out-{book}", "--book", book)
        assert (tmp_path / ran.out.strip()).read_bytes() == (tmp_path / "market hit.jpg").read_bytes()


@pytest.mark.parametrize("how", ["file", "document"])
def test_a_purge_takes_it_out(run: Runner, claim: str, tmp_path: Path, how: str) -> None:
    run("evidence", "add", claim, "market hit.jpg", *WHO)
    piece = (tmp_path / "market hit.jpg").read_bytes()[200:260]
    assert piece in b"".join(p.read_bytes() for p in tmp_path.glob("tallybook.db*"))
    name = digest(tmp_path)[:10] if how == "file" else "a"
    ran = run("purge", f"--{how}", name, "--author", "Bo", "--because", "asked", "--yes")
    assert ran.code == 0, ran.err
    assert "goes with all its bytes" in ran.out
    held = Path("tallybook.db").read_bytes()
    assert not any(word in held for word in (piece, b"market hit", digest(tmp_path).encode(), b"99.25"))
    assert run("verify").code == 0
    assert [line.split()[1] for line in run("log").out.splitlines()[::2]] == ["purged", "purge"]


def test_a_purge_of_a_person_names_the_files_that_stay(run: Runner, claim: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT + " Marta Velin, 34, was killed.", encoding="utf-8")
    run("add", "b.txt", "--publisher", "Courier", "--published", "2024-03-03")
    told = [json.loads(line) for line in run("claims", "--format", "json").out.splitlines()]
    other = next(item["claims"][0]["id"] for item in told if item["document"]["id"] == "b")
    run("evidence", "add", other, "market hit.jpg", "--author", "Ana", "--because", "Marta Velin in the crater")
    ran = run("purge", "--victim", "Marta Velin", "--author", "Bo", "--because", "asked", "--yes")
    assert f"Evidence file {digest(tmp_path)[:12]} stays as it is" in ran.out
    assert run("evidence", "list").code == 0
    assert json.loads(run("verify", "--format", "json").out)["files"] == 1


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_nothing_of_a_file_enters_a_release(run: Runner, claim: str, tmp_path: Path, profile: str) -> None:
    run("evidence", "add", claim, "market hit.jpg", *WHO)
    ran = run("release", "out", "--profile", profile)
    assert ran.code == 0, ran.err
    held = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    words = (b"market hit", digest(tmp_path)[:12].encode(), b"12.50000", b"99.25", b"shows the crater", b"Opal Cameras")
    assert not [w for w in words if w in held]
    assert b"evidence files" in held


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "c-none", "market hit.jpg", *WHO), 2),
        (("add", "CLAIM", "none.jpg", *WHO), 1),
        (("add", "CLAIM", "empty.jpg", *WHO), 1),
        (("export", "abcdef12", "out"), 2),
        (("export", "", "out"), 2),
    ],
)
def test_what_cannot_be_is_refused(
    run: Runner, claim: str, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    (tmp_path / "empty.jpg").touch()
    ran = run("evidence", *(claim if a == "CLAIM" else a for a in arguments))
    assert (ran.code, len(ran.err.splitlines())) == (code, 1)
    assert run("decide", "attach", claim, "--author", "Ana", "--because", "x").code == 2
