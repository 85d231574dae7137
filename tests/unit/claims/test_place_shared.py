"""What a place shares with a claim: the day told with it, the kind of event, the title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from evals.reports import report

from tallybook.claims.drafts import Draft
from tallybook.claims.reader import Reader
from tallybook.knowledge import load

TITLE = "Bomb kills nine in Sarnograd"
TEXT = (
    "A bomb killed nine people in Sarnograd on Monday, 3 June 2019, police said. "
    "On Tuesday gunmen opened fire on a bus in Keshtivo. "
    "Four passengers died, the mayor told reporters."
)


@pytest.fixture(scope="module")
def offered() -> list[tuple[Draft, Sequence[Any]]]:
    """Return each draft of a report with the places that it may mean."""
    reader = Reader(load())
    seen: list[tuple[Draft | None, dict[str, Sequence[Any]]]] = []
    reader.watch = seen.extend
    reader.read(report("two-days", TEXT, title=TITLE, published="2019-06-05"))
    return [(d, told["place"]) for d, told in seen if d is not None and "place" in told]


def features(offered: list[tuple[Draft, Sequence[Any]]], number: int, name: str) -> dict[str, float]:
    """Return the features of the first mention of `name` in the body for the body's draft that counts `number`."""
    options = next(of for d, of in offered if d.group.value == number and d.facts.field == "body")
    of_name = [o for o in options if o.told == name and o.mention is not None]
    return dict(next(o.features for o in of_name if "in-title" not in o.features))


def test_day_told_before_a_place_is_compared_with_that_of_a_claim(offered: list[tuple[Draft, Sequence[Any]]]) -> None:
    assert features(offered, 4, "Sarnograd").keys() >= {"day-other-got", "day-other-got&earlier"}
    assert features(offered, 4, "Keshtivo").keys() >= {"day-same-got", "day-same-got&earlier"}
    assert "day-same-own&here" in features(offered, 9, "Sarnograd")


def test_kind_of_event_is_compared(offered: list[tuple[Draft, Sequence[Any]]]) -> None:
    assert "kind-apart" in features(offered, 9, "Keshtivo")


def test_title_and_lead_that_tell_a_name_are_known(offered: list[tuple[Draft, Sequence[Any]]]) -> None:
    assert features(offered, 4, "Sarnograd").keys() >= {"title-tells", "lead-tells", "harmed-1"}
    assert "title-tells" not in features(offered, 4, "Keshtivo")


def test_words_of_a_claim_speak_for_its_country() -> None:
    reader = Reader(load())
    seen: list[tuple[Draft | None, dict[str, Sequence[Any]]]] = []
    reader.watch = seen.extend
    reader.read(
        report(
            "toll", "At least 40 people have been killed in raids across Kenya since January.", published="2019-06-05"
        )
    )
    options = next(told["place"] for _, told in seen if "place" in told)
    words = {name for name in options[-1].features if name.startswith("country-word:")}
    assert words >= {"country-word:killed", "country-word:across"}
    assert "country-word:Kenya" not in words


@pytest.mark.parametrize(("words", "role"), [("40 km south of the capital", "distance"), ("in the capital", "at")])
def test_distance_from_the_capital_is_told_as_one(words: str, role: str) -> None:
    reader = Reader(load())
    seen: list[tuple[Draft | None, dict[str, Sequence[Any]]]] = []
    reader.watch = seen.extend
    reader.read(
        report("capital", f"Kenya's police said a blast killed four people {words} on Monday.", published="2019-06-05")
    )
    options = next(told["place"] for _, told in seen if "place" in told)
    assert {o.mention.role for o in options if o.told == "Nairobi"} == {role}
