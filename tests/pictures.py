"""Pictures that tests make: a photograph with a place in it, and what only pretends to be one."""

from __future__ import annotations

from io import BytesIO

import pytest


def photograph(width: int = 400, height: int = 300, *, located: bool = True) -> bytes:
    """Return a JPEG of sharp stripes, taken with an invented camera at 12.5 N, 99.25 W."""
    image = pytest.importorskip("PIL.Image", reason="NOT TESTED: Pillow is not installed")
    picture = image.new("RGB", (width, height), (200, 20, 20))
    for at in range(0, width, 20):
        picture.paste((20, 200, 20), (at, 0, at + 10, height))
    exif = image.Exif()
    exif[271], exif[306] = "Opal Cameras", "2024:03:01 10:00:00"
    if located:
        exif.get_ifd(0x8825).update({1: "N", 2: (12.0, 30.0, 0.0), 3: "W", 4: (99.0, 15.0, 0.0)})
    made = BytesIO()
    picture.save(made, "JPEG", exif=exif)
    return made.getvalue()


def bomb() -> bytes:
    """Return a small PNG that claims 100,000 by 100,000 pixels."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )
