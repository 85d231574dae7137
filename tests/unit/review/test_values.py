"""Values as a person types them."""

from __future__ import annotations

from typing import Any

import pytest

from tallybook.errors import BadDate, UsageError
from tallybook.review import values
from tallybook.review.fields import FIELDS, field_named, shown
from tests.unit.factories import claim, day, place


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("12", (12, 12, "exact")), ("12..15", (12, 15, "between")), ("12-15", (12, 15, "between")),
        ("12..", (12, None, "at_least")), ("..15", (None, 15, "up_to")), ("at least 12", (12, None, "at_least")),
        ("More than 100", (101, None, "more_than")), ("up to 40", (None, 40, "up_to")),
        ("nearly 100", (None, 100, "nearly")), ("about 30", (30, 30, "about")), ("1,200", (1200, 1200, "exact")),
        ("0", (0, 0, "exact")), ("12..12", (12, 12, "exact")),
    ],
)  # fmt: skip
def test_counts(words: str, bounds: tuple[int | None, int | None, str]) -> None:
    low, high, modifier = bounds
    assert values.count(words) == {"low": low, "high": high, "modifier": modifier}


@pytest.mark.parametrize("words", ["a dozen", "15..12", "-", "..", "-3", "12 or 13", "9999999999", ""])
def test_what_is_no_count_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        values.count(words)


def test_not_stated_is_none_and_never_zero() -> None:
    assert values.count("none") is None
    assert values.days("none") is None
    assert values.time_of_day("none") is None
    assert values.name("none") is None
    assert values.names("none") == []


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("2024-03-01", ("2024-03-01", "2024-03-01", "day")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2024", ("2024-01-01", "2024-12-31", "year")),
        ("2024-03-01..2024-03-05", ("2024-03-01", "2024-03-05", "range")),
        ("2024-03-01..", ("2024-03-01", None, "since")),
        ("..2024-03", (None, "2024-03-31", "before")),
    ],
)
def test_days(words: str, interval: tuple[str | None, str | None, str]) -> None:
    start, end, precision = interval
    assert values.days(words) == {"start": start, "end": end, "precision": precision}


@pytest.mark.parametrize("words", ["yesterday", "2024-13", "2024-02-30", "2024-03-05..2024-03-01", "..", "1/3/2024"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(BadDate):
        values.days(words)


@pytest.mark.parametrize(("field", "words"), [("measure", "hurt"), ("scope", "total"), ("time", "25:00"), ("sex", "x")])
def test_words_outside_a_list_are_refused_with_the_list(field: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        field_named(field).read(words)


def test_unknown_field_is_refused_with_the_fields() -> None:
    with pytest.raises(UsageError, match=r"target\.affiliation"):
        field_named("colour")


def test_short_names_of_fields_hold() -> None:
    assert field_named("Affiliation") is FIELDS["target.affiliation"]
    assert field_named("event-type") is FIELDS["event_type"]


TYPED: dict[str, str] = {
    "count": "7..9", "measure": "injured", "about": "killed", "stance": "alleged", "scope": "cumulative",
    "event_type": "airstrike", "target.affiliation": "civilian", "target.group": "The Watch", "target.sex": "female",
    "target.age": "child", "perpetrator": "A, B", "claimants": "one; two, three", "origin": "The Watch",
    "date": "2024-03", "time": "06:30", "weapon": "mortar", "part_of": "c9", "responds_to": "c8",
    "dimension": "status", "whole_exact": "yes", "change": "added",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_value_that_is_put_in_is_got_out_and_the_words_of_the_report_stay(name: str) -> None:
    read = claim("c1", "5", date=day("2024-01-01", text="Monday"), place=place("Karsk", "Dovrin", id="k1"))
    field = FIELDS[name]
    value: Any = field.read(TYPED[name]) if name in TYPED else field.get(read)
    now = field.put(read, value)
    assert field.get(now) == value
    assert (now.quote, now.span, now.id) == (read.quote, read.span, read.id)
    assert name == "place" or field.get(now) != field.get(read)
    assert shown(name, value) != "none"
    assert now.count is not None
    assert now.count.text == "5"
    assert now.date is not None
    assert now.date.text == "Monday"


def test_values_are_shown_as_people_write_them() -> None:
    assert shown("count", {"low": 12, "high": None, "modifier": "at_least"}) == "12.."
    assert shown("count", {"low": 12, "high": 12, "modifier": "exact"}) == "12"
    assert shown("date", {"start": "2024-03-01", "end": "2024-03-01", "precision": "day"}) == "2024-03-01"
    assert shown("place", {"name": "Karsk", "id": "k1"}) == "Karsk (k1)"
    assert shown("perpetrator", []) == "none"
