"""A watched folder: which of its files are whole and new."""

from __future__ import annotations

from pathlib import Path

from tallybook.documents.sources import readable_files

SETTLED = 10.0
"""Seconds since its last change after which a file is taken as whole at once; a younger one must be the same at two
looks. Programs that copy write more often than that."""

Stamp = tuple[int, int, int]
"""Size, time of the last change, and which file it is."""


class WatchedFolder:
    """One folder; a file that changes after it came is new again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._done: dict[Path, Stamp] = {}
        self._before: dict[Path, Stamp] = {}
        self._offered: dict[Path, Stamp] = {}

    def whole(self, now: float) -> list[Path]:
        """Return the files that are whole and did not come yet, by path; `now` in seconds since 1970.

        Raises: DocumentError where the folder cannot be opened.
        """
        seen = {path: stamp for path in readable_files(self.path) if (stamp := _stamp(path)) is not None}
        fresh = {path: stamp for path, stamp in seen.items() if self._done.get(path) != stamp}
        self._offered = {p: s for p, s in fresh.items() if self._before.get(p) == s or _is_old(s, now)}
        self._before = {p: s for p, s in fresh.items() if p not in self._offered}
        self._done = {path: stamp for path, stamp in self._done.items() if path in seen}
        return sorted(self._offered, key=lambda path: path.relative_to(self.path).as_posix())

    @property
    def unsettled(self) -> int:
        """Return how many files were seen that may still be written."""
        return len(self._before)

    def came(self) -> None:
        """Note that what was returned last is in the book, or was refused."""
        self._done.update(self._offered)
        self._offered = {}


def _stamp(path: Path) -> Stamp | None:
    """Return what changes with a file; None where it has gone meanwhile."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns, told.st_ino


def _is_old(stamp: Stamp, now: float) -> bool:
    return now - stamp[1] / 1e9 >= SETTLED
