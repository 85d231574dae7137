"""Ranges, months and areas as shapes to draw: plain numbers, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from tallybook.model.earth import KM_PER_DEGREE
from tallybook.release.places import Where
from tallybook.release.records import Event, Figure

WIDTH = 600
"""Width of a drawing; heights follow."""
OPEN_SHARE = 0.12
"""Share of the width that an open end is drawn with."""
LEAST = 3
"""Width of a bar that would be too thin to see."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One range: where it begins and ends, where the best stands, and whether it is open above."""

    label: str
    words: str
    x: float
    width: float
    best: float | None
    open: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """One area with what is reported in it."""

    x: float
    y: float
    r: float
    label: str
    events: int


def span(low: int | None, high: int | None) -> str:
    """Write a range briefly: '3–5', '3 or more', 'up to 5', '3'."""
    if low is None and high is None:
        return "no number stated"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def bars(figures: Iterable[Figure], label: str) -> tuple[Bar, ...]:
    """Return one bar for each figure on one scale from 0; `label` is the field that names it."""
    told = list(figures)
    scale = scale_of(told)
    return tuple(_bar(f, str(getattr(f, label) or "")[: 7 if label == "since" else None], scale) for f in told)


def highest(figures: Iterable[Figure]) -> int:
    """Return the highest number of figures; 0 where there is none."""
    return max((v for f in figures for v in (f.low, f.best, f.high) if v is not None), default=0)


def scale_of(figures: Sequence[Figure]) -> float:
    """Return how wide one person is drawn in the bars of figures."""
    top, open_ended = highest(figures), any(f.high is None for f in figures)
    return WIDTH * (1 - OPEN_SHARE if open_ended else 1.0) / top if top else 0.0


def _bar(figure: Figure, label: str, scale: float) -> Bar:
    start = (figure.low or 0) * scale
    end = WIDTH * 1.0 if figure.high is None else figure.high * scale
    best = None if figure.best is None else figure.best * scale
    width = max(LEAST, end - start)
    return Bar(label, span(figure.low, figure.high), round(min(start, WIDTH - LEAST), 1), round(width, 1),
               None if best is None else round(best, 1), figure.high is None)  # fmt: skip


def areas(events: Iterable[Event]) -> tuple[Sequence[Circle], float]:
    """Return the areas of events as circles, largest first, and the height of the drawing; no area: nothing, 0."""
    held: dict[Where, int] = {}
    for event in events:
        where = event.place
        if where is not None and where.lat is not None and where.lon is not None and where.radius_km:
            held[where] = held.get(where, 0) + 1
    if not held:
        return (), 0.0
    middle = sum(float(w.lat or 0) for w in held) / len(held)
    flat = cos(radians(middle))
    points = [
        (float(w.lon or 0) * flat, -float(w.lat or 0), float(w.radius_km or 0) / KM_PER_DEGREE, w, n)
        for w, n in held.items()
    ]
    left, right = min(x - r for x, _, r, _, _ in points), max(x + r for x, _, r, _, _ in points)
    top, bottom = min(y - r for _, y, r, _, _ in points), max(y + r for _, y, r, _, _ in points)
    scale = WIDTH / max(right - left, 0.01)
    height = min((bottom - top) * scale, WIDTH * 1.0)
    scale = min(scale, height / max(bottom - top, 0.01))
    found = [
        Circle(round((x - left) * scale, 1), round((y - top) * scale, 1), round(r * scale, 1), w.name or "", n)
        for x, y, r, w, n in points
    ]
    return tuple(sorted(found, key=lambda c: (-c.r, c.label))), round(height, 1)
