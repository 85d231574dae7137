"""Rounds of a watch: look at what is due, add it all at once, remember, wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tallybook.documents import Arrival, Intake, documents_from
from tallybook.documents.feeds import Ask
from tallybook.errors import BookLocked, DocumentError, UsageError
from tallybook.runs.adding import Added
from tallybook.runs.watching.clock import Clock
from tallybook.runs.watching.feeds import Asking, FeedRound, Pause
from tallybook.runs.watching.folders import SETTLED, WatchedFolder
from tallybook.runs.watching.memory import FeedMemory, memory_of, remember
from tallybook.store import BookStore

Add = Callable[[Iterable[Arrival]], Added]
"""Adds what arrives to the book; on return it is there."""
SHORTEST = 60.0
"""Seconds between two questions to one feed, at least."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched, and how often: `folders_every` and `feeds_every` in seconds."""

    folders: tuple[Path, ...] = ()
    feeds: tuple[str, ...] = ()
    folders_every: float = 60.0
    feeds_every: float = 900.0
    follow: bool = False

    def check(self) -> None:
        """Refuse what cannot be watched.

        Raises: UsageError
        """
        for folder in self.folders:
            if not folder.is_dir():
                raise UsageError(f"{folder}: there is no such folder. Give a folder, or the address of a feed.")
        if self.feeds and self.feeds_every < SHORTEST:
            raise UsageError(f"Feeds are asked at most once in {SHORTEST:.0f} seconds. Give a longer --every.")


@dataclass(slots=True)
class Round:
    """What one round did."""

    added: Added = field(default_factory=Added)
    failing: list[FeedMemory] = field(default_factory=list)
    """Feeds that were asked and have failed."""
    troubles: list[str] = field(default_factory=list)
    """Folders that could not be opened, or the book, where another process held it."""


class Watch:
    """A watch on one book. Stopped at any moment and made anew, it goes on from where it was."""

    def __init__(self, book: BookStore, watched: Watched, intake: Intake, ask: Ask, clock: Clock) -> None:
        self._book, self._watched, self._intake, self._ask, self._clock = book, watched, intake, ask, clock
        self._folders = [WatchedFolder(path) for path in watched.folders]
        self._look = 0.0

    def rounds(self, add: Add) -> Iterator[Round]:
        """Do one round after another, for ever; wait between them.

        Raises: BookError where the book is gone or damaged. A book that another process holds is tried again.
        """
        while True:
            yield self.round(add)
            self._clock.sleep(max(1.0, self._next() - self._clock.now()))

    def once(self, add: Add) -> Iterator[Round]:
        """Do one round, and another for files that may still have been written.

        Raises: BookError
        """
        yield self.round(add)
        if any(folder.unsettled for folder in self._folders):
            self._clock.sleep(SETTLED)
            self._look = 0.0
            yield self.round(add)

    def round(self, add: Add) -> Round:
        """Add what is due, then remember it.

        Raises: BookError
        """
        done = Round()
        try:
            self._round(add, done)
        except BookLocked as error:
            done.troubles.append(str(error))
        return done

    def _round(self, add: Add, done: Round) -> None:
        now = self._clock.now()
        files = self._files(now, done)
        intake = self._today(now)
        asking = Asking(intake, self._ask, self._clock, self._watched.feeds_every, self._watched.follow)
        pause = Pause(self._clock)
        feeds = [FeedRound(memory, asking, pause) for memory in self._memories() if _due(memory) <= now]
        asked = [feed.memory.asked for feed in feeds]
        if not files and not feeds:
            return
        done.added = add(_arrivals(files, feeds, intake))
        remember(self._book, [feed.memory for feed in feeds])
        for folder in self._folders:
            folder.came()
        done.failing = [
            f.memory for f, before in zip(feeds, asked, strict=True) if f.memory.failures and f.memory.asked != before
        ]

    def _files(self, now: float, done: Round) -> list[str]:
        if not self._folders or now < self._look:
            return []
        self._look = now + self._watched.folders_every
        found: list[str] = []
        for folder in self._folders:
            try:
                found += [str(path) for path in folder.whole(now)]
            except DocumentError as error:
                done.troubles.append(str(error))
        return found

    def _today(self, now: float) -> Intake:
        today = datetime.fromtimestamp(now, UTC).date().isoformat()
        return replace(self._intake, stated=replace(self._intake.stated, today=max(today, self._intake.stated.today)))

    def _memories(self) -> list[FeedMemory]:
        return [memory_of(self._book, address) for address in self._watched.feeds]

    def _next(self) -> float:
        try:
            due = [_due(memory) for memory in self._memories()]
        except BookLocked:
            due = []
        return min([*due, *([self._look] if self._folders else [])], default=self._clock.now() + SHORTEST)


def _due(memory: FeedMemory) -> float:
    return min([memory.due, *(link.due for link in memory.waiting)])


def _arrivals(files: list[str], feeds: list[FeedRound], intake: Intake) -> Iterator[Arrival]:
    yield from documents_from(files, intake)
    for feed in feeds:
        yield from feed.arrivals()
