"""Written dates of publication to ISO dates and times."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

CENTURY_TURN = 70
"""Two-digit years from here on are 19xx, before it 20xx."""

FIRST_YEAR = 1800
"""Earlier years in a stamp are misprints ("0025")."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A publication time as ISO 8601, and whether its offset from UTC was missing and taken as zero."""

    iso: str
    offset_missing: bool = False

    @property
    def day(self) -> str:
        """Return its ISO day."""
        return self.iso[:10]


@dataclass(frozen=True, slots=True)
class StampWords:
    """The English words of stamps."""

    months: dict[str, int]
    weekdays: tuple[str, ...]
    labels: tuple[str, ...]


@cache
def stamp_words() -> StampWords:
    """Return the words of `stamps.toml`."""
    rows = tomllib.loads(files("tallybook.documents").joinpath("stamps.toml").read_text(encoding="utf-8"))
    months = {name: number for number, names in enumerate(rows["months"], start=1) for name in names}
    return StampWords(months, tuple(rows["weekdays"]), tuple(rows["labels"]))


def alternation(words: tuple[str, ...]) -> str:
    """Return a pattern that matches any of `words`, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def read_stamp(words: str) -> Stamp | None:
    """Read one publication date or time: ISO 8601, RFC 2822, or a common written date. None where it is none of these.

    A day and month in figures are read only where one order is possible ("25/12/2023", "05/05/2023").
    """
    stripped = " ".join(words.split())
    return _iso(stripped) or _mail(stripped) or _whole_date(stripped)


def _iso(words: str) -> Stamp | None:
    try:
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", words):
            return Stamp(_sane(date.fromisoformat(words)).isoformat())
        if not re.match(r"\d{4}-?\d\d-?\d\d[T ]", words):
            return None
        return _moment(datetime.fromisoformat(re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", words)))
    except ValueError:
        return None


def _moment(moment: datetime) -> Stamp | None:
    if moment.year < FIRST_YEAR:
        return None
    if moment.tzinfo is None:
        return Stamp(moment.replace(tzinfo=UTC).isoformat(), offset_missing=True)
    return Stamp(moment.isoformat())


def _mail(words: str) -> Stamp | None:
    if not re.search(r"\d:\d\d", words) or re.search(r"\b[ap]\.?m\b", words, re.IGNORECASE):
        return None
    try:
        return _moment(parsedate_to_datetime(words))
    except (ValueError, IndexError, TypeError):
        return None


def _whole_date(words: str) -> Stamp | None:
    found = list(find_dates(words))
    if len(found) != 1:
        return None
    start, end, day = found[0]
    weekdays = alternation(stamp_words().weekdays)
    clock = r"\d?\d[:.]\d\d(?::\d\d)?|\b[ap]\.?m\b|\b[A-Z]{2,4}\b|\W"
    rest = re.sub(rf"\b(?:{weekdays})\b|{clock}", "", words[:start] + words[end:], flags=re.IGNORECASE)
    return Stamp(day) if not rest else None


def find_dates(words: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, ISO day) of every full date in `words`, in order; dates that do not exist are passed over."""
    for match in _full_date().finditer(words):
        parts = match.groupdict()
        year = parts["y1"] or parts["y2"] or parts["y3"] or parts["y4"]
        try:
            day = _sane(date(_year(year), *_month_and_day(parts)))
        except ValueError:
            continue
        yield match.start(), match.end(), day.isoformat()


def _month_and_day(parts: dict[str, str]) -> tuple[int, int]:
    months = stamp_words().months
    if parts["m1"]:
        return months[parts["m1"].lower()], int(parts["d1"])
    if parts["m2"]:
        return months[parts["m2"].lower()], int(parts["d2"])
    if parts["m3"]:
        return int(parts["m3"]), int(parts["d3"])
    return _figures(int(parts["a4"]), int(parts["b4"]), dotted=parts["sep"] == ".")


def _figures(first: int, second: int, *, dotted: bool) -> tuple[int, int]:
    """Return (month, day). With dots the day comes first everywhere; with slashes only one possible order is read.

    Raises: ValueError where both orders are possible.
    """
    if dotted or first > 12 or first == second:
        return second, first
    if second > 12:
        return first, second
    raise ValueError("either may be the month")


@cache
def _full_date() -> re.Pattern[str]:
    months = alternation(tuple(stamp_words().months))
    year = r"(?:\d{4}|'?\d\d)(?![\d:])"
    return re.compile(
        rf"(?<![\w/-])(?:(?P<d1>\d?\d)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m1>{months})\.?,?[\s-]+(?P<y1>{year})"
        rf"|(?P<m2>{months})\.?\s+(?P<d2>\d?\d)(?:st|nd|rd|th)?,?\s+(?P<y2>{year})"
        r"|(?P<y3>\d{4})[-/.](?P<m3>\d\d?)[-/.](?P<d3>\d\d?)"
        r"|(?P<a4>\d\d?)(?P<sep>[./-])(?P<b4>\d\d?)(?P=sep)(?P<y4>\d{4}))(?!\d)",
        re.IGNORECASE,
    )


def _year(digits: str) -> int:
    number = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) == 4:
        return number
    return number + (1900 if number >= CENTURY_TURN else 2000)


def _sane(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise ValueError(f"{day} is no year of publication")
    return day
