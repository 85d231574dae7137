"""Places that are described by others: 'the Falam - Hakha road', 'between A and B', '10 km north of A', 'near A'."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tallybook.model.earth import KM_PER_DEGREE, apart

_NAME = r"(?P<{0}>[^\W\d_][\w'\u2019 .()-]*?)"
_WAY = r"(?:road|highway|route|line|railway|section|corridor|stretch|track)"
_PAIR = re.compile(
    rf"(?:(?:the|on|along|near)\s+)*(?:(?:road|highway|way)\s+)?(?P<between>between\s+|from\s+)?{_NAME.format('a')}\s*(?P<dash>\s-\s|\u2013|\u2014|-(?=[A-Z])|\band\b|\bto\b)\s*{_NAME.format('b')}(?:\s+(?:old\s+|new\s+|union\s+|main\s+)*(?P<way>{_WAY})s?)?",
    re.IGNORECASE,
)
_NEAR = re.compile(
    rf"(?:near|outside|close\s+to|around|off|the\s+outskirts\s+of|the\s+vicinity\s+of)\s+(?:the\s+)?{_NAME.format('a')}",
    re.IGNORECASE,
)
_FAR = r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*-?\s*(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|mi)\b(?:\s*\([^()]{1,20}\))?\s+(?:to\s+the\s+)?(?:(?P<dir>north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?\s+)?(?:of|from|outside)\s+(?:the\s+)?"
_AWAY = re.compile(rf"(?:(?:some|about|around|roughly)\s+)?{_FAR}{_NAME.format('a')}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_FAR}(?:(?:capital|city|town|village)\s*(?:of|,)?\s*)?$", re.IGNORECASE)
_TAIL = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")
_SITE = re.compile(
    r"\s+(?:area|base|camp|hill|hills|outpost|checkpoint|check\s?point|gate|bridge|junction|market|prison|airport|station|village\s+tract|tract|forest|mountains?|valley|region|military\s+base|police\s+station)$",
    re.IGNORECASE,
)
BEARINGS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}  # fmt: skip
MILE_KM = 1.609


@dataclass(frozen=True, slots=True)
class Away:
    """How far from a named place, and in which direction, something is."""

    km: float
    bearing: float | None
    """Degrees from north; None where no direction is told."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a description names: one or two places, and how to get from there to where is meant."""

    names: tuple[str, ...]
    larger: tuple[str, ...] = ()
    """Larger units that stand in brackets."""
    away: Away | None = None


def told_away(before: str) -> Away | None:
    """Return the distance that the words before a name tell: '60 km north of '; None where they tell none."""
    found = _BEFORE.search(before)
    return _away(found) if found else None


def _away(found: re.Match[str]) -> Away:
    km = float(found["n"].replace(",", "")) * (1.0 if found["unit"].lower().startswith("k") else MILE_KM)
    return Away(km, BEARINGS[found["dir"].lower().replace("-", "")] if found["dir"] else None)


def described(text: str) -> Described | None:
    """Return what a description names, or None for a name that describes nothing."""
    tail = _TAIL.search(text)
    larger = (tail["inside"].strip(),) if tail and tail["inside"].strip() else ()
    bare = (text[: tail.start()] if tail else text).strip()
    away = _AWAY.fullmatch(bare)
    if away:
        return Described((away["a"],), larger, _away(away))
    near = _NEAR.fullmatch(bare)
    if near:
        return Described((near["a"],), larger)
    pair = _PAIR.fullmatch(bare)
    spaced = pair is not None and pair["dash"].strip() in ("-", "\u2013", "\u2014") and " " in pair["dash"]
    if pair and (pair["between"] or pair["way"] or spaced):
        return Described((pair["a"].strip(), pair["b"].strip()), larger)
    site = _SITE.sub("", bare)
    if site and (site != bare or larger):
        return Described((site,), larger)
    return None


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the point `km` from another in a direction given in degrees from north."""
    north, east = km * math.cos(math.radians(bearing)), km * math.sin(math.radians(bearing))
    return lat + north / KM_PER_DEGREE, lon + east / (KM_PER_DEGREE * max(math.cos(math.radians(lat)), 0.01))


def half_apart(points: Sequence[tuple[float, float]]) -> float:
    """Return half the greatest distance between points, km; 0 for one."""
    return max((apart(a, b) for a in points for b in points), default=0.0) / 2
