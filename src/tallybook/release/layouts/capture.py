"""Capture matrix: which list names which person, for multiple-systems estimation. Made of names, never of counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallybook.knowledge import Knowledge
from tallybook.release.cells import csv_text
from tallybook.release.laying import units
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses, NotFit
from tallybook.release.records import Edition, Event, Person

HARMS = ("killed", "missing", "captured", "injured")
"""The harm that a person is counted under, where records differ: the gravest first."""
NO_NAMES = (
    "A capture matrix is not made: {why}. It says of each person which lists name them; counts such as '12 killed' do "
    "not say who is meant, so that nobody can tell whether two lists count the same people. Import lists of named "
    "persons: docs/howto/import-a-list.md."
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person with the records that name them."""

    id: str
    records: tuple[Person, ...]
    lists: frozenset[str]


def lay(edition: Edition, mapping: LayoutMapping, _knowledge: Knowledge) -> Laid:
    """Lay out an edition: one row for each person, in the order of ids; one column for each list, in that of letters.

    Raises: NotFit where too few lists name persons.
    """
    losses = Losses(mapping)
    whose = _lists(edition)
    named = [_named(person, records, whose, losses) for person, records in _by_person(edition.victims)]
    kept = [n for n in named if n.lists]
    lists = sorted({name for n in kept for name in n.lists})
    if not kept:
        raise NotFit(NO_NAMES.format(why="no list of this release names a person"))
    if len(lists) < mapping.codes["fewest_lists"]:
        raise NotFit(NO_NAMES.format(why=f"only one list names persons, {lists[0]!r}, and it takes two to compare"))
    counting = {r.claim for n in named for r in n.records}
    for claim in edition.claims:
        if claim.measure and claim.id not in counting:
            losses.note(claim.id, "counts_left_out")
    events = {e.id: e for e in edition.incidents}
    rows = [_row(person, lists, events, losses) for person in kept]
    return Laid(csv_text([[*mapping.columns, *lists]], rows), len(rows), losses)


LAYOUT = Layout("capture", "capture_matrix.csv", lay, ("partner", "internal"))


def _lists(edition: Edition) -> Mapping[str, str | None]:
    """Return by record of a victim whose list names the person: the organisation whose word it is, else the publisher.

    None where neither is told. Words for unnamed sources, such as 'residents', are no list.
    """
    origins = {c.id: c.origin for c in edition.claims if c.origin and c.origin != c.origin.lower()}
    publishers = {s.id: s.publisher for s in edition.sources}
    return {v.id: origins.get(v.claim or "") or publishers.get(v.source) for v in edition.victims}


def _by_person(victims: Iterable[Person]) -> list[tuple[str, tuple[Person, ...]]]:
    held: dict[str, list[Person]] = {}
    for victim in victims:
        held.setdefault(victim.person, []).append(victim)
    return [(person, tuple(sorted(held[person], key=lambda r: r.id))) for person in sorted(held)]


def _named(person: str, records: tuple[Person, ...], whose: Mapping[str, str | None], losses: Losses) -> Named:
    for record in records:
        if whose[record.id] is None:
            losses.note(record.id, "list_not_named")
    return Named(person, records, frozenset(name for r in records if (name := whose[r.id]) is not None))


def _row(named: Named, lists: list[str], events: Mapping[str, Event], losses: Losses) -> list[object]:
    if len(named.lists) == 1:
        losses.note(named.id, "listed_once")
    harms = {r.harm for r in named.records}
    if len(harms) > 1:
        losses.note(named.id, "harms_differ", ", ".join(sorted(harms)))
    held = [events[r.incident] for r in named.records if r.incident and r.incident in events]
    month = next((e.start[:7] for e in held if e.start), None)
    area = next((first for e in held if (first := units(e.place)[0])), None)
    if month is None:
        losses.note(named.id, "month_not_told")
    if area is None:
        losses.note(named.id, "place_not_told")
    harm = next((h for h in HARMS if h in harms), min(harms))
    sex, age = (_shared(getattr(r, f) for r in named.records) for f in ("sex", "age"))
    return [named.id, harm, sex, age, month, area, len(named.lists), *(int(name in named.lists) for name in lists)]


def _shared(values: Iterable[str | None]) -> str | None:
    """Return what all records that tell it say; None where none does, or they differ."""
    told = {v for v in values if v}
    return told.pop() if len(told) == 1 else None
