"""One report, as it was received."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Document:
    """One report. Its text, publisher, publication time and address together are its identity."""

    id: str = described("row id, else the file's name without its last suffix, else 12 hex digits of the text's hash")
    key: str = described("32 hex digits over text, publisher, published and url: what makes it this document in a book")
    text: str = described("normalised text: NFC, LF line ends, no-break spaces as spaces, nothing trimmed")
    source: str = described("path or address it came from")
    sha256: str = described("SHA-256 of the normalised text, hex")
    sha256_bytes: str = described("SHA-256 of the bytes as received, hex")
    title: str | None = described("headline, where it stands apart from the text", default=None)
    publisher: str | None = described("outlet or body that published it", default=None)
    published: str | None = described("ISO 8601 publication date, or time with offset", default=None)
    published_from: str | None = described(
        "metadata, option, dateline or judgement: where `published` was found", default=None
    )
    url: str | None = described("address of the report, where it has one", default=None)
    language: str | None = described("ISO 639-1 code of the language it is written in", default=None)

    @property
    def published_day(self) -> str | None:
        """Return the ISO day of publication, or None where it is not known."""
        return self.published[:10] if self.published else None
