"""A newcomer's first hour, with the real reader: read a report, keep a book, ask, follow the answer to its words."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.journeys.driving import tallybook as tb

REPORT = (
    "BRANNIK, March 5 (OPA) - At least 12 people were killed and 30 others injured on Monday when shells hit a market "
    "in the town of Brannik, a hospital official said.\n"
)
ROW = {"id": "row", "publisher": "Courier", "published": "2024-03-05", "text": "Five people were killed on Sunday."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a space and Burmese letters in its name, and the demo's book in it."""
    folder = tmp_path_factory.mktemp("my war ပြည်")
    said = tb("demo", at=folder)
    assert said.code == 0, said.err
    assert "What to type next" in said.out
    (folder / "report ü.txt").write_text(REPORT, encoding="utf-8")
    return folder


def test_demo_builds_its_own_book_and_proves_a_total(folder: Path) -> None:
    assert (folder / "tallybook-demo.db").exists()
    again = tb("demo", at=folder)
    assert again.code == 0
    assert "30 reports" in again.out
    assert "Reported killed, civilian, in Dovrin" in again.out
    assert "Witness Orvania" in again.out


def test_demo_book_needs_no_pack_to_be_named(folder: Path) -> None:
    (figure,) = tb(
        "total",
        "killed",
        "--by",
        "OAF",
        "--in",
        "Dovrin province",
        "--book",
        "tallybook-demo.db",
        "--format",
        "json",
        at=folder,
    ).objects()
    assert figure["query"]["by"] == "Orvanian Armed Forces"
    assert figure["low"]


def test_reading_a_report_gives_grounded_claims(folder: Path) -> None:
    (reading,) = tb(
        "read", "report ü.txt", "--published", "2024-03-05", "--publisher", "OPA", "--format", "json", at=folder
    ).objects()
    killed = next(c for c in reading["claims"] if c["measure"] == "killed")
    assert (killed["count"]["low"], killed["count"]["high"]) == (12, None)
    assert killed["date"]["start"] == "2024-03-04"
    for claim in reading["claims"]:
        text = reading["document"]["text"] if claim["field"] == "body" else reading["document"]["title"]
        assert text[slice(*claim["span"])] == claim["quote"]


def test_standard_input_without_a_date_leaves_days_open(folder: Path) -> None:
    said = tb("read", "-", "--format", "json", at=folder, stdin=REPORT.partition(" - ")[2])
    (reading,) = said.objects()
    assert reading["document"]["published"] is None
    assert all(c["date"] is None or c["date"]["start"] is None for c in reading["claims"])


def test_figure_is_traced_to_its_sentence(folder: Path) -> None:
    book = ("--book", "first.db")
    assert tb("add", "report ü.txt", "--published", "2024-03-05", "--publisher", "OPA", *book, at=folder).code == 0
    (figure,) = tb("total", "injured", *book, "--format", "json", at=folder).objects()
    assert (figure["low"], figure["high"]) == (30, 30)
    proof = tb("why", figure["id"], *book, at=folder)
    assert "30 others injured" in " ".join(proof.out.split())
    assert figure["counted"][0] in proof.out


def test_bad_files_do_not_stop_good_ones(folder: Path) -> None:
    mixed = folder / "mixed"
    mixed.mkdir()
    (mixed / "empty.txt").touch()
    (mixed / "noise.txt").write_bytes(bytes(range(256)) * 10)
    (mixed / "rows.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    said = tb("add", "mixed", "--book", "mixed.db", "--format", "json", at=folder)
    assert said.code == 1
    assert json.loads(said.out)["documents"] == 1
    assert len([line for line in said.err.splitlines() if line.startswith("error: ")]) == 2
    assert "Traceback" not in said.err


def test_shuffled_and_repeated_adding_gives_the_same_bytes(folder: Path) -> None:
    lines = files("tallybook.runs").joinpath("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(lines)
    (folder / "shuffled.jsonl").write_text("\n".join(lines[:20] + lines), encoding="utf-8")
    pack = str(files("tallybook.runs").joinpath("demo", "orvania"))
    added = tb("add", "shuffled.jsonl", "--book", "shuffled.db", "--knowledge", pack, at=folder)
    assert added.code == 0
    for command in (["claims"], ["incidents"], ["issues"], ["total", "killed"], ["verify"]):
        one, two = (
            tb(*command, "--book", book, "--format", "json", at=folder).out
            for book in ("tallybook-demo.db", "shuffled.db")
        )
        assert one == two
        assert one or command == ["issues"]


def test_help_starts_without_the_heavy_libraries(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['tallybook', '--help']\n"
        "from tallybook.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'sqlalchemy', 'numpy', 'rich', 'trafilatura', 'highspy', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'imported {sorted(heavy)}' if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False).returncode == 0
