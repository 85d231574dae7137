"""Numbers of a text with their bounds, and those that are no count."""

from __future__ import annotations

import pytest

from tallybook.claims.numbers import NumberGrammar
from tallybook.claims.traps import Traps
from tallybook.knowledge.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("the toll climbed past 40", [(41, None)]),
        ("they won 11-2 on Sunday", []),
        ("they lost 0\u20130 and 3-3", []),
        ("between 20-25 people", [(20, 25)]),
    ],
)
def test_bounds(lexicon: Lexicon, text: str, bounds: list[tuple[int | None, int | None]]) -> None:
    found = NumberGrammar(lexicon.numbers).find(text)
    assert [(n.count.low, n.count.high) for n in found] == bounds


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("eleven, four of them under ten, were hurt", "age"),
        ("the deceased, 61, had been ill", "age"),
        ("a pupil, 14, caught a bullet", "age"),
        ("the 444's chief came", "unit number"),
        ("a girl in grade 5 was hurt", "unit number"),
        ("a camp home to 60,000 people, was hit", "inhabitants"),
        ("killing us, all forty of us", "all of us"),
        ("rockets came and 24 were shot down", "projectiles"),
        ("given ten and 15 years", "times"),
        ("Homes destroyed: 6,200", "things told in a list"),
        ("call the homicide unit at (219) 555-3855", "telephone"),
        ("call the tip line on 555-0192", "telephone"),
        ("8- and 9-year-old boys", "age"),
        ("the deaths of Ana and Kara Brandl -- 19 and 17.", "age"),
        ("killed in the 3600 block of Orrin Street", "address"),
    ],
)
def test_the_last_of_some_numbers_is_trapped(lexicon: Lexicon, text: str, rule: str) -> None:
    numbers = NumberGrammar(lexicon.numbers).find(text)
    assert rule in Traps(lexicon.traps, lexicon.numbers).rules(text, 0, numbers).values()


def test_a_part_after_a_day_is_no_age(lexicon: Lexicon) -> None:
    text = "26 killed since Monday, 4 of them women"
    numbers = NumberGrammar(lexicon.numbers).find(text)
    assert Traps(lexicon.traps, lexicon.numbers).rules(text, 0, numbers) == {}
