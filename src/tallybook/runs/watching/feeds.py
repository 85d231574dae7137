"""One feed in one round: what it has that is new, and what is to be remembered of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tallybook.documents import Arrival, Intake
from tallybook.documents.feeds import Ask, can_follow, own_words, page_behind, poll
from tallybook.documents.formats.feed import FeedEntry
from tallybook.errors import DocumentError, NotNow
from tallybook.model import Issue
from tallybook.runs.watching.clock import Clock
from tallybook.runs.watching.memory import FeedMemory, WaitingLink

LONGEST_WAIT = 4 * 3600.0
"""Seconds between two questions to a feed that fails: one that comes back after a day is heard within four hours."""
TRIES = 8
"""Times that a page is asked for before the words of its feed are taken."""
PAUSE = 1.0
"""Seconds between two pages of one host."""


def back_off(every: float, failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: twice as long each time, up to four hours."""
    return max(every, min(every * 2.0 ** min(failures - 1, 32), LONGEST_WAIT))


@dataclass(frozen=True, slots=True)
class Asking:
    """How feeds are asked."""

    intake: Intake
    ask: Ask
    clock: Clock
    every: float
    """Seconds between two questions."""
    follow: bool
    """Whether the pages are read that entries point to."""


class FeedRound:
    """One feed that is due. `arrivals` is run through once; then `memory` is what to keep when those are there."""

    def __init__(self, memory: FeedMemory, asking: Asking, pause: Pause) -> None:
        self.memory = memory
        self._asking, self._pause = asking, pause

    def arrivals(self) -> Iterator[Arrival]:
        """Yield what is new; a feed that fails yields nothing, and `memory` says why."""
        waiting: list[WaitingLink] = []
        now = self._asking.clock.now()
        yield from self._waited(now, waiting)
        if self.memory.due <= now:
            yield from self._polled(now, waiting)
        self.memory = replace(self.memory, waiting=tuple(waiting))

    def _polled(self, now: float, waiting: list[WaitingLink]) -> Iterator[Arrival]:
        memory, asking = self.memory, self._asking
        try:
            told = poll(memory.address, memory.validators, asking.ask, asking.intake.allow_private)
        except DocumentError as error:
            self.memory = _failed(memory, error, now, asking.every)
            return
        seen = set(memory.seen) | {link.entry.mark for link in waiting}
        new = list({e.mark: e for e in told.entries if e.mark not in seen}.values())
        for entry in new:
            yield from self._entry(entry, 0, waiting)
        if not asking.follow:
            yield from _bare(memory.address, sum(e.words is None for e in new))
        self.memory = replace(
            memory, etag=told.validators.etag, modified=told.validators.modified, asked=now, answered=now,
            due=now + asking.every, failures=0, why=None,
            seen=memory.seen if told.unchanged else tuple(sorted({e.mark for e in told.entries})),
        )  # fmt: skip

    def _waited(self, now: float, waiting: list[WaitingLink]) -> Iterator[Arrival]:
        for link in self.memory.waiting:
            if link.due > now:
                waiting.append(link)
            else:
                yield from self._entry(link.entry, link.failures, waiting)

    def _entry(self, entry: FeedEntry, failures: int, waiting: list[WaitingLink]) -> Iterator[Arrival]:
        """Yield the report of an entry: its page where links are followed and it can be had, else its own words."""
        asking = self._asking
        if not (asking.follow and can_follow(entry)):
            yield from own_words(entry, self.memory.address, asking.intake)
            return
        try:
            self._pause.before(entry.link or "")
            yield from page_behind(entry, asking.intake)
        except NotNow as error:
            if failures + 1 < TRIES:
                wait = max(back_off(asking.every, failures + 1), error.wait)
                waiting.append(WaitingLink(entry, asking.clock.now() + wait, failures + 1, str(error)))
            else:
                yield from self._instead(entry, error)
        except DocumentError as error:
            yield from self._instead(entry, error)

    def _instead(self, entry: FeedEntry, error: DocumentError) -> Iterator[Arrival]:
        taken = "The words of its feed are taken." if entry.words else "Its feed holds no words of it. Add it yourself."
        yield Arrival(issues=(Issue("page-not-followed", f"{error} {taken}", entry.link or entry.id),))
        yield from own_words(entry, self.memory.address, self._asking.intake)


class Pause:
    """Leaves a host alone for a moment between two pages."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def before(self, address: str) -> None:
        """Wait until the host of an address may be asked again."""
        try:
            host = urlsplit(address).netloc
        except ValueError:
            return
        wait = self._last.get(host, 0.0) + PAUSE - self._clock.now()
        if wait > 0:
            self._clock.sleep(min(wait, PAUSE))
        self._last[host] = self._clock.now()


def _failed(memory: FeedMemory, error: DocumentError, now: float, every: float) -> FeedMemory:
    wait = max(back_off(every, memory.failures + 1), error.wait if isinstance(error, NotNow) else 0.0)
    return replace(memory, asked=now, due=now + wait, failures=memory.failures + 1, why=str(error))


def _bare(address: str, count: int) -> Iterator[Arrival]:
    if count:
        message = f"{address}: entries without words of their own: {count}. Give --follow-links, or add their pages."
        yield Arrival(issues=(Issue("entries-without-text", message, address),))
