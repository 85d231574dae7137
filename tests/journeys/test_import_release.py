"""Two teams put their books together: both teams' claims and judgements stay, and nobody is counted twice."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tallybook.model import Query
from tallybook.runs.desk import Desk
from tallybook.runs.packs import packs_of
from tallybook.store import open_book
from tests.journeys.driving import tallybook

OTHER = ("--book", "other.db")
PACK = Path(__file__).parents[2] / "src/tallybook/runs/demo/orvania"
MEASURES = ("killed", "injured", "missing", "captured", "displaced")


def figures(book: str, at: Path) -> dict[str, Any]:
    """Return the bounds of every measure by whom it befell, read in this process: a command each takes a minute."""
    with open_book(str(at / book)) as store:
        desk = Desk(store, packs_of(store).knowledge)
        asked = [Query(m, who=(w,)) for m in MEASURES for w in ("any", "civilian", "combatant")]
        told = [desk.total(query) for query in asked]
    return {f"{q.measure} {q.who[0]}": (t.low, t.best, t.high) for q, t in zip(asked, told, strict=True)}


def claim_ids(at: Path) -> list[str]:
    told = tallybook("claims", "--book", "demo.db", "--format", "json", at=at).objects()
    return [c["id"] for reading in told for c in reading["claims"]]


def told_claims(at: Path, book: str) -> list[dict[str, Any]]:
    told = tallybook("claims", "--book", book, "--format", "json", at=at).objects()
    return [c for reading in told for c in reading["claims"]]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a team's book, its release, and the book of another team that imported it."""
    folder = tmp_path_factory.mktemp("merge")
    assert tallybook("demo", "--book", "demo.db", at=folder).code == 0
    first, second = claim_ids(folder)[:2]
    signed = ("--author", "Ana", "--book", "demo.db")
    assert tallybook("decide", "reject", first, "--because", "misread", *signed, at=folder).code == 0
    assert tallybook("decide", "accept", second, "--because", "read it", *signed, at=folder).code == 0
    assert tallybook("undo", "2", "--because", "not sure", *signed, at=folder).code == 0
    release = ("release", "team", "--profile", "internal", "--publisher", "Team B", "--book", "demo.db")
    assert tallybook(*release, at=folder).code == 0
    said = tallybook("import", "team", "--as", "release", *OTHER, "--knowledge", str(PACK), at=folder)
    assert said.code == 0, said.err
    assert "judgements 3" in said.out
    assert "rows left out 0" in said.out
    return folder


def test_ranges_and_incidents_are_those_of_the_other_team(at: Path) -> None:
    assert figures("other.db", at) == figures("demo.db", at)
    asked = [tallybook("incidents", "--book", b, "--format", "json", at=at) for b in ("demo.db", "other.db")]
    assert len(asked[0].objects()) == len(asked[1].objects()) > 0


def test_judgements_keep_author_reason_and_fate(at: Path) -> None:
    told = tallybook("log", *OTHER, "--format", "json", at=at).objects()
    assert [j["verb"] for j in told] == ["reject", "accept", "undo"]
    assert {j["author"] for j in told} == {"Ana (Team B)"}
    assert told[0]["because"].startswith("misread [judgement 1 of Team B")
    assert told[1]["undone_by"] == 3
    assert tallybook("verify", *OTHER, at=at).code == 0


def test_the_same_release_again_changes_nothing(at: Path) -> None:
    before = tallybook("verify", *OTHER, "--format", "json", at=at).out
    assert "nothing changed" in tallybook("import", "team", "--as", "release", *OTHER, at=at).out
    assert tallybook("verify", *OTHER, "--format", "json", at=at).out == before


def test_one_report_in_both_books_is_not_counted_twice(at: Path) -> None:
    before = figures("demo.db", at)
    count = len(claim_ids(at))
    assert tallybook("import", "team", "--as", "release", "--book", "demo.db", at=at).code == 0
    assert len(claim_ids(at)) == 2 * count
    assert figures("demo.db", at) == before


def test_a_partner_release_goes_in_without_what_it_withholds(at: Path) -> None:
    release = ("release", "partner", "--profile", "partner", "--as-of", "2024-09-01", "--book", "other.db")
    assert tallybook(*release, at=at).code == 0
    said = tallybook("import", "partner", "--as", "release", "--book", "third.db", "--knowledge", str(PACK),
                     "--format", "json", at=at)  # fmt: skip
    assert said.code == 0, said.err
    assert said.objects()[0]["claims"] > 0
    assert tallybook("victims", "--book", "third.db", "--format", "json", at=at).objects() == []


