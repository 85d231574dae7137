"""The book that is served: open, read and decided on by many at a time, laid open once for each state."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event, Lock, RLock
from typing import Any

from tallybook.errors import BookError, TallybookError
from tallybook.review.deciding import Wish
from tallybook.runs.covered_desk import cover_of
from tallybook.runs.deriving import is_linked, keep_derived
from tallybook.runs.desk import Desk
from tallybook.runs.guarded_reading import DocumentReader
from tallybook.runs.judging import Proposal, carried_on, propose, write
from tallybook.runs.packs import Loaded, packs_of
from tallybook.store import BookStore, open_book
from tallybook.web.figuring import Figuring
from tallybook.web.laid import COMPUTING, CoveredLaid, Laid
from tallybook.web.refusals import Refused
from tallybook.web.settings import Settings

__all__ = ["COMPUTING", "CoveredLaid", "HeldBook", "Laid"]
SETTLED_SECONDS = 1.0
"""Seconds after the last decision from which what follows from it is worked out in the background."""

PATIENCE_SECONDS = 2.0
"""How long a request waits for a book that is being laid open, before its page says so and asks again by itself."""

BEING_LAID = "The book is being laid open: its claims and incidents are loaded. This page asks again by itself."


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
        self._loaded_anew = False
        self._making = False
        """Whether a decision was written, or is being, and what it makes of the book is not laid open yet."""
        self._opening = RLock()
        self._deciding = RLock()
        self._covering = Lock()
        self.leave: Callable[[Laid, Laid, Proposal], None] = lambda before, now, proposal: None
        """What a state leaves to the next."""
        self.prepare: Callable[[Laid], None] = lambda laid: None
        """What is made of a new state in the background, before anybody asks."""
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="preparing")
        self._closing = Event()
        self.figuring = Figuring(self.laid)

    @property
    def store(self) -> BookStore:
        """The store, opened for writing when it is first needed."""
        if self._store is not None:
            return self._store
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
        """Return the book as it is now, whoever wrote to it. A decision that is being made here is not acknowledged
        yet, so that meanwhile the book is the one before.

        Raises: BookError; Refused where somebody else is laying it open, and takes long
        """
        mark = self.store.mark()
        laid = self._laid
        if laid is not None and (mark == self._mark or self._making):
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
        if not self._covering.acquire(timeout=PATIENCE_SECONDS):
            raise Refused(503, "TB-W19", BEING_LAID)
        try:
            before = self._covered
            if before is None or before.whole is not whole:
                self._covered = CoveredLaid(whole, cover_of(whole.desk, before.covered if before else None))
            assert self._covered is not None
            return self._covered
        finally:
            self._covering.release()

    def _lay(self, mark: str) -> None:
        """Load a book that has changed; again where somebody writes while it is loaded."""
        while True:
            state = self.store.state()
            if self._laid is None or self._laid.state != state:
                desk = Desk(self.store, self.packs.knowledge)
                _load(desk)
                self._loaded_anew = True
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
            self._making = True
            try:
                state = write(before.desk, proposal)
                self._carry_on(before, proposal, state)
            finally:
                self._making = False
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
            with suppress(TallybookError, Refused):
                self.prepare(laid)
                if self.settings.accounts:
                    self.covered()
            if self._loaded_anew:
                self._loaded_anew = False
                _put_away()

    def keep(self) -> None:
        """Keep with the book what follows from the latest decisions, so that whoever opens it next need not work it
        out. Where that would take a whole linking it is left to them: who closes the workbench is not kept waiting.

        Raises: BookError
        """
        with self._deciding:
            laid = self._laid
            if laid is not None and not is_linked(self.store):
                keep_derived(self.store, whole=False)

    def close(self) -> None:
        """Release the book, with what was derived of it."""
        self._closing.set()
        self._preparing.shutdown(wait=False, cancel_futures=True)
        self.figuring.close()
        with self._opening:
            if self._store is not None and self._laid is not None:
                with suppress(BookError):
                    self.keep()
            if self._store is not None:
                self._store.close()
                self._store = None


def _put_away() -> None:
    """Keep what is held of a book out of the collector's way: going over millions of records stops everybody."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _load(desk: Desk) -> None:
    """Load what makes a state, so that nothing of a later one mixes in."""
    _ = (desk.received, desk.read_claims, desk.log, desk.victims_told, desk.control_told, desk.issues_told)
    _ = desk.incidents
