"""What a user named, opened up: files, folders, addresses, standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tallybook.documents.formats import SUFFIXES
from tallybook.errors import DocumentError

STANDARD_INPUT = "-"
READ_SUFFIXES = (
    ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml", ".jsonl", ".ndjson", "",
    *SUFFIXES, ".gz", ".bz2", ".xz",
)  # fmt: skip
"""Suffixes that are read inside a folder; a file that is named itself is read whatever its suffix."""

ROW_SUFFIXES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Folder:
    """The readable files of a folder, sorted, and how many others it holds."""

    files: tuple[Path, ...]
    others: int


def is_address(source: str) -> bool:
    """Say whether a user named an address rather than a file."""
    return re.match(r"[a-z][a-z0-9+.-]+://", source, re.IGNORECASE) is not None


def is_rows(path: Path) -> bool:
    """Say whether the name of a file promises one document a line."""
    return path.suffix.lower() in ROW_SUFFIXES


def files_in(folder: Path) -> Folder:
    """Return the files below `folder` with a suffix that is read, sorted by path; hidden ones are passed over.

    Raises: DocumentError where it holds none, or cannot be opened.
    """
    found: list[Path] = []
    others = 0
    for path in _all_files(folder):
        if path.suffix.lower() in READ_SUFFIXES:
            found.append(path)
        else:
            others += 1
    if not found:
        raise DocumentError(
            str(folder),
            "the folder holds nothing that can be read",
            f"Put {', '.join(s for s in READ_SUFFIXES if s)} files there, or name a file itself.",
        )
    return Folder(tuple(sorted(found, key=lambda p: p.relative_to(folder).as_posix())), others)


def readable_files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` with a suffix that is read, in no order.

    Raises: DocumentError for a folder that cannot be opened.
    """
    yield from (path for path in _all_files(folder) if path.suffix.lower() in READ_SUFFIXES)


def _all_files(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder` that is not hidden. Raises: DocumentError for a folder that cannot be opened."""

    def refuse(error: OSError) -> None:
        """Refuse the folder that could not be opened.

        Raises: DocumentError
        """
        raise DocumentError(str(error.filename), f"the folder cannot be opened ({error.strerror})", "Check its rights.")

    for at, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at, name) for name in names if not name.startswith("."))