def test_a_judgement_that_contradicts_ours_is_an_issue_and_ours_stands(at: Path) -> None:
    """Ana accepts what Bo, of the other team, had rejected. What Bo said nothing about is taken over."""
    book, signed = ("--book", "ours.db"), ("--author", "Ana", "--book", "theirs.db")
    release = ("release", "--profile", "internal", "--publisher", "Team B", "--book", "theirs.db")
    assert tallybook("demo", "--book", "theirs.db", at=at).code == 0
    assert tallybook(*release, "first", at=at).code == 0
    assert tallybook("import", "first", "--as", "release", *book, "--knowledge", str(PACK), at=at).code == 0
    ours = {c["quote"]: c["id"] for c in told_claims(at, "ours.db")}
    quotes = {c["id"]: c["quote"] for c in told_claims(at, "theirs.db")}
    alone = {q for q, times in Counter(quotes.values()).items() if times == 1}
    third, fourth = [c for c, quote in quotes.items() if quote in ours and quote in alone][:2]
    mine = ours[quotes[third]]
    assert tallybook("decide", "reject", mine, "--because", "misread", "--author", "Bo", *book, at=at).code == 0
    assert tallybook("decide", "accept", third, "--because", "I asked", *signed, at=at).code == 0
    assert tallybook("decide", "accept", fourth, "--because", "read it too", *signed, at=at).code == 0
    assert tallybook(*release, "again", at=at).code == 0
    said = tallybook("import", "again", "--as", "release", *book, at=at)
    assert said.code == 0, said.err
    assert "judgements 1;" in said.out
    assert "judgements left out 1" in said.out
    assert "contradicts judgement" in said.err
    log = tallybook("log", *book, "--format", "json", at=at).objects()
    assert [(j["verb"], j["author"]) for j in log] == [("reject", "Bo"), ("accept", "Ana (Team B)")]
    assert log[-1]["objects"] == [ours[quotes[fourth]]]
    assert "nothing changed" in tallybook("import", "again", "--as", "release", *book, at=at).out


def test_consent_given_to_the_other_team_is_none_to_us(at: Path) -> None:
    """Their release shows the name, since they have consent. Ours withholds it, whichever profile the name came by."""
    assert tallybook("demo", "--book", "agreed.db", at=at).code == 0
    told = tallybook("victims", "--book", "agreed.db", "--format", "json", at=at).objects()
    record, name = next((v["id"], v["name"]) for v in told if (v["age"]["low"] or 0) >= 18)
    signed = ("--because", "the family agreed", "--author", "Ana", "--book", "agreed.db")
    assert tallybook("decide", "consent", record, *signed, at=at).code == 0
    for profile in ("internal", "partner"):
        theirs = ("release", f"agreed-{profile}", "--profile", profile, "--book", "agreed.db")
        assert tallybook(*theirs, "--publisher", "Team B", at=at).code == 0
        assert name in (at / f"agreed-{profile}/victims.jsonl").read_text(encoding="utf-8")
        book = ("--book", f"after-{profile}.db")
        said = tallybook("import", f"agreed-{profile}", "--as", "release", *book, "--knowledge", str(PACK), at=at)
        assert said.code == 0, said.err
        assert ("consent was given to that team: obtain your own" in said.err) == (profile == "internal")
        assert name in tallybook("victims", *book, "--format", "json", at=at).out
        assert tallybook("log", *book, "--format", "json", at=at).objects() == []
        assert tallybook("release", f"ours-{profile}", "--profile", "partner", *book, at=at).code == 0
        assert name not in (at / f"ours-{profile}/victims.jsonl").read_text(encoding="utf-8")


def test_our_own_hxl_file_comes_back_with_its_ranges(at: Path) -> None:
    asked = ("import", "team/layouts/hxl.csv", "--as", "hxl", "--book", "hxl.db", "--knowledge", str(PACK))
    said = tallybook(*asked, at=at)
    assert said.code == 0, said.err
    with (at / "team/layouts/hxl.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[1:]
    low = sum(int(r["killed_min"] or 0) for r in rows)
    told = tallybook("claims", "--measure", "killed", "--book", "hxl.db", "--format", "json", at=at).objects()
    whole = [c for reading in told for c in reading["claims"] if c["target"]["affiliation"] == "unknown"]
    assert sum((c["count"]["low"] or 0) for c in whole) == low
    assert json.loads(tallybook("verify", "--book", "hxl.db", "--format", "json", at=at).out)
