"""PDF files: the text layer, page by page; and, where that is asked for, the words of pages that are pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.limits import MAX_PAGES, MAX_PICTURES, MAX_TEXT_BYTES
from tallybook.documents.ocr import Pictures

SHOWN = 8
"""Pages without text that a note names."""


def is_pdf(start: bytes, name: str) -> bool:
    """Say whether bytes begin a PDF file; one with something before its beginning is told by its name too."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (
        name.endswith(".pdf") and b"%PDF-" in start[:1024]
    )


def parts(file: IO[bytes], name: str, pictures: Pictures | None = None) -> Iterator[Part | Note]:
    """Yield the text of a PDF as one report, and notes that name the pages without any, and those that `pictures` read.

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
    if blank and pictures is not None:
        yield from _seen(pages, blank, pictures, file)
        blank = [number for number, text in enumerate(pages, 1) if not text]
    if len(blank) == len(pages):
        raise Unreadable(
            "none of its pages holds text: they are pictures. Read them with --ocr eng, or another language"
        )
    if blank:
        yield Note(
            "page-without-text", f"page {_named(blank)} of {len(pages)} holds no text: a picture, or blank. Look at it."
        )
    yield Part("", text="\n\n".join(text for text in pages if text), title=str(title).strip() if title else None)


def _seen(pages: list[str], blank: list[int], pictures: Pictures, file: IO[bytes]) -> Iterator[Note]:
    """Put the words of pictures in place of pages without text, and yield a note that names them."""
    asked = blank[:MAX_PICTURES]
    for number, words in zip(asked, pictures.pages(file, asked), strict=True):
        pages[number - 1] = words or ""
    seen = [number for number in asked if pages[number - 1]]
    if seen:
        told = f"page {_named(seen)} of {len(pages)} was read from a picture: words and numbers may be wrong."
        yield Note("page-read-from-picture", f"{told} Compare them.")
    if len(blank) > len(asked):
        yield Note("page-without-text", f"only the first {len(asked)} pictures were read. Split the file.", True)


def _named(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:SHOWN])) + (" and more" if len(numbers) > SHOWN else "")
