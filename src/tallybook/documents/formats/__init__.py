"""Files that hold reports in other forms than text: each kind one module, opened by a well-kept library.

Arrives: the bytes of a file. Leaves: parts, each a report's own bytes or text with what the file says of it, and notes
of what could not be read. Never here: files on disk, the network. What is read is bounded before it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO

from tallybook.documents.formats import archive, archiver_sheet, docx, feed, mail, pdf, picture, warc
from tallybook.documents.formats.part import Note, Part
from tallybook.documents.ocr import Pictures

Opened = Iterator[Part | Note]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that holds reports."""

    name: str
    suffixes: tuple[str, ...]
    is_it: Callable[[bytes, str], bool]
    """From first bytes and name."""
    open: Callable[[IO[bytes], str], Opened]
    """From the open file and its name; raises `Unreadable`."""
    holds: tuple[str, ...] = ()
    """Suffixes of the kinds of file that its parts may be, each of which holds reports again."""


PAPERS = (".pdf", ".docx")
MAIL, FEEDS, CRAWLS = (".eml", ".mbox"), (".rss", ".atom"), (".warc", ".warc.gz")
FORMATS = (
    Format("a PDF file", (".pdf",), pdf.is_pdf, pdf.parts),
    Format("a picture", (), picture.is_picture, picture.parts),
    Format("a Word file", (".docx",), docx.is_docx, docx.parts),
    Format("a web archive", (".warc",), warc.is_warc, warc.parts, PAPERS),
    Format("an e-mail file", MAIL, mail.is_mail, mail.parts, PAPERS),
    Format("a feed", FEEDS, feed.is_feed, feed.parts),
    Format("a sheet of the auto-archiver", (), archiver_sheet.is_sheet, archiver_sheet.parts),
    Format("a workbook", (".xlsx",), archiver_sheet.is_workbook, archiver_sheet.workbook_parts),
    Format("an archive", (".zip", ".tar", ".tgz", ".wacz"), archive.is_archive, archive.parts,
           (*PAPERS, *MAIL, *FEEDS, *CRAWLS)),
)  # fmt: skip
"""In the order in which they are tried: a Word file is a ZIP archive too."""
SUFFIXES = tuple(suffix for kind in FORMATS for suffix in kind.suffixes)
SAMPLE = 4096
"""First bytes by which a kind is told."""


def format_inside(outer: Format, start: bytes, name: str) -> Format | None:
    """Return the kind of file that a part of a file is; None where it is a report itself. An archive is none."""
    kind = format_of(start, name)
    if kind is None or not set(kind.suffixes) & set(outer.holds):
        return None
    return kind


def seeing(kind: Format, pictures: Pictures | None) -> Format:
    """Return a kind of file that is opened with what reads pictures, where it holds some and that is asked for."""
    for holding in (pdf.parts, picture.parts):
        if pictures is not None and kind.open is holding:
            return replace(kind, open=partial(holding, pictures=pictures))
    return kind


def format_of(start: bytes, name: str) -> Format | None:
    """Return the kind of file that bytes are the start of; None where it is none of these."""
    return next((kind for kind in FORMATS if kind.is_it(start, name.lower())), None)
