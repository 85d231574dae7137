"""Small builders of records for unit and property tests. Every name is invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tallybook.ledger import Book
from tallybook.ledger.protocols import Geography, Sides
from tallybook.model import Claim, Count, DateRange, Document, Incident, Judgement, Place, Span, Target

WORDS = {
    "": ("exact", 0, 0), "at least": ("at_least", 0, None), "nearly": ("nearly", None, 0), "up to": ("up_to", None, 0),
    "more than": ("more_than", 1, None),
}  # fmt: skip
VAGUE = {"several": 3, "dozens": 24, "scores": 40, "hundreds": 200}
COUNTRY = "QQQ"


def count(text: str) -> Count:
    """Read '12', 'at least 12', 'nearly 100', '5-8', 'several' or 'some' as the gold rules do."""
    if text in VAGUE:
        return Count(VAGUE[text], None, "vague", text)
    if text == "some":
        return Count(None, None, "vague", text)
    if "-" in text:
        low, high = text.split("-")
        return Count(int(low), int(high), "between", text)
    operator, _, digits = text.rpartition(" ")
    modifier, below, above = WORDS[operator]
    n = int(digits)
    return Count(None if below is None else n + below, None if above is None else n + above, modifier, text)


def document(key: str, published: str | None = "2024-03-10", **more: Any) -> Document:
    """Return a document with a text of its own."""
    text = more.pop("text", f"text of {key}")
    digest = sha256(text.encode()).hexdigest()
    return Document(key, key, text, f"{key}.txt", digest, digest, publisher=more.pop("publisher", f"Outlet {key}"),
                    published=published, language="en", **more)  # fmt: skip


def place(name: str, *admin: str, country: str = COUNTRY, precision: str = "exact", **more: Any) -> Place:
    """Return a resolved place; `admin` from the smallest unit up."""
    return Place(name, admin, country, precision=precision, **more)


def day(start: str | None, end: str | None = None, **more: Any) -> DateRange:
    """Return a day, or a range of days."""
    return DateRange(start, end or start, more.pop("precision", "day" if end is None else "range"), **more)


def claim(
    id: str,
    number: str | None = "1",
    who: str = "unknown",
    origin: str | None = "police",
    doc: str = "d1",
    event: str | None = "e1",
    **more: Any,
) -> Claim:
    """Return a claim; `number` None makes a denial. `who` is an affiliation, optionally with 'children' or 'women'."""
    target = more.pop("target", None) or _target(who, more.pop("group", None))
    measure = more.pop("measure", "killed")
    denied = number is None
    return Claim(
        id=id,
        document=doc,
        reader="test/1",
        quote=more.pop("quote", f"{number or 'nobody'} killed, said {origin}"),
        span=Span(0, 10),
        measure=None if denied else measure,
        about=measure if denied else None,
        count=None if number is None else count(number),
        stance=more.pop("stance", "denied" if denied else "asserted"),
        origin=origin,
        claimants=(origin,) if origin else (),
        target=target,
        event=event,
        **more,
    )


def _target(who: str, group: str | None) -> Target:
    words = who.split()
    status = next((w for w in words if w in ("civilian", "combatant", "mixed")), "unknown")
    if "children" in words:
        return Target(status, group, None, "child", "children")
    if "women" in words:
        return Target(status, group, "female", "adult", "women")
    if "men" in words:
        return Target(status, group, "male", "adult", "men")
    return Target(status, group, text="people")


def toll(id: str, number: str, start: str | None, end: str | None, **more: Any) -> Claim:
    """Return a cumulative claim over a window."""
    more.setdefault("place", place("Qland", precision="country"))
    made = claim(id, number, more.pop("who", "unknown"), more.pop("origin", "monitor"), event=None, **more)
    return replace(made, scope="cumulative", date=DateRange(start, end, "range"))


def incidents_of(claims: Iterable[Claim], parts: dict[str, Sequence[str]] | None = None) -> list[Incident]:
    """Make one incident of each event key, in all documents; `parts` names wholes and their parts by event key."""
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        if c.scope == "incident" and c.event:
            grouped[c.event].append(c)
    names = {event: f"i-{event}" for event in grouped}
    made = []
    for event, mine in grouped.items():
        where = next((c.place for c in mine if c.place), None)
        when = next((c.date for c in mine if c.date), None)
        kind = next((c.event_type for c in mine if c.event_type != "other"), "other")
        inner = tuple(names[p] for p in (parts or {}).get(event, ()))
        made.append(
            Incident(names[event], tuple(sorted(c.id for c in mine)), tuple(sorted({c.document for c in mine})),
                     kind, where, when, inner)
        )  # fmt: skip
    return made


def book(
    claims: Sequence[Claim],
    documents: Sequence[Document] = (),
    judgements: Sequence[Judgement] = (),
    parts: dict[str, Sequence[str]] | None = None,
    geography: Geography | None = None,
    sides: Sides | None = None,
) -> Book:
    """Return a book; documents that claims name and nobody gave are made."""
    known = {d.key: d for d in documents}
    for c in claims:
        known.setdefault(c.document, document(c.document))
    return Book(claims, known, incidents_of(claims, parts), judgements, geography, sides)


def judgement(number: int, verb: str, *objects: str) -> Judgement:
    """Return one decision of the log."""
    return Judgement(f"j{number}", number, verb, objects, "Recorder", "test", "2024-04-01T00:00:00Z")
