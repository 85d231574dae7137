"""Clock times in a text."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"\b(?:(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<ap>a\.?m\b\.?|p\.?m\b\.?)?(?:\s*(?:hours|hrs|h)\b)?"
    r"|(?P<h2>\d{1,2})\s*(?P<ap2>a\.?m\b\.?|p\.?m\b\.?)|(?P<h3>[0-2]\d)(?P<m3>[0-5]\d)\s*(?:hours|hrs|h\b|local))",
    re.IGNORECASE,
)


def find_time(text: str) -> tuple[str, int, int] | None:
    """Return the first clock time of `text` as (HH:MM, start, end), or None; what is no hour of the day is none."""
    for m in _CLOCK.finditer(text):
        hour = int(m["h"] or m["h2"] or m["h3"])
        minute = int(m["m"] or m["m3"] or 0)
        mark = (m["ap"] or m["ap2"] or "").lower().replace(".", "")
        if mark == "pm" and hour < 12:
            hour += 12
        if mark == "am" and hour == 12:
            hour = 0
        if (
            hour < 24
            and minute < 60
            and (mark or m["h3"] or (m["h"] and (":" in m.group() or "h" in m.group().lower())))
        ):
            return f"{hour:02d}:{minute:02d}", m.start(), m.end()
    return None
