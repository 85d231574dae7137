"""Evidence files are what their bytes say, say what their makers wrote into them, and are shown sparing the eye."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest

from tallybook.documents.evidence import INERT, facts_of, file_name, kind_of, small_picture
from tallybook.errors import DocumentError
from tests.pictures import bomb, photograph


def facts(data: bytes) -> dict[str, str]:
    return dict(facts_of(BytesIO(data), "x").metadata)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\x1aE\xdf\xa3", "video/x-matroska"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<html><script>alert(1)</script>", INERT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", INERT),
        (b"MZ\x90", INERT),
        (b"", INERT),
    ],
)
def test_the_kind_is_what_the_bytes_say(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


def test_a_photograph_says_when_with_what_and_where() -> None:
    data = photograph()
    found = facts_of(BytesIO(data), "a.jpg")
    assert (found.sha256, found.size, found.media_type) == (hashlib.sha256(data).hexdigest(), len(data), "image/jpeg")
    assert dict(found.metadata) == {
        "changed": "2024:03:01 10:00:00", "location": "12.50000, -99.25000", "made with": "Opal Cameras",
        "size in pixels": "400 x 300",
    }  # fmt: skip
    assert "location" not in facts(photograph(located=False))


def test_a_pdf_says_how_many_pages_it_has() -> None:
    from pypdf import PdfWriter

    made, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Ana <b>Brusk</b>\n", "/Title": "A list"})
    writer.write(made)
    found = facts(made.getvalue())
    assert (found["pages"], found["author"], found["title"]) == ("1", "Ana <b>Brusk</b>", "A list")


def test_a_small_picture_is_grey_and_blurred_until_somebody_asks() -> None:
    image = pytest.importorskip("PIL.Image")
    data = photograph()
    spared, clear = (small_picture(BytesIO(data), clear=c) for c in (False, True))
    assert spared is not None
    assert clear is not None
    grey, sharp = image.open(BytesIO(spared)), image.open(BytesIO(clear))
    assert (grey.mode, sharp.mode) == ("L", "RGB")
    assert max(grey.size) == 320
    row = [grey.getpixel((x, 100)) for x in range(100, 200)]
    assert max(row) - min(row) < 25
    reds = [sharp.getpixel((x, 100))[0] for x in range(100, 200)]
    assert max(reds) - min(reds) > 100
    for made in (grey, sharp):
        assert dict(made.getexif()) == {}


@pytest.mark.parametrize(
    "data", [bomb(), b"\xff\xd8\xff\xe0 nothing", b"GIF89a", b"II*\x00\x08\0\0\0", b"RIFF\0\0\0\0WEBP"]
)
def test_what_only_pretends_to_be_a_picture_is_kept_and_not_opened(data: bytes) -> None:
    pytest.importorskip("PIL.Image")
    assert small_picture(BytesIO(data)) is None
    assert "not read" in facts(data)


def test_a_damaged_pdf_is_kept() -> None:
    assert "not read" in facts(b"%PDF-1.7 and no more")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DocumentError, match="it is empty"):
        facts(b"")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.documents.evidence.looking.MAX_FILE_BYTES", 10)
    with pytest.raises(DocumentError, match="larger than"):
        facts(b"x" * 11)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\a.jpg", "a.jpg"),
        ('<img src=x onerror="y">.jpg', "_img src=x onerror=_y__.jpg"),
        ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x"),
        ("..", "file"),
        ("", "file"),
        ("ပုံ ၁.jpg", "ပုံ ၁.jpg"),
    ],
)
def test_a_name_leads_out_of_no_folder_and_into_no_page(name: str, shown: str) -> None:
    assert file_name(name) == shown
