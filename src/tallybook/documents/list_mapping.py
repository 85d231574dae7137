"""How the columns of somebody's list map to what the record knows of a person: a YAML file that goes with the list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tallybook.documents.dates import find_dates, read_stamp
from tallybook.documents.list_rows import FIELDS
from tallybook.errors import UsageError

KEYS = ("columns", "fixed", "values", "dates", "publisher", "published", "title", "url")
HARMS = ("killed", "injured", "missing", "captured")
ORDERS = {"day-first": (0, 1), "month-first": (1, 0)}
"""How days are written in figures, with where day and month stand."""
OLDEST = 120
"""Years from which an age is a slip of the pen."""
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_AGE = re.compile(
    r"(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3})|\s*(s)\b)?"
    r"\s*(?:years?|yrs?|y\.?o\.?|ans|años|лет|років)?(?:\s*old)?",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\d{1,2}\s*(?:months?|mos?|weeks?|days?|mois|meses)(?:\s*old)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListMapping:
    """A checked mapping."""

    columns: Mapping[str, tuple[str, ...]]
    """Field to the columns that tell it; words of several are put together with a space."""
    fixed: Mapping[str, str]
    """Field to what all rows without a value of their own tell."""
    values: Mapping[str, Mapping[str, str]]
    """Field to what its words mean, in small letters."""
    dates: str | None
    publisher: str | None
    published: str | None
    title: str | None
    url: str | None


def mapping_of(content: Any, name: str) -> ListMapping:
    """Return the mapping that a YAML file holds; `name` is the file's, for messages.

    Raises: UsageError where it is no mapping of a list of persons.
    """
    if not isinstance(content, dict) or not isinstance(content.get("columns"), dict):
        raise UsageError(f"{name}: no `columns`. Write `columns:` and under it `name: COLUMN` and others.")
    _known(name, "key", content, KEYS)
    columns = {f: _listed(name, f, told) for f, told in content["columns"].items()}
    fixed = {str(k): str(v) for k, v in _section(content, "fixed", name).items()}
    meant = _section(content, "values", name)
    values = {str(f): {str(k).strip().casefold(): str(v) for k, v in _section(meant, f, name).items()} for f in meant}
    for section in (columns, fixed, values):
        _known(name, "field", section, FIELDS)
    if "name" not in columns:
        raise UsageError(f"{name}: no column for `name`. A list of persons needs one.")
    if "status" not in columns and "status" not in fixed:
        raise UsageError(
            f"{name}: nothing says what befell these people. Add `fixed: {{status: killed}}`, or a column."
        )
    dates = content.get("dates")
    if dates is not None and dates not in ORDERS:
        raise UsageError(f"{name}: `dates` is {dates!r}. Give one of: {', '.join(ORDERS)}.")
    own = {key: _text(content.get(key)) for key in ("publisher", "published", "title", "url")}
    return ListMapping(columns, fixed, values, dates, **own)


def _section(content: Mapping[Any, Any], key: str, name: str) -> Mapping[Any, Any]:
    found = content.get(key) or {}
    if not isinstance(found, dict):
        raise UsageError(f"{name}: `{key}` is no mapping. Write it as lines of `word: value` under `{key}:`.")
    return found


def _known(name: str, what: str, told: Mapping[Any, Any], known: Sequence[str]) -> None:
    other = next((k for k in told if k not in known), None)
    if other is not None:
        raise UsageError(f"{name}: {what} {other!r} is not known. Give one of: {', '.join(known)}.")


def _listed(name: str, field: object, told: Any) -> tuple[str, ...]:
    found = tuple(str(t).strip() for t in (told if isinstance(told, list) else [told]) if t is not None)
    if not found or not all(found):
        raise UsageError(f"{name}: `{field}` names no column. Give the header of one, or a list of several.")
    return found


def _text(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


@cache
def _words() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(files("tallybook.documents").joinpath("list_words.yaml").read_text("utf-8"))
    return told


class Unreadable(ValueError):
    """A cell that cannot be read as what its field tells."""


def meaning(field: str, words: str, mapping: ListMapping) -> str | None:
    """Return what the words of a cell mean; None where they say that it is not known.

    Ages come as `34` or `30-39`, days as ISO, periods as `START/END`.

    Raises: Unreadable
    """
    told = mapping.values.get(field, {}).get(words.casefold(), words).strip()
    if told.casefold() in _words()["unknown"]:
        return None
    if field == "age":
        return _age(told)
    if field == "date":
        return _date(told, mapping.dates)
    if field in ("sex", "status"):
        return _one_of(field, told)
    return told


def _one_of(field: str, told: str) -> str:
    known: Mapping[str, Sequence[str]] = _words()[field]
    found = next((meant for meant, words in known.items() if told.casefold() in words), None)
    if found is None:
        raise Unreadable(f"says {told[:40]!r}, none of {', '.join(known)}; add it under `values: {{{field}: ...}}`")
    return found


def _age(told: str) -> str:
    if _MONTHS.fullmatch(told):
        return "0"
    match = _AGE.fullmatch(told.removesuffix(".0"))
    if match is None:
        raise Unreadable(f"says {told[:40]!r}, which is no age in years")
    low = int(match[1])
    high = int(match[2]) if match[2] else low + 9 if match[3] else low
    if not low <= high < OLDEST:
        raise Unreadable(f"says {told[:40]!r}, which is no age of a person")
    return str(low) if low == high else f"{low}-{high}"


def _date(told: str, order: str | None) -> str:
    words = told.removesuffix(" 00:00:00")
    figures = _FIGURES.fullmatch(words)
    if figures and order is not None:
        day, month = (int(figures[1 + at]) for at in ORDERS[order])
        try:
            return date(int(figures[3]), month, day).isoformat()
        except ValueError as error:
            raise Unreadable(f"says {told[:40]!r}, which is no day that exists") from error
    span = _month_or_year(words)
    if span is not None:
        return span
    stamp = read_stamp(words)
    if stamp is not None:
        return stamp.day
    found = [day for _, _, day in find_dates(words)]
    if len(found) == 2 and found[0] <= found[1]:
        return f"{found[0]}/{found[1]}"
    hint = " (say `dates: day-first` or `dates: month-first`)" if figures else ""
    raise Unreadable(f"says {told[:40]!r}, which is no date that can be read{hint}")


def _month_or_year(words: str) -> str | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?", words)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2]) if match[2] else None
    try:
        first = date(year, month or 1, 1)
        after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    except ValueError as error:
        raise Unreadable(f"says {words!r}, which is no month that exists") from error
    return f"{first.isoformat()}/{(after - timedelta(1)).isoformat()}"
