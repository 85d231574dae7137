"""`places import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.exits import WRONG_USAGE
from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.knowledge.imports.importing import Imported

PlacesFile = Annotated[
    Path,
    typer.Argument(help="P-code table (CSV, XLSX), GeoNames country file, GeoJSON, or list of points.", metavar="FILE"),
]
NameOption = Annotated[
    str, typer.Option("--as", help="What the places are kept as; an earlier import is replaced.", metavar="NAME")
]
ShelfOption = Annotated[
    Path | None,
    typer.Option("--knowledge", help="Folder of packs to keep them in, instead of beside the book.", metavar="DIR"),
]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="Who made the file, to be credited.", metavar="TEXT")
]
LicenceOption = Annotated[str | None, typer.Option("--licence", help="On what terms it may be used.", metavar="TEXT")]

group = typer.Typer(name="places", help="Bring places of your own.", rich_markup_mode=None, no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(group, "import", import_file, "tallybook places import towns.csv --as mimu-towns --book war.db")
    app.add_typer(group)


def import_file(
    file: PlacesFile,
    name: NameOption,
    book: BookOption = DEFAULT_BOOK,
    knowledge: ShelfOption = None,
    source: SourceOption = None,
    licence: LicenceOption = None,
    format: FormatOption = Format.table,
) -> None:
    """Import places: they outrank those that ship. A file that does not hold is told line by line and changes nothing.

    Raises: typer.Exit with 2 where the file does not hold; UsageError; BookError.
    """
    from tallybook.cli.output import tell
    from tallybook.errors import KnowledgeError
    from tallybook.runs.placing import Origin, import_into_book, import_into_folder

    origin = Origin(source, licence)
    try:
        made = (
            import_into_folder(file, name, knowledge, origin)
            if knowledge
            else import_into_book(file, name, book, origin)
        )
    except KnowledgeError as error:
        for line in str(error).splitlines():
            tell(f"error: {line}")
        raise typer.Exit(WRONG_USAGE) from error
    _print(made, format)


def _print(made: Imported, format: Format) -> None:
    from tallybook.cli.output import print_json, print_line

    if format is Format.json:
        print_json(
            {
                "schema": "tallybook.imported/1", "folder": made.folder.as_posix(), "form": made.form,
                "places": made.places, "unplaced": made.unplaced,
            }
        )  # fmt: skip
        return
    without = f", {made.unplaced} of them without a point" if made.unplaced else ""
    print_line(f"{made.folder}: {made.places} places from a {made.form}{without}")
