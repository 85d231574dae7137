"""Photographs and scans of a page: their words, where reading pictures is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.ocr import Pictures

BEGINNINGS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""First bytes of PNG, JPEG and TIFF files."""


def is_picture(start: bytes, name: str) -> bool:
    """Say whether bytes begin a picture."""
    return start.startswith(BEGINNINGS)


def parts(file: IO[bytes], name: str, pictures: Pictures | None = None) -> Iterator[Part | Note]:
    """Yield the words of a picture as one report, and a note that they were read from one.

    Raises: Unreadable where nobody asked for that, or it holds no words that can be read.
    """
    if pictures is None:
        raise Unreadable("it is a picture. Read its words with --ocr eng, or another language")
    words = pictures.picture(file)
    if not words:
        raise Unreadable("no words can be read in the picture")
    yield Note("page-read-from-picture", "it was read from a picture: words and numbers may be wrong. Compare them.")
    yield Part("", text=words)
