"""A served workbench and a browser, for journeys and screenshots."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
ARGUMENTS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
)
"""Software drawing, so that maps draw without a graphics card."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running workbench."""

    opening: str
    """The printed address, with the token."""
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Return the address without the token, and without the last slash."""
        return self.opening.partition("/?")[0].rstrip("/")

    @property
    def token(self) -> str:
        """Return the start token."""
        return self.opening.partition("token=")[2]


@contextmanager
def served(book: Path, *options: str) -> Iterator[Served]:
    """Serve a book on a free port until the block ends."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "tallybook.cli.main", "serve", "--book", str(book), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    try:
        yield Served(process.stdout.readline().strip(), process)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()
