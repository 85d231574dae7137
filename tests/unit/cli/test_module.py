"""`python -m tallybook` is the command line too."""

from __future__ import annotations

import subprocess
import sys

from tallybook import __version__


def test_the_package_runs() -> None:
    done = subprocess.run([sys.executable, "-m", "tallybook", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.strip() == f"tallybook {__version__}"
