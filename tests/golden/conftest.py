"""One reader with the shipped packs for all tests here; `evals` is importable however pytest is started."""

import sys
from pathlib import Path

import pytest

from tallybook.claims.reader import Reader
from tallybook.runs.packs import load_packs

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Return a reader with the shipped packs; reading leaves nothing behind in it."""
    return Reader(load_packs([]).knowledge)
