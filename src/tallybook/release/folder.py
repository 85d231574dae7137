"""A folder that is there whole or not at all: written beside its place, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tallybook.errors import UsageError

PIECE = 1 << 20
"""Characters that are written at once: a text is never encoded whole beside itself."""


class Folder:
    """The folder of a release while it is written. Names are relative and stay inside."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, content: str | bytes | Iterable[str]) -> None:
        """Write one file, text in pieces as they come. Text is UTF-8 with LF line ends."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
            return
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(_pieces(content) if isinstance(content, str) else content)

    def place_for(self, name: str) -> Path:
        """Return where a file goes that a library writes."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, sorted."""
        return tuple(sorted(p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file that was written."""
        return self._path(name).read_bytes()

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file, hex."""
        with self._path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or not parts.parts:
            raise ValueError(f"{name!r} leaves the folder of the release")
        return self.root.joinpath(*parts.parts)


def refuse_existing(target: Path) -> None:
    """Refuse a place where something is.

    Raises: UsageError
    """
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target}: there is something here already. A release is never overwritten; give a new name.")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{target.absolute().parent}: there is no such folder. Make it first.")


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


@contextmanager
def whole_folder(target: Path, *, private: bool) -> Iterator[Folder]:
    """Yield a folder beside `target`; give it that name when all is written, and leave nothing when something fails.

    A process that is killed leaves `target` absent: at worst a `.NAME.writing-...` folder beside it, to be thrown away.

    Raises: UsageError where something is at `target`.
    """
    refuse_existing(target)
    target = target.absolute()
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.writing-", dir=target.parent))
    try:
        yield Folder(beside)
        for path in sorted(beside.rglob("*")):
            path.chmod((0o700 if path.is_dir() else 0o600) if private else (0o755 if path.is_dir() else 0o644))
            _to_disk(path)
        beside.chmod(0o700 if private else 0o755)
        refuse_existing(target)
        beside.rename(target)
        _to_disk(target.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
