"""Web archives (WARC, also gzipped): pages as a crawler kept them. The page's own date is its date, not the crawl's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from tallybook.documents.formats.part import DAMAGE, Note, Part, Unreadable
from tallybook.documents.limits import MAX_HTML_BYTES, MAX_TEXT_BYTES

NOT_WHOLE = "the archive is not whole. Fetch it again."
PAPER_TYPES = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
"""Types of what may be larger than a page, and holds reports itself."""
READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain", *PAPER_TYPES)


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
            most = MAX_TEXT_BYTES if _type(record).startswith(PAPER_TYPES) else MAX_HTML_BYTES
            data = record.content_stream().read(most + 1)
            if len(data) > most:
                large += 1
                continue
            read += 1
            yield _part(record, data)
            if _cut(record):
                yield Note(
                    "archive-cut", "its last record is cut short: the archive is not whole. Fetch it again.", True
                )
    except (ArchiveLoadFailed, AttributeError, *DAMAGE) as error:
        if not read:
            raise Unreadable("it is a damaged web archive") from error
        yield Note("archive-cut", f"it breaks off after {read} pages: {NOT_WHOLE}", True)
    if other:
        yield Note("records-passed-over", f"records that are no pages were passed over: {other}.")
    if large:
        size, paper = MAX_HTML_BYTES // 1_000_000, MAX_TEXT_BYTES // 1_000_000
        told = f"pages of more than {size} MB, or papers of more than {paper} MB, were passed over: {large}."
        yield Note("page-too-large", told, True)


def _is_page(record: Any) -> bool:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return status == "200" and _type(record).startswith(READ_TYPES)


def _type(record: Any) -> str:
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return str(kind or "").lower()


def _part(record: Any, data: bytes) -> Part:
    address = record.rec_headers.get_header("WARC-Target-URI")
    url = str(address).strip("<>") if address else None
    return Part(str(address), data=data, content_type=_type(record) or None, url=url)


def _cut(record: Any) -> bool:
    """Say whether fewer bytes came than the record promises."""
    return bool(getattr(record.raw_stream, "limit", 0))
