"""The fields of a claim that a person may set: how a value is read, kept, shown, and put into a claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tallybook.errors import UsageError
from tallybook.model import AFFILIATIONS, DIMENSIONS, EVENT_TYPES, MEASURES, STANCES, Claim, Count, DateRange, Place
from tallybook.model.codec import from_plain, to_plain
from tallybook.review import values

Plain = Any
"""A value as JSON keeps it."""


@dataclass(frozen=True, slots=True)
class ClaimField:
    """One field that can be set."""

    name: str
    help: str
    read: Callable[[str], Plain]
    """Typed words to the value; raises UsageError."""
    get: Callable[[Claim], Plain]
    put: Callable[[Claim, Plain], Claim]
    actors: bool = False
    """True where the value names actors, which the register may know by another name."""


def _plain(name: str, help: str, read: Callable[[str], Plain], *, actors: bool = False) -> ClaimField:
    """Return a field whose value is a word or None."""
    return ClaimField(name, help, read, lambda c: getattr(c, name), lambda c, v: _replaced(c, name, v), actors)


def _many(name: str, help: str, *, actors: bool = False) -> ClaimField:
    """Return a field that holds several names."""
    return ClaimField(
        name, help, values.names, lambda c: list(getattr(c, name)), lambda c, v: _replaced(c, name, tuple(v)), actors
    )


def _target(name: str, help: str, read: Callable[[str], Plain], *, actors: bool = False) -> ClaimField:
    """Return a field of those who were harmed."""
    return ClaimField(
        f"target.{name}", help, read, lambda c: getattr(c.target, name),
        lambda c, v: replace(c, target=_replaced(c.target, name, v)), actors,
    )  # fmt: skip


def _replaced(record: Any, name: str, value: Any) -> Any:
    return replace(record, **{name: value})


def _get_count(claim: Claim) -> Plain:
    return {k: getattr(claim.count, k) for k in ("low", "high", "modifier")} if claim.count else None


def _put_count(claim: Claim, value: Plain) -> Claim:
    """Set the bounds; the words that were read stay."""
    if value is None:
        return replace(claim, count=None)
    words = claim.count or Count(None, None, "exact", "")
    return replace(claim, count=replace(words, **value))


def _get_date(claim: Claim) -> Plain:
    return {k: getattr(claim.date, k) for k in ("start", "end", "precision")} if claim.date else None


def _put_date(claim: Claim, value: Plain) -> Claim:
    """Set the interval, now sharp and hung on nothing; the words that were read stay."""
    if value is None:
        return replace(claim, date=None)
    return replace(claim, date=replace(claim.date or DateRange(), **value, vague=False, anchor=None))


def _get_place(claim: Claim) -> Plain:
    return to_plain(replace(claim.place, span=None, candidates=())) if claim.place else None


def _put_place(claim: Claim, value: Plain) -> Claim:
    if value is None:
        return replace(claim, place=None)
    return replace(claim, place=replace(from_plain(Place, value), span=claim.place.span if claim.place else None))


def _no_place(words: str) -> Plain:
    if words.strip().lower() == values.NONE:
        return None
    raise UsageError("A place is set by `decide set-place CLAIM NAME`, which looks it up.")


def _yes_or_no(words: str) -> bool:
    return values.one_of(("yes", "no"))(words) == "yes"


FIELDS: dict[str, ClaimField] = {
    f.name: f
    for f in (
        ClaimField("count", "12, 12..15, 12.., 'at least 12' or none", values.count, _get_count, _put_count),
        _plain("measure", "one of the measures, or none", values.one_of(MEASURES, or_none=True)),
        _plain("about", "measure that a denial is about, or none", values.one_of(MEASURES, or_none=True)),
        _plain("stance", "one of the stances", values.one_of(STANCES)),
        _plain("scope", "incident or cumulative", values.one_of(("incident", "cumulative"))),
        _plain("event_type", "one of the event types", values.one_of(EVENT_TYPES)),
        _target("affiliation", "civilian, combatant, mixed or unknown", values.one_of(AFFILIATIONS)),
        _target("group", "the organisation they belong to, or none", values.name, actors=True),
        _target("sex", "female, male or none", values.one_of(("female", "male"), or_none=True)),
        _target("age", "child, adult or none", values.one_of(("child", "adult"), or_none=True)),
        _many("perpetrator", "who did it; several with commas; or none", actors=True),
        _many("claimants", "speaker and organisation spoken for, with commas; or none"),
        _plain("origin", "the organisation whose word it is, or none", values.name, actors=True),
        ClaimField("date", "YYYY-MM-DD, YYYY-MM, A..B or none", values.days, _get_date, _put_date),
        _plain("time", "HH:MM or none", values.time_of_day),
        ClaimField("place", "none; a name is set by set-place", _no_place, _get_place, _put_place),
        _many("weapon", "weapons, with commas, or none"),
        _plain("part_of", "id of the claim that contains this one, or none", values.name),
        _plain("responds_to", "id of the claim that a denial answers, or none", values.name),
        _plain("dimension", "for a part, one of the dimensions, or none", values.one_of(DIMENSIONS, or_none=True)),
        _plain("whole_exact", "yes where the parts make up the whole, or no", _yes_or_no),
        _plain("change", "added where it comes on top of an earlier toll, or none",
               values.one_of(("added",), or_none=True)),
    )
}  # fmt: skip
"""Fields by name."""

SHORT = {"affiliation": "target.affiliation", "group": "target.group", "sex": "target.sex", "age": "target.age",
         "perpetrators": "perpetrator", "claimant": "claimants", "type": "event_type"}  # fmt: skip
"""Other names by which fields may be typed."""

REFERENCES = ("part_of", "responds_to")
"""Fields whose value is the id of another claim."""


def field_named(name: str) -> ClaimField:
    """Return the field of this name.

    Raises: UsageError listing the fields.
    """
    plain = name.strip().lower().replace("-", "_")
    found = FIELDS.get(SHORT.get(plain, plain))
    if found is None:
        raise UsageError(f"A claim has no field {name!r} that can be set. Give one of: {', '.join(FIELDS)}.")
    return found


def shown(field: str, value: Plain) -> str:
    """Write a value for people: bounds as 12 or 12..15, days as A..B, a place by name and id, nothing as 'none'."""
    if value is None or value == []:
        return values.NONE
    if field == "count":
        low, high = value.get("low"), value.get("high")
        return "no bounds" if low is None and high is None else str(low) if low == high else between(low, high)
    if field == "date":
        start, end = value.get("start"), value.get("end")
        return str(start) if start == end else between(start, end)
    if field == "place":
        return f"{value['name']} ({value['id']})" if value.get("id") else str(value["name"])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def between(low: object | None, high: object | None) -> str:
    """Write two bounds; an open one is nothing."""
    return f"{'' if low is None else low}..{'' if high is None else high}"
