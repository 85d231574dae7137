"""Reading documents again with what a judgement mends of them."""

from __future__ import annotations

from dataclasses import replace

from tallybook.documents import Arrival
from tallybook.knowledge import Knowledge
from tallybook.model import Document
from tallybook.review.mending import Mending, mended
from tallybook.runs.guarded_reading import DocumentReader, read_arrivals
from tallybook.store import BookStore, Entry


def read_mended(
    book: BookStore, document: Document, mending: Mending | None, reader: DocumentReader, knowledge: Knowledge
) -> Entry:
    """Read a document of the book again, mended or, with None, as it was received; every relative date moves with it.

    The document keeps its key and text, so that judgements on its claims hold. Nothing is written.
    """
    read = read_arrivals([Arrival(mended(document, mending))], reader, knowledge.languages)
    (reading,) = (reading for _, reading in read if reading is not None)
    noticed = book.arrival_issues(document.key)
    return Entry(replace(reading, document=document), knowledge.version, noticed, mending.token if mending else "")
