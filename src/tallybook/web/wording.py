"""How values look on a page: bounds, days, places, names. Not stated is not zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tallybook.model.wire import Json
from tallybook.runs.explaining import bounds as in_words

REASONS = {
    "rejected": "a person rejected it", "superseded": "a later word of the same origin, or a newer version, holds",
    "repeated": "says in vaguer words what another position states", "denied": "a denial is no count",
    "may_match": "may or may not lie inside the question", "status": "who was harmed is not stated",
    "reaches_beyond": "a toll that reaches beyond the question", "no_bounds": "its words have no bounds",
    "contained": "is contained in a number that is counted",
}  # fmt: skip
"""Why a claim is left out, in words."""

INTERESTS = {
    "own": "speaks of its own losses", "adversary": "speaks of its adversary's losses",
    "third": "a third party", "compiler": "compiles the data of others",
}  # fmt: skip


def numbers(row: Mapping[str, Any] | None) -> str:
    """Write bounds: 20, 60+, up to 100, 90–100; a dash where none is stated."""
    if row is None:
        return "—"
    low, high = row["low"], row["high"]
    if low is None and high is None:
        return "—"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def worded(row: Mapping[str, Any] | None) -> str:
    """Write bounds as `why` does: 'at least 60'."""
    return "no number stated" if row is None else in_words(row["low"], row["high"])


def counted(claim: Json) -> str:
    """Write a claim's count by its bounds, or by its words where it has none."""
    count = claim["count"]
    if count is None:
        return "—"
    return str(count["text"]) if count["low"] is None and count["high"] is None else numbers(count)


def days(date: Json | None) -> str:
    """Write an interval of days; a tilde where its edges are vague, a dash where none is known."""
    if not date or not (date["start"] or date["end"]):
        return "—"
    mark = "~" if date.get("vague") else ""
    if date["start"] == date["end"]:
        return f"{mark}{date['start']}"
    if date["start"] is None:
        return f"{mark}until {date['end']}"
    return f"{mark}{date['start']} – {date['end']}" if date["end"] else f"{mark}since {date['start']}"


def where(place: Json | None) -> str:
    """Write a place with its larger units."""
    return ", ".join([place["name"], *place["admin"]]) if place else "—"


def how_near(place: Json | None) -> str:
    """Say how well a place is known."""
    if place is None:
        return "no place is told"
    if place["lat"] is None:
        return "not found on the map" if place["precision"] == "unresolved" else f"known as {place['precision']} only"
    radius = place["radius_km"]
    kind = {"exact": "this place", "near": "near this place"}.get(
        place["precision"], f"somewhere in this {_unit(place)}"
    )
    return f"{kind}, within {radius:g} km" if radius else kind


UNITS = {"admin1": "state or region", "admin2": "district", "admin3": "township"}


def _unit(place: Json) -> str:
    precision = str(place["precision"])
    return UNITS.get(precision, precision)


def plain(word: str | None) -> str:
    """Write a name of a list as words: armed_clash is 'armed clash'."""
    return (word or "—").replace("_", " ")


def listed(value: str | list[str] | tuple[str, ...] | None) -> str:
    """Write one or several names; a dash for none."""
    if value is None or value == [] or value == ():
        return "—"
    return value if isinstance(value, str) else ", ".join(value)


def share(value: float | None) -> str:
    """Write a probability in percent; nothing where none is known."""
    return "" if value is None else f"{value:.0%}"


def reason(word: str) -> str:
    """Write why a claim is left out."""
    return REASONS.get(word, plain(word))


def interest(word: str | None) -> str:
    """Write whose losses a claimant speaks of."""
    return INTERESTS.get(word or "", "")


def minute(iso: str | None) -> str:
    """Write an ISO time to the minute."""
    return (iso or "—").replace("T", " ").removesuffix("Z")[:16]


def first_upper(words: str) -> str:
    """Write the first letter large, and leave the rest: names of places keep theirs."""
    return words[:1].upper() + words[1:]


def moved(bounds: Any) -> str:
    """Write the bounds of a move: 'none' where there is no figure."""
    return "none" if bounds is None else numbers({"low": bounds.low, "high": bounds.high})


FILTERS: dict[str, Callable[..., str]] = {
    "numbers": numbers, "worded": worded, "counted": counted, "days": days, "where": where, "how_near": how_near,
    "plain": plain, "listed": listed, "share": share, "reason": reason, "interest": interest, "minute": minute,
    "moved": moved, "first_upper": first_upper,
}  # fmt: skip
