"""Driving an installed `tallybook` as a user does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
"""What a user's shell has not set. Modules are compiled once, not by every command."""


@dataclass(frozen=True)
class Said:
    """What a command printed and how it left."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        """Return the JSON objects on standard output, one a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


def tallybook(*arguments: str, at: Path, python: str = sys.executable, stdin: str | None = None) -> Said:
    """Run a command in folder `at` with an environment that holds nothing of this checkout."""
    environment = {k: v for k, v in os.environ.items() if k not in NOT_PASSED_ON}
    ran = subprocess.run(
        [python, "-W", "error::ResourceWarning", "-m", "tallybook.cli.main", *arguments],
        cwd=at, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    return Said(ran.returncode, ran.stdout, ran.stderr)
