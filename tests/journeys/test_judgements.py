"""A recorder at work, with the real reader: decides, sees what moves, mends a date, undoes, and proves the past."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.driving import Said
from tests.journeys.driving import tallybook as tb

MARKET = (
    "At least 12 civilians were killed on Monday when shells hit a market in the town of Brannik, a hospital official "
    "said.\n"
)
AGAIN = "Shells killed 15 civilians in the market of Brannik on Monday, residents said. Five others were injured.\n"
ROWS = (
    {"id": "market", "publisher": "Orvania Press", "published": "2024-03-05", "text": MARKET},
    {"id": "again", "publisher": "Courier", "published": "2024-03-05", "text": AGAIN},
)
BOOK = ("--book", "war.db")
ANA = ("--author", "Ana", "--because", "the hospital's list")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("my war ပြည်")
    for row in ROWS:
        (folder / f"{row['id']}.jsonl").write_text(json.dumps(row), encoding="utf-8")
        assert tb("add", f"{row['id']}.jsonl", *BOOK, at=folder).code == 0
    return folder


def claims(at: Path, document: str) -> list[dict[str, Any]]:
    items = tb("claims", *BOOK, "--format", "json", at=at).objects()
    return next(list(i["claims"]) for i in items if i["document"]["id"] == document)


def killed(at: Path) -> tuple[int | None, int | None]:
    (figure,) = tb("total", "killed", *BOOK, "--format", "json", at=at).objects()
    return figure["low"], figure["high"]


def decide(at: Path, *words: str) -> Said:
    return tb("decide", *words, *ANA, *BOOK, at=at)


def test_a_day_of_decisions_can_be_followed_and_taken_back(at: Path) -> None:
    untouched = tb("verify", *BOOK, at=at).out
    market, again = claims(at, "market")[0], claims(at, "again")[0]
    assert market["incident"] == again["incident"]

    counted = decide(at, "set-field", market["id"], "count", "13")
    assert counted.code == 0, counted.err
    assert counted.out.splitlines()[0].startswith("killed, any: 12.. -> 13..15")
    assert killed(at) == (13, 15)

    assert decide(at, "different", market["id"], again["id"]).code == 0
    refused = decide(at, "same", market["id"], again["id"])
    assert refused.code == 2
    assert f"2 (different {market['id']} {again['id']}, by Ana)" in refused.err
    assert killed(at) == (28, 28)

    mended = decide(at, "set-published", "market", "2024-02-06")
    assert mended.code == 0, mended.err
    now = claims(at, "market")[0]
    assert (market["date"]["start"], now["date"]["start"]) == ("2024-03-04", "2024-02-05")
    assert (now["id"], now["quote"]) == (market["id"], market["quote"])
    assert now["corrected"][0]["field"] == "count"

    moved = tb("diff", "--since", "0", *BOOK, at=at)
    assert "killed, any: 12.. -> 28..28" in moved.out

    for number in ("3", "2", "1"):
        assert tb("undo", number, *ANA, *BOOK, at=at).code == 0
    assert tb("verify", *BOOK, at=at).out == untouched
    log = tb("log", *BOOK, "--format", "json", at=at).objects()
    assert [j["verb"] for j in log] == ["set-field", "different", "set-published", "undo", "undo", "undo"]


def test_changed_past_is_found(at: Path) -> None:
    copy = at / "changed.db"
    assert decide(at, "accept", claims(at, "market")[0]["id"]).code == 0
    copy.write_bytes((at / "war.db").read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute("UPDATE judgements SET record = replace(record, 'hospital', 'village') WHERE number = 2")
    connection.commit()
    connection.close()
    found = tb("verify", "--book", "changed.db", at=at)
    assert found.code == 3
    assert "judgement 2 (" in found.err
    assert len(found.err.splitlines()) == 1
    assert tb("verify", *BOOK, at=at).code == 0
