"""`lock`, `unlock` and every other command on a locked book, as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.locks import ANOTHER, PASSPHRASE, asked, needs_library
from tests.unit.cli.conftest import Runner

TEXT = "12 civilians were killed in Karsk on 2024-03-01. Marta Velin, 34, was killed."
Given = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    needs_library()
    with asked(None, monkeypatch):
        yield


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Given:
    """Return a function that puts a passphrase into a file and names that in the environment."""

    def give(passphrase: str, variable: str = "TALLYBOOK_PASSPHRASE_FILE") -> None:
        path = tmp_path / f"{variable}.txt"
        path.write_text(passphrase + "\n", encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv(variable, str(path))

    return give


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("add", "in/a.txt", "--publisher", "Herald", "--published", "2024-03-02").code == 0
    return tmp_path / "tallybook.db"


def readable(tmp_path: Path) -> list[str]:
    return [p.name for p in tmp_path.glob("tallybook.db*") if b"Karsk" in p.read_bytes()]


def test_every_command_opens_a_locked_book_with_the_passphrase(
    run: Runner, book: Path, given: Given, tmp_path: Path
) -> None:
    before = run("verify").out
    given(PASSPHRASE, "TALLYBOOK_PASSPHRASE_FILE")
    ran = run("lock", "tallybook.db")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "tallybook.db is locked.")
    assert readable(tmp_path) == []
    assert run("verify").out == before
    (tmp_path / "in" / "b.txt").write_text(TEXT.replace("12", "15"), encoding="utf-8")
    assert run("add", "in/b.txt", "--publisher", "Courier", "--published", "2024-03-03").code == 0
    assert run("total", "killed").code == 0
    assert run("decide", "accept", "x", "--because", "y", "--author", "z").code == 2
    assert run("backup", "tallybook.db.copy").code == 0
    assert run("purge", "--victim", "Marta Velin", "--because", "asked", "--author", "Ana", "--yes").code == 0
    assert readable(tmp_path) == []
    assert run("unlock").code == 0
    assert readable(tmp_path) == ["tallybook.db"]


def test_a_wrong_or_missing_passphrase_is_told_with_exit_code_3(
    run: Runner, book: Path, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(PASSPHRASE, "TALLYBOOK_PASSPHRASE_FILE")
    run("lock")
    for passphrase, words in ((ANOTHER, "does not open the book"), ("", "its first line is empty")):
        with asked(None, monkeypatch):
            given(passphrase, "TALLYBOOK_PASSPHRASE_FILE")
            for command in (
                ("incidents",),
                ("verify",),
                ("add", "in/a.txt"),
                ("lock",),
                ("unlock",),
                ("serve", "--port", "0"),
            ):
                ran = run(*command)
                assert (ran.code, words in ran.err) == (3, True), (command, ran.err)
                assert len(ran.err.splitlines()) == 1
    monkeypatch.delenv("TALLYBOOK_PASSPHRASE_FILE")
    ran = run("incidents")
    assert (ran.code, "nobody can be asked here" in ran.err) == (3, True)


def test_a_passphrase_is_changed_with_both(
    run: Runner, book: Path, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(PASSPHRASE, "TALLYBOOK_PASSPHRASE_FILE")
    run("lock")
    given(ANOTHER, "TALLYBOOK_NEW_PASSPHRASE_FILE")
    with asked(None, monkeypatch):
        assert run("lock").code == 0
    with asked(None, monkeypatch):
        assert run("incidents").code == 3
        given(ANOTHER, "TALLYBOOK_PASSPHRASE_FILE")
        assert run("incidents").code == 0


def test_a_file_that_others_can_read_is_warned_of(run: Runner, book: Path, given: Given, tmp_path: Path) -> None:
    given(PASSPHRASE, "TALLYBOOK_PASSPHRASE_FILE")
    (tmp_path / "TALLYBOOK_PASSPHRASE_FILE.txt").chmod(0o644)
    assert "others of this machine can read the passphrase" in run("lock").err


def test_reports_of_a_locked_book_are_handed_to_no_other_process(run: Runner, book: Path, given: Given) -> None:
    given(PASSPHRASE, "TALLYBOOK_PASSPHRASE_FILE")
    run("lock")
    ran = run("add", "in/a.txt", "--engine", "processes")
    assert (ran.code, "reads in this process alone" in ran.err) == (2, True)


def test_a_passphrase_is_never_an_argument(run: Runner, book: Path) -> None:
    assert run("lock", "--passphrase", PASSPHRASE).code == 2
    assert "--passphrase" not in run("lock", "--help").out


def test_typed_twice_or_not_at_all(run: Runner, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSPHRASE, ANOTHER, PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("tallybook.cli.asking._on_terminal", lambda: True)
    ran = run("lock")
    assert (ran.code, "The two are not the same" in ran.err) == (2, True)
    assert run("lock").code == 0
