"""How two events, told by two reports, compare. Each comparison gives the name of a weight."""

from __future__ import annotations

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

from tallybook.incidents.events import Told
from tallybook.incidents.weights import FAR_FACTOR, NEAR_KM, WEIGHTS
from tallybook.model import Place

Features = dict[str, float]
FIRE = frozenset({"airstrike", "drone_strike", "shelling"})
CAPTIVITY = frozenset({"arrest_or_abduction", "surrender_or_capture"})
EARTH_KM = 6371.0


def compare(a: Told, b: Told) -> Features:
    """Return the features of a pair: weight names with 1, but `words` with a similarity of 0..1. Symmetric."""
    features: Features = {}
    for name in (_place(a.place, b.place), _date(a, b)):
        features[name] = 1.0
    for judge in _OTHERS:
        found = judge(a, b)
        if found is not None:
            features[found] = 1.0
    similar = _words(a, b)
    if similar:
        features["words"] = similar
    return features


def _place(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "place: not known"
    if _same_place(a, b):
        return "place: same"
    if a.country and b.country and a.country != b.country:
        return "place: another"
    if _holds(a, b) or _holds(b, a):
        return "place: one holds the other"
    apart = distance(a, b)
    if apart is not None:
        return _by_distance(apart, (a.radius_km or 0) + (b.radius_km or 0) + NEAR_KM)
    return "place: not known" if "unresolved" in (a.precision, b.precision) else "place: another"


def _same_place(a: Place, b: Place) -> bool:
    if a.id is not None and b.id is not None:
        return a.id == b.id
    if a.name.casefold() != b.name.casefold():
        return False
    return not a.admin or not b.admin or bool(set(a.admin) & set(b.admin))


def _holds(outer: Place, inner: Place) -> bool:
    return outer.name.casefold() in {x.casefold() for x in inner.admin} or (
        outer.precision == "country" and outer.country is not None and outer.country == inner.country
    )


def _by_distance(apart: float, reach: float) -> str:
    if apart <= reach:
        return "place: near"
    return "place: far" if apart > FAR_FACTOR * reach else "place: another"


def distance(a: Place, b: Place) -> float | None:
    """Return the great-circle distance in km; None where one of the places has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def _date(a: Told, b: Told) -> str:
    (first, last, stated), (start, end, known) = a.days, b.days
    gap = max(first, start) - min(last, end)
    if gap > 0:
        return "date: next day" if gap == 1 else "date: days apart"
    if not stated or not known:
        return "date: not stated"
    return "date: same day" if first == last == start == end else "date: periods overlap"


def _kind(a: Told, b: Told) -> str | None:
    if not a.kinds or not b.kinds:
        return None
    if a.kinds & b.kinds:
        return "type: same"
    fire, caught = a.kinds <= FIRE or b.kinds <= FIRE, a.kinds <= CAPTIVITY or b.kinds <= CAPTIVITY
    return "type: fire and captivity" if fire and caught else "type: other kinds"


def _author(a: Told, b: Told) -> str | None:
    if not a.authors or not b.authors:
        return None
    return "author: same" if a.authors & b.authors else "author: another"


def _status(a: Told, b: Told) -> str | None:
    if not a.statuses or not b.statuses:
        return None
    return "target: same status" if a.statuses & b.statuses else "target: another status"


def _group(a: Told, b: Told) -> str | None:
    return "target: same group" if a.groups & b.groups else None


def _count(a: Told, b: Told) -> str | None:
    """Compare the measure that both count; killed before injured before the rest."""
    shared = [m for m in ("killed", "injured", "missing", "captured", "displaced") if m in a.counts and m in b.counts]
    if not shared:
        return None
    (low, high), (lower, higher) = a.counts[shared[0]], b.counts[shared[0]]
    if (low, high) == (lower, higher):
        return "count: same number"
    if low <= higher and lower <= high:
        return "count: can agree"
    early, late = (a, b) if a.order <= b.order else (b, a)
    grew = early.counts[shared[0]][1] <= late.counts[shared[0]][0]
    small, large = sorted((min(high, lower), max(low, min(higher, lower))))
    if large > 5 * max(small, 1) and large > 10:
        return "count: of another size"
    return "count: grew with time" if grew else "count: others"


def _time(a: Told, b: Told) -> str | None:
    if not a.times or not b.times:
        return None
    gaps = [abs(_minutes(x) - _minutes(y)) for x in a.times for y in b.times]
    nearest = min(min(g, 1440 - g) for g in gaps)
    return "time: same hour" if nearest <= 90 else "time: other hours" if nearest > 180 else None


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes or 0)


_OTHERS: tuple[Callable[[Told, Told], str | None], ...] = (_kind, _author, _status, _group, _count, _time)


def _words(a: Told, b: Told) -> float:
    """Return the share of words that the quotes have in common, of the shorter and longer together, 0..1."""
    if not a.words or not b.words:
        return 0.0
    common = sum((a.words & b.words).values())
    return round(common / sum((a.words | b.words).values()), 4)


def in_words(features: Features) -> str:
    """Say which features decided, the heaviest first."""
    heavy = sorted(features, key=lambda n: (-abs(WEIGHTS[n] * features[n]), n))
    return "; ".join(n if n != "words" else f"words alike: {features[n]:.2f}" for n in heavy[:4])
