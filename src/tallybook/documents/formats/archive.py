"""ZIP and tar archives: their files one at a time, never unpacked to disk, and never an archive in an archive."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipFile, ZipInfo

from tallybook.documents.formats.part import DAMAGE, Note, Part, Unreadable
from tallybook.documents.limits import MAX_MEMBERS, MAX_OPENED_BYTES, MAX_TEXT_BYTES

INSIDE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml", "", ".jsonl", ".ndjson", ".pdf", ".docx",
          ".eml", ".mbox", ".rss", ".atom")  # fmt: skip
"""Suffixes of members that are read: texts and pages, and files that hold reports themselves."""
CRAWLED = (".warc", ".warc.gz")
"""What the names of web archives end with; they may be large, and are read as they are opened."""
CRAWL = ".wacz"
"""A ZIP of web archives with an index, of which only the archives are read."""
COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
RATIO = 200
"""Times its size that a member may open to: text shrinks to a tenth, a bomb to a thousandth."""
SMALL = 1_000_000
"""Bytes up to which the ratio of a member does not matter."""


def is_archive(start: bytes, name: str) -> bool:
    """Say whether bytes begin a ZIP or tar archive that is called one: under another name it is none of ours."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return name.endswith((".zip", CRAWL))
    if start.startswith(COMPRESSED):
        return name.endswith((".tgz", ".tar.gz", ".tar.bz2", ".tar.xz"))
    return start[257:262] == b"ustar"


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the files of an archive in their order, and a note of those that were passed over.

    Raises: Unreadable where it is damaged, a bomb, or has too many files.
    """
    start = file.read(4)
    file.seek(0)
    yield from _zipped(file, name.lower().endswith(CRAWL)) if start.startswith(b"PK") else _taped(file)


def _zipped(file: IO[bytes], crawl: bool) -> Iterator[Part | Note]:
    others = 0
    try:
        with ZipFile(file) as held:
            members = [info for info in held.infolist() if not info.is_dir()]
            _refuse_bomb(members)
            for info in members:
                crawled = info.filename.lower().endswith(CRAWLED)
                if crawl and not crawled:
                    continue
                if crawled and not info.flag_bits & 1:
                    with held.open(info) as member:
                        yield Part(_path(info.filename).as_posix(), file=member)
                elif not _is_read(info.filename) or info.flag_bits & 1 or info.file_size > MAX_TEXT_BYTES:
                    others += 1
                else:
                    with held.open(info) as member:
                        yield _part(info.filename, member.read(MAX_TEXT_BYTES + 1))
    except DAMAGE as error:
        raise Unreadable(f"the ZIP archive is damaged ({type(error).__name__})") from error
    yield from _passed_over(others)


def _refuse_bomb(members: list[ZipInfo]) -> None:
    """Check what an archive would open to, as it says itself; what it hides is cut when it is read.

    Raises: Unreadable
    """
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"it holds more than {MAX_MEMBERS} files. Split it")
    if sum(m.file_size for m in members) > MAX_OPENED_BYTES:
        raise Unreadable(f"it opens to more than {MAX_OPENED_BYTES // 1_000_000} MB. Split it")
    if any(m.file_size > SMALL and m.file_size > RATIO * max(1, m.compress_size) for m in members):
        raise Unreadable("a file in it opens to more than 200 times its size, as only bombs do")


def _taped(file: IO[bytes]) -> Iterator[Part | Note]:
    others = members = opened = 0
    try:
        with tarfile.open(fileobj=file, mode="r|*") as held:
            for info in held:
                members += 1
                opened += info.size
                if members > MAX_MEMBERS or opened > MAX_OPENED_BYTES:
                    raise Unreadable(f"it holds more than {MAX_MEMBERS} files or {MAX_OPENED_BYTES // 1_000_000} MB")
                if info.isdir():
                    continue
                member = held.extractfile(info) if info.isfile() and _is_read(info.name) else None
                if member is None or info.size > MAX_TEXT_BYTES:
                    others += 1
                else:
                    yield _part(info.name, member.read(MAX_TEXT_BYTES + 1))
    except DAMAGE as error:
        raise Unreadable(f"the tar archive is damaged ({type(error).__name__})") from error
    yield from _passed_over(others)


def _path(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))


def _is_read(name: str) -> bool:
    path = _path(name)
    read = path.suffix.lower() in INSIDE or path.name.lower().endswith(CRAWLED)
    return read and not any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _part(name: str, data: bytes) -> Part:
    path = _path(name)
    return Part(path.as_posix(), data=data, id=path.stem)


def _passed_over(others: int) -> Iterator[Note]:
    if others:
        yield Note("files-passed-over", f"files of other kinds, links, or too large were passed over: {others}.")
