"""`claims, incidents, victims, control, issues, conflicts`: what a book holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    BookOption,
    ByOption,
    InOption,
    KnowledgeOption,
    ListFormat,
    ListFormatOption,
    MeasureOption,
    SinceOption,
    UntilOption,
    WhoOption,
)
from tallybook.cli.shapes import SHAPES, Json, Shape


def register(app: typer.Typer) -> None:
    """Add one command for each list."""
    for shape in SHAPES:
        app.command(shape.name, help=shape.summary, epilog=f"Example: {shape.example}")(_command(shape))


def _command(shape: Shape) -> Callable[..., None]:
    def command(
        measure: MeasureOption = None,
        who: WhoOption = None,
        by: ByOption = None,
        in_: InOption = None,
        since: SinceOption = None,
        until: UntilOption = None,
        format: ListFormatOption = ListFormat.table,
        book: BookOption = DEFAULT_BOOK,
        knowledge: KnowledgeOption = None,
    ) -> None:
        from tallybook.cli.sessions import opened
        from tallybook.runs.filtering import filter_from
        from tallybook.runs.naming import Asked

        with opened(book, knowledge) as desk:
            asked = Asked(measure=measure, who=who, by=by, place=in_, since=since, until=until)
            _print(shape, _listed(shape.name)(desk, filter_from(asked, desk)), format)

    return command


def _listed(name: str) -> Callable[[Any, Any], Iterator[Json]]:
    from tallybook.runs import listing

    found: Callable[[Any, Any], Iterator[Json]] = getattr(listing, "contradictions" if name == "conflicts" else name)
    return found


def _print(shape: Shape, items: Iterator[Json], format: ListFormat) -> None:
    from tallybook.cli.output import print_csv, print_json, print_line

    if format is ListFormat.json:
        for item in items:
            print_json(item)
    elif format is ListFormat.csv:
        print_csv(shape.csv_columns, (row for item in items for row in shape.csv_rows(item)))
    elif not shape.show(items):
        print_line(f"No {shape.name} found.")
