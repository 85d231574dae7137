"""A situation report as a Word file, without a trace of who made it, where or when."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from tallybook.release.charts import WIDTH, Bar
from tallybook.release.reporting import Report, Section

BLOCKS = 24
"""Characters of the longest bar: bars are drawn with block characters, which every reader of Word files shows."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every part of the file: the earliest that a zip archive can tell."""


def docx_of(report: Report, as_of: str) -> bytes:
    """Return the bytes of a .docx file; the same report gives the same bytes under the same library."""
    from docx import Document

    made = Document()
    core = made.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title = report.title
    core.created = core.modified = datetime.fromisoformat(as_of).replace(tzinfo=UTC).replace(tzinfo=None)
    made.add_heading(report.title, 0)
    made.add_paragraph(report.subtitle)
    made.add_paragraph(report.imprint)
    for section in report.sections:
        _add(made, section)
    out = io.BytesIO()
    made.save(out)
    return _without_times(out.getvalue())


def _add(made: object, section: Section) -> None:
    document: object = made
    document.add_heading(section.heading, 1)  # type: ignore[attr-defined]
    for words in section.paragraphs:
        if words:
            document.add_paragraph(words)  # type: ignore[attr-defined]
    rows = section.rows or tuple((label, drawn(bar), bar.words) for label, bar in section.bars)
    header = section.header or (("", "range", "reported killed") if section.bars else ())
    if not rows:
        return
    table = document.add_table(rows=1, cols=len(rows[0]))  # type: ignore[attr-defined]
    table.style = "Light Grid Accent 1"
    for cell, words in zip(table.rows[0].cells, header, strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def drawn(bar: Bar) -> str:
    """Return a range as characters: light up to its low, dark to its high, an arrow where it is open."""
    start = round(bar.x / WIDTH * BLOCKS)
    return "·" * start + "█" * max(1, round(bar.width / WIDTH * BLOCKS)) + ("→" if bar.open else "")


def _without_times(data: bytes) -> bytes:
    """Return a zip archive whose parts all have one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
