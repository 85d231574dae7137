"""Figures of a large book: worked out in the background, one at a time; who asks meanwhile sees the one before, and is
told so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock
from time import perf_counter

from tallybook.errors import TallybookError
from tallybook.model import Figure, Query
from tallybook.web.laid import Laid
from tallybook.web.refusals import Refused

LARGE = 5_000
"""Claims from which a figure takes more than a moment."""
MOST_KEPT = 100
"""Figures of earlier states that are kept, those asked for last."""
AT_ONCE_SECONDS = 0.05
"""How long a request waits for a figure that is worked out in the background."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it can be shown now."""

    figure: Figure | None
    """None: it was never worked out."""
    at: int | None = None
    """Number of the last judgement that an earlier figure knows of; None: it is that of the book as it is."""


class Figuring:
    """Works figures out for a book that people decide on meanwhile."""

    def __init__(self, newest: Callable[[], Laid]) -> None:
        self._newest = newest
        self._earlier: dict[Query, tuple[Figure, int]] = {}
        self._waiting: dict[Query, Event] = {}
        self._lock = Lock()
        self._working = ThreadPoolExecutor(1, thread_name_prefix="figures")
        self._closing = Event()

    def shown(self, laid: Laid, query: Query) -> Shown:
        """Return the figure of a query, or of a large book what is at hand of it, and have it worked out.

        Raises: TallybookError
        """
        if len(laid.desk.read_claims) <= LARGE or laid.is_at_hand(query):
            return self._kept(laid, query)
        if self._ask(query).wait(AT_ONCE_SECONDS) and laid.is_at_hand(query):
            return self._kept(laid, query)
        earlier = self._earlier.get(query)
        return Shown(laid.told(earlier[0]), earlier[1]) if earlier else Shown(None)

    def _kept(self, laid: Laid, query: Query) -> Shown:
        figure = laid.total(query)
        self._keep(query, laid)
        return Shown(figure)

    def _keep(self, query: Query, laid: Laid) -> None:
        made = laid.whole.total(query), len(laid.desk.log)  # before the lock: it may take seconds
        with self._lock:
            self._earlier.pop(query, None)
            self._earlier[query] = made
            for oldest in list(self._earlier)[:-MOST_KEPT]:
                del self._earlier[oldest]

    def _ask(self, query: Query) -> Event:
        with self._lock:
            if query not in self._waiting:
                self._waiting[query] = Event()
                with suppress(RuntimeError):  # the workbench is closing, and nobody will ask
                    self._working.submit(self._work, query)
            return self._waiting[query]

    def _work(self, query: Query) -> None:
        """Work a figure out for the newest state, then rest as long as it took: decisions and pages come first."""
        start = perf_counter()
        try:
            with suppress(TallybookError, Refused):  # whoever asks for it by itself is told
                self._keep(query, self._newest().whole)
        finally:
            with self._lock:
                self._waiting.pop(query).set()
        self._closing.wait(perf_counter() - start)

    def close(self) -> None:
        """Stop working."""
        self._closing.set()
        self._working.shutdown(wait=False, cancel_futures=True)
