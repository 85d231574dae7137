"""The notation of MUC-4 answer keys, parsed.

`*` and `-` no fill, `?` optional, `/` between alternatives, `"..."` a string of the text, `X: "Y"` a value that
belongs to the string Y. Source: MUC-4 proceedings (1992), appendix on template notation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DATE, LOCATION, TYPE = "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE"
INSTRUMENT = "INCIDENT: INSTRUMENT ID"
INDIVIDUAL, ORGANIZATION = "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID"
NAME, DESCRIPTION = "HUM TGT: NAME", "HUM TGT: DESCRIPTION"
NUMBER, EFFECT = "HUM TGT: NUMBER", "HUM TGT: EFFECT OF INCIDENT"
SLOTS = (DATE, LOCATION, TYPE, INSTRUMENT, INDIVIDUAL, ORGANIZATION, NAME, DESCRIPTION, NUMBER, EFFECT)
"""The slots that Tallybook has, of the 24 of MUC-4."""

NO_FILL = frozenset({"*", "-", ""})

OUTSIDE_QUOTES = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill of one slot: any of its values is right; a value may belong to any of `about`."""

    values: tuple[str, ...]
    about: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: its slots and their fills."""

    slots: Mapping[str, tuple[Fill, ...]] = field(default_factory=dict)
    optional: bool = False

    def fills(self, slot: str) -> tuple[Fill, ...]:
        """Return the fills of a slot, none where it is empty."""
        return self.slots.get(slot, ())


def key_template(row: Mapping[str, Any]) -> Template:
    """Return the template that a row of templates.jsonl holds."""
    slots = row["slots"]
    number = " ".join(slots.get("MESSAGE: TEMPLATE") or ())
    return Template({slot: fills_of(slot, slots.get(slot) or ()) for slot in SLOTS}, "OPTIONAL" in number)


def fills_of(slot: str, entries: Sequence[str]) -> tuple[Fill, ...]:
    """Return the fills of one slot; entries that say "no fill" give none."""
    fills = (_fill(slot, entry) for entry in entries)
    return tuple(fill for fill in fills if fill is not None)


def _fill(slot: str, entry: str) -> Fill | None:
    text = entry.replace('\\"', "'").strip()
    optional = text.startswith("?")
    text = text.lstrip("? ").strip()
    if text in NO_FILL:
        return None
    if slot in (DATE, LOCATION, TYPE):
        values = [_bare(part) for part in re.split(r"\)\s*/\s*\(|\s*/\s*", text)]
        return Fill(_told(values), (), optional or "-" in values)
    left, _, right = _at_colon(text)
    values = _strings(left)
    return Fill(_told(values), _told(_strings(right)), optional or "-" in values) if _told(values) else None


def _at_colon(text: str) -> tuple[str, str, str]:
    parts = re.split(":" + OUTSIDE_QUOTES, text, maxsplit=1)
    return parts[0], ":", parts[1] if len(parts) > 1 else ""


def _strings(text: str) -> list[str]:
    return [_bare(part).strip('" ') for part in re.split("/" + OUTSIDE_QUOTES, text) if part.strip()]


def _bare(part: str) -> str:
    """Strip the brackets that hold a whole alternative; a unit's "(CITY)" stays."""
    part = part.strip()
    if part.startswith("("):
        part = part[1:]
    return part[:-1].strip() if part.count(")") > part.count("(") else part.strip()


def _told(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in NO_FILL)
