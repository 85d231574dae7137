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
PAGES = ("README.md", "docs/tutorial/first-figure.md", "docs/howto/decide.md")
SAMPLES = ("docs/tutorial", "src/tallybook/runs/demo/orvania")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
IDS = re.compile(r"\b(?:fig-[\w-]+|[0-9a-f]{64}|[a-z]-?[0-9a-f]{12,16})\b")
"""Ids change with the reader's version; a page is up to date without them. An id that a command names is replaced by
what the command before it prints in its place today."""
DAYS = re.compile(r"\d{4}-\d\d-\d\d(?= \w+: )")
"""Days on which somebody decided something, as `log` prints them."""


def refreshed(page: str) -> str:
    """Return the text of a page with the output of its commands as it is today."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            shutil.copytree(ROOT / sample, Path(folder, sample))
        text = (ROOT / page).read_text(encoding="utf-8")
        renamed: dict[str, str] = {}
        return BLOCK.sub(lambda block: f"```console\n{_session(block.group(1), Path(folder), renamed)}```", text)


def without_ids(text: str) -> str:
    """Return a page with every id and day of deciding masked and its lines unwrapped, to compare by."""
    return " ".join(DAYS.sub("DAY", IDS.sub("ID", text)).split())


def _session(block: str, folder: Path, renamed: dict[str, str]) -> str:
    return "\n".join(_shown(part, folder, renamed) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:])


def _shown(part: str, folder: Path, renamed: dict[str, str]) -> str:
    """Run one command, with the ids of today, and return it with what it prints; note which ids took whose place."""
    typed, _, printed = part.partition("\n")
    command = IDS.sub(lambda found: renamed.get(found.group(), found.group()), typed)
    output = _output(command, folder)
    then, now = IDS.findall(printed), IDS.findall(output)
    if len(then) == len(now):
        renamed.update(zip(then, now, strict=True))
    return f"$ {command}\n{output}"


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
