"""`actors`, and what people decide on the names it lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Runner

WHO = ("--author", "Ana", "--because", "one group")


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    reports = {
        "a": "12 soldiers were killed by the Red Falcon Brigade in Karsk on 2024-03-25. More is not known.",
        "b": "3 soldiers were killed by the Red Falcons Column in Tolsk on 2024-01-14.",
    }
    for name, text in reports.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        run("add", f"{name}.txt", "--publisher", "Herald", "--published", "2024-03-26")
    return "tallybook.db"


def listed(run: Runner, *options: str) -> dict[str, dict[str, Any]]:
    ran = run("actors", "--format", "json", *options)
    assert ran.code == 0, ran.err
    return {item["name"]: item for item in map(json.loads, ran.out.splitlines())}


def test_names_that_no_pack_knows_are_listed_with_their_sentences(run: Runner, book: str) -> None:
    found = listed(run)
    brigade = found["Red Falcon Brigade"]
    assert (brigade["schema"], brigade["status"], brigade["roles"]) == (
        "tallybook.actors/1",
        "proposed",
        ["perpetrator"],
    )
    assert brigade["sentences"] == ["12 soldiers were killed by the Red Falcon Brigade in Karsk on 2024-03-25."]
    assert "proposed" in run("actors").out
    assert "Red Falcon Brigade" in run("actors", "--format", "csv").out


def test_accepting_keeps_the_kind(run: Runner, book: str) -> None:
    assert run("decide", "accept-actor", "Red Falcon Brigade", "rebel", *WHO).code == 0
    brigade = listed(run)["Red Falcon Brigade"]
    assert (brigade["status"], brigade["kind"], brigade["into"]) == ("accepted", "rebel", None)
    assert run("decide", "accept-actor", "Red Falcon Brigade", "gang", *WHO).code == 2


def test_merging_moves_every_figure_by_author_and_undo_takes_it_back(run: Runner, book: str) -> None:
    def killed(by: str) -> int | None:
        ran = run("total", "killed", "--by", by, "--format", "json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)["low"]  # type: ignore[no-any-return]

    assert killed("Red Falcon Brigade") == 12
    assert run("decide", "merge-actor", "Red Falcons Column", "Red Falcon Brigade", *WHO).code == 0
    assert killed("Red Falcon Brigade") == killed("Red Falcons Column") == 15
    merged = listed(run)["Red Falcons Column"]
    assert (merged["status"], merged["into"]) == ("merged", "Red Falcon Brigade")
    why = run("why", merged["claims"][0])
    assert "decided merge-actor actor to Red Falcon Brigade, read as Red Falcons Column" in " ".join(why.out.split())
    assert run("undo", "1", *WHO).code == 0
    assert killed("Red Falcon Brigade") == 12


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Nobody Here", "Red Falcon Brigade"), "No claim of this book names 'Nobody Here'"),
        (("Red Falcon Brigade", "Red Falcon Brigade"), "cannot be another name of itself"),
        (("Red Falcon Brigade", "Zzyzx Quorum"), "No actor is known as"),
        (("Red Falcon Brigade",), "OBJECT VALUE"),
    ],
)
def test_what_cannot_be_merged_is_said(run: Runner, book: str, words: tuple[str, ...], told: str) -> None:
    ran = run("decide", "merge-actor", *words, *WHO)
    assert ran.code == 2
    assert told in ran.err
