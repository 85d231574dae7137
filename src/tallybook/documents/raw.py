"""Bytes to what a document is made of: a page or a plain text, whatever it came from."""

from __future__ import annotations

from tallybook.documents.arrival import Raw
from tallybook.documents.decode import decode
from tallybook.documents.html import HostilePage, declared_charset, read_page
from tallybook.documents.limits import MAX_HTML_BYTES, MAX_TEXT_BYTES
from tallybook.documents.sniff import foreign_format, is_html
from tallybook.documents.sources import is_address
from tallybook.errors import DocumentError


def raw_of(
    data: bytes, source: str, *, name: str, id_: str | None, content_type: str | None = None, charset: str | None = None
) -> Raw:
    """Read bytes as a page or as plain text.

    Raises: DocumentError where they are neither, too many, or hold no words.
    """
    address = source if is_address(source) else None
    refuse_size(data, source, MAX_TEXT_BYTES)
    if not data.strip():
        raise DocumentError(source, "it is empty", "Give a report with words in it.")
    foreign = foreign_format(data)
    if foreign:
        raise DocumentError(source, f"it is {foreign}, no text", "Save the report as text or HTML first.")
    if not is_html(data, name, content_type):
        decoded = decode(data, charset)
        refuse_blank(decoded.text, source)
        guessed = decoded.charset if decoded.guessed else None
        return Raw(decoded.text, data, source, id_, url=address, guessed_charset=guessed)
    refuse_size(data, source, MAX_HTML_BYTES)
    return _raw_page(data, source, id_, address, charset)


def _raw_page(data: bytes, source: str, id_: str | None, address: str | None, charset: str | None) -> Raw:
    decoded = decode(data, charset or declared_charset(data))
    try:
        page = read_page(decoded.text)
    except HostilePage as error:
        raise DocumentError(source, f"the page was refused: {error}", "Save its text as a .txt file.") from error
    refuse_blank(page.text, source)
    return Raw(
        text=page.text,
        data=data,
        source=source,
        id=id_,
        title=page.title,
        publisher=page.publisher,
        published=page.published,
        url=address or page.url,
        language=page.language,
        guessed_charset=decoded.charset if decoded.guessed else None,
    )


def refuse_size(data: bytes, source: str, limit: int) -> None:
    """Refuse bytes that are more than a limit.

    Raises: DocumentError
    """
    if len(data) > limit:
        raise DocumentError(source, f"it is larger than {limit // 1_000_000} MB", "Split it into its reports.")


def refuse_blank(text: str, source: str) -> None:
    """Refuse a text without words.

    Raises: DocumentError
    """
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise DocumentError(source, "it holds no words", "Give a report with words in it.")
