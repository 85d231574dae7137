"""Words that name days of the calendar: days of a month, months, years, feasts. The past is preferred."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallybook.claims.calendar_words import ORDINALS, day_or_none, month_end, month_number, narrowed, year_of
from tallybook.claims.date_mentions import Found, Resolve


def day_of_month(m: re.Match[str]) -> Resolve:
    """Read '3 May', 'May 3-5, 2020', 'the night of 3 May'."""
    month, year = month_number(m["month"]), m.groupdict().get("year")
    first, last = int(m["d1"]), int(m.groupdict().get("d2") or m["d1"])
    last_year = bool(m.groupdict().get("last"))
    night = "night of" in m.group().lower() or "overnight" in m.group().lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        at = year_of(month, first, published, year)
        if at is None:
            return None
        if last_year and published is not None:
            at = published.year - 1
        start, end = day_or_none(at, month, first), day_or_none(at, month, last)
        if start and end and end < start:
            start, end = end, start
        if start is None or end is None:
            return None
        if night and start == end:
            end = start + timedelta(days=1)
        return start, end, "day" if start == end else "night" if night else "range", False

    return resolve


def day_of_this_month(m: re.Match[str]) -> Resolve:
    """Read 'the 12th of this month', 'the 3rd of last month'."""
    day, last = int(m["d1"]), m["which"].split()[-1] in ("last", "previous")

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        month = published.replace(day=1) - timedelta(days=1) if last else published
        found = day_or_none(month.year, month.month, day)
        return (found, found, "day", False) if found else None

    return resolve


def days_of_two_months(m: re.Match[str]) -> Resolve:
    """Read 'from 30 April to 2 May'."""

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        m1, m2 = month_number(m["m1"]), month_number(m["m2"])
        year2 = year_of(m2, int(m["d2"]), published, m["year"])
        if year2 is None:
            return None
        year1 = int(m["year1"]) if m.groupdict().get("year1") else year2 if m1 <= m2 else year2 - 1
        start, end = day_or_none(year1, m1, int(m["d1"])), day_or_none(year2, m2, int(m["d2"]))
        return (start, end, "range", False) if start and end else None

    return resolve


def numeric_day(m: re.Match[str]) -> Resolve:
    """Read '2020-05-03', '3/5/2020': the day stands first unless no such day is."""

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        day = day_or_none(int(m["year"]), int(m["month"]), int(m["day"])) or day_or_none(
            int(m["year"]), int(m["day"]), int(m["month"])
        )
        return (day, day, "day", False) if day else None

    return resolve


def short_year(m: re.Match[str]) -> Resolve:
    """Read '3 May 20': years above 50 are of the last century."""
    year = int(m["year"]) + (1900 if int(m["year"]) > 50 else 2000)
    day = day_or_none(year, month_number(m["month"]), int(m["d1"]))
    return lambda published, anchor: (day, day, "day", False) if day else None


def ordinal_day(m: re.Match[str]) -> Resolve:
    """Read 'the third of May'."""
    day, month = ORDINALS.index(m["ordinal"].lower()) + 1, month_number(m["month"])

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = published.year - 1 if m["last"] and published else year_of(month, day, published, m["year"])
        found = day_or_none(year, month, day) if year else None
        return (found, found, "day", False) if found else None

    return resolve


def month(m: re.Match[str]) -> Resolve:
    """Read 'early May', 'in May 2020': the last May if no year is told."""
    part = (m["part"] or "").strip().rstrip("-").lower().removeprefix("the ") or None

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        month = month_number(m["month"])
        year = int(m["year"]) if m["year"] else None
        if year is None:
            if published is None:
                return None
            before = bool(m["last"]) or month > published.month
            year = published.year - 1 if before else published.year
        start, end = narrowed(part, date(year, month, 1), month_end(year, month))
        if published and start <= published < end:
            end = published
        return start, end, "month", bool(part)

    return resolve


def year(m: re.Match[str]) -> Resolve:
    """Read 'in 2020', 'late 2020': no later than publication."""
    part = (m["part"] or "").strip().rstrip("-").lower().removeprefix("the ") or None

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"])
        start, end = narrowed(part, date(year, 1, 1), date(year, 12, 31))
        if published and start <= published < end:
            end = published
        return start, end, "year", bool(part)

    return resolve


def week_of_month(m: re.Match[str]) -> Resolve:
    """Read 'the first week of May'."""
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 4}[m["which"].lower()]

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        month = month_number(m["month"])
        year = int(m["year"]) if m["year"] else year_of(month, 1, published, None)
        if year is None:
            return None
        end_of = month_end(year, month)
        start = end_of - timedelta(days=6) if which == 4 else date(year, month, 1 + 7 * which)
        return start, min(start + timedelta(days=6), end_of), "week", True

    return resolve
