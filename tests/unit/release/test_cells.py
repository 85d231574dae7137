"""Nothing in a CSV file is run by a spreadsheet."""

from __future__ import annotations

import pytest

from tallybook.release.cells import csv_text, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@x", "\tx", "\rx", "-1;=2", "- 5"])
def test_formulas_are_defused(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-1", "-46.95", "a=b", 12, -3, 0.5, ""])
def test_plain_values_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


def test_what_is_not_stated_is_empty_and_never_0() -> None:
    assert csv_text([["a", "b"]], [[None, 0]]) == "a,b\n,0\n"
