"""A recorder releases the demo's book: to everybody, to partners, to the team."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.driving import tallybook


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demo's book."""
    folder = tmp_path_factory.mktemp("release")
    assert tallybook("demo", "--book", "demo.db", at=folder).code == 0
    return folder


def test_a_public_release_holds_none_of_the_names_of_the_book(at: Path) -> None:
    names = [v["name"] for v in tallybook("victims", "--book", "demo.db", "--format", "json", at=at).objects()]
    said = tallybook("release", "pub", "--profile", "public", "--as-of", "2024-09-01", "--book", "demo.db", at=at)
    assert said.code == 0, said.err
    assert names
    told = b"".join(p.read_bytes() for p in (at / "pub").rglob("*") if p.is_file()).decode("utf-8", "replace")
    assert not [name for name in names if name in told]
    assert "names of victims" in said.out
    assert (at / "demo.db.release-key").stat().st_mode & 0o077 == 0


def test_the_same_book_gives_the_same_release(at: Path) -> None:
    digests = []
    for name in ("one", "two"):
        said = tallybook("release", name, "--profile", "public", "--book", "demo.db", "--format", "json", at=at)
        digests.append(said.objects()[0]["manifest_sha256"])
        assert hashlib.sha256((at / name / "manifest.json").read_bytes()).hexdigest() == digests[-1]
    assert digests[0] == digests[1]


def test_figures_are_those_of_total(at: Path) -> None:
    assert tallybook("release", "team", "--profile", "internal", "--book", "demo.db", at=at).code == 0
    total = tallybook("total", "killed", "--who", "civilian", "--book", "demo.db", "--format", "json", at=at)
    with (at / "team" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if (r["kind"], r["measure"], r["who"]) == (
            "headline", "killed", "civilian")]  # fmt: skip
    assert [rows[0]["low"], rows[0]["high"]] == ["" if total.objects()[0][k] is None else str(total.objects()[0][k])
                                                 for k in ("low", "high")]  # fmt: skip


def test_each_release_is_logged_beside_the_book(at: Path) -> None:
    before = _log(at)
    assert (
        tallybook("release", "logged", "--profile", "partner", "--in", "Dovrin", "--book", "demo.db", at=at).code == 0
    )
    line = _log(at)[-1]
    assert len(_log(at)) == len(before) + 1
    assert (line["profile"], line["filters"]["in"]) == ("partner", "Dovrin")
    assert line["counts"]["claims"] > 0


def test_the_difference_from_the_last_release_is_told(at: Path) -> None:
    for name, day in (("may", "2024-05-15"), ("september", "2024-09-01")):
        former = ["--former", "may"] if name == "september" else []
        said = tallybook("release", name, "--profile", "public", "--as-of", day, *former, "--book", "demo.db", at=at)
        assert said.code == 0, said.err
    told = json.loads((at / "september/difference/difference.json").read_text(encoding="utf-8"))
    assert told["former"]["as_of"] == "2024-05-15"
    headlines = [f["sentence"] for f in told["figures"] if f["kind"] == "headline"]
    assert any(s.startswith("Reported killed, civilians: at least") and "because" in s for s in headlines)
    assert {r["change"] for r in told["records"]} >= {"new"}
    said = tallybook("release", "october", "--profile", "public", "--as-of", "2024-10-01", "--book", "demo.db", at=at)
    assert "--former" in said.err


def test_a_refused_release_leaves_no_key(at: Path) -> None:
    said = tallybook("release", "x", "--profile", "public", "--in", "Ulsten", "--key", "new.key", "--book", "demo.db",
                     at=at)  # fmt: skip
    assert said.code != 0
    assert not (at / "new.key").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("pub-a", "--profile", "press"), "public, partner, internal"),
        (("pub-b", "--profile", "public", "--as-of", "2999-01-01"), "lies in the future"),
        (("pub-c", "--profile", "public", "--in", "Ulsten"), "finer than the profile"),
        (("pub-d", "--profile", "public", "--key", "pub-d/key"), "would be published"),
        (("no/such/place", "--profile", "public"), "no such folder"),
        ((".", "--profile", "public"), "never overwritten"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(at: Path, arguments: tuple[str, ...], told: str) -> None:
    said = tallybook("release", *arguments, "--book", "demo.db", at=at)
    assert said.code == 2
    assert told in said.err
    assert arguments[0] == "." or not (at / arguments[0]).exists()


def _log(at: Path) -> list[dict[str, Any]]:
    path = at / "demo.db.releases.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
