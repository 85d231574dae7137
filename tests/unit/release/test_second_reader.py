"""A second process reads a large release back, and whatever becomes of it, no file goes unread."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tallybook.release import second_reader as room
from tallybook.release.clearing import cleared
from tallybook.release.folder import Folder
from tallybook.release.lint import Leak, Leaking, lint
from tallybook.release.second_reader import SecondReader, packed_up, second_reader
from tallybook.release.secrets import Secrets, secrets_of
from tests.unit.release import sample
from tests.unit.release.test_attacks import PUBLIC, released

LARGE, SMALL = room.WORTH_IT, room.WORTH_IT - 1
Change = Callable[[SecondReader], None]


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    whole = sample.material(log=(sample.judgement(),))
    return secrets_of(whole, cleared(whole, PUBLIC, sample.key()).edition, PUBLIC, sample.key())


def planted(folder: Folder) -> None:
    folder.write("first.csv", f"id,name\n1,{sample.SECRET_NAME}\n")
    folder.write("a name with blanks \u00e9.txt", "nothing here\n")
    with sqlite3.connect(folder.place_for("t.sqlite")) as connection:
        connection.execute("create table t (a, b)")
        connection.execute("insert into t values (-46.95, -18.52)")


def found(folder: Folder, secrets: Secrets, claims: int, change: Change = lambda _: None) -> list[Leak]:
    with second_reader(folder, packed_up(secrets), claims) as reader:
        planted(folder)
        reader.hand_over()
        change(reader)
        folder.write("last.html", "<p>Marrow &#80;ass</p>")
        return reader.leaks()


def kill(reader: SecondReader) -> None:
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()


@pytest.mark.parametrize("claims", [SMALL, LARGE])
def test_leaks_are_the_same_with_and_without_it(tmp_path: Path, secrets: Secrets, claims: int) -> None:
    leaks = found(Folder(tmp_path), secrets, claims)
    assert {leak.file for leak in leaks} == {"first.csv", "t.sqlite", "last.html"}
    assert leaks == lint(Folder(tmp_path), secrets)


def test_it_has_read_all_that_it_was_handed(tmp_path: Path, secrets: Secrets) -> None:
    with second_reader(Folder(tmp_path), packed_up(secrets), LARGE) as reader:
        planted(Folder(tmp_path))
        reader.hand_over()
        read, leaks = reader._answer()
    assert read == set(Folder(tmp_path).names())
    assert {leak.file for leak in leaks} == {"first.csv", "t.sqlite"}


def test_when_it_dies_the_files_are_read_here(tmp_path: Path, secrets: Secrets) -> None:
    assert found(Folder(tmp_path), secrets, LARGE, kill) == lint(Folder(tmp_path), secrets) != []


@pytest.mark.parametrize("program", ["no-such-program", "false"])
def test_where_it_does_not_start_the_files_are_read_here(
    tmp_path: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert found(Folder(tmp_path), secrets, LARGE) == lint(Folder(tmp_path), secrets) != []


def test_a_release_that_it_reads_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = released(tmp_path / "one")
    monkeypatch.setattr(room, "WORTH_IT", 0)
    other = released(tmp_path / "other")
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    assert all((one / f).read_bytes() == (other / f).read_bytes() for f in files)


def test_a_leak_that_it_finds_fails_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WORTH_IT", 0)
    monkeypatch.setattr("tallybook.release.writing.method", lambda *_: f"told by {sample.WITNESS}\n")
    with pytest.raises(Leaking, match=r"METHOD\.md"):
        released(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
