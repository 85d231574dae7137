"""Feasts come from packs: a pack of a war may add its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tallybook.claims.feasts import feast_rules
from tallybook.errors import KnowledgeError
from tallybook.knowledge import load
from tallybook.knowledge.feasts import Feast, load_feasts
from tallybook.knowledge.small_letters import lowered

YEAR = r"(?:19|20)\d\d"


def days(words: str, published: date, *feasts: Feast, country: str | None = None) -> tuple[date, date] | None:
    ((_, pattern, reader, _),) = feast_rules(feasts, YEAR, country)
    match = pattern.search(lowered(words))
    assert match is not None
    found = reader(match)(published, None)
    return (found[0], found[1]) if found else None


def test_a_feast_without_its_year_is_the_last_one() -> None:
    day = Feast(("liberation day",), "day", ((4, 17),))
    assert days("on Liberation Day", date(2024, 5, 1), day) == (date(2024, 4, 17), date(2024, 4, 17))
    assert days("on Liberation  Day", date(2024, 4, 1), day) == (date(2023, 4, 17), date(2023, 4, 17))
    assert days("on Liberation Day 2019", date(2024, 4, 1), day) == (date(2019, 4, 17), date(2019, 4, 17))


def test_signs_in_a_name_vary() -> None:
    eid = Feast(("eid al-fitr",), "islamic", ((10, 1),))
    for words in ("Eid al-Fitr", "Eid al Fitr", "Eid Al\u2013Fitr".replace("\u2013", "-")):
        assert days(words, date(2023, 5, 1), eid) == (date(2023, 4, 21), date(2023, 4, 21))


def test_a_moon_month_is_a_period() -> None:
    assert days("during Ramadan", date(2023, 5, 1), Feast(("ramadan",), "islamic_month", ((9, 1),))) == (
        date(2023, 3, 23), date(2023, 4, 20),
    )  # fmt: skip


def test_a_national_day_is_that_of_the_country() -> None:
    feasts = [
        Feast(("independence day",), "day", ((1, 4),), country="MMR"),
        Feast(("independence day",), "day", ((8, 24),), country="UKR"),
        Feast(("christmas",), "day", ((12, 25),)),
        Feast(("christmas",), "day", ((1, 7),), country="ETH"),
    ]
    told = date(2024, 10, 1)
    assert days("on Independence Day", told, *feasts, country="UKR") == (date(2024, 8, 24),) * 2
    assert days("on Independence Day", told, *feasts, country="MMR") == (date(2024, 1, 4),) * 2
    assert days("at Christmas", told, *feasts, country="ETH") == (date(2024, 1, 7),) * 2
    assert days("at Christmas", told, *feasts, country="MMR") == (date(2023, 12, 25),) * 2
    (_, pattern, _, _) = feast_rules(feasts, YEAR)[0]
    assert pattern.search("on independence day") is None


def test_a_moving_day_comes_from_the_country_s_calendar() -> None:
    feast = Feast(("yom kippur",), "holiday", country="ISR", holiday="Yom Kippur")
    assert days("on Yom Kippur", date(2023, 10, 1), feast, country="ISR") == (date(2023, 9, 25),) * 2
    new_year = Feast(("rosh hashanah",), "holiday", country="ISR", holiday="Rosh Hashanah")
    assert days("Rosh Hashanah", date(2023, 10, 1), new_year, country="ISR") == (date(2023, 9, 16), date(2023, 9, 17))
    assert (
        days(
            "Rosh Hashanah",
            date(2023, 10, 1),
            Feast(("rosh hashanah",), "holiday", country="ZZZ", holiday="x"),
            country="ZZZ",
        )
        is None
    )


def test_every_moving_day_that_ships_is_known_to_the_library() -> None:
    for feast in load().lexicon.feasts:
        if feast.calendar == "holiday":
            published = date(2024, 12, 31)
            assert days(feast.names[0], published, feast, country=feast.country) is not None, feast


def test_no_feasts_give_no_rule() -> None:
    assert feast_rules((), YEAR) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{names: [x], source: s}", "needs one of"),
        ("{names: [x], source: s, day: [1, 2], easter: 3}", "needs one of"),
        ("{names: [x], source: s, day: [13, 2]}", "is no day of it"),
        ("{names: [x], source: s, day: soon}", "is no day of it"),
        ("{names: [x], source: s, holiday: Easter}", "needs `country`"),
        ("{names: [x], source: s, day: [1, 2], country: Burma}", "is no code"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, told: str) -> None:
    file = tmp_path / "feasts.yaml"
    file.write_text(f"- {row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"feasts.yaml.*{re.escape(told)}"):
        load_feasts(file)
