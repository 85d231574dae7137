"""Words to days: every expression of date in a sentence, as an interval once publication and anchor are known.

The past is preferred: 'Monday' is the last Monday, 'in March' the last March. Nothing is resolved against a
publication date that is not there.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tallybook.model.claim import DateRange
from tallybook.model.span import Span

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

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
_N = r"\d{1,3}|a few|a couple of|couple of|several|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty-four|twenty|thirty|forty-eight|few|a|an"
_PART = r"(?P<part>morning|afternoon|evening|night|midday|noon|dawn|midnight)"
_YEAR = r"(?:19|20)\d\d"
_ORD = r"(?:st|nd|rd|th)?"


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of date and how to resolve it."""

    start: int
    end: int
    text: str
    kind: str  # absolute, partial, weekday, relative, period, anchored, since
    resolve: Callable[[date | None, date | None], tuple[date | None, date | None, str, bool] | None]
    since: bool = False
    until: bool = False
    part: str | None = None

    @property
    def needs_publication(self) -> bool:
        """Say whether the words mean nothing without a publication date."""
        return self.kind in ("partial", "weekday", "relative", "period", "since-partial")

    @property
    def anchored(self) -> bool:
        """Say whether the words hang on another date of the report."""
        return self.kind == "anchored"

    def range(self, published: date | None, anchor: date | None, offset: int = 0) -> DateRange | None:
        """Return the interval, or None where what it hangs on is not known."""
        found = self.resolve(published, anchor)
        if found is None:
            return None
        start, end, precision, vague = found
        if self.since:
            end = published
            precision = "since"
        base = anchor if self.anchored else published if self.needs_publication else None
        return DateRange(
            start.isoformat() if start else None, end.isoformat() if end else None, precision, self.text,
            Span(self.start, self.end), vague, base.isoformat() if base else None,
        )  # fmt: skip


Found = tuple[date | None, date | None, str, bool]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(month: int, day: int, published: date | None, year: str | None) -> int | None:
    if year:
        return int(year)
    if published is None:
        return None
    candidate = _safe(published.year, month, min(day, 28))
    return published.year if candidate and candidate <= published + timedelta(days=2) else published.year - 1


def _month_no(name: str) -> int:
    name = name.rstrip(".").lower()
    return MONTH_NUMBER.get(name) or MONTH_NUMBER[name[:3]]


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else SMALL.get(word, 1)


