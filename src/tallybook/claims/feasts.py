"""Feasts and world days: fixed ones, those that hang on Easter, and those of the Islamic calendar.

Sources: dateutil.easter for Easter, hijridate for the Umm al-Qura calendar, holidays for moving days of a country. A feast that is told without its year is
the last one up to publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tallybook.claims.date_mentions import Found, ReadMatch, Resolve
from tallybook.knowledge.feasts import Feast, MonthDay
from tallybook.knowledge.small_letters import for_lowered, lowered

Days = tuple[date, date]
OfYear = Callable[[int, Feast], list[Days]]
"""The days of a feast in a year: none, one, or several where a moon year fits in twice or a name means two feasts."""


class Rule(NamedTuple):
    """One expression of date: its kind, its pattern, how a match is read, and what must stand in a text for one."""

    kind: str
    pattern: re.Pattern[str]
    read: ReadMatch
    needs: tuple[tuple[str, ...], ...]
    """Of each group one piece, in lower case, stands in every text that the pattern matches."""


_SIGNS = re.compile(r"[\s'\u2019-]+")


def feast_rules(feasts: Iterable[Feast], year: str, country: str | None = None) -> list[Rule]:
    """Return the rule that reads the names of `feasts`; none where there are none. `year` is the pattern of a year.

    Of days that one country keeps, those of `country` count, before a feast of the same name that all keep.
    """
    kept = sorted((f for f in feasts if f.country in (None, country)), key=lambda f: f.country is not None)
    by_name = {_bare(name): feast for feast in kept for name in feast.names}
    if not by_name:
        return []
    spelled = sorted({name for feast in by_name.values() for name in feast.names}, key=lambda n: (-len(n), n))
    names = "|".join(_loosely(name) for name in spelled)
    pattern = for_lowered(rf"\b(?P<feast>{names})\b(?:\s+(?:of\s+|in\s+)?(?P<year>{year}))?")
    starts = tuple(sorted({re.split(r"[\s'-]", name.lower())[0] for name in spelled}))
    return [Rule("relative", pattern, lambda m: _read(m, by_name[_bare(m["feast"])]), (starts,))]


def _loosely(name: str) -> str:
    """Return a pattern of a name in which spaces, hyphens and apostrophes vary."""
    words = (re.escape(lowered(word)).replace("'", "['\u2019]?") for word in name.split())
    return r"\s+".join(word.replace(r"\-", r"[-\s]?\s?") for word in words)


def _bare(name: str) -> str:
    return _SIGNS.sub("", name.lower())


def _read(m: re.Match[str], feast: Feast) -> Resolve:
    """Read 'Ramadan', 'Christmas Eve', 'Easter Monday 2019'."""
    of_year = _CALENDARS[feast.calendar]

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"]) if m["year"] else published.year if published else None
        if year is None:
            return None
        told = [year] if m["year"] else [year - 1, year]
        days = sorted(d for at in told for d in of_year(at, feast) if published is None or d[0] <= published)
        if not days:
            return None
        first, last = days[-1]
        return first, last, "day" if first == last else "range", False

    return resolve


def _fixed(year: int, feast: Feast) -> list[Days]:
    return [(date(year, month, day),) * 2 for month, day in feast.days]


def _around_easter(year: int, feast: Feast) -> list[Days]:
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    sunday = easter(year, EASTER_ORTHODOX if feast.calendar == "orthodox_easter" else EASTER_WESTERN)
    return [(sunday + timedelta(days=feast.offset),) * 2]


def _equinox(year: int, feast: Feast) -> list[Days]:
    return [(date(year, 3, 20 if year % 4 == 0 else 21),) * 2]


def _national(year: int, feast: Feast) -> list[Days]:
    """Return a country's public holiday of that name, from its first to its last day; none where it has none."""
    from holidays import country_holidays  # loaded only for moving days of a country

    try:
        kept = country_holidays(str(feast.country), years=year, language="en_US")
    except NotImplementedError:
        return []
    named = sorted(day for day in kept if feast.holiday in (name.strip() for name in kept[day].split(";")))
    return [(named[0], named[-1])] if named else []


def _islamic(year: int, feast: Feast) -> list[Days]:
    """Return the days of feasts of the Islamic calendar that begin in a year; none beyond the calendar's tables."""
    whole = feast.calendar == "islamic_month"
    try:
        return [days for told in feast.days for days in _moons(year, told, whole=whole)]
    except (OverflowError, ValueError):
        return []


def _moons(year: int, told: MonthDay, *, whole: bool) -> Sequence[Days]:
    from hijridate import Gregorian, Hijri  # loaded only for moving feasts

    found = []
    for moon in range(Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1):
        first = Hijri(moon, *told)
        begun = first.to_gregorian()
        start = date(begun.year, begun.month, begun.day)
        if start.year == year:
            found.append((start, start + timedelta(days=first.month_length() - 1 if whole else 0)))
    return found


_CALENDARS: Mapping[str, OfYear] = {
    "day": _fixed, "easter": _around_easter, "orthodox_easter": _around_easter, "islamic": _islamic,
    "islamic_month": _islamic, "equinox": _equinox, "holiday": _national,
}  # fmt: skip
