"""Web archives (WARC, also gzipped): pages as a crawler kept them. The page's own date is its date, not the crawl's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.limits import MAX_HTML_BYTES

NOT_WHOLE = "the archive is not whole. Fetch it again."
READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def is_warc(start: bytes, name: str) -> bool:
    """Say whether bytes begin a web archive; a gzipped one is told by its name."""
    return start.startswith(b"WARC/") or (start.startswith(b"\x1f\x8b") and name.endswith(".warc.gz"))


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield every page that was fetched, and a note of what was passed over or cut short.

    Raises: Unreadable where not one record can be read.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    read = other = large = 0
    try:
        for record in ArchiveIterator(file):
            if record.rec_type not in ("response", "resource"):
                continue
            if not _is_page(record):
                other += 1
                continue
            data = record.content_stream().read(MAX_HTML_BYTES + 1)
            if len(data) > MAX_HTML_BYTES:
                large += 1
                continue
            read += 1
            yield _part(record, data)
            if _cut(record):
                yield Note(
                    "archive-cut", "its last record is cut short: the archive is not whole. Fetch it again.", True
                )
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        if not read:
            raise Unreadable("it is a damaged web archive") from error
        yield Note("archive-cut", f"it breaks off after {read} pages: {NOT_WHOLE}", True)
    if other:
        yield Note("records-passed-over", f"records that are no pages were passed over: {other}.")
    if large:
        size = MAX_HTML_BYTES // 1_000_000
        yield Note("page-too-large", f"pages of more than {size} MB were passed over: {large}.", True)


def _is_page(record: Any) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return status == "200" and str(kind or "").lower().startswith(READ_TYPES)


def _part(record: Any, data: bytes) -> Part:
    address = record.rec_headers.get_header("WARC-Target-URI")
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return Part(str(address), data=data, content_type=kind, url=str(address).strip("<>") if address else None)


def _cut(record: Any) -> bool:
    """Say whether fewer bytes came than the record promises."""
    return bool(getattr(record.raw_stream, "limit", 0))
