"""A user follows docs/howto/add-a-conflict.md from the first command to the last."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-a-conflict.md"
BLOCK = re.compile(r"```(sh|text)\n(.*?)```", re.DOTALL)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the page is for a POSIX shell")
def test_commands_of_the_page_work_and_print_what_it_shows(tmp_path: Path) -> None:
    shown: list[str] = []
    for kind, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "text":
            assert shown[-1] == block
        else:
            shown.append(_printed(block, tmp_path))
    assert "12..   best 12 (latest)" in shown[-1]


def _printed(block: str, folder: Path) -> str:
    """Run one block in a shell that knows `tallybook`; errors come before what is printed."""
    program = f'tallybook() {{ "{sys.executable}" -m tallybook.cli.main "$@"; }}\nset -e\n'
    ran = subprocess.run(
        ["bash", "-c", program + block], cwd=folder, env=dict(os.environ), capture_output=True, text=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stderr + ran.stdout
