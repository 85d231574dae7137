"""Opening a book with its knowledge for one command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.cli.output import tell

if TYPE_CHECKING:
    from tallybook.documents import Stated
    from tallybook.documents.ocr import Pictures
    from tallybook.runs.desk import Desk
    from tallybook.runs.packs import Loaded


@contextmanager
def opened(book: str, packs: Sequence[Path] | None, *, writing: bool = False) -> Iterator[Desk]:
    """Open a book, for reading if not told otherwise, with the packs that it remembers and those named.

    Raises: BookError, KnowledgeError
    """
    from tallybook.runs.desk import Desk
    from tallybook.runs.packs import packs_of
    from tallybook.store import open_book

    with open_book(book, writing=writing) as store:
        loaded = packs_of(store, packs or ())
        tell_gone(loaded)
        yield Desk(store, loaded.knowledge)


def tell_gone(loaded: Loaded) -> None:
    """Say which remembered packs are not where they were."""
    for folder in loaded.gone:
        tell(
            f"warning: {folder}: the knowledge pack that this book remembers is gone. Give its place with --knowledge."
        )


def now() -> str:
    """Return the time of this machine in UTC, ISO, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def stated(published: str | None, publisher: str | None) -> Stated:
    """Check what the user states of documents; today is the day of this machine.

    Raises: BadDate
    """
    from tallybook.documents import Stated

    return Stated.of(date.today().isoformat(), published, publisher)


def pictures_in(languages: str | None) -> Pictures | None:
    """Return what reads pages that are pictures in some languages; None where nobody asks for it.

    Raises: UsageError where it is not installed, or does not know one of them.
    """
    from tallybook.documents.ocr import tesseract

    return tesseract(languages) if languages else None
