"""`export parquet`: the book for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

NewFolder = Annotated[Path, typer.Argument(help="A folder that is not there yet.", metavar="DIR")]
TextsOption = Annotated[bool, typer.Option("--texts", help="With the texts of the documents.")]

group = typer.Typer(name="export", help="Write the book as files.", rich_markup_mode=None, no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(group, "parquet", parquet, "tallybook export parquet tables/ --book war.db")
    app.add_typer(group)


def parquet(
    folder: NewFolder,
    texts: TextsOption = False,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write claims as people set them, incidents, documents and judgements as Parquet files. Nothing is withheld.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.sessions import opened
    from tallybook.runs.exporting import export_parquet

    with opened(book, knowledge) as desk:
        done = export_parquet(desk, folder, texts=texts)
    if format is Format.json:
        print_json({"schema": "tallybook.exported/1", "folder": str(folder), "rows": dict(done.rows)})
        return
    print_line(f"{folder}: " + ", ".join(f"{name} {count}" for name, count in done.rows.items()) + ".")
    print_line("This is the book, with every name in it. To publish: tallybook release DIR --profile public")
