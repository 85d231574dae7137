"""Records to plain values and back."""

from __future__ import annotations

import json

import pytest

from tallybook.model import DateRange, Place, Span, Target
from tallybook.model.claim import PlaceCandidate
from tallybook.model.codec import from_plain, shared, to_plain

MAYBE = PlaceCandidate("p2", "Karsk", ("Norhal",), "QQQ", 1.0, 2.5, 0.25)
RECORDS = [
    Place("Karsk", ("Norhal", "Velmark"), "QQQ", 1.0, 2.5, 3.0, "exact", "p1"),
    Place("Karsk", ("Norhal",), "QQQ", precision="near", span=Span(3, 8), candidates=(MAYBE,)),
    Place("Karsk"),
    DateRange("2024-03-01", "2024-03-02", "night", "overnight", Span(1, 9), vague=True, anchor="2024-03-02"),
    DateRange(None, "2024-03-02", "before"),
    Target("civilian", "Norhal Guard", "female", "child", "girl", Span(0, 4)),
    Target(),
]


@pytest.mark.parametrize("record", RECORDS)
def test_what_is_written_is_read_back(record: object) -> None:
    plain = json.loads(json.dumps(to_plain(record)))
    assert from_plain(type(record), plain) == record
    assert from_plain(type(record), plain) == record, "the second time too"


def test_equal_places_are_one_object_and_others_are_not() -> None:
    one, two = ({"name": "Karsk", "admin": ["Norhal"], "lat": lat} for lat in (1.0, 2.0))
    assert from_plain(Place, dict(one)) is from_plain(Place, dict(one))
    assert from_plain(Place, two) != from_plain(Place, one)
    assert from_plain(Place, {"name": "Karsk", "country": "QQQ"}) != from_plain(Place, {"name": "Karsk", "id": "QQQ"})


def test_short_texts_are_one_object() -> None:
    told = json.loads('["killed in Karsk", "killed in Karsk"]')
    assert shared(told[0]) is shared(told[1])
    assert shared(3) == 3
