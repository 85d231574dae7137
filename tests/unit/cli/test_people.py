"""`people`: the first administrator is made here, and no password is ever an argument."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallybook.store import create_or_open
from tests.unit.cli.conftest import Runner

PASSWORD = "correct horse battery staple"


@pytest.fixture
def book(tmp_path: Path) -> str:
    create_or_open(str(tmp_path / "war.db")).close()
    (tmp_path / "secret").write_text(PASSWORD + "\nnot this line\n", encoding="utf-8")
    return "war.db"


def test_people_are_added_listed_changed_and_disabled(run: Runner, book: str) -> None:
    file = ("--password-file", "secret", "--book", book)
    assert run("people", "add", "Ana Ibarz", "--role", "administrator", *file).code == 0
    assert run("people", "add", "Ben", *file).out == "Ben may sign in as reader.\n"
    assert run("people", "set-role", "ben", "coder", "--book", book).out == "Ben is coder now.\n"
    assert run("people", "disable", "Ben", "--book", book).code == 0
    listed = [json.loads(line) for line in run("people", "list", "--book", book, "--format", "json").out.splitlines()]
    assert [(p["name"], p["role"], p["active"]) for p in listed] == [
        ("Ana Ibarz", "administrator", True), ("Ben", "coder", False),
    ]  # fmt: skip
    assert run("people", "enable", "Ben", "--book", book).code == 0
    assert run("people", "reset-password", "Ben", "--clear-code", *file).code == 0
    assert "Ana Ibarz" in run("people", "list", "--book", book).out


def test_wrong_usage_is_told_and_changes_nothing(run: Runner, book: str, tmp_path: Path) -> None:
    file = ("--password-file", "secret", "--book", book)
    run("people", "add", "Ana", "--role", "administrator", *file)
    (tmp_path / "short").write_text("short", encoding="utf-8")
    for arguments, told in (
        (("add", "Ana", *file), "there already"),
        (("add", "Cy", "--role", "boss", *file), "no role"),
        (("add", "Cy", "--password-file", "short", "--book", book), "12 to 500"),
        (("add", "Cy", "--password-file", "nowhere", "--book", book), "cannot be read"),
        (("add", "Cy", "--book", book), "--password-file"),
        (("disable", "Ana", "--book", book), "Nobody could administer"),
        (("set-role", "Ana", "reader", "--book", book), "Nobody could administer"),
        (("disable", "Eve", "--book", book), "Nobody here"),
    ):
        found = run("people", *arguments)
        assert found.code == 2, arguments
        assert told in found.err
    assert len(run("people", "list", "--book", book, "--format", "json").out.splitlines()) == 1


def test_password_is_typed_twice(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert "differ" in run("people", "add", "Ana", "--book", book).err
    assert run("people", "add", "Ana", "--book", book).code == 0
