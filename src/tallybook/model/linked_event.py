"""Events of single reports, as a linking leaves them for the next one."""

from __future__ import annotations

from typing import NamedTuple

EventKey = tuple[str, str]
"""Document and event key."""


class Near(NamedTuple):
    """An event as blocking sees it."""

    key: EventKey
    first: int
    last: int
    """First and last day number in which it may have happened."""
    place: str | None
    """Name of its place, as told."""


class LinkedEvent(NamedTuple):
    """An event as it was linked."""

    id: int
    near: Near
    component: int
    """Events of other components are never of one incident with it, whatever else joins."""
    incident: str
