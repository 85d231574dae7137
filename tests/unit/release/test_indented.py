"""Indented JSON is what the standard library writes, byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.release.clearing import cleared
from tallybook.release.indented import Made, MadeByName, in_pieces, indented
from tallybook.release.profile import load_profile
from tallybook.release.tables import TABLES, json_line, plain
from tests.unit.release import sample

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
NESTED = st.recursive(PLAIN, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(), v, max_size=4))


@given(NESTED)
def test_it_is_what_the_library_writes(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(NESTED, st.integers(0, 3))
def test_in_pieces_it_is_the_same(value: Any, levels: int) -> None:
    assert "".join(in_pieces(value, levels=levels)) == indented(value)


@pytest.mark.parametrize("value", [(), ((),), {"a": ()}, ({"b": [1, {}]}, 'x\n"y\u2028'), {"a": {"b": "},\n  {"}}])
def test_tuples_are_arrays_and_text_keeps_its_marks(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


def test_a_line_holds_the_record_as_the_difference_compares_it() -> None:
    edition = cleared(sample.material(log=(sample.judgement(),)), load_profile("public"), sample.key()).edition
    records = [r for table in TABLES for r in table.records(edition)]
    assert len(records) > len(TABLES)
    assert [json_line(r) for r in records] == [json.dumps(plain(r), ensure_ascii=False) for r in records]


def test_made_values_are_written_like_a_list_and_an_object() -> None:
    rows = ["b", "a"]
    assert indented(Made(rows, lambda x: {"id": x})) == indented([{"id": "b"}, {"id": "a"}])
    assert indented(MadeByName({"b": 1, "a": 2}, lambda n: [n])) == indented({"b": [1], "a": [2]})
    assert indented({"x": Made([], str)}) == indented({"x": []})


def test_made_values_tell_how_many_they_are_and_what_they_hold() -> None:
    made = Made([1, 2], lambda n: n * 10)
    assert (len(made), 20 in made, 2 in made) == (2, True, False)
