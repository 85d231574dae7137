"""Feasts and world days: fixed ones, those that hang on Easter, and those of the Islamic calendar.

Sources: dateutil.easter for Easter, hijridate for the Umm al-Qura calendar. A feast that is told without its year is
the last one up to publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from tallybook.claims.date_mentions import Found, Resolve

Days = tuple[date, date]
OfYear = Callable[[int], list[Days]]
"""From a year to the feast's days in it: none, one, or two where a moon year fits in twice."""

FIXED = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year day": (1, 1), "new year eve": (12, 31),
    "orthodox christmas": (1, 7), "valentine's day": (2, 14), "international women's day": (3, 8), "may day": (5, 1),
    "all saints' day": (11, 1), "all souls' day": (11, 2), "halloween": (10, 31),
}  # fmt: skip
FROM_EASTER = {
    "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "holy saturday": -1, "easter sunday": 0, "easter": 0,
    "easter monday": 1, "ash wednesday": -46, "ascension day": 39, "pentecost": 49,
}  # fmt: skip
"""Days from Easter Sunday of the western churches."""
HIJRI = {
    "eid al-fitr": (10, 1), "eid ul-fitr": (10, 1), "eid al-adha": (12, 10), "eid ul-adha": (12, 10), "ashura": (1, 10),
    "mawlid": (3, 12), "mawlid al-nabi": (3, 12), "islamic new year": (1, 1), "day of arafah": (12, 9),
}  # fmt: skip
"""Month and day of the Islamic calendar."""
MONTHS = {"ramadan": 9, "muharram": 1}
ORTHODOX_EASTER = ("orthodox easter", "orthodox easter sunday")
NOWRUZ = ("nowruz", "newroz", "nawroz")
NAMES = (*FIXED, *FROM_EASTER, *HIJRI, *MONTHS, *ORTHODOX_EASTER, *NOWRUZ, "eid")
PATTERN = "|".join(
    re.escape(n)
    .replace(r"\ ", r"\s+")
    .replace("'", "['\u2019]?")
    .replace(r"al\-", r"al[-\s]?\s?")
    .replace(r"ul\-", r"ul[-\s]?\s?")
    for n in sorted(NAMES, key=lambda n: (-len(n), n))
)


def feast(m: re.Match[str]) -> Resolve:
    """Read 'Ramadan', 'Christmas Eve', 'Easter Monday 2019'."""
    of_year = _of(_plain(m["feast"]))

    def resolve(published: date | None, anchor: date | None) -> Found | None:
        year = int(m["year"]) if m["year"] else published.year if published else None
        if year is None:
            return None
        told = [year] if m["year"] else [year - 1, year]
        known = sorted(days for at in told for days in of_year(at) if published is None or days[0] <= published)
        if not known:
            return None
        first, last = known[-1]
        return first, last, "day" if first == last else "range", False

    return resolve


def _plain(words: str) -> str:
    """Return the name as the tables write it."""
    name = re.sub(r"\s+", " ", words.lower().replace("\u2019", "'"))
    name = re.sub(r"\b(al|ul)[-\s]+", r"\1-", name)
    if name in NAMES:
        return name
    bare = name.replace("'", "")
    return next(n for n in NAMES if n.replace("'", "").replace("-", "") == bare.replace("-", ""))


def _of(name: str) -> OfYear:
    if name in FIXED:
        month, day = FIXED[name]
        return lambda year: [(date(year, month, day),) * 2]
    if name in FROM_EASTER or name in ORTHODOX_EASTER:
        return lambda year: [_around_easter(name, year)]
    if name in NOWRUZ:
        return lambda year: [(date(year, 3, 20 if year % 4 == 0 else 21),) * 2]
    if name == "eid":
        return lambda year: _hijri("eid al-fitr", year) + _hijri("eid al-adha", year)
    return lambda year: _hijri(name, year)


def _around_easter(name: str, year: int) -> Days:
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    sunday = easter(year, EASTER_ORTHODOX if name in ORTHODOX_EASTER else EASTER_WESTERN)
    return (sunday + timedelta(days=FROM_EASTER.get(name, 0)),) * 2


def _hijri(name: str, year: int) -> list[Days]:
    """Return the days of a feast of the Islamic calendar that begin in a year; none beyond the calendar's tables."""
    from hijridate import Gregorian, Hijri  # loaded only for moving feasts

    found = []
    try:
        moons = range(Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1)
        for moon in moons:
            month, day = (MONTHS[name], 1) if name in MONTHS else HIJRI[name]
            first = Hijri(moon, month, day)
            length = first.month_length() if name in MONTHS else 1
            begun = first.to_gregorian()
            start = date(begun.year, begun.month, begun.day)
            if start.year == year:
                found.append((start, start + timedelta(days=length - 1)))
    except (OverflowError, ValueError):
        return []
    return found
