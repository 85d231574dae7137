"""The shipped lexicon, read once."""

import pytest

from tallybook.knowledge.lexicon import Lexicon
from tallybook.knowledge.packs import SHIPPED


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Return the core pack's words, without its trained weights or places."""
    lexicon = Lexicon()
    lexicon.read(SHIPPED / "core" / "lexicon")
    return lexicon
