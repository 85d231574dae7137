"""E-mail: one message (.eml), or many (mbox)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import IO

from tallybook.documents.formats.part import Note, Part, Unreadable
from tallybook.documents.limits import MAX_TEXT_BYTES

HEADERS = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
ATTACHED = (".pdf", ".docx")
"""What the names of attachments that are read end with: papers, not pictures or archives."""
KNOWN = re.compile(
    rb"^(?:From|Date|Received|Message-ID|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
BEGINS = b"From "
DAMAGE = (MessageError, LookupError, ValueError, TypeError, AttributeError)
"""What the library raises on headers and parts that are not as they should be."""


def is_mail(start: bytes, name: str) -> bool:
    """Say whether bytes begin a message or a box of them; text that only begins like a header is none."""
    if name.endswith(".mbox") or start.startswith(BEGINS):
        return name.endswith(".mbox") or len(KNOWN.findall(start)) >= 2
    return name.endswith(".eml") or (HEADERS.match(start) is not None and len(set(KNOWN.findall(start))) >= 3)


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the messages and the papers attached to them, one at a time, and a note of what else hangs on them.

    Raises: Unreadable where a message is too large.
    """
    others = 0
    for number, data in enumerate(_messages(file), 1):
        message = BytesParser(policy=policy.default).parsebytes(data)
        assert isinstance(message, EmailMessage)
        made = _part(message, number)
        if made is not None:
            yield made
        for attached in _attachments(message):
            paper = _attached(attached, message, number)
            others += paper is None
            if paper is not None:
                yield paper
    if others:
        yield Note("attachments-passed-over", f"attachments were passed over: {others}. Save them, and add them.")


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    first = file.readline(MAX_TEXT_BYTES)
    if not first.startswith(BEGINS):
        yield _bounded(first + file.read(MAX_TEXT_BYTES + 1))
        return
    held: list[bytes] = []
    blank = False
    while line := file.readline(MAX_TEXT_BYTES):
        if blank and line.startswith(BEGINS):
            yield _bounded(b"".join(held))
            held = []
        else:
            held.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        blank = not line.strip()
    yield _bounded(b"".join(held))


def _bounded(data: bytes) -> bytes:
    """Return a message that is not too large.

    Raises: Unreadable
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(f"a message is larger than {MAX_TEXT_BYTES // 1_000_000} MB")
    return data


def _part(message: EmailMessage, number: int) -> Part | None:
    try:
        body = message.get_body(("plain", "html"))
        content = body.get_content() if body is not None else ""
        html = body is not None and body.get_content_type() == "text/html"
    except DAMAGE:
        return None
    if not isinstance(content, str) or not content.strip():
        return None
    return Part(
        f"message {number}",
        text=None if html else content,
        data=content.encode("utf-8", "replace") if html else None,
        content_type="text/html; charset=utf-8" if html else None,
        id=_header(message, "Message-ID").strip("<> \n") or None,
        title=_header(message, "Subject").strip() or None,
        publisher=_sender(message),
        published=_date(message),
    )


def _attached(attached: Message, message: EmailMessage, number: int) -> Part | None:
    """Return a paper that is attached to a message; None where it is none, or its bytes cannot be told."""
    try:
        name = (attached.get_filename() or "").replace("\\", "/").rpartition("/")[2]
        data = attached.get_payload(decode=True) if name.lower().endswith(ATTACHED) else None
    except DAMAGE:
        return None
    if not isinstance(data, bytes):
        return None
    return Part(f"message {number}, {name}", data=data, publisher=_sender(message), published=_date(message))


def _attachments(message: EmailMessage) -> list[Message]:
    try:
        return list(message.iter_attachments())
    except DAMAGE:
        return []


def _header(message: EmailMessage, name: str) -> str:
    """Return a header; empty where there is none, or none that can be read."""
    try:
        return str(message.get(name, ""))
    except DAMAGE:
        return ""


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "From"))
    return name or address or None


def _date(message: EmailMessage) -> str | None:
    try:
        told = message["Date"].datetime if message["Date"] else None
    except DAMAGE:
        return None
    return told.isoformat() if told else None
