"""Claims that are about one event."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.claim import DateRange, Place
from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims are held to be about one incident."""

    a: str
    b: str
    score: float = described("probability that both are about one incident, 0..1")
    features: tuple[tuple[str, float], ...] = described("what holds of the pair and what it is worth, in nats, sorted")
    reason: str = described("the deciding features, in words")


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims held to be about one event; derived, and can be recomputed."""

    id: str = described("from its earliest claim (publication time, then claim id)")
    claims: tuple[str, ...] = described("ids, sorted")
    documents: tuple[str, ...] = described("keys, sorted")
    event_type: str = described("one of EVENT_TYPES")
    place: Place | None = described("the most specific place its claims name")
    date: DateRange | None = described("the narrowest interval its claims share, or their hull")
    parts: tuple[str, ...] = described("ids of incidents whose sum this one states", default=())
    aliases: tuple[str, ...] = described("ids of incidents that merged into this one", default=())
    links: tuple[Link, ...] = described("why its claims are held together", default=())
    doubts: tuple[Link, ...] = described(
        "pairs of a claim of it with one of another incident that may be the same event, the likeliest first",
        default=(),
    )
