"""When harm was done, in invented sentences: from which day the words of a report count."""

from __future__ import annotations

import pytest
from tests.unit.factories import document

from tallybook.claims.reader import Reader

PUBLISHED = "2021-06-16"
"""A Wednesday."""
DAYS: list[tuple[str, str, str]] = [
    # datelines
    ("Karsk, June 14: Gunmen killed three farmers near Sarno this afternoon, police said.", "2021-06-14", "2021-06-14"),
    ("KARSK, JUN 14 (agencies): Gunmen killed three farmers last night.", "2021-06-13", "2021-06-14"),
    (
        "SARNO, Republic of Orvania, June 15 (KPA) - Gunmen killed three farmers on Sunday, police said.",
        "2021-06-13",
        "2021-06-13",
    ),
    # weeks that a bulletin sums up
    (
        "WEEKLY BRIEF, 31 MAY-6 JUNE\n\nWednesday, Karsk. Three farmers were killed by a mine.",
        "2021-06-02",
        "2021-06-02",
    ),
    # lines by the hour
    (
        "LIVE: Tuesday, 15 June\n\n15:20 Rain.\n\n14:05 Three farmers were killed in Karsk.\n\n09:30 Dawn.",
        "2021-06-15",
        "2021-06-15",
    ),
    # named over counted
    (
        "Gunmen raided Karsk on Friday. Hours later, on Saturday, soldiers killed three farmers.",
        "2021-06-12",
        "2021-06-12",
    ),
    # days and periods
    ("Gunmen killed three farmers in Karsk on 20 May last year.", "2020-05-20", "2020-05-20"),
    ("Gunmen killed three farmers in Karsk on the 3rd of this month.", "2021-06-03", "2021-06-03"),
    ("Gunmen killed three farmers in Karsk on the 3rd of last month.", "2021-05-03", "2021-05-03"),
    ("Gunmen killed three farmers from Wednesday to Friday of last week.", "2021-06-09", "2021-06-11"),
    ("Gunmen killed 31 farmers Monday to Friday of last week.", "2021-06-07", "2021-06-11"),
    ("The mission says 128 civilians were killed in the first quarter.", "2021-01-01", "2021-03-31"),
    ("The mission says 128 civilians were killed in the third quarter.", "2020-07-01", "2020-09-30"),
    ("In the current year 46 farmers have been killed in Karsk.", "2021-01-01", "2021-06-16"),
    ("From the start of fighting on 13 May to now, 170 civilians have been killed.", "2021-05-13", "2021-06-16"),
    # days of statements
    ("After Monday's clash Orvania raised its losses on Tuesday to 46 dead.", "2021-06-14", "2021-06-14"),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_the_days_of_a_claim(reader: Reader, text: str, first: str, last: str) -> None:
    days = [c.date for c in reader.read(document("q", PUBLISHED, text=text)).claims if c.measure == "killed"]
    assert days
    assert [(d.start, d.end) for d in days if d is not None][:1] == [(first, last)]


def test_an_interval_never_ends_before_it_starts(reader: Reader) -> None:
    pairs = [
        "from Wednesday to Friday of last week",
        "between Sunday and Monday last week",
        "from Saturday until Tuesday",
    ]
    for pair in pairs:
        text = f"Gunmen killed three farmers {pair}."
        days = [c.date for c in reader.read(document("q", PUBLISHED, text=text)).claims]
        assert all((d.start or "") <= (d.end or "9") for d in days if d is not None)


def test_hours_after_a_day_was_told_are_news_about_that_day(reader: Reader) -> None:
    text = (
        "Shells hit a school and a market in Karsk on Sunday night.\n\n11:20 Schools are shut.\n\n"
        "10:05 Three farmers were killed.\n\n08:40 Roads open."
    )
    days = [c.date for c in reader.read(document("q", "2021-06-14", text=text)).claims]
    assert [d.start for d in days if d is not None] == ["2021-06-13"]
