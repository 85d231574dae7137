"""Hash, size, kind and metadata of an evidence file; the file is read and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from tallybook.documents.evidence.kinds import HEAD_BYTES, is_picture, kind_of
from tallybook.documents.evidence.pictures import PICTURE_TROUBLE, opened_picture
from tallybook.errors import DocumentError

MAX_FILE_BYTES = 1_000_000_000
MAX_LOOKED_AT_BYTES = 200_000_000
"""Largest picture or PDF that is opened for its metadata."""
CHUNK = 1 << 20
MAX_VALUE, MAX_VALUES = 200, 30
LOCATION = "location"
"""Metadata that says where a picture was taken: shown here, and in no release."""
_TAGS = {271: "made with", 272: "model", 305: "program", 306: "changed", 36867: "taken", 36881: "offset", 315: "author"}
_EXIF, _GPS = 0x8769, 0x8825
MAX_NAME = 120
DAMAGED = "damaged, or of another kind than its name says"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an evidence file is."""

    sha256: str
    size: int
    """Bytes."""
    media_type: str
    metadata: tuple[tuple[str, str], ...] = ()
    """What the file says of itself, by name, sorted; nobody vouches for it."""


def facts_of(file: IO[bytes], name: str) -> Facts:
    """Return what a file is; it is read from its start and left anywhere.

    Raises: DocumentError where it is empty or too large.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    for piece in pieces(file):
        head = head or piece[:HEAD_BYTES]
        digest.update(piece)
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise DocumentError(
                name, f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB", "Cut the part that shows it."
            )
    if not size:
        raise DocumentError(name, "it is empty", "Give a file that shows something.")
    kind = kind_of(head)
    told: dict[str, str] = {}
    if size <= MAX_LOOKED_AT_BYTES:
        file.seek(0)
        told = _of_picture(file) if is_picture(kind) else _of_pdf(file) if kind == "application/pdf" else {}
    plain = {key: " ".join(value.split())[:MAX_VALUE] for key, value in told.items()}
    kept = sorted((k, "".join(c for c in v if c.isprintable())) for k, v in plain.items() if v)
    return Facts(digest.hexdigest(), size, kind, tuple(kept[:MAX_VALUES]))


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file from its start."""
    file.seek(0)
    while piece := file.read(CHUNK):
        yield piece


def file_name(name: str) -> str:
    """Return the last part of a path as it may be shown: printable, not long, never a way out of a folder."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c if c.isprintable() and c not in '<>:"/\\|?*' else "_" for c in last).strip(" .")
    return plain[-MAX_NAME:] or "file"


def _of_picture(file: IO[bytes]) -> dict[str, str]:
    try:
        picture = opened_picture(file)
        told = {"size in pixels": f"{picture.width} x {picture.height}"}
        exif = picture.getexif()
        for tags in (exif, exif.get_ifd(_EXIF)):
            told.update({_TAGS[tag]: str(value) for tag, value in tags.items() if tag in _TAGS})
        where = _location(exif.get_ifd(_GPS))
    except PICTURE_TROUBLE:
        return {"not read": DAMAGED}
    return told | ({LOCATION: where} if where else {})


def _location(gps: Any) -> str | None:
    try:
        north, east = (_degrees(gps[tag]) for tag in (2, 4))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    south, west = str(gps.get(1, "N")).upper().startswith("S"), str(gps.get(3, "E")).upper().startswith("W")
    return f"{-north if south else north:.5f}, {-east if west else east:.5f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _of_pdf(file: IO[bytes]) -> dict[str, str]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file)
        told = {"pages": str(len(reader.pages))}
        for key, value in (reader.metadata or {}).items():
            told[str(key).strip("/").lower()[:40]] = str(value)
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ):
        return {"not read": DAMAGED}
    return told
