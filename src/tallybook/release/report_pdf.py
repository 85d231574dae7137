"""A situation report as PDF, where the extra `report` is installed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tallybook.errors import UsageError
from tallybook.release.charts import WIDTH
from tallybook.release.reporting import Report, Section

FONTS = (
    Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/Library/Fonts/Arial Unicode.ttf"), Path("C:/Windows/Fonts/arial.ttf"),
)  # fmt: skip
"""Fonts with more than Latin letters, the first that is there is taken; `--font` names another."""
BAR_MM = 90.0
"""Width of the longest bar."""
LINE_MM = 5.0
INK, RANGE = (29, 37, 48), (159, 180, 204)


def pdf_of(report: Report, as_of: str, font: Path | None = None) -> bytes:
    """Return the bytes of a PDF file; it holds no author, no producer's time and no path.

    Raises: UsageError where the library or the font is not there.
    """
    if find_spec("fpdf") is None:
        raise UsageError("A PDF needs the extra: pip install 'tallybook[report]'. Or name a .docx file.")
    from fpdf import FPDF

    made = FPDF(format="A4")
    made.set_creation_date(datetime.fromisoformat(as_of).replace(tzinfo=UTC))
    made.set_title(report.title)
    made.set_auto_page_break(True, 18)
    family = _font(made, font)
    made.add_page()
    made.set_text_color(*INK)
    for words, size in ((report.title, 20), (report.subtitle, 12), (report.imprint, 9)):
        _words(made, family, words, size)
    for section in report.sections:
        _add(made, family, section)
    return bytes(made.output())


def _font(made: Any, font: Path | None) -> str:
    if font is not None and not font.is_file():
        raise UsageError(f"{font}: there is no such font. Name a .ttf or .otf file with --font.")
    found = font or next((f for f in FONTS if f.is_file()), None)
    if found is None:
        raise UsageError("No font with more than Latin letters was found. Name a .ttf or .otf file with --font.")
    made.add_font("report", fname=str(found))
    made.set_text_shaping(find_spec("uharfbuzz") is not None)
    return "report"


def _words(made: Any, family: str, words: str, size: float) -> None:
    made.set_font(family, size=size)
    made.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT")
    made.ln(size * 0.12)


def _add(made: Any, family: str, section: Section) -> None:
    made.ln(3)
    _words(made, family, section.heading, 14)
    for words in section.paragraphs:
        if words:
            _words(made, family, words, 10)
    if section.rows:
        _table(made, family, section.header, section.rows)
    for label, bar in section.bars:
        made.set_font(family, size=9)
        if made.will_page_break(LINE_MM):
            made.add_page()
        made.cell(35, LINE_MM, label)
        x, y = made.get_x(), made.get_y()
        made.set_fill_color(*RANGE)
        start, width = bar.x / WIDTH * BAR_MM, max(0.8, bar.width / WIDTH * BAR_MM)
        made.rect(x + start, y + 1, width, LINE_MM - 2, style="F")
        made.set_x(x + BAR_MM + 3)
        made.cell(0, LINE_MM, bar.words, new_x="LMARGIN", new_y="NEXT")


def _table(made: Any, family: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    made.set_font(family, size=8.5)
    longest = [max(len(r[n]) for r in (header, *rows)) for n in range(len(header))]
    widths = [min(40, max(9, length)) for length in longest]
    with made.table(col_widths=widths, line_height=LINE_MM, borders_layout="HORIZONTAL_LINES",
                    first_row_as_headings=False) as table:  # fmt: skip
        for row in (header, *rows):
            line = table.row()
            for words in row:
                line.cell(words)
