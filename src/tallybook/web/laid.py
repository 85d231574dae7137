"""A book in one state, whole or without names, with what pages derive from it until that changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import nullcontext
from threading import Lock
from typing import Any, TypeVar

from tallybook.ledger import incident_figures
from tallybook.ledger.judging import same_records
from tallybook.model import Claim, Figure, Incident, Query
from tallybook.model.wire import Json
from tallybook.runs.covered_desk import CoveredDesk
from tallybook.runs.covering import Cover
from tallybook.runs.desk import Desk
from tallybook.runs.judging import Proposal
from tallybook.runs.moving import touched_incident_ids

T = TypeVar("T")
COMPUTING = nullcontext()
"""Held while a figure is computed."""


OF_RECORDS = frozenset((
    "incidents", "victims", "control", "issues", "issue codes", "issue codes by report", "origins", "keys by id",
    "actors", "places", "places map", "sources", "claims", "numbers", "arrivals", "report places", "timeline",
    "incidents by day", "order of reports",
))  # fmt: skip
"""What pages derive from the records alone: it does not depend on which claims people let count."""
UNTOUCHED = OF_RECORDS | {"incident", "contradictions"}
"""What pages derive that does not depend on which claims people have reviewed."""


def _told_of(name: Hashable) -> Hashable:
    return name[0] if isinstance(name, tuple) else name


class Laid:
    """A book in one state."""

    def __init__(self, desk: Desk, state: str) -> None:
        self.desk = desk
        self.state = state
        self.alike = False
        """Whether it has the very claims, documents, incidents and people of the state before, otherwise judged."""
        self._kept: dict[Hashable, Any] = {}
        self._earlier: dict[Hashable, Any] = {}
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    @property
    def whole(self) -> Laid:
        """The book with all its names."""
        return self

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of this state; it is made once, however many ask at the same time."""
        if name in self._kept:
            made: T = self._kept[name]
            return made
        with self._lock:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            if name not in self._kept:
                self._kept[name] = make()
            kept: T = self._kept[name]
        return kept

    def once_or_earlier(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of this state where it is made already, else what the state before left, else make
        it. For what orders work, never for a figure."""
        if name not in self._kept and name in self._earlier:
            earlier: T = self._earlier[name]
            return earlier
        return self.once(name, make)

    def known(self, name: Hashable, otherwise: T) -> T:
        """Return what is made of this state, or was left by the one before; `otherwise` where neither is there."""
        found: T = self._kept.get(name, self._earlier.get(name, otherwise))
        return found

    def ready(self, name: Hashable) -> bool:
        """Say whether this is made already."""
        return name in self._kept

    def keep(self, name: Hashable, value: object) -> None:
        """Take what was made of this state elsewhere."""
        self._kept[name] = value

    def left(self, name: Hashable, value: object) -> None:
        """Take what an earlier state left, to be shown until this state's own is made."""
        self._earlier[name] = value

    def total(self, query: Query) -> Figure:
        """Return the figure that `tallybook total` prints for a query."""
        return self.once(("total", query), lambda: self._computed(lambda: self.desk.total(query)))

    def is_at_hand(self, query: Query) -> bool:
        """Say whether the figure of a query was worked out already."""
        return self.ready(("total", query)) or query in self.desk.figures_known()

    def told(self, figure: Figure) -> Figure:
        """Return a figure of this book, of this state or an earlier one, as who asks may see it."""
        return figure

    def figures_of(self, incident: Incident) -> list[Json]:
        """Return the rows that `tallybook incidents` prints for an incident."""
        return self.once(
            ("incident", incident.id), lambda: self._computed(lambda: incident_figures(self.desk.ledger, incident))
        )

    def origin_of(self, claim: Claim) -> str:
        """Return whose word a claim is."""
        return self.desk.ledger.origins.of(claim)

    def carry(self, before: Laid, proposal: Proposal) -> None:
        """Take over what a decision leaves as it was: all but what is reviewed where it touches no claim, else the
        figures of incidents that it does not touch."""
        self.alike = same_records(before.desk.ledger, self.desk.ledger)
        names = frozenset() if not self.alike else OF_RECORDS if proposal.touched else UNTOUCHED
        gone = touched_incident_ids(before.desk, proposal.after, proposal.touched)
        self._kept.update(
            (name, made) for name, made in before.kept()
            if _told_of(name) in names or (isinstance(name, tuple) and name[0] == "incident" and name[1] not in gone)
        )  # fmt: skip

    def kept(self) -> list[tuple[Hashable, Any]]:
        """Return what was derived so far, by name."""
        return list(self._kept.copy().items())

    @staticmethod
    def _computed(make: Callable[[], T]) -> T:
        with COMPUTING:
            return make()


class CoveredLaid(Laid):
    """A book in one state, as somebody sees it who may not see names. Its figures are those of the whole book."""

    def __init__(self, whole: Laid, cover: Cover) -> None:
        covered = CoveredDesk(whole.desk, cover)
        super().__init__(covered, whole.state)
        self._whole = whole
        self.covered = covered
        self.cover = cover

    @property
    def whole(self) -> Laid:
        """The book with all its names."""
        return self._whole

    def once_or_earlier(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what the whole book has made of this already, covered; else make it of the covered one."""
        missing = object()
        known: Any = self._whole.known(name, missing)
        return (
            self.once(name, make)
            if known is missing
            else self.once((name, id(known)), lambda: self.cover.record(known))
        )

    def total(self, query: Query) -> Figure:
        """Return the figure that `tallybook total` prints for a query, its proof covered."""
        return self.once(("total", query), lambda: self.covered.covered_figure(self._whole.total(query)))

    def is_at_hand(self, query: Query) -> bool:
        """Say whether the figure of a query was worked out already."""
        return self._whole.is_at_hand(query)

    def told(self, figure: Figure) -> Figure:
        """Return a figure with its proof covered."""
        return self.covered.covered_figure(figure)

    def figures_of(self, incident: Incident) -> list[Json]:
        """Return the rows that `tallybook incidents` prints for an incident."""
        return self._whole.figures_of(self._whole.desk.incident_by_id[incident.id])

    def origin_of(self, claim: Claim) -> str:
        """Return whose word a claim is; persons are told apart, and not named."""
        return self.cover.name(self._whole.origin_of(claim), claim.document)
