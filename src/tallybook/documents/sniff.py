"""What kind of bytes these are, told from the bytes and the name, never from trust."""

from __future__ import annotations

import re

SAMPLE_BYTES = 65_536
"""Bytes looked at from the start."""

MAX_CONTROL_SHARE = 0.02
"""Share of control characters above which bytes are no text. Texts of muc4, longtail and gvc hold none at all."""

UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

MAGIC = {
    b"PK\x03\x04": "a ZIP archive", b"PK\x05\x06": "a ZIP archive", b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive", b"\xfd7zXZ\x00": "an xz archive", b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive", b"\x28\xb5\x2f\xfd": "a Zstandard archive", b"%PDF-": "a PDF file",
    b"\x89PNG\r\n": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"RIFF": "a media file",
    b"\x7fELF": "a program", b"MZ\x90\x00": "a program", b"SQLite format 3\x00": "an SQLite database",
    b"{\\rtf": "an RTF file", b"\xd0\xcf\x11\xe0": "an old Office file", b"OggS": "a media file",
}  # fmt: skip
"""First bytes of formats that are not read here."""

HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
ANY_TAG = re.compile(rb"<(?:p|div|article|section|main|table|ul|ol|h1|h2|br|title|meta)\b[^>]*>", re.I)
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def foreign_format(data: bytes) -> str | None:
    """Return what `data` is instead of text ("a ZIP archive"), or None where it may be text."""
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return kind
    sample = data[:SAMPLE_BYTES]
    if data.startswith(UTF16_OR_32):
        return None
    if b"\x00" in sample or len(CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        return "a binary file"
    return None


def is_html(data: bytes, name: str, content_type: str | None = None) -> bool:
    """Say whether `data` is a web page: by its first tag, by its declared type, or by its name together with a tag."""
    sample = _ascii_view(data[:SAMPLE_BYTES])
    if HTML_START.search(sample):
        return True
    if content_type and "html" in content_type.lower():
        return True
    return name.lower().endswith(HTML_SUFFIXES) and ANY_TAG.search(sample) is not None


def _ascii_view(sample: bytes) -> bytes:
    for bom in (b"\xef\xbb\xbf", *UTF16_OR_32):
        sample = sample.removeprefix(bom)
    return sample.replace(b"\x00", b"")
