"""Linking a book step by step: what came since the last linking is linked, the rest is taken as it was.

What a linking leaves stands in the book (`store.link_contract`). A step reads of it only what the changed documents
touch: the events around theirs, the components of those that may join, and the incidents whose doubts may change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tallybook.incidents.blocking import LISTED
from tallybook.incidents.certain import incident_id
from tallybook.incidents.copies import Copies, copied, met, sketch_of
from tallybook.incidents.events import Told
from tallybook.incidents.neighbours import Found, Remembered, crossing, crowded, found, opened, partners, words_held
from tallybook.incidents.relinking import KeyPair, Part, ReachesFurther, Scores, doubts_anew, part_linked
from tallybook.model import Document, Incident, Judgement, Link
from tallybook.model.linked_event import EventKey, LinkedEvent
from tallybook.runs.loaded_reports import Reports
from tallybook.store.link_contract import LinkShelf, incident_record

MOST_CHANGED = 100
"""Documents from which the whole book is linked: steps pay for few."""
LEAST_MET, SHARE_MET = 200, 20
"""Events whose neighbours a step looks up at most, or one in so many of all events: looking one up costs some 20 times
what it costs where all are linked at once (invented books)."""
COPY_WINDOW = 9
"""Days around a publication in which near copies of it may be published; wider than the days that `copies` allows."""


def link_step(shelf: LinkShelf, changed: Collection[str], log: Sequence[Judgement]) -> set[str]:
    """Link what changed documents touch; return the ids of claims whose incident may be another one now.

    Raises: ReachesFurther where that is the whole book; what the shelf holds then is to be thrown away.
    """
    reports = Reports(shelf, log)
    linked = {event.near.key: event for event in shelf.events_of(changed)}
    copies = _copies(shelf, reports, changed)
    touched = {event.near.key for event in shelf.events_of(reports.tied(copies | set(changed)))}
    names = shelf.rows_of([event.id for event in linked.values()])
    before = [Found(event.near, frozenset(names[event.id])) for event in linked.values()]
    told = reports.told(changed)
    after = [found(event) for event in told.values()]
    around = _change(shelf, reports, changed, before, after)
    touched = ({*touched, *told, *around.touched} - linked.keys()) | told.keys()
    return _Step(shelf, reports).run(touched, linked, around.left)


class _Around:
    """What changed around documents: events whose pairs may be others now, and events that lost a partner."""

    def __init__(self) -> None:
        self.touched: set[EventKey] = set()
        self.left: set[EventKey] = set()


def _change(
    shelf: LinkShelf, reports: Reports, changed: Collection[str], before: Sequence[Found], after: Sequence[Found]
) -> _Around:
    """Put the events of changed documents into the shelf in place of what they were."""
    around, both = _Around(), [*before, *after]
    if any(name.startswith(LISTED) for f in both for name in f.names):
        raise ReachesFurther
    units, rare = opened(both, shelf), words_held(both, shelf)
    for event in before:
        around.left |= partners(event, shelf)
        around.touched |= crowded(event, shelf)
    shelf.drop_events(changed)
    shelf.add_events(((*f.near, n, "") for n, f in enumerate(after)), [f.names for f in after])
    if opened(both, shelf) != units:
        raise ReachesFurther
    for event in after:
        around.touched |= crowded(event, shelf)
    around.touched |= crossing(rare, words_held(both, shelf), shelf)
    for told in reports.told(changed).values():
        for name in (named for claim in told.claims for named in (claim.id, incident_id(claim.id))):
            around.touched.update(shelf.holding(f"{LISTED}{name}"))
        around.touched.update(shelf.holding(f"{LISTED}{told.report_hash}"))
    around.left = {key for key in around.left if key[0] not in changed}
    return around


def _copies(shelf: LinkShelf, reports: Reports, changed: Collection[str]) -> set[str]:
    """Find the near copies of changed documents anew; return all documents that copy, or are copied, around them."""
    near = _copying(shelf, changed)
    shelf.drop_copies(changed)
    reports.load(changed)
    fresh = {key: reports.documents[key] for key in sorted(changed) if key in reports.documents}
    drawn = {key: made for key, document in fresh.items() if (made := sketch_of(document)) is not None}
    days = {key: day_of(document) for key, document in fresh.items()}
    shelf.add_sketches((key, days[key], drawn[key]) for key in drawn)
    equal = {key: shelf.of_equal_texts([document.sha256]) for key, document in fresh.items()}
    pairs: set[tuple[str, str]] = set()
    for key, sketch in drawn.items():
        day = days[key]
        kept = shelf.sketches(None if day is None else (day - COPY_WINDOW, day + COPY_WINDOW))
        others = {*met(sketch, kept), *equal[key]} - {key}
        reports.load(others)
        told = (copied(fresh[key], reports.documents[other]) for other in sorted(others) if other in reports.documents)
        pairs.update(pair for pair in told if pair is not None)
    shelf.add_copies(sorted(pairs))
    return near | _copying(shelf, changed) | {other for keys in equal.values() for other in keys}


def _copying(shelf: LinkShelf, keys: Collection[str]) -> set[str]:
    """Return documents with all that hang together with them by copies."""
    known, fresh = set(keys), set(keys)
    while fresh:
        fresh = {key for pair in shelf.copies_of(fresh) for key in pair} - known
        known |= fresh
    return known


def day_of(document: Document) -> int | None:
    return date.fromisoformat(document.published[:10]).toordinal() if document.published else None


class _Step:
    """One step, once the shelf holds the changed events."""

    def __init__(self, shelf: LinkShelf, reports: Reports) -> None:
        self._shelf, self._reports = shelf, reports
        self._told: dict[EventKey, Told] = {}
        self._scores = Scores(self._told)
        self._pairs: dict[EventKey, set[EventKey]] = {}
        self._index = Remembered(shelf)
        self._most = max(LEAST_MET, shelf.last_event() // SHARE_MET)

    def run(
        self, touched: Collection[EventKey], gone: Mapping[EventKey, LinkedEvent], left: Collection[EventKey]
    ) -> set[str]:
        """Link what is touched, keep it, and return the claims of all incidents that were or are touched.

        Raises: ReachesFurther
        """
        components = {event.component for event in gone.values()} | self._components(touched)
        again = {event.near.key: event for event in self._shelf.events_of_components(components)}
        again |= {e.near.key: e for e in self._shelf.events_of({key[0] for key in touched}) if e.near.key in touched}
        if not set(touched) <= again.keys():
            raise ReachesFurther
        self._meet(again)
        if any(self._scores.joins(p) for p in self._across(again)):
            raise ReachesFurther
        part = self._linked(again)
        old = {e.incident for e in (*again.values(), *gone.values())} - {""}
        moved = self._moved(again, part, touched)
        asked = self._asked(moved, again, left)
        made = {incident.id: incident for incident in part.incidents.values()}
        doubts = self._doubts(again, part, asked)
        kept = self._shelf.incidents(old | asked)
        if kept.keys() != old | asked:
            raise ReachesFurther
        self._keep(made, doubts, asked, old, kept)
        self._place(again, part)
        return {claim for i in (*made.values(), *(kept[name] for name in sorted(old))) for claim in i.claims}

    def _components(self, touched: Collection[EventKey]) -> set[int]:
        """Return the components that touched events are in, or may join now."""
        self._meet(touched)
        joined = {key for event in touched for key in self._pairs[event] if self._scores.joins(_pair(event, key))}
        held = self._shelf.events_of({key[0] for key in {*touched, *joined}})
        return {e.component for e in held if e.near.key in touched or e.near.key in joined}

    def _meet(self, keys: Iterable[EventKey]) -> None:
        """Find what events are compared with, and load it."""
        missing = [key for key in sorted(keys) if key not in self._pairs]
        if len(self._pairs) + len(missing) > self._most:
            raise ReachesFurther
        self._told.update(self._reports.events(missing))
        for key in missing:
            self._pairs[key] = partners(found(self._told[key]), self._index)
        self._told.update(self._reports.events({k for key in missing for k in self._pairs[key]}))

    def _of(self, keys: Iterable[EventKey]) -> set[KeyPair]:
        return {_pair(key, other) for key in keys for other in self._pairs[key]}

    def _across(self, again: Collection[EventKey]) -> set[KeyPair]:
        return {pair for pair in self._of(again) if (pair[0] in again) != (pair[1] in again)}

    def _linked(self, again: Mapping[EventKey, LinkedEvent]) -> Part:
        """Cluster whole components anew, with all reports that theirs copy at hand."""
        documents = {key[0] for key in again}
        pairs: set[tuple[str, str]] = set()
        fresh = set(documents)
        while fresh:
            found_now = {pair for pair in self._shelf.copies_of(fresh) if pair[0] in fresh}
            fresh = {original for _, original in found_now} - documents
            documents |= fresh
            pairs |= found_now
        told = self._reports.told(documents)
        held = [self._reports.documents[key] for key in sorted(documents)]
        judgements = sorted(self._reports.judgements.values(), key=lambda j: j.number)
        return part_linked(told, again.keys(), self._of(again), self._scores, judgements, Copies(held, sorted(pairs)))

    def _moved(self, again: Mapping[EventKey, LinkedEvent], part: Part, touched: Collection[EventKey]) -> set[EventKey]:
        """Return the events that are new, or stand in another company now."""
        was: dict[str, set[EventKey]] = defaultdict(set)
        now: dict[str, set[EventKey]] = defaultdict(set)
        for key, event in again.items():
            was[event.incident].add(key)
            now[part.incidents[key].id].add(key)
        return {
            key for key, event in again.items() if key in touched or was[event.incident] != now[part.incidents[key].id]
        }

    def _asked(self, moved: Collection[EventKey], again: Collection[EventKey], left: Collection[EventKey]) -> set[str]:
        """Return the other incidents whose doubts may change."""
        around = {
            key for event in moved for key in self._pairs[event]
            if key not in again and self._scores.doubtful(_pair(event, key))
        }  # fmt: skip
        around |= {key for key in left if key not in again}
        held = self._shelf.events_of({key[0] for key in around})
        return {event.incident for event in held if event.near.key in around}

    def _doubts(
        self, again: Mapping[EventKey, LinkedEvent], part: Part, asked: Collection[str]
    ) -> dict[str, tuple[Link, ...]]:
        members = {event.near.key for event in self._shelf.events_of_incidents(asked)}
        self._meet(members)
        pairs = self._of({*again, *members})
        keys = {key for pair in pairs for key in pair} | again.keys() | members
        home = {e.near.key: e.incident for e in self._shelf.events_of({k[0] for k in keys}) if e.near.key in keys}
        home.update((key, part.incidents[key].id) for key in again)
        wanted = {*asked, *(incident.id for incident in part.incidents.values())}
        return doubts_anew(self._told, pairs, self._scores, home, wanted)

    def _keep(
        self, made: Mapping[str, Incident], doubts: Mapping[str, tuple[Link, ...]], asked: Collection[str],
        old: Collection[str], kept: Mapping[str, Incident],
    ) -> None:  # fmt: skip
        written = {name: replace(incident, doubts=doubts[name]) for name, incident in made.items()}
        written |= {name: now for name in asked if (now := replace(kept[name], doubts=doubts[name])) != kept[name]}
        self._shelf.drop_incidents({*old, *written})
        self._shelf.add_incidents(incident_record(written[name]) for name in sorted(written))

    def _place(self, again: Mapping[EventKey, LinkedEvent], part: Part) -> None:
        placed = {event.id: (again[part.components[key]].id, part.incidents[key].id) for key, event in again.items()}
        now = {event.id: (event.component, event.incident) for event in again.values()}
        self._shelf.place_events({n: told for n, told in placed.items() if told != now[n]})


def _pair(a: EventKey, b: EventKey) -> KeyPair:
    return (a, b) if a <= b else (b, a)
