"""When a word was published: compared in UTC, or by day where only a day is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tallybook.model.document import Document


@dataclass(frozen=True, slots=True)
class Moment:
    """A publication time: its day, and its instant in UTC where a time was given."""

    day: str
    instant: str | None = None


def moment(published: str | None) -> Moment | None:
    """Read an ISO 8601 date or time; a time without offset is taken as UTC. None where there is none."""
    if not published:
        return None
    if len(published) <= 10:
        return Moment(published)
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        return Moment(published[:10])
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return Moment(utc.date().isoformat(), utc.isoformat())


def by_day(moments: Iterable[Moment | None]) -> bool:
    """Say whether these can be compared by day alone."""
    return any(m is not None and m.instant is None for m in moments)


def key(at: Moment, days_only: bool) -> str:
    """Return what orders moments, by day or by instant."""
    return at.day if days_only or at.instant is None else at.instant


def order(a: Moment | None, b: Moment | None) -> int | None:
    """Return -1, 0 or 1 as `a` is before, at or after `b`; None where one of them is not known."""
    if a is None or b is None:
        return None
    days = by_day((a, b))
    left, right = key(a, days), key(b, days)
    return (left > right) - (left < right)


def age(document: Document) -> tuple[str, str]:
    """Return what orders reports from the oldest on, those without a time last; ties by key."""
    return published(document), document.key


def published(document: Document | None) -> str:
    """Return the publication time in UTC, or its day; what sorts after every time where there is none."""
    at = moment(document.published) if document else None
    return (at.instant or at.day) if at else "~"
