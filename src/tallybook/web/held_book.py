"""The book that is served: laid open once for each state, with what pages derive from it until that changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, TypeVar

from tallybook.ledger import incident_figures, total
from tallybook.model import Figure, Incident, Query
from tallybook.model.wire import Json
from tallybook.review.deciding import Wish
from tallybook.runs.desk import Desk
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.judging import Proposal, carried_on, commit, propose
from tallybook.runs.packs import Loaded, packs_of
from tallybook.store import BookStore, open_book
from tallybook.web.settings import Settings

T = TypeVar("T")
COMPUTING = RLock()
"""One figure at a time: the solver under the ledger is one for the process."""


class Laid:
    """A book in one state."""

    def __init__(self, desk: Desk, state: str) -> None:
        self.desk = desk
        self.state = state
        self._kept: dict[Hashable, Any] = {}
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

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

    def total(self, query: Query) -> Figure:
        """Return the figure that `tallybook total` prints for a query."""
        return self.once(("total", query), lambda: self._computed(lambda: total(self.desk.ledger, query)))

    def figures_of(self, incident: Incident) -> list[Json]:
        """Return the rows that `tallybook incidents` prints for an incident."""
        return self.once(
            ("incident", incident.id), lambda: self._computed(lambda: incident_figures(self.desk.ledger, incident))
        )

    @staticmethod
    def _computed(make: Callable[[], T]) -> T:
        with COMPUTING:
            return make()


class HeldBook:
    """An open book, for reading and deciding by many at a time."""

    def __init__(self, settings: Settings, make_reader: Callable[[Any], DocumentReader]) -> None:
        self.settings = settings
        self._make_reader = make_reader
        self._store: BookStore | None = None
        self._loaded: Loaded | None = None
        self._reader: DocumentReader | None = None
        self._laid: Laid | None = None
        self._mark = ""
        self._opening = RLock()
        self._deciding = RLock()

    @property
    def store(self) -> BookStore:
        """The store, opened for writing when it is first needed."""
        with self._opening:
            if self._store is None:
                self._store = open_book(self.settings.book, writing=True)
            return self._store

    @property
    def packs(self) -> Loaded:
        """The knowledge of the book, loaded once."""
        with self._opening:
            if self._loaded is None:
                self._loaded = packs_of(self.store, self.settings.packs)
            return self._loaded

    @property
    def reader(self) -> DocumentReader:
        """The reader of reports, made when it is first needed: it takes seconds."""
        with self._opening:
            if self._reader is None:
                self._reader = self._make_reader(self.packs.knowledge)
            return self._reader

    def laid(self) -> Laid:
        """Return the book as it is now, whoever wrote to it.

        Raises: BookError
        """
        mark = self.store.mark()
        laid = self._laid
        if laid is not None and mark == self._mark:
            return laid
        with self._opening:
            mark = self.store.mark()
            if self._laid is None or mark != self._mark:
                self._lay(mark)
            assert self._laid is not None
            return self._laid

    def _lay(self, mark: str) -> None:
        """Load a book that has changed; again where somebody writes while it is loaded."""
        while True:
            state = self.store.state()
            if self._laid is None or self._laid.state != state:
                desk = Desk(self.store, self.packs.knowledge)
                _load(desk)
            else:
                desk = self._laid.desk
            now = self.store.mark()
            if now == mark:
                break
            mark = now
        if self._laid is None or self._laid.desk is not desk:
            self._laid = Laid(desk, state)
        self._mark = mark

    def proposed(self, wish: Wish) -> Proposal:
        """Return what a wish would decide and move. Writes nothing.

        Raises: UsageError, BookError
        """
        desk = self.laid().desk
        with COMPUTING:
            return propose(desk, wish, lambda: self.reader)

    def decide(self, wish: Wish) -> Proposal:
        """Decide, and lay the book open as it is then. One decision at a time.

        Raises: UsageError, BookError where nothing was written.
        """
        with self._deciding:
            before = self.laid()
            proposal = self.proposed(wish)
            state = commit(before.desk, proposal)
            self._carry_on(before, proposal, state)
            return proposal

    def _carry_on(self, before: Laid, proposal: Proposal, state: str) -> None:
        """Lay open what a decision made of the book; where somebody else wrote too, the next request loads it."""
        with self._opening:
            mark = self.store.mark()
            if self._laid is before and self.store.state() == state:
                self._laid = Laid(carried_on(before.desk, proposal), state)
                self._mark = mark

    @contextmanager
    def writing(self) -> Iterator[BookStore]:
        """Hold off decisions while reports are added: what they were shown would change under them."""
        with self._deciding:
            yield self.store

    def close(self) -> None:
        """Release the book."""
        with self._opening:
            if self._store is not None:
                self._store.close()
                self._store = None


def _load(desk: Desk) -> None:
    """Load what makes a state, so that nothing of a later one mixes in."""
    _ = (desk.received, desk.read_claims, desk.log, desk.victims_told, desk.control_told, desk.issues_told)
    _ = desk.incidents
