"""Texts to documents, and documents to readings: the one place where the evals touch the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from tallybook.documents.identity import bytes_digest, document_key, text_digest
from tallybook.documents.normalise import normalise
from tallybook.model import Document, Reading


class Reads(Protocol):
    """What the evals need of a reader."""

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Read documents in order."""
        ...


def report(
    name: str,
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """Return the document that `text` makes, normalised as the product does it."""
    normal = normalise(text).text
    return Document(
        id=name,
        key=document_key(normal, publisher, published, url),
        text=normal,
        source=name,
        sha256=text_digest(normal),
        sha256_bytes=bytes_digest(text.encode("utf-8", "surrogatepass")),
        title=title or None,
        publisher=publisher,
        published=published or None,
        published_from="metadata" if published else None,
        url=url,
        language="en",
    )


def default_reader() -> Reads:
    """Return the reader that the package ships, with the knowledge it ships."""
    from tallybook.claims.reader import Reader
    from tallybook.knowledge import load

    return Reader(load())


def json_lines(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file.

    Raises: FileNotFoundError that says which file is missing and which option names its folder.
    """
    if not file.exists():
        raise FileNotFoundError(f"{file} is not there. Name the folder that holds it with --data.")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
