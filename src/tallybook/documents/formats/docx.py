"""Word files (DOCX): paragraphs and tables in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZipFile

from tallybook.documents.formats.part import DAMAGE, Note, Part, Unreadable
from tallybook.documents.limits import MAX_OPENED_BYTES

MAIN = "word/document.xml"


def is_docx(start: bytes, name: str) -> bool:
    """Say whether bytes begin a Word file: a ZIP archive that is called one, or begins with its parts."""
    archive = name.endswith((".zip", ".wacz"))
    return start.startswith(b"PK\x03\x04") and (name.endswith(".docx") or (b"word/" in start and not archive))


def parts(file: IO[bytes], name: str) -> Iterator[Part | Note]:
    """Yield the text of a Word file as one report.

    Raises: Unreadable where it is damaged or would open to too many bytes.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with ZipFile(file) as held:
            if sum(info.file_size for info in held.infolist()) > MAX_OPENED_BYTES:
                raise Unreadable(f"it opens to more than {MAX_OPENED_BYTES // 1_000_000} MB")
            if MAIN not in held.namelist():
                raise Unreadable("it is no Word file inside")
        file.seek(0)
        document = docx.Document(file)
        blocks = [text for block in document.iter_inner_content() if (text := _text(block))]
        title = document.core_properties.title
    except (PackageNotFoundError, *DAMAGE) as error:
        raise Unreadable(f"the Word file is damaged ({type(error).__name__})") from error
    except SyntaxError as error:
        raise Unreadable("the Word file holds XML that cannot be read") from error
    yield Part("", text="\n\n".join(blocks), title=title.strip() or None)


def _text(block: Any) -> str:
    """Return the words of a paragraph, or the rows of a table with a tab between cells."""
    if hasattr(block, "rows"):
        return "\n".join("\t".join(cell.text.strip() for cell in row.cells) for row in block.rows)
    return str(block.text).strip()
