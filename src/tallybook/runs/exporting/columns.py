"""Which columns each file has, and where in a record they come from. Records are plain values, as a book keeps them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Plain = Mapping[str, Any]
TEXT, WHOLE, REAL, TRUTH, DAY, TEXTS = "text", "whole", "real", "truth", "day", "texts"
"""Kinds of column: strings, 64-bit integers, 64-bit floats, booleans, days, lists of strings."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; its value is None where nothing is stated, never 0."""

    name: str
    kind: str
    of: Callable[[Plain], Any]


def _own(name: str, kind: str = TEXT, key: str | None = None) -> Column:
    """Return a column that is a field of the record."""
    field = key or name
    return Column(name, kind, lambda record: record.get(field))


def _list(name: str) -> Column:
    return Column(name, TEXTS, lambda record: record.get(name) or [])


def _inner(name: str, outer: str, key: str, kind: str = TEXT) -> Column:
    """Return a column that is a field of a record in the record."""
    return Column(name, kind, lambda record: (record.get(outer) or {}).get(key))


def _day(name: str, key: str) -> Column:
    def of(record: Plain) -> date | None:
        told = (record.get("date") or {}).get(key)
        return date.fromisoformat(told) if told else None

    return Column(name, DAY, of)


PLACE = (
    _inner("place", "place", "name"),
    Column("place_in", TEXTS, lambda r: (r.get("place") or {}).get("admin") or []),
    _inner("country", "place", "country"),
    _inner("lat", "place", "lat", REAL),
    _inner("lon", "place", "lon", REAL),
    _inner("radius_km", "place", "radius_km", REAL),
    _inner("place_precision", "place", "precision"),
    _inner("place_id", "place", "id"),
)
DATE = (_day("date_start", "start"), _day("date_end", "end"), _inner("date_precision", "date", "precision"))
CLAIMS = (
    _own("id"), _own("document"), _own("incident"), _own("measure"),
    _inner("low", "count", "low", WHOLE), _inner("high", "count", "high", WHOLE),
    _inner("modifier", "count", "modifier"), _inner("count_words", "count", "text"),
    _own("stance"), _own("about"), _own("responds_to"), _own("scope"), _own("part_of"), _own("dimension"),
    _own("change"), _own("event_type"), _list("perpetrator"), _list("weapon"),
    _inner("affiliation", "target", "affiliation"), _inner("group", "target", "group"), _inner("sex", "target", "sex"),
    _inner("age", "target", "age"), _list("claimants"), _list("relay"), _own("origin"), _own("interest"),
    *PLACE, *DATE, _own("time"), _own("quote"), _own("field"), _inner("start", "span", "start", WHOLE),
    _inner("end", "span", "end", WHOLE), _own("confidence", REAL), _own("reader"), _own("rule"),
)  # fmt: skip
INCIDENTS = (
    _own("id"), _list("claims"), _list("documents"), _list("parts"), _list("aliases"), _own("event_type"),
    *PLACE, *DATE,
)  # fmt: skip
DOCUMENTS = (
    _own("key"), _own("id"), _own("title"), _own("publisher"), _own("published"), _own("published_from"), _own("url"),
    _own("language"), _own("sha256"), _own("sha256_bytes"), _own("text"),
)  # fmt: skip
JUDGEMENTS = (
    _own("number", WHOLE), _own("id"), _own("verb"), _list("objects"), _own("field"), _own("value"), _own("because"),
    _own("author"), _own("at"), Column("standing", TRUTH, lambda r: r.get("standing")),
    Column("passages", TEXT, lambda r: json.dumps(r["passages"], ensure_ascii=False) if r.get("passages") else None),
)  # fmt: skip


def year_of(record: Plain) -> str | None:
    """Return the year in which the harm began, as four digits; None where that is not known."""
    told = record.get("date") or {}
    day = told.get("start") or told.get("end")
    return str(day)[:4] if day else None
