"""Tables for people: 80 columns are enough, colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

UNBROKEN = ("claim", "incident", "person", "when")
"""Columns that are copied from, or that fall apart when they break."""

MAX_WIDTH = 120
"""Columns beyond which lines are hard to follow."""

PIPED_WIDTH = 80
"""Columns of a table that goes to no terminal."""


def console() -> Console:
    """Return the way to standard output; no colour and a fixed width where it is no terminal."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(file=sys.stdout, width=None if terminal else PIPED_WIDTH, highlight=False, soft_wrap=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Sequence[str] = ()) -> int:
    """Print rows under a header and return how many there were; None is shown as nothing."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(
            column, justify="right" if column in numbers else "left", no_wrap=column in UNBROKEN, overflow="fold"
        )
    count = 0
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
        count += 1
    if count:
        console().print(table)
    return count


def width() -> int:
    """Return the columns that lines may take."""
    return min(console().width, MAX_WIDTH)


def print_wrapped(text: str, indent: int = 0) -> None:
    """Print a paragraph, wrapped to the width of the terminal, its lines indented."""
    import textwrap

    lines = textwrap.wrap(" ".join(text.split()), max(20, width() - indent), break_long_words=False) or [""]
    for line in lines:
        sys.stdout.write(" " * indent + line + "\n")
