"""The time, handed in: a watch that lasts a day is tested in a second."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells a watch the time and makes it wait."""

    def now(self) -> float:
        """Return the seconds since 1970, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


def iso(seconds: float) -> str:
    """Return a time as ISO in UTC, in whole seconds."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")
