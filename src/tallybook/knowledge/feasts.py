"""Feasts and world days, as a pack's lexicon lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.rows import listed, yaml_rows

CALENDARS = ("day", "easter", "orthodox_easter", "islamic", "islamic_month", "equinox", "holiday")
"""What may say when a feast is; each row has one of them."""
MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Feast:
    """When the feasts of some names are."""

    names: tuple[str, ...]
    """As reports write it, small letters."""
    calendar: str
    """One of CALENDARS."""
    days: tuple[MonthDay, ...] = ()
    """Month and day of each: of `day`, `islamic`, and with day 1 of `islamic_month`."""
    offset: int = 0
    """Days from Easter Sunday."""
    country: str | None = None
    """ISO 3166-1 alpha-3 of the only country that keeps it; None: it means the same in every report."""
    holiday: str = ""
    """Name of a moving day in the calendar of the country's public holidays."""


def load_feasts(path: Path) -> list[Feast]:
    """Read one pack's feasts.yaml.

    Raises: KnowledgeError naming file, row and field of the first thing that does not hold.
    """
    return [_feast(path, where, row) for where, row in yaml_rows(path, ("names", "source"))]


def _feast(path: Path, where: str, row: Mapping[str, Any]) -> Feast:
    told = [name for name in CALENDARS if row.get(name) is not None]
    if len(told) != 1:
        raise KnowledgeError(f"{path}: {where}: needs one of {', '.join(CALENDARS)}. Say when the feast is.")
    calendar, value = told[0], row[told[0]]
    names = tuple(name.lower() for name in listed(row["names"]))
    country = row.get("country")
    if country is not None and not re.fullmatch("[A-Z]{3}", str(country)):
        raise KnowledgeError(f"{path}: {where}, country: {country!r} is no code. Write three capitals, like MMR.")
    if calendar == "holiday":
        if country is None:
            raise KnowledgeError(f"{path}: {where}: `holiday` needs `country`. Say whose calendar it is.")
        return Feast(names, calendar, country=country, holiday=str(value))
    try:
        if calendar in ("easter", "orthodox_easter"):
            return Feast(names, calendar, offset=int(value), country=country)
        pairs = {"day": [value], "islamic": value, "islamic_month": [(value, 1)]}.get(calendar, [])
        days = tuple((int(month), int(day)) for month, day in pairs)
    except (TypeError, ValueError) as error:
        raise KnowledgeError(f"{path}: {where}, {calendar}: {value!r} is no day of it. Write month and day.") from error
    if any(not (1 <= month <= 12 and 1 <= day <= 31) for month, day in days):
        raise KnowledgeError(f"{path}: {where}, {calendar}: {value!r} is no day of it. Write month and day.")
    return Feast(names, calendar, days, country=country)
