"""What every engine promises. The same suite runs on each; a worker that dies takes nobody else's result."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallybook.errors import UsageError
from tallybook.runs.engines import ENGINES, Engine, engine


def work(source: str, target: str, kind: str) -> None:
    if kind == "raise":
        raise ValueError("no\nsuch thing")
    if kind == "die":
        os._exit(9)
    Path(target).write_text(Path(source).read_text(encoding="utf-8").upper(), encoding="utf-8")


@pytest.fixture(scope="module", params=ENGINES)
def started(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "dask" and importlib.util.find_spec("distributed") is None:
        pytest.skip("NOT TESTED: Dask is not installed")
    made = engine(request.param, 2)
    made.start()
    yield made
    made.close()


def tasks(folder: Path, **kinds: str) -> dict[str, tuple[str, str, str]]:
    (folder / "in.txt").write_text("words", encoding="utf-8")
    return {name: (str(folder / "in.txt"), str(folder / f"{name}.out"), kind) for name, kind in kinds.items()}


def test_every_task_is_done_and_its_file_is_there(started: Engine, tmp_path: Path) -> None:
    wanted = tasks(tmp_path, **{f"t{n}": "ok" for n in range(7)})
    assert started.run(work, wanted) == dict.fromkeys(wanted)
    assert {p.read_text(encoding="utf-8") for p in tmp_path.glob("*.out")} == {"WORDS"}
    assert len(list(tmp_path.glob("*.out"))) == 7


def test_no_tasks_are_no_work(started: Engine) -> None:
    assert started.run(work, {}) == {}


def test_a_task_that_fails_is_named_in_one_line_and_the_others_go_on(started: Engine, tmp_path: Path) -> None:
    found = started.run(work, tasks(tmp_path, good="ok", bad="raise", fine="ok"))
    assert found == {"good": None, "bad": "ValueError: no such thing", "fine": None}


def test_a_worker_that_dies_fails_its_task_and_the_engine_goes_on(started: Engine, tmp_path: Path) -> None:
    if started.workers == 1:
        pytest.skip("in this process nobody else can die")
    assert started.run(work, tasks(tmp_path, killer="die"))["killer"]
    assert started.run(work, tasks(tmp_path, after="ok")) == {"after": None}


def test_an_engine_that_nobody_knows_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="local, processes, dask"):
        engine("ray", 2)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        engine("dask", 1, "tcp://127.0.0.1:9").start()
