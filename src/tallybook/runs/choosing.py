"""Where an `add` reads: in this process, in several, or on a cluster."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tallybook.documents import Arrival
from tallybook.errors import UsageError
from tallybook.knowledge import Knowledge
from tallybook.model import Reading
from tallybook.runs.adding import Read
from tallybook.runs.engines import DASK, LOCAL, PROCESSES, Engine, engine
from tallybook.runs.guarded_reading import DocumentReader, read_arrivals
from tallybook.runs.parts import Way, read_in_parts
from tallybook.store.locked_books import is_locked_book
from tallybook.store.shared_files import held_with_others

FEW = 96
"""Reports up to which several processes are not worth their start: each loads the parser."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user chose; None: what fits this machine and the number of reports."""

    engine: str | None = None
    workers: int | None = None
    scheduler: str | None = None

    def check(self) -> None:
        """Refuse an engine that is not known, before anything is made.

        Raises: UsageError
        """
        if self.engine is not None:
            engine(self.engine, 1, self.scheduler)


@contextmanager
def reading_with(chosen: Chosen, knowledge: Knowledge, book: str) -> Iterator[tuple[DocumentReader, Read]]:
    """Yield the reader of this process and what reads arrivals; workers start when there is work, and end after it.

    Raises: UsageError for an engine that is not known or cannot be had.
    """
    from tallybook.claims.reader import Reader

    reader = Reader(knowledge)
    workers = chosen.workers or os.cpu_count() or 1
    name = chosen.engine or (DASK if chosen.scheduler else PROCESSES if workers > 1 else LOCAL)
    if is_locked_book(book):
        _refuse_parts(chosen, book)
        name = LOCAL
    used = engine(name, workers, chosen.scheduler)
    few = 0 if chosen.engine or chosen.scheduler else FEW

    def here(arrivals: Iterable[Arrival]) -> Iterator[tuple[Arrival, Reading | None]]:
        return read_arrivals(arrivals, reader, knowledge.languages)

    def read(arrivals: Iterable[Arrival]) -> Iterator[tuple[Arrival, Reading | None]]:
        waiting = iter(arrivals)
        first = list(islice(waiting, few))
        later = next(waiting, None)
        if later is None or name == LOCAL:
            yield from here(chain(first, [] if later is None else [later], waiting))
            return
        with _started(used), parts_folder(book) as folder:
            yield from read_in_parts(chain(first, [later], waiting), used, Way.of(reader.name, knowledge), folder)

    yield reader, read


def _refuse_parts(chosen: Chosen, book: str) -> None:
    """Engines hand reports over in files, which would lie open beside a locked book."""
    if chosen.engine not in (None, LOCAL) or chosen.scheduler:
        raise UsageError(f"{book}: a locked book reads in this process alone, so that no report lies open on disk. "
                         "Leave --engine away.")  # fmt: skip


@contextmanager
def _started(used: Engine) -> Iterator[None]:
    used.start()
    try:
        yield
    finally:
        used.close()


@contextmanager
def parts_folder(book: str) -> Iterator[Path]:
    """Yield where parts are kept: beside the book, so that a run that is stopped finds them again; else a folder that
    goes. The last of the runs that use it clears it of what stopped runs left."""
    if "://" in book and not book.startswith("sqlite:///"):
        with tempfile.TemporaryDirectory(prefix="tallybook-parts-") as passing:
            yield Path(passing)
        return
    path = Path(book.removeprefix("sqlite:///"))
    folder = path.with_name(f"{path.name}.parts")
    folder.mkdir(exist_ok=True)
    lock = folder / "in-use"
    with held_with_others(lock) as alone:
        yield folder
        last = alone()
        for left in folder.glob("*") if last else ():
            if left != lock:
                left.unlink(missing_ok=True)
    if last:
        with suppress(OSError):  # the next run has come
            lock.unlink()
            folder.rmdir()
