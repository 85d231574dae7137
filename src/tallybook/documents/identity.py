"""What makes a document this document."""

from __future__ import annotations

import hashlib
import json

KEY_DIGITS = 32
ID_DIGITS = 12


def document_key(text: str, publisher: str | None, published: str | None, url: str | None) -> str:
    """Return 32 hex digits over the four together; an absent one differs from an empty one."""
    four = json.dumps([text, publisher, published, url], ensure_ascii=False, separators=(",", ":"))
    return _digest(four.encode("utf-8", "surrogatepass"))[:KEY_DIGITS]


def text_digest(text: str) -> str:
    """Return the SHA-256 of the normalised text in UTF-8, hex."""
    return _digest(text.encode("utf-8", "surrogatepass"))


def bytes_digest(data: bytes) -> str:
    """Return the SHA-256 of bytes as received, hex."""
    return _digest(data)


def id_from_text(text: str) -> str:
    """Return the id of a document that has no row id and no file name: 12 hex digits of its text's hash."""
    return text_digest(text)[:ID_DIGITS]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
