"""Pages that are pictures, to words: by Tesseract, which is asked for by name, and runs on this machine.

A picture goes to the program through a pipe and never to disk. What is read so may hold wrong words and numbers; who
uses it says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from math import sqrt
from typing import IO

from tallybook.errors import UsageError

Pictures = Callable[[IO[bytes], Sequence[int]], Iterator[str | None]]
"""From an open PDF file and numbers of its pages, the first is 1: the words of each; None where they cannot be read."""
PROGRAM = "tesseract"
LANGUAGES = re.compile(r"[A-Za-z_]{2,30}(?:\+[A-Za-z_]{2,30})*")
DOTS = 300
"""Dots an inch that Tesseract's makers advise."""
MOST_DOTS = 25_000_000
"""Dots of one picture; a larger page is drawn more coarsely. A page of A4 has 8.7 million."""
PAGE_SECONDS = 60.0
"""Seconds for one page; a full one takes about one."""


def tesseract(languages: str) -> Pictures:
    """Return what reads pages in these languages, as Tesseract names them: `eng`, `eng+fra`.

    Raises: UsageError where the program, one of its languages, or the library that draws pages is not installed.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UsageError(
            "Reading pictures needs the program Tesseract. Install it, such as with `apt install tesseract-ocr`."
        )
    try:
        import pypdfium2  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        raise UsageError("Reading pictures needs a library that draws pages. Install tallybook[ocr].") from error
    known = _languages(program)
    missing = [name for name in languages.split("+") if name not in known]
    if missing or not LANGUAGES.fullmatch(languages):
        told = ", ".join(sorted(known)) or "none"
        raise UsageError(f"Tesseract has no language {missing[0] if missing else languages!r}. It has here: {told}.")
    return lambda file, pages: _read(program, languages, file, pages)


def _languages(program: str) -> set[str]:
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=PAGE_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"Tesseract cannot be run ({error}). Install it anew.") from error
    return {line.strip() for line in told.stdout.splitlines()[1:] if line.strip()}


def _read(program: str, languages: str, file: IO[bytes], pages: Sequence[int]) -> Iterator[str | None]:
    from pypdfium2 import PdfDocument, PdfiumError

    file.seek(0)
    try:
        drawn = PdfDocument(file, autoclose=False)
    except PdfiumError:
        yield from (None for _ in pages)
        return
    try:
        for number in pages:
            try:
                page = drawn[number - 1]
                scale = min(DOTS / 72, sqrt(MOST_DOTS / max(1.0, page.get_width() * page.get_height())))
                picture = BytesIO()
                page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
                yield _words(program, languages, picture.getvalue())
            except (PdfiumError, IndexError, ValueError, MemoryError):
                yield None
    finally:
        drawn.close()


def _words(program: str, languages: str, picture: bytes) -> str | None:
    """Return the words of a picture; None where the program fails or takes too long."""
    try:
        told = subprocess.run(
            [program, "stdin", "stdout", "-l", languages, "--dpi", str(DOTS)], input=picture, capture_output=True,
            timeout=PAGE_SECONDS, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.decode("utf-8", "replace").replace("\f", "").strip()
