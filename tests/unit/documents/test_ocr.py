"""Pages that are pictures: read only where that is asked for, and told."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pytest

from tallybook.documents import Arrival, Intake, Stated, documents_from, ocr
from tallybook.documents.formats import pdf as pdf_format
from tallybook.documents.ocr import Pictures, tesseract
from tallybook.errors import UsageError
from tests.postgres_server import missing
from tests.unit.documents.test_formats import MORE, TOLL, codes, documents, pdf, refused, zipped


class Seen:
    """Reads any page as its number; page 2 cannot be read, and of photographs only those of some bytes."""

    def pages(self, file: IO[bytes], numbers: Sequence[int]) -> Iterator[str | None]:
        for number in numbers:
            yield None if number == 2 else f"Words of page {number}."

    def picture(self, file: IO[bytes]) -> str | None:
        return "Words of a photograph." if len(file.read()) > 8 else None


SEEN = Seen()


def read(folder: Path, name: str, data: bytes, pictures: Pictures | None = SEEN) -> list[Arrival]:
    (folder / name).write_bytes(data)
    return list(documents_from([str(folder / name)], Intake(Stated.of("2024-06-01"), pictures=pictures)))


def test_pictures_stand_where_their_pages_do_and_are_told(tmp_path: Path) -> None:
    came = read(tmp_path, "r.pdf", pdf(TOLL, "", "", MORE))
    (made,) = documents(came)
    assert made.text == f"{TOLL}\n\nWords of page 3.\n\n{MORE}"
    assert codes(came) == ["page-read-from-picture", "page-without-text"]
    assert "page 3 of 4" in came[0].issues[0].message
    assert "page 2 of 4" in came[1].issues[0].message


def test_nothing_is_read_from_pictures_unasked(tmp_path: Path) -> None:
    assert "--ocr" in refused(read(tmp_path, "r.pdf", pdf(""), None))


def test_pictures_are_read_inside_archives_too(tmp_path: Path) -> None:
    (made,) = documents(read(tmp_path, "all.zip", zipped({"a.pdf": pdf("")})))
    assert made.text == "Words of page 1."


def test_a_photograph_is_read_where_that_is_asked_for(tmp_path: Path) -> None:
    photograph = b"\x89PNG\r\n\x1a\n and more"
    came = read(tmp_path, "list.png", photograph)
    assert [d.text for d in documents(came)] == ["Words of a photograph."]
    assert codes(came) == ["page-read-from-picture"]
    assert "--ocr" in refused(read(tmp_path, "list.png", photograph, None))
    assert "no words" in refused(read(tmp_path, "list.png", photograph[:8]))


def test_more_pictures_than_are_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_format, "MAX_PICTURES", 1)
    came = read(tmp_path, "r.pdf", pdf("", "", ""))
    assert [a.document.text for a in came if a.document] == ["Words of page 1."]
    assert any(a.error is not None and "Split the file" in str(a.error) for a in came)


def test_a_program_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="needs the program Tesseract"):
        tesseract("eng")


def _needed() -> None:
    if shutil.which(ocr.PROGRAM) is None:
        missing("tesseract", "Tesseract is not installed, so no picture was read")


def scanned(kind: str, *lines: str) -> bytes:
    """Draw a page as a scanner would leave it, without a text layer."""
    from PIL import Image, ImageDraw, ImageFont

    page, out = Image.new("L", (1240, 900), 255), io.BytesIO()
    ImageDraw.Draw(page).multiline_text((80, 100), "\n".join(lines), 0, ImageFont.load_default(36), spacing=18)
    page.save(out, kind, resolution=150)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PDF", "PNG", "JPEG"])
def test_a_scanned_page_is_read(tmp_path: Path, kind: str) -> None:
    _needed()
    data = scanned(kind, "Fourteen civilians were killed and 23 wounded", "when shells hit the market, police said.")
    (made,) = documents(read(tmp_path, f"scan.{kind.lower()}", data, tesseract("eng")))
    assert "Fourteen civilians were killed and 23 wounded" in made.text


def test_a_language_that_is_not_installed_is_refused() -> None:
    _needed()
    with pytest.raises(UsageError, match="no language 'xx'"):
        tesseract("eng+xx")


def test_a_picture_that_takes_too_long_or_is_none_is_a_page_without_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _needed()
    asked = tesseract("eng")
    assert list(asked.pages(io.BytesIO(b"%PDF-1.4 no more"), [1, 2])) == [None, None]
    assert asked.picture(io.BytesIO(b"\x89PNG\r\n\x1a\n no more")) is None

    def slow(*_: Any, **__: Any) -> None:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(ocr.subprocess, "run", slow)
    assert codes(read(tmp_path, "r.pdf", pdf(TOLL, ""), asked)) == ["page-without-text"]