def _day_month(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    month, year = _month_no(m["month"]), m.groupdict().get("year")
    first, last = int(m["d1"]), int(m.groupdict().get("d2") or m["d1"])
    night = "night of" in m.group().lower() or "overnight" in m.group().lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        at = _year_of(month, first, published, year)
        if at is None:
            return None
        start, end = _safe(at, month, first), _safe(at, month, last)
        if start and end and end < start:
            start, end = end, start
        if start is None or end is None:
            return None
        if night and start == end:
            end = start + timedelta(days=1)
        return start, end, "day" if start == end else "night" if night else "range", False

    return resolve


def _two_months(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    def resolve(published: date | None, anchor: date | None) -> Found | None:
        m1, m2 = _month_no(m["m1"]), _month_no(m["m2"])
        year2 = _year_of(m2, int(m["d2"]), published, m["year"])
        if year2 is None:
            return None
        year1 = int(m["year1"]) if m.groupdict().get("year1") else year2 if m1 <= m2 else year2 - 1
        start, end = _safe(year1, m1, int(m["d1"])), _safe(year2, m2, int(m["d2"]))
        return (start, end, "range", False) if start and end else None

    return resolve


def _iso(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    def resolve(published: date | None, anchor: date | None) -> Found | None:
        day = _safe(int(m["year"]), int(m["month"]), int(m["day"])) or _safe(
            int(m["year"]), int(m["day"]), int(m["month"])
        )
        return (day, day, "day", False) if day else None

    return resolve


def _part_of(part: str | None, start: date, end: date) -> tuple[date, date]:
    """Narrow a month or year to its early, middle or late part."""
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


def _month(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    part = (m["part"] or "").strip().rstrip("-").lower().removeprefix("the ") or None

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        month = _month_no(m["month"])
        year = int(m["year"]) if m["year"] else None
        if year is None:
            if published is None:
                return None
            year = published.year if month <= published.month else published.year - 1
        start, end = _part_of(part, date(year, month, 1), _month_end(year, month))
        if published and start <= published < end:
            end = published
        return start, end, "month", bool(part)

    return resolve


def _year(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    part = (m["part"] or "").strip().rstrip("-").lower() or None

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"])
        start, end = _part_of(part, date(year, 1, 1), date(year, 12, 31))
        if published and start <= published < end:
            end = published
        return start, end, "year", bool(part)

    return resolve


def _weekday(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    wanted = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(m["day"].lower()[:3]))
    before = (m.groupdict().get("before") or "").lower()
    part = (m.groupdict().get("part") or "").lower()
    night = part in ("night", "midnight") or (before.startswith("late") and not part) or "overnight" in before

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        back = (published.weekday() - wanted) % 7
        if "last" in before and back == 0:
            back = 7
        day = published - timedelta(days=back)
        if "overnight into" in before or ("early hours" in before and "night" in before):
            return day - timedelta(days=1), day, "night", False
        return (
            (day, min(day + timedelta(days=1), max(published, day)), "night", False)
            if night
            else (day, day, "day", False)
        )

    return resolve


def _weekday_pair(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        first, last = (next(i for i, n in enumerate(WEEKDAYS) if n.startswith(m[g].lower()[:3])) for g in ("a", "b"))
        end = published - timedelta(days=(published.weekday() - last) % 7)
        start = end - timedelta(days=(end.weekday() - first) % 7)
        return start, end, "range", False

    return resolve


def _fixed(
    first: int, last: int, precision: str, vague: bool = False
) -> Callable[[re.Match[str]], Callable[[date | None, date | None], Found | None]]:
    """Make a reader of words that mean days `first`..`last` from publication (negative: before it)."""

    def make(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
        def resolve(published: date | None, anchor: date | None) -> Found | None:
            if published is None:
                return None
            return published + timedelta(days=first), published + timedelta(days=last), precision, vague

        return resolve

    return make


def _ago(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    n, unit = _number(m["n"]), m["unit"].lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        vague = m["n"].lower() in ("several", "few", "a few", "a couple of", "couple of")
        if unit == "hour":
            return published - timedelta(days=1), published, "day", True
        if unit == "day":
            day = published - timedelta(days=n)
            return (
                (day - timedelta(days=2), day + timedelta(days=1), "range", True) if vague else (day, day, "day", False)
            )
        length = {"week": 7, "month": 30, "year": 365}[unit]
        centre = published - timedelta(days=n * length)
        slack = {"week": 3, "month": 15, "year": 182}[unit]
        return centre - timedelta(days=slack), min(centre + timedelta(days=slack), published), unit, True

    return resolve


def _past_span(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    n, unit = _number(m["n"] or "1"), m["unit"].lower().rstrip("s")

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        recent = "recent" in m.group().lower()
        vague = recent or (not m["n"] and unit != "day") or (m["n"] or "").lower() in ("few", "a few", "several")
        days = {"hour": max(1, (n + 23) // 24), "day": n, "night": n, "week": 7 * n, "month": 30 * n, "year": 365 * n}[
            unit
        ]
        if recent:
            days = {"day": 7, "week": 30, "month": 120, "year": 1100}[unit]
        elif vague and unit == "day":
            days = max(days, 5)
        return published - timedelta(days=days), published, "range", vague or unit in ("month", "year", "week")

    return resolve


def _this_last(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    part = (m["part"] or "").strip().lower().removeprefix("the ") or None
    which, unit = (m["which"] or m["which2"]).lower(), m["unit"].lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        last = which in ("last", "previous")
        if unit == "week":
            monday = published - timedelta(days=published.weekday())
            start, end = (monday - timedelta(days=7), monday - timedelta(days=1)) if last else (monday, published)
            if part == "late":
                start = start + timedelta(days=3)
            if part in ("early", "earlier"):
                end = min(start + timedelta(days=3), end) if part == "early" else end
            if last and part is None and published.weekday() < 6:
                start = min(start, published - timedelta(days=7))
            return start, max(start, end), "week", True
        if unit == "weekend":
            saturday = published - timedelta(days=(published.weekday() - 5) % 7)
            if saturday + timedelta(days=1) > published and published.weekday() == 5:
                return saturday, saturday, "range", False
            return saturday, saturday + timedelta(days=1), "range", False
        if unit == "month":
            year, month = published.year, published.month
            if last:
                year, month = (year, month - 1) if month > 1 else (year - 1, 12)
            start, end = date(year, month, 1), _month_end(year, month)
        else:
            year = published.year - (1 if last else 0)
            start, end = date(year, 1, 1), date(year, 12, 31)
        start, end = _part_of(part if part != "earlier" else None, start, end)
        return start, min(end, published), unit, bool(part)

    return resolve


def _shift(
    days: int, night: bool = False
) -> Callable[[re.Match[str]], Callable[[date | None, date | None], Found | None]]:
    """Make a reader of words that hang on the last date told."""

    def make(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
        n = _number(m["n"]) if "n" in m.re.groupindex and m["n"] else 1

        def resolve(published: date | None, anchor: date | None) -> Found | None:
            if anchor is None:
                return None
            unit = (m.groupdict().get("unit") or "day").lower()
            size = 7 if unit.startswith("week") else 30 if unit.startswith("month") else 1
            day = anchor + timedelta(days=days * n * size)
            return day, day + timedelta(days=1 if night else 0), "night" if night else "day", size > 1

        return resolve

    return make


def _week_of(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 4}[m["which"].lower()]

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        month = _month_no(m["month"])
        year = int(m["year"]) if m["year"] else _year_of(month, 1, published, None)
        if year is None:
            return None
        end_of = _month_end(year, month)
        start = end_of - timedelta(days=6) if which == 4 else date(year, month, 1 + 7 * which)
        return start, min(start + timedelta(days=6), end_of), "week", True

    return resolve


def _feast(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    name = m["feast"].lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"]) if m["year"] else published.year if published else None
        if year is None:
            return None
        for at in (year, year - 1) if not m["year"] else (year,):
            days = _feast_days(name, at)
            if days and (published is None or days[0] <= published):
                return days[0], days[1], "day" if days[0] == days[1] else "range", False
        return None

    return resolve


def _feast_days(name: str, year: int) -> tuple[date, date] | None:
    if "christmas eve" in name:
        return date(year, 12, 24), date(year, 12, 24)
    if "christmas" in name:
        return date(year, 12, 25), date(year, 12, 25)
    if "new year" in name:
        return (date(year, 12, 31), date(year, 12, 31)) if "eve" in name else (date(year, 1, 1), date(year, 1, 1))
    from hijridate import Gregorian, Hijri  # loaded only for moving feasts

    for hijri in (Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year):
        if "fitr" in name:
            first, length = Hijri(hijri, 10, 1), 1
        elif "adha" in name:
            first, length = Hijri(hijri, 12, 10), 1
        else:
            first, length = Hijri(hijri, 9, 1), Hijri(hijri, 9, 1).month_length()
        day = first.to_gregorian()
        start = date(day.year, day.month, day.day)
        if start.year == year:
            return start, start + timedelta(days=length - 1)
    return None


_FLAGS = re.IGNORECASE
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
_ORDINALS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_TIMEPART = rf"(?:\s+{_PART}|[\u2019']s\b)?"
RULES: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Callable[[date | None, date | None], Found | None]]]] = [
    ("absolute", re.compile(r"\b(?P<d1>\d{1,2})\s*(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\s*(?P<year>\d\d)\b(?!\s*(?:people|\d))", _FLAGS), lambda m: _short_year(m)),
    ("partial", re.compile(rf"\b(?:from|between)?\s*(?P<d1>\d{{1,2}}){_ORD}\s+(?P<m1>{_MONTH})(?:\s+(?P<year1>{_YEAR}))?\s*(?:to|and|until|till|-|\u2013|through)\s*(?P<d2>\d{{1,2}}){_ORD}\s+(?P<m2>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?\b", _FLAGS), _two_months),
    ("partial", re.compile(rf"\b(?:from\s+|between\s+)(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}}){_ORD}(?:,?\s+(?P<year1>{_YEAR}))?\s*(?:to|and|until|through)\s*(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}}){_ORD}(?:,?\s+(?P<year>{_YEAR}))?\b", _FLAGS), _two_months),
    ("partial", re.compile(rf"\b(?:(?:the\s+)?(?:early\s+hours|night)\s+of\s+|overnight\s+(?:from\s+|on\s+)?)?(?:between\s+|from\s+)?(?P<d1>\d{{1,2}}){_ORD}\s*(?:-|\u2013|/|and|to|until)\s*(?P<d2>\d{{1,2}}){_ORD}\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?\b", _FLAGS), _day_month),
    ("partial", re.compile(rf"\b(?:between\s+|from\s+)?(?P<month>{_MONTH})\s+(?P<d1>\d{{1,2}}){_ORD}\s*(?:-|\u2013|/|to|and)\s*(?P<d2>\d{{1,2}}){_ORD}(?!\s*(?:people|civilians|soldiers))(?:,?\s+(?P<year>{_YEAR}))?\b", _FLAGS), _day_month),
    ("partial", re.compile(rf"\b(?:{_DAY},?\s+)?(?:(?:the\s+)?night\s+of\s+)?(?:the\s+)?(?P<d1>\d{{1,2}}){_ORD}\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?\b{_TIMEPART}", _FLAGS), _day_month),
    ("partial", re.compile(rf"\b(?:{_DAY},?\s+)?(?:(?:the\s+)?night\s+of\s+)?(?P<month>{_MONTH})\s+(?P<d1>\d{{1,2}}){_ORD}\b(?![\d:,]\d)(?:,?\s+(?P<year>{_YEAR}))?{_TIMEPART}", _FLAGS), _day_month),
    ("partial", re.compile(rf"\b(?:the\s+)?(?P<ordinal>{_ORDINALS})\s+of\s+(?P<month>{_MONTH})(?:\s+(?P<last>last\s+year)|,?\s+(?P<year>{_YEAR}))?\b", _FLAGS), lambda m: _ordinal_day(m)),
    ("absolute", re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"), _iso),
    ("absolute", re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b"), _iso),
    ("period", re.compile(rf"\b(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+week\s+of\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?\b", _FLAGS), _week_of),
    ("relative", re.compile(r"\b(?P<part>early|late|mid|earlier|(?:the\s+)?(?:beginning|start|end|middle)\s+of)?[\s-]*(?:(?P<which>this|last|previous|the)\s+(?=weekend)|(?P<which2>this|last|previous)\s+)(?P<unit>weekend|week|month|year)\b(?!\s+(?:before\b|earlier\b|later\b|of\b|under\b))", _FLAGS), _this_last),
    ("period", re.compile(rf"\b(?P<part>(?:early|late|mid|(?:the\s+)?(?:beginning|start|end|middle)\s+of)(?:-|\s+)(?:in\s+)?)?(?P<month>january|february|march|april|june|july|august|september|october|november|december|(?<=in\s)may|(?<=early\s)may|(?<=late\s)may|(?<=since\s)may|(?<=mid-)may|(?<=of\s)may|(?<=last\s)may)\b(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?", _FLAGS), _month),
    ("absolute", re.compile(rf"(?:(?<=in\s)|(?<=since\s)|(?<=during\s)|(?<=of\s)|(?<=until\s)|(?<=from\s)|(?<=to\s)|(?=early|late|mid))(?P<part>(?:early|late|mid)(?:-|\s+))?(?P<year>{_YEAR})\b", _FLAGS), _year),
    ("weekday", re.compile(rf"\b(?:overnight\s+(?:from\s+|between\s+)?|the\s+night\s+(?:of|from|between)\s+)?(?P<a>{_DAY})(?:\s+night)?\s*(?:to|and|through|until|-|\u2013|night\s+(?:and|to|into))\s*(?P<b>{_DAY})\b", _FLAGS), _weekday_pair),
    ("weekday", re.compile(rf"\b(?P<before>(?:overnight\s+into\s+|overnight\s+on\s+|overnight\s+|late\s+on\s+|late\s+|early\s+on\s+|early\s+|last\s+|this\s+)?)(?P<day>{_DAY}){_TIMEPART}", _FLAGS), _weekday),
    ("anchored", re.compile(r"\b(?:the|on\s+the)\s+(?:following|next)\s+(?:day|morning|afternoon|evening)\b|\ba\s+day\s+later\b|\bthe\s+day\s+after\b|\bnext\s+day\b", _FLAGS), _shift(1)),
    ("anchored", re.compile(r"\bthe\s+(?:following|next)\s+night\b", _FLAGS), _shift(1, night=True)),
    ("anchored", re.compile(r"\b(?:the\s+)?(?:previous|day\s+before|preceding)\s*(?:day|evening|afternoon|morning)?\b(?!\s+yesterday)|\ba\s+day\s+(?:earlier|before)\b", _FLAGS), _shift(-1)),
    ("anchored", re.compile(r"\bthe\s+previous\s+night\b|\bthe\s+night\s+before\b", _FLAGS), _shift(-1, night=True)),
    ("anchored", re.compile(rf"\b(?P<n>{_N})\s+(?P<unit>day|week|month)s?\s+(?:later|afterwards?)\b", _FLAGS), _shift(1)),
    ("anchored", re.compile(rf"\b(?P<n>{_N})\s+(?P<unit>day|week|month)s?\s+after\b(?!\s+(?:the|that|this|its|his|her|it|he|they)\b)", _FLAGS), _shift(-1)),
    ("anchored", re.compile(rf"\b(?P<n>{_N})\s+(?P<unit>day|week|month)s?\s+(?:earlier|before|previously)\b", _FLAGS), _shift(-1)),
    ("anchored", re.compile(r"\b(?:on\s+)?(?:the|that)\s+same\s+(?:day|morning|afternoon|evening|night)\b|\b(?:earlier|later)\s+(?:in\s+the\s+day|that\s+day)\b|\bthat\s+(?:day|morning|afternoon|evening|night)\b|\bthe\s+same\s+day\b|\bhours\s+(?:later|earlier|before)\b", _FLAGS), _shift(0)),
    ("relative", re.compile(rf"\b(?P<n>{_N})\s+(?P<unit>hour|day|week|month|year)s?\s+ago\b", _FLAGS), _ago),
    ("relative", re.compile(rf"\b(?:in|over|during|for|within)\s+(?:the\s+)?(?:past|last|previous|preceding)\s+(?:(?P<n>{_N})\s+)?(?P<unit>hours?|days?|nights?|weeks?|months?|years?)\b", _FLAGS), _past_span),
    ("relative", re.compile(rf"\b(?:the\s+)?(?:past|last|previous)\s+(?P<n>{_N})\s+(?P<unit>hours?|days?|nights?|weeks?|months?|years?)\b", _FLAGS), _past_span),
    ("relative", re.compile(rf"\b(?:in|during|over|after)\s+(?P<n>{_N})\s+(?P<unit>days|nights|weeks|months)\s+of\b", _FLAGS), _past_span),
    ("relative", re.compile(rf"(?<=\bin\s)(?P<n>{_N})\s+(?P<unit>days|weeks|months)(?=\s+and\s+(?:taken|killed|captured))", _FLAGS), _past_span),
    ("relative", re.compile(r"\b(?:during|over|in)\s+the\s+(?P<n>)(?P<unit>week)(?=\s*(?:,|\.|$))", _FLAGS), _past_span),
    ("relative", re.compile(r"\bsince\s+(?:dawn|midnight|(?:this\s+|early\s+)?morning)\b", _FLAGS), _fixed(0, 0, "day")),
    ("relative", re.compile(r"\bthe\s+(?:past|last)\s+(?P<n>)(?P<unit>day)\b", _FLAGS), _past_span),
    ("relative", re.compile(r"\b(?:in|over)\s+recent\s+(?P<n>)(?P<unit>days|weeks|months|years)\b", _FLAGS), _past_span),
    ("relative", re.compile(r"\bthe\s+day\s+before\s+yesterday\b", _FLAGS), _fixed(-2, -2, "day")),
    ("relative", re.compile(r"\byesterday(?:\s+(?:morning|afternoon|evening))?\b", _FLAGS), _fixed(-1, -1, "day")),
    ("relative", re.compile(r"\b(?:last\s+night|yesterday\s+night|overnight|during\s+the\s+night)\b", _FLAGS), _fixed(-1, 0, "night")),
    ("relative", re.compile(r"\b(?:today|this\s+(?:morning|afternoon|evening)|tonight|earlier\s+today)\b", _FLAGS), _fixed(0, 0, "day")),
    ("relative", re.compile(rf"\b(?P<feast>ramadan|eid\s+al-?\s?fitr|eid\s+ul-?\s?fitr|eid\s+al-?\s?adha|christmas(?:\s+day|\s+eve)?|new\s+year(?:[\u2019']s)?\s+(?:day|eve))(?:\s+(?P<year>{_YEAR}))?\b", _FLAGS), _feast),
]  # fmt: skip

_SINCE_EVENT = re.compile(r"\bsince\b[^.;,]{0,90}?\b(?:in|on|of|from)\s+(?:the\s+)?$", re.IGNORECASE)


def _ordinal_day(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    day, month = ORDINALS.index(m["ordinal"].lower()) + 1, _month_no(m["month"])

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = published.year - 1 if m["last"] and published else _year_of(month, day, published, m["year"])
        found = _safe(year, month, day) if year else None
        return (found, found, "day", False) if found else None

    return resolve


def _short_year(m: re.Match[str]) -> Callable[[date | None, date | None], Found | None]:
    year = int(m["year"]) + (1900 if int(m["year"]) > 50 else 2000)
    day = _safe(year, _month_no(m["month"]), int(m["d1"]))
    return lambda published, anchor: (day, day, "day", False) if day else None


def find_dates(text: str, offset: int = 0) -> list[DateMention]:
    """Return the expressions of date in `text`, in order, longest first where they overlap; offsets are shifted by `offset`."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for kind, pattern, reader in RULES:
        for m in pattern.finditer(text):
            start, end = m.span()
            while start < end and text[start] in " -":
                start += 1
            if end <= start or any(start < b and a < end for a, b in taken) or _is_verb(m, text):
                continue
            taken.append((start, end))
            sure = kind if not (kind in ("partial", "period") and m.groupdict().get("year")) else "absolute"
            mention = DateMention(
                offset + start, offset + end, text[start:end], sure, reader(m), part=m.groupdict().get("part")
            )
            found.append(_with_edges(mention, text[:start], text[end:]))
    return _joined(sorted(found, key=lambda d: d.start), text, offset)


def _joined(found: list[DateMention], text: str, offset: int) -> list[DateMention]:
    """Join 'between Oct. 18 and the end of December', 'from Monday until 3 May' into one interval."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and not last.anchored and not mention.anchored:
            gap, before = text[last.end - offset : mention.start - offset], text[: last.start - offset]
            if re.fullmatch(r"\s+(?:and|to|until|till|through)\s+(?:the\s+)?", gap) and re.search(
                r"\b(?:between|from)\s+(?:the\s+)?$", before, re.IGNORECASE
            ):
                joined[-1] = DateMention(
                    last.start,
                    mention.end,
                    text[last.start - offset : mention.end - offset],
                    last.kind,
                    _hull(last, mention),
                )
                continue
        joined.append(mention)
    return joined


def _hull(first: DateMention, last: DateMention) -> Callable[[date | None, date | None], Found | None]:
    def resolve(published: date | None, anchor: date | None) -> Found | None:
        a, b = first.resolve(published, anchor), last.resolve(published, anchor)
        if not a or not b or a[0] is None or b[1] is None:
            return None
        return a[0], b[1], "range", a[3] or b[3]

    return resolve


def _is_verb(m: re.Match[str], text: str) -> bool:
    """Say whether the month is the verb 'may' or 'march', written small in a text that is not all small."""
    if "month" not in m.re.groupindex:
        return False
    month = m["month"] or ""
    if month in ("may", "march") and text != text.lower():
        return True
    return (
        month == "may"
        and re.match(r"\s+(?:be|have|not|also|well|rise|climb|still|include)\b", text[m.end("month") :]) is not None
    )


def _with_edges(mention: DateMention, before: str, after: str) -> DateMention:
    since = re.search(r"\bsince\s+(?:the\s+|at\s+least\s+)?$", before, re.IGNORECASE) or _SINCE_EVENT.search(before)
    if since and not re.match(r"\s*,?\s*(?:when|in which)\b", after):
        return replace(mention, since=True)
    if re.search(r"\b(?:until|till)\s+(?:the\s+)?$", before, re.IGNORECASE):
        return replace(mention, until=True)
    return mention


_CLOCK = re.compile(
    r"\b(?:(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<ap>a\.?m\b\.?|p\.?m\b\.?)?(?:\s*(?:hours|hrs|h)\b)?"
    r"|(?P<h2>\d{1,2})\s*(?P<ap2>a\.?m\b\.?|p\.?m\b\.?)|(?P<h3>[0-2]\d)(?P<m3>[0-5]\d)\s*(?:hours|hrs|h\b|local))",
    re.IGNORECASE,
)


def find_time(text: str) -> tuple[str, int, int] | None:
    """Return the first clock time of `text` as (HH:MM, start, end), or None; what is no hour of the day is none."""
    for m in _CLOCK.finditer(text):
        hour = int(m["h"] or m["h2"] or m["h3"])
        minute = int(m["m"] or m["m3"] or 0)
        mark = (m["ap"] or m["ap2"] or "").lower().replace(".", "")
        if mark == "pm" and hour < 12:
            hour += 12
        if mark == "am" and hour == 12:
            hour = 0
        if (
            hour < 24
            and minute < 60
            and (mark or m["h3"] or (m["h"] and (":" in m.group() or "h" in m.group().lower())))
        ):
            return f"{hour:02d}:{minute:02d}", m.start(), m.end()
    return None
