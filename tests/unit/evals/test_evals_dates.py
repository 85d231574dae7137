"""The table of date expressions, and the scores around it, on cases worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from evals.dates import Expression, _width, expressions, interval, key_days

from tallybook.model import DateRange

FLOOR = 0.97


def test_the_table_has_300_different_expressions_whose_days_are_in_order() -> None:
    table = expressions()
    assert len({(e.words, e.published, e.anchor) for e in table}) == len(table) >= 300
    assert all(e.days[0] is None or e.days[1] is None or e.days[0] <= e.days[1] for e in table)


def test_the_table_is_read_above_its_floor() -> None:
    table = expressions()
    right = sum(interval(e) == e.days for e in table)
    assert right / len(table) >= FLOOR


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("on 3 May", ("2024-05-03", "2024-05-03")),
        ("on 31 June", (None, None)),
        ("after Monday", ("2024-05-13", "2024-05-13")),
        ("after the 9 May attack", ("2024-05-09", "2024-05-09")),
    ],
)
def test_words_around_a_date_move_it_only_where_they_mean_it(words: str, days: tuple[str | None, str | None]) -> None:
    assert interval(Expression(words, date(2024, 5, 15), None, (None, None))) == days


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("30 DEC 89", (date(1989, 12, 30), date(1989, 12, 30))),
        ("08 JAN 90 - 09 JAN 90", (date(1990, 1, 8), date(1990, 1, 9))),
        ("- 08 JAN 90", None),
        ("01 JAN 89 - 31 DEC 89", None),
        ("31 JUN 89", None),
    ],
)
def test_keys_are_days_where_both_ends_are_told(value: str, days: tuple[date, date] | None) -> None:
    assert key_days(value) == days


def test_an_interval_contains_the_truth_only_whole_and_if_it_says_something() -> None:
    truth = (date(2024, 5, 3), date(2024, 5, 4))
    assert _width(DateRange("2024-05-01", "2024-05-07"), truth) == 7
    assert _width(DateRange("2024-05-04", "2024-05-07"), truth) is None
    assert _width(DateRange("2024-01-01", "2024-12-31"), truth) is None
    assert _width(DateRange(None, "2024-05-07"), truth) is None
