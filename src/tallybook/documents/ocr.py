"""Pictures of pages to words: by Tesseract, which is asked for by name, and runs on this machine.

A picture goes to the program through a pipe and never to disk. What is read so may hold wrong words and numbers; who
uses it says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import sqrt
from typing import IO, Any, Protocol

from tallybook.documents.evidence.pictures import PICTURE_TROUBLE, opened_picture
from tallybook.errors import UsageError

PROGRAM = "tesseract"
LANGUAGES = re.compile(r"[A-Za-z_]{2,30}(?:\+[A-Za-z_]{2,30})*")
INSTALLING = "`apt install tesseract-ocr`"
DOTS = 300
"""Dots an inch that Tesseract's makers advise."""
MOST_DOTS = 25_000_000
"""Dots of one picture; a larger page is drawn more coarsely. A page of A4 has 8.7 million."""
MOST_EDGE = 5_000
"""Longest edge of a photograph, in dots; a larger one is made smaller. Cameras take 4,000 to 8,000."""
PAGE_SECONDS = 60.0
"""Seconds for one page; a full one takes about one."""


class Pictures(Protocol):
    """Reads the words of pictures. None where they cannot be read."""

    def pages(self, file: IO[bytes], numbers: Sequence[int]) -> Iterator[str | None]:
        """Yield the words of pages of a PDF file, of which the first is 1."""
        ...

    def picture(self, file: IO[bytes]) -> str | None:
        """Return the words of a photograph or a scan."""
        ...


def tesseract(languages: str) -> Pictures:
    """Return what reads pictures in these languages, as Tesseract names them: `eng`, `eng+fra`.

    Raises: UsageError where the program, one of its languages, or the library that draws pages is not installed.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UsageError(f"Reading pictures needs the program Tesseract. Install it, such as with {INSTALLING}.")
    try:
        import pypdfium2  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        raise UsageError("Reading pictures needs a library that draws pages. Install tallybook[ocr].") from error
    known = _languages(program)
    missing = [name for name in languages.split("+") if name not in known]
    if missing or not LANGUAGES.fullmatch(languages):
        told = ", ".join(sorted(known)) or "none"
        raise UsageError(f"Tesseract has no language {missing[0] if missing else languages!r}. It has here: {told}.")
    return _Tesseract(program, languages)


def _languages(program: str) -> set[str]:
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=PAGE_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"Tesseract cannot be run ({error}). Install it anew.") from error
    return {line.strip() for line in told.stdout.splitlines()[1:] if line.strip()}


class _Tesseract:
    """Runs the program once for each picture."""

    def __init__(self, program: str, languages: str) -> None:
        self._program, self._languages = program, languages

    def pages(self, file: IO[bytes], numbers: Sequence[int]) -> Iterator[str | None]:
        from pypdfium2 import PdfDocument, PdfiumError

        file.seek(0)
        try:
            document = PdfDocument(file, autoclose=False)
        except PdfiumError:
            yield from (None for _ in numbers)
            return
        try:
            for number in numbers:
                try:
                    page = document[number - 1]
                    scale = min(DOTS / 72, sqrt(MOST_DOTS / max(1.0, page.get_width() * page.get_height())))
                    drawn = page.render(scale=scale, grayscale=True).to_pil()
                except (PdfiumError, IndexError, ValueError, MemoryError):
                    yield None
                else:
                    yield self._words(drawn, "--dpi", str(DOTS))
        finally:
            document.close()

    def picture(self, file: IO[bytes]) -> str | None:
        from PIL import ImageOps

        try:
            upright = ImageOps.exif_transpose(opened_picture(file)).convert("L")
        except PICTURE_TROUBLE:
            return None
        upright.thumbnail((MOST_EDGE, MOST_EDGE))
        return self._words(upright)

    def _words(self, picture: Any, *options: str) -> str | None:
        """Return the words of a picture; None where the program fails or takes too long."""
        written = BytesIO()
        picture.save(written, "PNG")
        try:
            told = subprocess.run(
                [self._program, "stdin", "stdout", "-l", self._languages, *options], input=written.getvalue(),
                capture_output=True, timeout=PAGE_SECONDS, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return None
        return told.stdout.decode("utf-8", "replace").replace("\f", "").strip()
