"""Whether a record of another team holds together: its bounds, days, coordinates and code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tallybook.model import AFFILIATIONS, EVENT_TYPES, MEASURES, MODIFIERS, STANCES

CODES: Mapping[str, Sequence[str]] = {
    "measure": MEASURES, "about": MEASURES, "modifier": MODIFIERS, "affiliation": AFFILIATIONS, "stance": STANCES,
    "event_type": EVENT_TYPES, "scope": ("incident", "cumulative"), "sex": ("female", "male"),
    "age": ("child", "adult"), "harm": MEASURES,
}  # fmt: skip
BOUNDS = (("low", "high"), ("age_low", "age_high"))
PEOPLE_MOST = 10_000_000
"""Persons beyond which a number is a slip."""
TEXTS = ("id", "source", "incident", "words", "group", "origin", "part_of", "quote", "name", "circumstance", "holder",
         "claim", "exception", "dimension", "change", "url", "title", "publisher", "published", "language",
         "date_precision", "person", "from")  # fmt: skip
LISTS = ("claimants", "perpetrator", "weapon")


def trouble_with(row: Any) -> str | None:
    """Return why a record cannot be taken; None where it can."""
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"]:
        return "it is no record with an id"
    for name in TEXTS:
        if not isinstance(row.get(name), (str, type(None))):
            return f"{name} is no text"
    for name in LISTS:
        told = row.get(name)
        if told is not None and not (isinstance(told, list) and all(isinstance(t, str) for t in told)):
            return f"{name} is no list of texts"
    for name, codes in CODES.items():
        if row.get(name) is not None and row[name] not in codes:
            return f"{name} {row[name]!r} is none of {', '.join(codes)}"
    return _numbers(row) or _days(row) or _place(row.get("place"))


def _numbers(row: Mapping[str, Any]) -> str | None:
    for low, high in BOUNDS:
        for name in (low, high):
            value = row.get(name)
            if value is not None and (type(value) is not int or not 0 <= value <= PEOPLE_MOST):
                return f"{name} {value!r} is no whole number of 0 or more"
        if row.get(low) is not None and row.get(high) is not None and row[low] > row[high]:
            return f"{low} {row[low]} is more than {high} {row[high]}"
    return None


def _days(row: Mapping[str, Any]) -> str | None:
    for name in ("start", "end"):
        value = row.get(name)
        try:
            if value is not None and len(value) == len("2024-03-05"):
                date.fromisoformat(value)
            elif value is not None:
                return f"{name} {value!r} is no day as 2024-03-05"
        except (ValueError, TypeError):
            return f"{name} {value!r} is no day as 2024-03-05"
    if row.get("start") and row.get("end") and row["start"] > row["end"]:
        return f"start {row['start']} lies after end {row['end']}"
    return None


def _place(place: Any) -> str | None:
    if place is None:
        return None
    if not isinstance(place, Mapping):
        return "its place is no record"
    for name, most in (("lat", 90.0), ("lon", 180.0), ("radius_km", 20_100.0)):
        value = place.get(name)
        if value is not None and (not isinstance(value, (int, float)) or isinstance(value, bool) or abs(value) > most):
            return f"{name} {value!r} is no number of degrees or km"
    admin = place.get("admin")
    if admin is not None and not (isinstance(admin, list) and all(isinstance(a, str) for a in admin)):
        return "the larger units of its place are no list of texts"
    return None
