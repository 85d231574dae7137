"""Small pictures of photographs: grey and blurred, unless somebody asks to see; never with the metadata of the file."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO
from typing import IO, Any

FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "WEBP")
"""Formats that are decoded; whatever else a file claims to be is not opened."""
MAX_PIXELS = 60_000_000
"""Pixels of a picture that is opened: beyond, a file of a few kilobytes may fill the memory."""
EDGE, BLUR = 320, 8
"""Longest edge of a small picture, and how far its blur reaches, in pixels: faces and wounds are not seen."""
CLEAR_EDGE = 1280
PICTURE_TROUBLE = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error,
                   OverflowError, MemoryError, Warning)  # fmt: skip
"""What a damaged or hostile picture raises."""


class TooManyPixels(ValueError):
    """A picture would unpack to more than MAX_PIXELS."""


def opened_picture(file: IO[bytes]) -> Any:
    """Return a picture that is not decoded yet.

    Raises: one of PICTURE_TROUBLE.
    """
    from PIL import Image

    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels(str(bomb)) from bomb
    if picture.width * picture.height > MAX_PIXELS:
        raise TooManyPixels(f"{picture.width} x {picture.height} pixels")
    return picture


def small_picture(file: IO[bytes], *, clear: bool = False) -> bytes | None:
    """Return a small JPEG of a picture, grey and blurred, or clear and larger; None where it cannot be decoded."""
    from PIL import ImageFilter, ImageOps

    edge = CLEAR_EDGE if clear else EDGE
    try:
        picture = opened_picture(file)
        picture.draft("RGB", (edge, edge))
        picture.seek(0)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((edge, edge))
        if not clear:
            upright = ImageOps.grayscale(upright).filter(ImageFilter.GaussianBlur(BLUR))
        made = BytesIO()
        upright.save(made, "JPEG", quality=80)
    except PICTURE_TROUBLE:
        return None
    return made.getvalue()
