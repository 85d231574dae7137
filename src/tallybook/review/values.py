"""Values as a person types them: numbers of persons, days, times, names, words of a list."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tallybook.errors import BadDate, UsageError

NONE = "none"
"""What is typed for 'not stated'."""

MODIFIERS: dict[str, Callable[[int], tuple[int | None, int | None, str]]] = {
    "at least": lambda n: (n, None, "at_least"),
    "more than": lambda n: (n + 1, None, "more_than"),
    "up to": lambda n: (None, n, "up_to"),
    "nearly": lambda n: (None, n, "nearly"),
    "about": lambda n: (n, n, "about"),
}
"""Words before a number and the bounds that they give it, as the reader takes them."""

_NUMBER = re.compile(r"\d{1,9}")
_RANGE = re.compile(r"(?P<low>\d{1,9})?\s*\.\.\s*(?P<high>\d{1,9})?")
_DASH = re.compile(r"(?<=\d)\s*[-–]\s*(?=\d)")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def count(words: str) -> dict[str, Any] | None:
    """Return the bounds of '12', '12..15', '12..', '..15', 'at least 12', 'up to 15', 'about 30'; None for 'none'.

    Raises: UsageError
    """
    plain = _DASH.sub("..", " ".join(words.replace(",", "").split()).lower())
    if plain == NONE:
        return None
    if _NUMBER.fullmatch(plain):
        return _bounds(int(plain), int(plain), "exact")
    modifier, _, digits = plain.rpartition(" ")
    if modifier in MODIFIERS and _NUMBER.fullmatch(digits):
        return _bounds(*MODIFIERS[modifier](int(digits)))
    told = _RANGE.fullmatch(plain)
    if told is None or not (told["low"] or told["high"]):
        raise UsageError(
            f"{words!r} is no count. Write 12, 12..15, 12.., ..15, or 'at least 12'; 'none' for no number."
        )
    low, high = (int(n) if n else None for n in (told["low"], told["high"]))
    if low is not None and high is not None and low > high:
        raise UsageError(f"{words!r} has its bounds the wrong way round. Write {high}..{low}.")
    modifier = "at_least" if high is None else "up_to" if low is None else "exact" if low == high else "between"
    return _bounds(low, high, modifier)


def _bounds(low: int | None, high: int | None, modifier: str) -> dict[str, Any]:
    return {"low": low, "high": high, "modifier": modifier}


def days(words: str) -> dict[str, Any] | None:
    """Return the interval of '2024-03-01', '2024-03', '2024', 'A..B', 'A..', '..B'; None for 'none'.

    Raises: BadDate
    """
    plain = words.strip()
    if plain.lower() == NONE:
        return None
    first, dots, last = plain.partition("..")
    start, shortest = _edge(first, words, at_end=False)
    end, _ = _edge(last if dots else first, words, at_end=True)
    if start is None and end is None:
        raise BadDate(f"{words!r} is no date. Write YYYY-MM-DD, YYYY-MM, or two days as A..B; 'none' for no date.")
    if start and end and start > end:
        raise BadDate(f"{words!r} ends before it starts. Swap the two days.")
    return {"start": start, "end": end, "precision": _precision(start, end, shortest if not dots else "range")}


def _edge(words: str, whole: str, *, at_end: bool) -> tuple[str | None, str]:
    if not words.strip():
        return None, "range"
    told = _DAY.fullmatch(words.strip())
    if told is None:
        raise BadDate(f"{whole!r} is no date. Write YYYY-MM-DD, YYYY-MM, or two days as A..B; 'none' for no date.")
    year, month = int(told["year"]), int(told["month"] or (12 if at_end else 1))
    try:
        last = monthrange(year, month)[1]
        made = date(year, month, int(told["day"] or (last if at_end else 1)))
    except ValueError as trouble:
        raise BadDate(f"{whole!r} is no day of the calendar. Check month and day.") from trouble
    return made.isoformat(), "day" if told["day"] else "month" if told["month"] else "year"


def _precision(start: str | None, end: str | None, told: str) -> str:
    if start is None:
        return "before"
    if end is None:
        return "since"
    return "day" if start == end else told


def one_of(words: Sequence[str], *, or_none: bool = False) -> Callable[[str], str | None]:
    """Return a function that accepts one of these words; with `or_none` also 'none', for None.

    Raises: UsageError, by the function that is returned, for any other word.
    """

    def chosen(typed: str) -> str | None:
        """Return the word that was typed.

        Raises: UsageError
        """
        plain = typed.strip().lower()
        if or_none and plain == NONE:
            return None
        if plain not in words:
            listed = ", ".join([*words, NONE] if or_none else words)
            raise UsageError(f"{typed!r} is not known here. Give one of: {listed}.")
        return plain

    return chosen


def time_of_day(words: str) -> str | None:
    """Return HH:MM; None for 'none'.

    Raises: UsageError
    """
    plain = words.strip()
    if plain.lower() == NONE:
        return None
    if not _TIME.fullmatch(plain):
        raise UsageError(f"{words!r} is no time of day. Write HH:MM, or 'none'.")
    return plain


def names(words: str) -> list[str]:
    """Return the names between semicolons, or commas where there is no semicolon; empty for 'none'."""
    if words.strip().lower() == NONE:
        return []
    parts = words.split(";" if ";" in words else ",")
    return [" ".join(p.split()) for p in parts if p.strip()]


def name(words: str) -> str | None:
    """Return one name with single spaces; None for 'none'."""
    plain = " ".join(words.split())
    return None if plain.lower() == NONE or not plain else plain
