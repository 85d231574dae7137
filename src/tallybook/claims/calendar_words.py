"""Months, weekdays and small numbers in words, and the days that months and years have."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_NUMBER = (
    {name: i for i, name in enumerate(MONTHS, 1)} | {name[:3]: i for i, name in enumerate(MONTHS, 1)} | {"sept": 9}
)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SMALL = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "several": 3, "few": 3, "a few": 3, "a couple of": 2, "couple of": 2, "fourteen": 14, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty-eight": 48, "half a": 1}  # fmt: skip
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]


def month_number(name: str) -> int:
    """Return the number of a month by its name or its first letters: January is 1."""
    name = name.rstrip(".").lower()
    return MONTH_NUMBER.get(name) or MONTH_NUMBER[name[:3]]


def weekday_number(word: str) -> int:
    """Return the number of a weekday by its first three letters: Monday is 0."""
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word.lower()[:3]))


def small_number(word: str) -> int:
    """Return a number of days or weeks: digits, a small number word, or 1 for a word that is none."""
    word = word.lower()
    return int(word) if word.isdigit() else SMALL.get(word, 1)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none: 31 June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(month: int, day: int, published: date | None, year: str | None) -> int | None:
    """Return the year told, else that of the last such day up to two days after publication; None if neither is known."""
    if year:
        return int(year)
    if published is None:
        return None
    candidate = day_or_none(published.year, month, min(day, 28))
    return published.year if candidate and candidate <= published + timedelta(days=2) else published.year - 1


def narrowed(part: str | None, start: date, end: date) -> tuple[date, date]:
    """Return the early, middle or late part of a month or year; all of it if `part` is none of these."""
    length = (end - start).days + 1
    third = max(1, length // 3)
    if part in ("early", "earlier", "beginning of", "start of"):
        return start, start + timedelta(days=third - 1 if length > 40 else min(9, length - 1))
    if part in ("mid", "middle of"):
        return (
            (start + timedelta(days=third), start + timedelta(days=2 * third))
            if length > 40
            else (start + timedelta(days=9), start + timedelta(days=19))
        )
    if part in ("late", "end of"):
        return end - timedelta(days=third - 1 if length > 40 else min(10, length - 1)), end
    return start, end
