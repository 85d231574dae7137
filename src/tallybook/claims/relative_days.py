"""Words that count days from publication, or from the last date told: weekdays, 'two days ago', 'this week', 'the next day'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tallybook.claims.calendar_words import month_end, narrowed, small_number, weekday_number
from tallybook.claims.date_mentions import Found, ReadMatch, Resolve


def weekday(m: re.Match[str]) -> Resolve:
    """Read 'late on Monday', 'overnight into Tuesday': the last one up to publication."""
    wanted = weekday_number(m["day"])
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


def weekday_of_last_week(m: re.Match[str]) -> Resolve:
    """Read 'on Wednesday last week'."""
    wanted = weekday_number(m["day"])

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        day = published - timedelta(days=published.weekday() + 7 - wanted)
        return day, day, "day", False

    return resolve


def week_from_anchor(m: re.Match[str]) -> Resolve:
    """Read 'the following week', 'the week before': Monday to Sunday, from the last date told."""
    ahead = (m["which"] or m["which2"]).lower() in ("following", "next", "after")

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if anchor is None:
            return None
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 if ahead else -7)
        return monday, monday + timedelta(days=6), "week", True

    return resolve


def weekday_from_anchor(m: re.Match[str]) -> Resolve:
    """Read 'the following Monday', 'the previous Friday': from the last date told; without one, up to publication."""
    wanted, ahead = weekday_number(m["day"]), m["which"].lower() in ("following", "next")

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if anchor is None:
            return None
        apart = (wanted - anchor.weekday()) % 7 or 7 if ahead else -((anchor.weekday() - wanted) % 7 or 7)
        day = anchor + timedelta(days=apart)
        return day, day, "day", False

    return resolve


def weekday_pair(m: re.Match[str]) -> Resolve:
    """Read 'from Friday to Sunday', 'Monday to Friday of last week'."""

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        first, last = (weekday_number(m[g]) for g in ("a", "b"))
        end = published - timedelta(days=(published.weekday() - last) % 7)
        if m["last"]:
            end = published - timedelta(days=published.weekday() + 7 - last)
        start = end - timedelta(days=(end.weekday() - first) % 7)
        return start, end, "range", False

    return resolve


def days_around(first: int, last: int, precision: str, vague: bool = False) -> ReadMatch:
    """Make a reader of words that mean days `first`..`last` from publication (negative: before it)."""

    def make(m: re.Match[str]) -> Resolve:
        def resolve(published: date | None, anchor: date | None) -> Found | None:
            if published is None:
                return None
            return published + timedelta(days=first), published + timedelta(days=last), precision, vague

        return resolve

    return make


def ago(m: re.Match[str]) -> Resolve:
    """Read 'two weeks ago': a day for days, a stretch around it for longer units."""
    n, unit = small_number(m["n"]), m["unit"].lower()

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


def past_span(m: re.Match[str]) -> Resolve:
    """Read 'in the past three days', 'in recent weeks': up to publication."""
    n, unit = small_number(m["n"] or "1"), m["unit"].lower().rstrip("s")

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
        first = published - timedelta(days=days)
        if unit == "month" and not recent:
            first = _months_before(published, n)
        return first, published, "range", vague or unit in ("month", "year", "week")

    return resolve


def _months_before(day: date, n: int) -> date:
    """Return the same day `n` months earlier, or the last one of a shorter month."""
    year, month = divmod(12 * day.year + day.month - 1 - n, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(year, month + 1))


def start_of(m: re.Match[str]) -> Resolve:
    """Read 'the beginning of the year': its first day, of publication's year, month or week."""
    unit = m["unit"].lower()

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        if published is None:
            return None
        first = {
            "year": published.replace(month=1, day=1),
            "month": published.replace(day=1),
            "week": published - timedelta(days=published.weekday()),
        }[unit]
        return first, first, "day", False

    return resolve


def this_or_last(m: re.Match[str]) -> Resolve:
    """Read 'this week', 'late last month', 'at the weekend'."""
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
            start, end = date(year, month, 1), month_end(year, month)
        else:
            year = published.year - (1 if last else 0)
            start, end = date(year, 1, 1), date(year, 12, 31)
        start, end = narrowed(part if part != "earlier" else None, start, end)
        return start, min(end, published), unit, bool(part)

    return resolve


def days_from_anchor(days: int, night: bool = False) -> ReadMatch:
    """Make a reader of words that hang on the last date told."""

    def make(m: re.Match[str]) -> Resolve:
        n = small_number(m["n"]) if "n" in m.re.groupindex and m["n"] else 1

        def resolve(published: date | None, anchor: date | None) -> Found | None:
            if anchor is None:
                return None
            unit = (m.groupdict().get("unit") or "day").lower()
            size = 7 if unit.startswith("week") else 30 if unit.startswith("month") else 1
            day = anchor + timedelta(days=days * n * size)
            return day, day + timedelta(days=1 if night else 0), "night" if night else "day", size > 1

        return resolve

    return make
