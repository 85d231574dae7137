"""`serve` binds elsewhere than on this machine for people who sign in through a proxy with TLS, and for nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tallybook.store import create_or_open
from tallybook.web.settings import Settings
from tests.unit.cli.conftest import Runner

PASSWORD = "correct horse battery staple\n"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    found: list[Settings] = []

    def serve(settings: Settings, make_reader: Any, tell: Any) -> None:
        found.append(settings)
        tell(settings)

    monkeypatch.setattr("tallybook.web.serving.serve", serve)
    return found


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    create_or_open(str(tmp_path / "war.db")).close()
    (tmp_path / "pw").write_text(PASSWORD, encoding="utf-8")
    return "war.db"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "0.0.0.0"), "--accounts"),
        (("--host", "192.168.1.4"), "--accounts"),
        (("--host", "0.0.0.0", "--accounts"), "--behind-proxy"),
        (("--behind-proxy", "127.0.0.1"), "--accounts"),
        (("--accounts", "--behind-proxy", "127.0.0.1"), "--host-name"),
        (("--accounts", "--behind-proxy", "nowhere", "--host-name", "tally.example"), "address or a network"),
        (("--accounts",), "people add NAME --role administrator --book war.db"),
    ],
)
def test_what_is_not_safe_is_refused(
    run: Runner, book: str, served: list[Settings], arguments: tuple[str, ...], told: str
) -> None:
    found = run("serve", "--book", book, *arguments)
    assert (found.code, found.out) == (2, "")
    assert told in found.err
    assert served == []


def test_people_are_served_once_somebody_can_administer(run: Runner, book: str, served: list[Settings]) -> None:
    run("people", "add", "Ana", "--role", "administrator", "--password-file", "pw", "--book", book)
    proxied = ("--host", "0.0.0.0", "--behind-proxy", "10.0.0.0/24", "--host-name", "tally.example")
    found = run("serve", "--accounts", *proxied, "--book", book)
    assert found.code == 0
    assert found.out.splitlines()[0] == "https://tally.example/"
    assert "token" not in found.out
    assert served[0].secure
    assert run("serve", "--accounts", "--book", book).out.splitlines()[0] == "http://127.0.0.1:8137/"
    assert served[1].cookie == "tallybook-8137"


def test_loopback_prints_the_address_with_its_token_as_before(run: Runner, book: str, served: list[Settings]) -> None:
    found = run("serve", "--book", book, "--allow-host", "other.example")
    assert found.out.splitlines()[0] == served[0].opening
    assert f"?token={served[0].token}" in found.out
    assert served[0].allowed == ("other.example",)
