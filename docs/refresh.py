"""Run the commands that the pages show, and put what they print into the pages; with --check, say where they differ.

    python docs/refresh.py [--check]

A ```console block holds lines that start with `$ tallybook ` and, below each, what it prints. The blocks of one page
run in order, in an empty folder that holds the repository's sample files.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tutorial/first-figure.md")
SAMPLES = ("docs/tutorial", "src/tallybook/runs/demo/orvania")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
IDS = re.compile(r"\b(?:fig-[\w-]+|[a-z]-?[0-9a-f]{12,16}|[0-9a-f]{64})")
"""Ids change with the reader's version; a page is up to date without them."""


def refreshed(page: str) -> str:
    """Return the text of a page with the output of its commands as it is today."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            shutil.copytree(ROOT / sample, Path(folder, sample))
        text = (ROOT / page).read_text(encoding="utf-8")
        return BLOCK.sub(lambda block: f"```console\n{_session(block.group(1), Path(folder))}```", text)


def without_ids(text: str) -> str:
    """Return a page with every id masked and its lines unwrapped, to compare by."""
    return " ".join(IDS.sub("ID", text).split())


def _session(block: str, folder: Path) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    arguments = shlex.split(command)
    if arguments[0] != "tallybook":
        raise SystemExit(f"{command}: only tallybook commands are run")
    run = [sys.executable, "-m", "tallybook.cli.main", *arguments[1:]]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = (done.stdout + done.stderr).splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def main(check: bool) -> int:
    """Refresh all pages, or say which differ."""
    stale = []
    for page in PAGES:
        new, old = refreshed(page), (ROOT / page).read_text(encoding="utf-8")
        if without_ids(new) != without_ids(old):
            stale.append(page)
        if not check:
            (ROOT / page).write_text(new, encoding="utf-8")
    if check and stale:
        print(f"out of date: {', '.join(stale)}. Run `make docs`.")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
