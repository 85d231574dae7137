"""`knowledge check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.exits import WRONG_USAGE
from tallybook.cli.options import Format, FormatOption
from tallybook.cli.registering import add_command

PackFolder = Annotated[Path, typer.Argument(help="A pack's folder, or a folder of packs.", metavar="DIR")]

group = typer.Typer(name="knowledge", help="Look after knowledge packs.", rich_markup_mode=None, no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(group, "check", check, "tallybook knowledge check my-pack")
    app.add_typer(group)


def check(folder: PackFolder, format: FormatOption = Format.table) -> None:
    """Check a knowledge pack: one line for each thing that does not hold, with file, row and field.

    Raises: typer.Exit with 2 where the pack cannot be used; KnowledgeError where there is no such folder.
    """
    from dataclasses import asdict

    from tallybook.cli.output import print_json, print_line, tell
    from tallybook.knowledge import check as checking

    found = checking.check(folder)
    for finding in found.findings:
        tell(f"{'error' if finding.grave else 'note'}: {finding.line()}")
    wrong = sum(f.grave for f in found.findings)
    if format is Format.json:
        print_json(
            {
                "schema": "tallybook.checked/1", "packs": found.packs, "actors": found.actors, "places": found.places,
                "holds": found.holds, "findings": [asdict(f) for f in found.findings],
            }
        )  # fmt: skip
    else:
        print_line(
            f"{folder}: {found.actors} actors, {found.places} places; "
            + (f"{wrong} errors, the pack cannot be used" if wrong else "the pack holds")
        )
    if wrong:
        raise typer.Exit(WRONG_USAGE)
