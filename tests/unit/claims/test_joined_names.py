"""Names of bodies that have small words in them are one name."""

from __future__ import annotations

import pytest

from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tests.unit.factories import document


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Fighters of Islamic State in the Greater Sahara killed 22 villagers in Tillaberi, Niger.",
            "Islamic State in the Greater Sahara",
        ),
        (
            "The Movement for Oneness and Jihad in West Africa killed six soldiers near Gao in Mali.",
            "Movement for Oneness and Jihad in West Africa",
        ),
        ("The Islamic State of Iraq killed 12 people in Mosul, Iraq, police said.", "Islamic State of Iraq"),
    ],
)
def test_a_name_with_small_words_is_one(reader: Reader, text: str, name: str) -> None:
    (claim,) = [c for c in reader.read(document("q", text=text)).claims if c.count]
    assert claim.perpetrator == (name,)
