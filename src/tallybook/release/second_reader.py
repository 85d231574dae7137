"""The linter in a process of its own: it reads the files of a large release back while the next ones are written.

`python -m tallybook.release.second_reader` is that process. It is handed the folder and the secrets, then the names of
files, through its standard input; it writes what it read and found to its standard output when the input ends. Nothing
rests on it: files that it did not read, for whatever reason, are read by the process that wrote them.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tallybook.release.folder import Folder
from tallybook.release.lint import Leak, Linter
from tallybook.release.secrets import Secrets

WORTH_IT = 10_000
"""Claims from which a second process is started: reading back takes seconds then, starting half of one."""
MODULE = "tallybook.release.second_reader"


class SecondReader:
    """Reads the files of a folder back, in a second process where there is one. Secrets wait packed: those of a large
    book take as much memory as its claims."""

    def __init__(self, folder: Folder, packed: bytes, process: subprocess.Popen[bytes] | None) -> None:
        self._folder, self._packed, self._process = folder, packed, process
        self._handed: set[str] = set()
        self._send(pickle.dumps((folder.root, packed)))

    def hand_over(self) -> None:
        """Let the files that came since be read. They must not change any more."""
        if self._process is None:
            return
        new = sorted(set(self._folder.names()) - self._handed)
        self._handed.update(new)
        self._send("".join(f"{name}\n" for name in new).encode())

    def leaks(self) -> list[Leak]:
        """Return every leak in the files of the folder. Call it once, when all are written."""
        self.hand_over()
        read, found = self._answer()
        missing = [name for name in self._folder.names() if name not in read]
        if missing:
            linter = Linter(self._folder, _unpacked(self._packed))
            found |= {leak for name in missing for leak in linter.leaks(name)}
        return sorted(found)

    def _send(self, data: bytes) -> None:
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError:
            self._process = None

    def _answer(self) -> tuple[set[str], set[Leak]]:
        """Return the names of the files that the process read, and what it found in them; none where it ended early."""
        if self._process is None:
            return set(), set()
        told, _ = self._process.communicate()
        if self._process.returncode != 0:
            return set(), set()
        read, found = pickle.loads(told)
        return read, found


@contextmanager
def second_reader(folder: Folder, packed: bytes, claims: int) -> Iterator[SecondReader]:
    """Yield a reader of the files of a release of so many claims, for secrets that are `packed_up`; its process, where
    it has one, ends with it."""
    process = _started() if claims >= WORTH_IT else None
    try:
        yield SecondReader(folder, packed, process)
    finally:
        if process is not None:
            process.kill()
            process.communicate()


def packed_up(secrets: Secrets) -> bytes:
    """Return secrets in a tenth of their memory."""
    return zlib.compress(pickle.dumps(secrets), 1)


def _unpacked(packed: bytes) -> Secrets:
    secrets: Secrets = pickle.loads(zlib.decompress(packed))
    return secrets


def _started() -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-P", "-m", MODULE]  # -P: never a module of the folder that the user is in
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )  # fmt: skip
    except OSError:
        return None


def _linter(root: str, packed: bytes) -> Linter:
    return Linter(Folder(Path(root)), _unpacked(packed))


def read_back(told: IO[bytes], answer: IO[bytes]) -> None:
    """Read the files whose names come, one a line, after the folder and the secrets; then answer."""
    linter = _linter(*pickle.load(told))
    read: set[str] = set()
    found: set[Leak] = set()
    for line in iter(told.readline, b""):
        name = line.decode().rstrip("\n")
        found |= linter.leaks(name)
        read.add(name)
    answer.write(pickle.dumps((read, found)))


if __name__ == "__main__":
    read_back(sys.stdin.buffer, sys.stdout.buffer)
