"""What comes out of a file that holds reports."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zlib
from dataclasses import dataclass
from typing import IO
from zipfile import BadZipFile


class Unreadable(Exception):
    """The file cannot be opened as what it seems to be; the message says why, without its name."""


DAMAGE = (BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError,
          ValueError, TypeError, KeyError, IndexError, OverflowError)  # fmt: skip
"""What the libraries raise on an archive that is cut or was changed; NotImplementedError is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Part:
    """One report inside a file: text, or bytes that are a page or a text themselves, or hold reports again."""

    name: str
    """What it is called inside, for messages; empty where the file holds one report."""
    text: str | None = None
    data: bytes | None = None
    content_type: str | None = None
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    charset: str | None = None
    """What its server says of its bytes."""
    file: IO[bytes] | None = None
    """Instead of its bytes, where they are many: open until the next part is asked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the file that could not be read, or was passed over."""

    code: str
    message: str
    """What and what to do, without the name of the file."""
    grave: bool = False
    """True where a report was lost by it."""
