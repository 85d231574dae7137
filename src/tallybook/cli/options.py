"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"


class ListFormat(StrEnum):
    """How a list is printed."""

    table = "table"
    json = "json"
    csv = "csv"


DEFAULT_BOOK = "./tallybook.db"

Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, web addresses, or - for standard input.", metavar="FILE|DIR|URL|-")
]
BookOption = Annotated[
    str, typer.Option("--book", help="The book to use: a path or sqlite:/// address.", metavar="PATH|URL")
]
KnowledgeOption = Annotated[
    list[Path] | None,
    typer.Option("--knowledge", help="Folder of a knowledge pack of your own; may be given again.", metavar="DIR"),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="table for people, json for programs.", metavar="table|json")
]
ListFormatOption = Annotated[
    ListFormat, typer.Option("--format", help="table for people, json or csv for programs.", metavar="table|json|csv")
]
PublishedOption = Annotated[
    str | None, typer.Option("--published", help="Publication date of documents that state none.", metavar="DATE")
]
PublisherOption = Annotated[
    str | None, typer.Option("--publisher", help="Publisher of documents that state none.", metavar="NAME")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Allow addresses of this machine and of private networks.")
]
OcrOption = Annotated[
    str | None,
    typer.Option(
        "--ocr", help="Read pictures of pages with Tesseract, in its languages: eng, eng+fra.", metavar="LANG"
    ),
]
MeasureOption = Annotated[
    str | None, typer.Option("--measure", help="killed, injured, missing, captured or displaced.", metavar="MEASURE")
]
WhoOption = Annotated[
    str | None,
    typer.Option(
        "--who", help="civilian, combatant, unknown, any, children, women; several with commas.", metavar="W[,W]"
    ),
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="Who did it: any name or alias; parts included.", metavar="ACTOR")
]
WeaponOption = Annotated[
    str | None, typer.Option("--weapon", help="With what: the name of a weapon as claims give it.", metavar="WEAPON")
]
SaidByOption = Annotated[
    str | None,
    typer.Option("--said-by", help="Whose word: a kind of source that --each claimant-kind lists.", metavar="KIND"),
]
InOption = Annotated[
    str | None, typer.Option("--in", help="Where: any name or variant; parts included.", metavar="PLACE")
]
SinceOption = Annotated[str | None, typer.Option("--since", help="First day of the harm, inclusive.", metavar="DATE")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Last day of the harm, inclusive.", metavar="DATE")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="Only documents published up to this day.", metavar="DATE")
]
PolicyOption = Annotated[
    str, typer.Option("--policy", help="How best is chosen: latest, lowest, median or origin-ranked.", metavar="P")
]
OriginsOption = Annotated[
    str | None, typer.Option("--origins", help="Order of origins for origin-ranked.", metavar="A,B")
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="Where to read: local (this process), processes (several; the default for many reports), or dask.",
        metavar="ENGINE",
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", help="How many processes read.", min=1, max=256, metavar="N")
]
SchedulerOption = Annotated[
    str | None, typer.Option("--scheduler", help="Dask scheduler to read with.", metavar="ADDRESS")
]
