"""The book that is served: laid open once for each state, with what pages derive from it until that changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from threading import Event, Lock, RLock
from typing import Any, TypeVar

from tallybook.errors import BookError, TallybookError
from tallybook.ledger import incident_figures
from tallybook.model import Claim, Figure, Incident, Query
from tallybook.model.wire import Json
from tallybook.review.deciding import Wish
from tallybook.runs.covering import Cover, CoveredDesk, cover_of
from tallybook.runs.deriving import INCIDENTS, Derived, keep
from tallybook.runs.desk import Desk
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.judging import Proposal, carried_on, propose, write
from tallybook.runs.moving import touched_incident_ids
from tallybook.runs.packs import Loaded, packs_of
from tallybook.store import BookStore, open_book
from tallybook.web.refusals import Refused
from tallybook.web.settings import Settings

T = TypeVar("T")
COMPUTING = nullcontext()
"""Held while a figure is computed."""


UNTOUCHED = frozenset((
    "incident", "incidents", "conflicts", "conflicts by claim", "contradictions", "victims", "control", "issues",
    "issue codes", "issue codes by report", "origins", "keys by id", "actors", "places", "places map", "sources",
    "claims", "numbers", "arrivals",
))  # fmt: skip
"""What pages derive that does not depend on which claims people have reviewed."""


SETTLED_SECONDS = 1.0
"""Seconds after the last decision from which what follows from it is worked out in the background."""

PATIENCE_SECONDS = 2.0
"""How long a request waits for a book that is being laid open, before its page says so and asks again by itself."""

BEING_LAID = "The book is being laid open: its claims and incidents are loaded. This page asks again by itself."


def _told_of(name: Hashable) -> Hashable:
    return name[0] if isinstance(name, tuple) else name


class Laid:
    """A book in one state."""

    def __init__(self, desk: Desk, state: str) -> None:
        self.desk = desk
        self.state = state
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

    def left(self, name: Hashable, value: object) -> None:
        """Take what an earlier state left, to be shown until this state's own is made."""
        self._earlier[name] = value

    def total(self, query: Query) -> Figure:
        """Return the figure that `tallybook total` prints for a query."""
        known = self.desk.figures_known().get(query)
        return known or self.once(("total", query), lambda: self._computed(lambda: self.desk.total(query)))

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
        derived, desk = proposal.derived, before.desk
        alike = (derived.incidents, derived.people) == (desk.incidents, desk.people)
        if alike and not proposal.touched and not proposal.readings:
            self._kept.update((name, made) for name, made in before.kept() if _told_of(name) in UNTOUCHED)
            return
        gone = touched_incident_ids(before.desk, proposal.after, proposal.touched)
        self._kept.update(
            (name, made) for name, made in before.kept()
            if isinstance(name, tuple) and name[0] == "incident" and name[1] not in gone
        )  # fmt: skip

    def kept(self) -> list[tuple[Hashable, Any]]:
        """Return what was derived so far, by name."""
        return list(self._kept.items())

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
        self._covered = covered
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
        return self.once(("total", query), lambda: self._covered.covered_figure(self._whole.total(query)))

    def figures_of(self, incident: Incident) -> list[Json]:
        """Return the rows that `tallybook incidents` prints for an incident."""
        return self._whole.figures_of(self._whole.desk.incident_by_id[incident.id])

    def origin_of(self, claim: Claim) -> str:
        """Return whose word a claim is; persons are told apart, and not named."""
        return self.cover.name(self._whole.origin_of(claim), claim.document)


class HeldBook:
    """An open book, for reading and deciding by many at a time."""

    def __init__(self, settings: Settings, make_reader: Callable[[Any], DocumentReader]) -> None:
        self.settings = settings
        self._make_reader = make_reader
        self._store: BookStore | None = None
        self._loaded: Loaded | None = None
        self._reader: DocumentReader | None = None
        self._laid: Laid | None = None
        self._covered: CoveredLaid | None = None
        self._mark = ""
        self._opening = RLock()
        self._deciding = RLock()
        self._covering = Lock()
        self.leave: Callable[[Laid, Laid, Proposal], None] = lambda before, now, proposal: None
        """What a state leaves to the next."""
        self.prepare: Callable[[Laid], None] = lambda laid: None
        """What is made of a new state in the background, before anybody asks."""
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="preparing")
        self._closing = Event()

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

        Raises: BookError; Refused where somebody else is laying it open, and takes long
        """
        mark = self.store.mark()
        laid = self._laid
        if laid is not None and mark == self._mark:
            return laid
        if not self._opening.acquire(timeout=PATIENCE_SECONDS):
            raise Refused(503, "TB-W19", BEING_LAID)
        try:
            mark = self.store.mark()
            if self._laid is None or mark != self._mark:
                self._lay(mark)
            assert self._laid is not None
            return self._laid
        finally:
            self._opening.release()

    def covered(self) -> CoveredLaid:
        """Return the book as it is now, without the names of victims and of individual witnesses.

        Raises: BookError; Refused where somebody else is laying it open, and takes long
        """
        whole = self.laid()
        with self._covering:
            before = self._covered
            if before is None or before.whole is not whole:
                self._covered = CoveredLaid(whole, cover_of(whole.desk, before.cover if before else None))
            assert self._covered is not None
            return self._covered

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
            state = write(before.desk, proposal)
            self._carry_on(before, proposal, state)
            return proposal

    def _carry_on(self, before: Laid, proposal: Proposal, state: str) -> None:
        """Lay open what a decision made of the book; where somebody else wrote too, the next request loads it."""
        with self._opening:
            mark = self.store.mark()
            if self._laid is before and self.store.state() == state:
                laid = Laid(carried_on(before.desk, proposal), state)
                laid.carry(before, proposal)
                self.leave(before, laid, proposal)
                self._laid = laid
                self._mark = mark
                with suppress(RuntimeError):  # the workbench is closing, and nobody will ask
                    self._preparing.submit(self._prepare_later, laid)

    @contextmanager
    def writing(self) -> Iterator[BookStore]:
        """Hold off decisions while reports are added: what they were shown would change under them."""
        with self._deciding:
            yield self.store

    def _prepare_later(self, laid: Laid) -> None:
        """Prepare a state once nobody has decided for a moment: decisions come first."""
        if self._laid is laid and not self._closing.wait(SETTLED_SECONDS):
            self.prepare_now(laid)

    def prepare_now(self, laid: Laid) -> None:
        """Make what pages will ask of a state, unless a newer one is there; what fails is told to who asks for it."""
        if self._laid is laid:
            with suppress(TallybookError):
                self.prepare(laid)

    def keep(self) -> None:
        """Keep with the book what was derived of its present state, so that whoever opens it next need not.

        Raises: BookError
        """
        with self._deciding:
            laid = self._laid
            if laid is not None and self.store.derived(INCIDENTS, laid.state) is None:
                keep(self.store, Derived(laid.desk.incidents, laid.desk.people, tuple(laid.desk.copies)), laid.state)

    def close(self) -> None:
        """Release the book, with what was derived of it."""
        self._closing.set()
        self._preparing.shutdown(wait=False, cancel_futures=True)
        with self._opening:
            if self._store is not None and self._laid is not None:
                with suppress(BookError):
                    self.keep()
            if self._store is not None:
                self._store.close()
                self._store = None


def _load(desk: Desk) -> None:
    """Load what makes a state, so that nothing of a later one mixes in."""
    _ = (desk.received, desk.read_claims, desk.log, desk.victims_told, desk.control_told, desk.issues_told)
    _ = desk.incidents
