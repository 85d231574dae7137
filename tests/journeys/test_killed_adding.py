"""An `add` that is killed at random moments and started again ends in the same book, whatever engine reads."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = 240
PLACES = ("Karsk", "Tolvi", "Dovrin", "Selmira")
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "tests/slow_reader", ROOT / "src", ROOT))),
}
FEW, MANY = 2, 20
"""Kills in the normal suite, and in `make soak`."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tallybook.cli.main", *arguments]


def done(*arguments: str, at: Path) -> str:
    ran = subprocess.run(
        command(*arguments), cwd=at, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", timeout=300
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def corpus(folder: Path, dies: int | None = None) -> None:
    rows = [
        {
            "id": f"{n:04}", "publisher": f"Outlet {n % 7}", "published": "2024-03-05",
            "text": f"{n % 40 + 1} civilians were killed in {PLACES[n % 4]} on 2024-03-{n % 28 + 1:02}. Report {n}."
            + (" DIES" if n == dies else ""),
        }
        for n in range(DOCUMENTS)
    ]  # fmt: skip
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def adding(engine: str, book: str) -> tuple[str, ...]:
    workers = () if engine == "local" else ("--workers", "2")
    return "add", "rows.jsonl", "--engine", engine, *workers, "--book", book


def claims_in(book: str, folder: Path) -> int:
    told = done("claims", "--format", "json", "--book", book, at=folder)
    return sum(len(json.loads(line)["claims"]) for line in told.splitlines())


def killed_and_resumed(engine: str, kills: int, folder: Path) -> None:
    if engine == "dask" and importlib.util.find_spec("distributed") is None:
        pytest.skip("NOT TESTED: Dask is not installed")
    corpus(folder)
    began = time.monotonic()
    done(*adding(engine, "whole.db"), at=folder)
    lasted = time.monotonic() - began
    rng = random.Random(kills)
    for _ in range(kills):
        run = subprocess.Popen(
            command(*adding(engine, "cut.db")), cwd=folder, env=ENVIRONMENT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(rng.uniform(0.1, 1.0) * lasted)
        run.kill()
        run.wait()
    done(*adding(engine, "cut.db"), at=folder)
    books = ["whole", "cut"]
    if kills == MANY:
        done(*adding("local", "local.db"), at=folder)
        books.append("local")
    assert len({done("verify", "--book", f"{name}.db", at=folder) for name in books}) == 1
    assert claims_in("cut.db", folder) == DOCUMENTS
    assert not list(folder.glob("*.parts"))


def test_killed_at_random_moments_and_resumed_it_is_the_same_book(tmp_path: Path) -> None:
    killed_and_resumed("processes", FEW, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["local", "processes", "dask"])
def test_killed_at_twenty_random_moments_and_resumed_it_is_the_same_book(engine: str, tmp_path: Path) -> None:
    killed_and_resumed(engine, MANY, tmp_path)


@pytest.mark.parametrize("engine", ["processes", pytest.param("dask", marks=pytest.mark.soak)])
def test_a_document_that_kills_its_worker_is_found_and_the_rest_is_read(engine: str, tmp_path: Path) -> None:
    if engine == "dask" and importlib.util.find_spec("distributed") is None:
        pytest.skip("NOT TESTED: Dask is not installed")
    corpus(tmp_path, dies=77)
    done(*adding(engine, "b.db"), at=tmp_path)
    issues = [json.loads(i) for i in done("issues", "--format", "json", "--book", "b.db", at=tmp_path).splitlines()]
    failed = [i for i in issues if i["code"] == "reader-failed"]
    assert [i["object"] for i in failed] == ["0077"]
    assert "did not survive" in failed[0]["message"]
    assert claims_in("b.db", tmp_path) == DOCUMENTS - 1


def workers_of(pid: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, encoding="utf-8").stdout
    return [int(child) for child in told.split()]


def is_there(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_workers_end_when_the_run_that_started_them_is_killed(tmp_path: Path) -> None:
    corpus(tmp_path)
    run = subprocess.Popen(
        command(*adding("processes", "b.db")), cwd=tmp_path, env=ENVIRONMENT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(workers := workers_of(run.pid)) < 2 and time.monotonic() < deadline and run.poll() is None:
        time.sleep(0.05)
    run.kill()
    run.wait()
    assert len(workers) >= 2
    deadline = time.monotonic() + 30
    while any(map(is_there, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_there, workers))
