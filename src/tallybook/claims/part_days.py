"""Words for parts of months and years: halves, quarters, the first ten days, seasons, decades, spans of years."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallybook.claims.calendar_words import month_end, month_number, small_number, year_of
from tallybook.claims.date_mentions import Found, Resolve

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season of the northern half of the earth; each lasts three months (meteorological seasons)."""
WHICH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
SIZES = {"half": 6, "quarter": 3}
"""Months of a part of a year."""


def part_of_month(m: re.Match[str]) -> Resolve:
    """Read 'the first half of April', 'the first ten days of April', 'the last two weeks of March 2023'."""
    which, unit = m["which"].lower(), m["unit"].lower().rstrip("s")
    days = (small_number(m["n"]) if m["n"] else 1) * (7 if unit == "week" else 1)

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        month = month_number(m["month"])
        year = year_of(month, 1, published, m["year"])
        if year is None:
            return None
        start, end = date(year, month, 1), month_end(year, month)
        if unit == "half":
            middle = date(year, month, 15)
            return (start, middle, "range", False) if which == "first" else (middle + timedelta(1), end, "range", False)
        if which == "last":
            return end - timedelta(days=days - 1), end, "range", False
        return start, start + timedelta(days=days - 1), "range", False

    return resolve


def part_of_year(m: re.Match[str]) -> Resolve:
    """Read 'the first quarter of 2023', 'in the first quarter', 'the second half of last year', 'the first six months of 2023'."""
    which, unit = WHICH[m["which"].lower()], m["unit"].lower().rstrip("s")
    months = SIZES.get(unit) or small_number(m["n"] or "1")

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"]) if m["year"] else published.year - (1 if m["last"] else 0) if published else None
        if year is None:
            return None
        if published is not None and not m["year"] and unit in SIZES and which >= 0:
            year -= 1 if date(year, 1 + which * months, 1) > published else 0
        first = 13 - months if which == -1 else 1 + (which * months if unit in SIZES else 0)
        if first + months - 1 > 12:
            return None
        return _until_told(date(year, first, 1), month_end(year, first + months - 1), published, unit in SIZES)

    return resolve


def season(m: re.Match[str]) -> Resolve:
    """Read 'the summer of 2022', 'last winter', 'this spring': of the northern half of the earth."""
    month, which = SEASONS[m["season"].lower()], (m["which"] or "").lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if m["year"]:
            year = int(m["year"])
        elif published is None:
            return None
        else:
            year = published.year
            begun = date(year, month, 1) <= published
            ended = begun and _season_end(year, month) < published
            year -= 0 if (ended if which == "last" else begun) else 1
        return _until_told(date(year, month, 1), _season_end(year, month), published, True)

    return resolve


def decade(m: re.Match[str]) -> Resolve:
    """Read 'the 1990s'."""
    first = int(m["decade"])
    return lambda published, anchor: (date(first, 1, 1), date(first + 9, 12, 31), "range", True)


def years(m: re.Match[str]) -> Resolve:
    """Read 'between 2015 and 2018', 'from 2015 to 2018'."""
    first, last = int(m["y1"]), int(m["y2"])

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        return _until_told(date(first, 1, 1), date(last, 12, 31), published, False) if first <= last else None

    return resolve


def months(m: re.Match[str]) -> Resolve:
    """Read 'between March and April', 'from October 2023 to January 2024'."""
    one, two = month_number(m["m1"]), month_number(m["m2"])

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        last = year_of(two, 1, published, m["year"])
        if last is None:
            return None
        first = int(m["year1"]) if m["year1"] else last if one <= two else last - 1
        return _until_told(date(first, one, 1), month_end(last, two), published, False)

    return resolve


def _season_end(year: int, month: int) -> date:
    return month_end(year, month + 2) if month <= 10 else month_end(year + 1, month - 10)


def _until_told(start: date, end: date, published: date | None, vague: bool) -> Found:
    """Return an interval that does not reach beyond publication."""
    return start, published if published and start <= published < end else end, "range", vague
