"""Publication dates as they are written."""

from __future__ import annotations

import pytest

from tallybook.documents.dateline import dateline
from tallybook.documents.dates import read_stamp


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2014-02-20", "2014-02-20"),
        ("20140220", "2014-02-20"),
        ("2023-12-04T10:00:00Z", "2023-12-04T10:00:00+00:00"),
        ("2023-12-04T10:00:00+06:30", "2023-12-04T10:00:00+06:30"),
        ("2023-12-04 10:00 UTC", "2023-12-04T10:00:00+00:00"),
        ("4 December 2023", "2023-12-04"),
        ("December 4, 2023", "2023-12-04"),
        ("Dec. 4, 2023", "2023-12-04"),
        ("4th of May 2023", "2023-05-04"),
        ("Mon, 04 Dec 2023 10:00:00 GMT", "2023-12-04T10:00:00+00:00"),
        ("Monday, 4 December 2023, 10:30 pm", "2023-12-04"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("04.12.2023", "2023-12-04"),
        ("2023/12/04", "2023-12-04"),
    ],
)
def test_common_ways_to_write_a_date(words: str, iso: str) -> None:
    stamp = read_stamp(words)
    assert stamp is not None
    assert stamp.iso == iso


@pytest.mark.parametrize("words", ["04/12/2023", "2023", "Dec 2023", "rubbish", "2023-02-30", "0025-01-01", "", "12"])
def test_a_date_that_is_open_or_impossible_is_no_date(words: str) -> None:
    assert read_stamp(words) is None


def test_a_time_without_offset_says_so() -> None:
    stamp = read_stamp("2023-12-04T10:00")
    assert stamp is not None
    assert stamp.offset_missing
    assert stamp.iso == "2023-12-04T10:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SAN LORIO, 3 JAN 90 (ACAN) -- [TEXT] FIVE PEOPLE DIED.", "1990-01-03"),
        ("(DESK)\n\n   NO CITY (ORVANIA), 26 SEP 89 -- [TEXT] FIVE DIED.", "1989-09-26"),
        ("CAPITAL, May 13, 2025 (Agency) - Four people died.", "2025-05-13"),
        ("(Agency / Service - 13th May, 2025) Four people died.", "2025-05-13"),
        ("ORVANIA: Flash Update No. 4\nAs of 25 March 2024\n\nFive died.", "2024-03-25"),
        ("Flash Update No. 3, as of 12 May 2025\nFive died.", "2025-05-12"),
        ("Situation report 5 | 12 May 2025\nFive died.", "2025-05-12"),
        ("Published: 4 Dec 2023 10:00 GMT\nFive died.", "2023-12-04"),
        ("Headline\nMonday, 4 December 2023\nFive died.", "2023-12-04"),
        ("Five people died.\n(end) XY 121408 May 25NNNN", "2025-05-12"),
    ],
)
def test_a_dateline_or_stamp_dates_its_report(text: str, day: str) -> None:
    stamp = dateline(text)
    assert stamp is not None
    assert stamp.day == day


@pytest.mark.parametrize(
    "text",
    [
        "On 4 March 2024, four people died.",
        "Attack of 3 March 2024 leaves five dead\n\nFive people died.",
        "BRANNIK, March 4 (OPA) - At least seven people were killed.",
        "- Date: 12 March 2024, 23:30\n- Killed: 5",
        "NO CITY, NO DATE -- [TEXT] FIVE DIED.",
    ],
)
def test_a_date_of_something_else_does_not_date_the_report(text: str) -> None:
    assert dateline(text) is None
