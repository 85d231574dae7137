"""The command line in this process, with a reader that needs no model."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.simple_reader import SimpleReader


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Runner = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Runner:
    """Return a function that runs `tallybook` in an empty folder and tells what it did."""
    from tallybook.cli.main import main

    module = types.ModuleType("tallybook.claims.reader")
    module.Reader = SimpleReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tallybook.claims.reader", module)
    monkeypatch.chdir(tmp_path)

    def runner(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as leaving:
            main(list(arguments))
        captured = capfd.readouterr()
        return Ran(int(leaving.value.code or 0), captured.out, captured.err)

    return runner
