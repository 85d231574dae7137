"""Long journeys, run by `make soak`: an `add` that is killed again and again ends in the same book."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from tests.journeys.driving import tallybook

pytestmark = pytest.mark.soak
DOCUMENTS = 240
PACK = str(files("tallybook.runs").joinpath("demo", "orvania"))


def corpus(folder: Path) -> str:
    lines = files("tallybook.runs").joinpath("demo", "reports.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(lines[n % len(lines)]) for n in range(DOCUMENTS)]
    path = folder / "rows.jsonl"
    told = [{**r, "id": f"{n:04d}", "text": f"{r['text']}Report {n}.", "url": None} for n, r in enumerate(rows)]
    path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    return path.name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_and_resumed_adding_ends_in_the_same_book(tmp_path: Path) -> None:
    rows = corpus(tmp_path)
    add = ["add", rows, "--knowledge", PACK, "--book"]
    assert tallybook(*add, "whole.db", at=tmp_path).code == 0
    for seconds in (3.0, 4.0, 5.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "tallybook.cli.main", *add, "cut.db"],
            cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert tallybook(*add, "cut.db", at=tmp_path).code == 0
    one, two = (tallybook("claims", "--format", "json", "--book", b, at=tmp_path).out for b in ("whole.db", "cut.db"))
    assert one == two
    assert len(one.splitlines()) == DOCUMENTS
