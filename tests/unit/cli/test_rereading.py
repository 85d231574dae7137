"""`runs` and `reread`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.simple_reader import SimpleReader
from tests.unit.cli.conftest import Runner


class Newer(SimpleReader):
    """Reads one person more."""

    name = "simple/2"

    def read(self, document: Any) -> Any:
        from dataclasses import replace

        made = super().read(document)
        more = tuple(replace(c, id=f"{c.id}n", reader=self.name, count=_one_more(c.count)) for c in made.claims)
        return replace(made, reader=self.name, claims=more)


def _one_more(count: Any) -> Any:
    from dataclasses import replace

    return replace(count, low=count.low + 1, high=count.high + 1)


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text("12 civilians were killed in Karsk on 2024-03-01.", encoding="utf-8")
    run("add", "a.txt", "--publisher", "Herald", "--published", "2024-03-02")
    (tmp_path / "b.txt").write_text("Nothing happened.", encoding="utf-8")
    run("add", "b.txt", "--publisher", "Herald", "--published", "2024-03-02")
    return "tallybook.db"


def killed(run: Runner) -> int:
    ran = run("total", "killed", "--format", "json")
    assert ran.code == 0, ran.err
    return int(json.loads(ran.out)["low"])


def test_runs_lists_what_each_brought(run: Runner, book: str) -> None:
    first, second = map(json.loads, run("runs", "--format", "json").out.splitlines())
    assert (first["run"], first["documents"], first["claims"], first["readers"]) == ("r1", 1, 1, ["simple/1"])
    assert (second["run"], second["claims"], second["issues"]) == ("r2", 0, {"no-claims": 1})
    assert "r1" in run("runs").out


def test_the_same_reader_has_nothing_to_read_again(run: Runner, book: str) -> None:
    before = Path(book).read_bytes()
    ran = run("reread", "--dry-run")
    assert "Documents to read again: 0." in ran.out
    assert Path(book).read_bytes() == before


def test_a_newer_reader_tells_first_what_moves_and_then_moves_it(
    run: Runner, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["tallybook.claims.reader"], "Reader", Newer)
    ran = run("reread", "--dry-run")
    assert "killed, any: 12..12 -> 13..13" in ran.out
    assert killed(run) == 12
    told = json.loads(run("reread", "--format", "json").out)
    assert (told["documents"], told["kept"], killed(run)) == (2, True, 13)
    assert json.loads(run("reread", "--format", "json").out)["documents"] == 0


def test_what_people_decided_holds_for_the_new_reading(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [json.loads(line) for line in run("claims", "--format", "json").out.splitlines()]
    claim = next(item["claims"][0]["id"] for item in claims if item["claims"])
    who = ("--author", "Ana", "--because", "checked")
    assert run("decide", "set-field", claim, "count", "9", *who).code == 0
    monkeypatch.setattr(sys.modules["tallybook.claims.reader"], "Reader", Newer)
    assert "No figure moves." in run("reread").out
    assert killed(run) == 9
