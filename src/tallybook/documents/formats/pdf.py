"""PDF files: the text layer, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.limits import MAX_PAGES, MAX_TEXT_BYTES

SHOWN = 8
"""Pages without text that a note names."""


def is_pdf(start: bytes, name: str) -> bool:
    """Say whether bytes begin a PDF file; one with something before its beginning is told by its name too."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (
        name.endswith(".pdf") and b"%PDF-" in start[:1024]
    )


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the text of a PDF as one report, and a note that names the pages without any.

    Raises: Unreadable where it is damaged, locked, or has too many pages.
    """
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("it is locked with a password. Save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable(f"it has more than {MAX_PAGES} pages. Split it into its reports")
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text().strip())
            size += len(pages[-1])
            if size > MAX_TEXT_BYTES:
                raise Unreadable(f"its text is larger than {MAX_TEXT_BYTES // 1_000_000} MB. Split it into its reports")
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unreadable(f"the PDF is damaged ({' '.join(str(error).split())[:80] or type(error).__name__})") from error
    blank = [number for number, text in enumerate(pages, 1) if not text]
    if len(blank) == len(pages):
        raise Unreadable("none of its pages holds text: they are pictures. Put them through OCR first")
    if blank:
        named = ", ".join(map(str, blank[:SHOWN])) + (" and more" if len(blank) > SHOWN else "")
        yield Note("page-without-text", f"page {named} of {len(pages)} holds no text: a picture, or blank. Look at it.")
    yield Part("", text="\n\n".join(text for text in pages if text), title=str(title).strip() if title else None)
