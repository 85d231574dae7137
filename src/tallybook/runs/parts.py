"""Reading in parts: documents to files, a part to a worker, readings back, in the order of arrival.

A part is named after what goes in (documents and reader) and its result is written beside and renamed. So a finished
part is never read again, a run that was stopped goes on where it was, and whatever engine reads gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from uuid import uuid4

from tallybook.documents import Arrival
from tallybook.errors import KnowledgeError
from tallybook.knowledge import Knowledge
from tallybook.knowledge.packs import SHIPPED
from tallybook.model import Document, Issue, Reading
from tallybook.model.codec import from_plain, to_plain
from tallybook.runs.engines import Engine
from tallybook.runs.guarded_reading import DocumentReader, is_read, survived, unread

PART = 32
"""Documents in a part: seconds of reading, which are lost when a worker dies."""
AHEAD = 3
"""Parts for each worker that are in the air at a time; memory holds their documents."""


@dataclass(frozen=True, slots=True)
class Way:
    """How documents are read: the reader's name, the packs beside those that ship, and the languages that they read."""

    reader: str
    packs: tuple[str, ...]
    languages: frozenset[str]

    @staticmethod
    def of(reader: str, knowledge: Knowledge) -> Way:
        """Return the way that a reader with this knowledge reads."""
        own = tuple(str(p.path) for p in knowledge.packs if not p.path.is_relative_to(SHIPPED))
        return Way(reader, own, knowledge.languages)


def read_in_parts(
    arrivals: Iterable[Arrival], engine: Engine, way: Way, folder: Path
) -> Iterator[tuple[Arrival, Reading | None]]:
    """Yield every arrival with its reading, in order; None for arrivals that hold no document.

    The engine is started. The folder, which is made, is seen by all workers; files of parts that were yielded are
    deleted. A document that kills its worker becomes a reading with an issue.
    """
    waiting = iter(arrivals)
    while wave := list(islice(waiting, PART * AHEAD * engine.workers)):
        able = [a.document for a in wave if a.document is not None and is_read(a.document, way.languages)]
        parts = [_Part(able[n : n + PART], way, folder) for n in range(0, len(able), PART)]
        readings = iter(_read(parts, engine))
        for arrival in wave:
            yield arrival, _reading(arrival.document, readings, way)
        for part in parts:
            part.forget()


def _read(parts: Sequence[_Part], engine: Engine) -> list[Reading]:
    failed = _run(engine, [p for p in parts if not p.done])
    found: list[Reading] = []
    for part in parts:
        found += part.readings() if part.done else _rescued(part, engine, failed.get(part.name))
    return found


def _reading(document: Document | None, readings: Iterator[Reading], way: Way) -> Reading | None:
    if document is None:
        return None
    return next(readings) if is_read(document, way.languages) else unread(document, way.reader)


def _run(engine: Engine, parts: Collection[_Part]) -> dict[str, str]:
    for part in parts:
        part.prepare()
    outcomes = engine.run(read_part, {p.name: p.task for p in parts}) if parts else {}
    return {name: why for name, why in outcomes.items() if why is not None}


def _rescued(part: _Part, engine: Engine, why: str | None) -> list[Reading]:
    """Read a part that failed once more, alone, then in halves, until the document that kills stands alone."""
    failed = _run(engine, [part])
    if part.done:
        return part.readings()
    if len(part.documents) == 1:
        return [_killed(part.documents[0], part.way.reader, failed.get(part.name) or why)]
    found = []
    for half in part.halves():
        found += half.readings() if half.done else _rescued(half, engine, why)
        half.forget()
    return found


def _killed(document: Document, reader: str, why: str | None) -> Reading:
    message = f"{document.id}: the reader did not survive it ({why}); it is kept without claims. Please report it."
    return Reading(document, reader, issues=(Issue("reader-failed", message, document.id),))


class _Part:
    """Some documents on their way through a worker."""

    def __init__(self, documents: Sequence[Document], way: Way, folder: Path) -> None:
        self.documents, self.way, self._folder = tuple(documents), way, folder
        told = "\n".join([way.reader, *(packed(d) for d in self.documents)])
        self.name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self._input, self._output = folder / f"{self.name}.documents", folder / f"{self.name}.readings"

    @property
    def done(self) -> bool:
        """Say whether its result is there, whole."""
        return self._output.exists()

    @property
    def task(self) -> tuple[str, str, tuple[str, ...], str]:
        """Return what `read_part` takes."""
        return str(self._input), str(self._output), self.way.packs, self.way.reader

    def prepare(self) -> None:
        """Write the documents; another run may have cleared the folder away before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._input, [packed(d) for d in self.documents])

    def readings(self) -> list[Reading]:
        """Return the readings of a part that is done."""
        lines = self._output.read_text(encoding="utf-8").split("\n")
        return [from_plain(Reading, json.loads(line)) for line in lines if line]

    def halves(self) -> list[_Part]:
        """Return two parts of half the documents each."""
        middle = len(self.documents) // 2
        return [_Part(some, self.way, self._folder) for some in (self.documents[:middle], self.documents[middle:])]

    def forget(self) -> None:
        """Delete the files."""
        for file in (self._input, self._output):
            file.unlink(missing_ok=True)


def read_part(documents: str, readings: str, packs: tuple[str, ...], reader: str) -> None:
    """Read the documents of one file into another, which is written beside and renamed: what a worker does.

    Raises: KnowledgeError where the packs here make another reader.
    """
    made = reader_of(packs)
    if made.name != reader:
        raise KnowledgeError(f"This worker reads with {made.name}, the run with {reader}. Give all the same packs.")
    lines = Path(documents).read_text(encoding="utf-8").split("\n")
    held = [from_plain(Document, json.loads(line)) for line in lines if line]
    _write(Path(readings), [packed(r) for r in survived(held, made)])


@lru_cache(maxsize=1)
def reader_of(packs: tuple[str, ...]) -> DocumentReader:
    """Return the reader of this process, made once: it takes seconds."""
    from tallybook.claims.reader import Reader
    from tallybook.knowledge import load

    return Reader(load([Path(pack) for pack in packs]))


def packed(record: Document | Reading) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(to_plain(record), ensure_ascii=True, separators=(",", ":"))


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write a file whole or not at all; a worker of a run that was killed may write the same one at the same time."""
    beside = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
    beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    beside.replace(path)
