"""Evidence files, kept by their content: the same bytes twice are one file, and none is ever altered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, insert, select

from tallybook.errors import BookError
from tallybook.store.contract import StoredFile
from tallybook.store.schema import file_parts, files

PART_BYTES = 1 << 20
"""Bytes of one row."""


def keep_file(connection: Connection, file: StoredFile, content: Iterable[bytes], name: str) -> bool:
    """Write a file, unless the book holds it; return whether it was written. `name` is what the book is called.

    Raises: BookError where the bytes are not those of its hash.
    """
    if connection.execute(select(files.c.sha256).where(files.c.sha256 == file.sha256)).first():
        return False
    connection.execute(
        insert(files), {"sha256": file.sha256, "size": file.size, "media_type": file.media_type}
    )  # fmt: skip
    digest, size = hashlib.sha256(), 0
    for position, part in enumerate(_in_parts(content)):
        digest.update(part)
        size += len(part)
        connection.execute(insert(file_parts), {"file": file.sha256, "position": position, "content": part})
    if digest.hexdigest() != file.sha256 or size != file.size:
        raise BookError(f"{name}: the file changed while it was taken in. Nothing was kept; try again.")
    return True


def _in_parts(content: Iterable[bytes]) -> Iterator[bytes]:
    for piece in content:
        for at in range(0, len(piece), PART_BYTES):
            yield piece[at : at + PART_BYTES]


def files_of(connection: Connection) -> dict[str, StoredFile]:
    """Return all files by hash, in the order of hashes."""
    rows = connection.execute(select(files).order_by(files.c.sha256)).all()
    return {row.sha256: StoredFile(row.sha256, int(row.size), row.media_type) for row in rows}


def part_of(connection: Connection, sha256: str, position: int) -> bytes | None:
    """Return one part of a file, from 0; None behind the last. Parts never change: each may be read in its own time."""
    f = file_parts.c
    found = connection.execute(select(f.content).where(f.file == sha256, f.position == position)).scalar_one_or_none()
    return None if found is None else bytes(found)


def drop_files(connection: Connection, hashes: Iterable[str]) -> None:
    """Remove files with all their bytes."""
    for sha256 in hashes:
        connection.execute(delete(file_parts).where(file_parts.c.file == sha256))
        connection.execute(delete(files).where(files.c.sha256 == sha256))
