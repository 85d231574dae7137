"""What a file is, by its first bytes. Source of the signatures: the formats' own specifications."""

from __future__ import annotations

INERT = "application/octet-stream"
"""What a file is that no signature fits: it is kept and handed out all the same, as bytes."""
HEAD_BYTES = 1024

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"%PDF-", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"), (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"fLaC", "audio/flac"),
)  # fmt: skip
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"avif": "image/avif",
           b"qt  ": "video/quicktime", b"M4A ": "audio/mp4"}  # fmt: skip
"""Brands of ISO media files; any other is a video."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/tiff", "image/webp"})


def kind_of(head: bytes) -> str:
    """Return the media type of a file by its first HEAD_BYTES bytes; INERT where nothing is recognised."""
    found = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if found is not None:
        return found
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], INERT)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return INERT


def is_picture(media_type: str) -> bool:
    """Say whether a small picture can be made of a file of this kind."""
    return media_type in PICTURES
