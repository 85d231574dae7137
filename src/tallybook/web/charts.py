"""Numbers to the geometry of small drawings: ranges as ranges, open ends as open ends. Templates write the SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 160.0
"""Units across a range bar."""

OPEN = 0.14
"""Share of a drawing that an open end takes beyond the largest number that is stated."""

TALL, STEP = 120.0, 26.0
"""Units of a column chart: its height, and the width of a column with its gap."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A range on a line from 0: where it starts and ends, where its best stands, whether an end is open."""

    start: float
    end: float
    best: float | None
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A range on a column chart."""

    x: float
    top: float
    bottom: float
    best: float | None
    open_high: bool
    label: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart: its size, its columns, and the lines behind them with the number each stands for."""

    width: float
    height: float
    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]


def greatest(rows: Sequence[Mapping[str, Any] | None]) -> int:
    """Return the largest number that any row states, at least 1."""
    return max((n for row in rows if row for n in (row["low"], row["high"]) if n is not None), default=1) or 1


def bar(row: Mapping[str, Any] | None, scale: int, width: float = WIDTH) -> Bar | None:
    """Return the bar of a row on a line that ends a little beyond `scale`; None where nothing is stated."""
    if row is None or (row["low"] is None and row["high"] is None):
        return None
    unit = width * (1 - OPEN) / max(scale, 1)
    low, high = row["low"], row["high"]
    best = row.get("best")
    return Bar(
        round((low or 0) * unit, 2),
        round(width if high is None else high * unit, 2),
        None if best is None else round(best * unit, 2),
        low is None,
        high is None,
    )


def columns(rows: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> Columns:
    """Return a column chart of rows with their labels, in order; rows that state nothing keep their place."""
    scale = greatest(rows)
    top = _round_up(scale)
    unit = TALL * (1 - OPEN) / top
    made = []
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        low, high, best = row["low"], row["high"], row.get("best")
        stated = low is not None or high is not None
        made.append(
            Column(
                number * STEP,
                round(TALL - (TALL / unit if high is None else high) * unit, 2) if stated else TALL,
                round(TALL - (low or 0) * unit, 2),
                None if best is None else round(TALL - best * unit, 2),
                stated and high is None,
                label,
                row,
            )
        )
    lines = tuple((round(TALL - n * unit, 2), n) for n in sorted({top // 2, top}) if n)
    return Columns(max(STEP, len(rows) * STEP), TALL, tuple(made), lines)


def _round_up(number: int) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 ..."""
    unit = 1
    while True:
        for step in (1, 2, 5):
            if number <= step * unit:
                return step * unit
        unit *= 10
