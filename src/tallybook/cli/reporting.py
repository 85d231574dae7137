"""`report`: a situation report as a Word or PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    AsOfOption,
    BookOption,
    Format,
    FormatOption,
    InOption,
    KnowledgeOption,
    SinceOption,
    UntilOption,
)
from tallybook.cli.registering import add_command
from tallybook.cli.releasing import KeyOption, LicenceOption, ProfileOption, PublishedBy

FileArgument = Annotated[Path, typer.Argument(help="A .docx or .pdf file that is not there yet.", metavar="FILE")]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", help="YAML file with headings, words and order of the sections.", metavar="FILE"),
]
FontOption = Annotated[
    Path | None, typer.Option("--font", help="A .ttf or .otf font for the PDF, for its letters.", metavar="FILE")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "report", report, "tallybook report may.docx --profile public --since 2024-05-01 --book war.db")


def report(
    file: FileArgument,
    profile: ProfileOption,
    as_of: AsOfOption = None,
    in_: InOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublishedBy = None,
    licence: LicenceOption = None,
    template: TemplateOption = None,
    font: FontOption = None,
    key: KeyOption = None,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write a situation report: ranges, incidents of the period, contradictions, sources, method; through a profile.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import now, opened
    from tallybook.cli.tables import print_wrapped
    from tallybook.release.manifest import Attribution
    from tallybook.runs.naming import Asked
    from tallybook.runs.releasing import Order
    from tallybook.runs.reporting import ReportOrder, make_report

    asked = Asked(place=in_, since=since, until=until, as_of=as_of)
    order = Order(file, profile, book, key, Attribution(publisher, licence))
    with opened(book, knowledge) as desk:
        done = make_report(desk, ReportOrder(order, template, font), asked, now())
    if format is Format.json:
        print_json({"schema": "tallybook.reported/1", "file": str(done.file), "sha256": done.sha256,
                    "counts": dict(done.counts), "withheld": done.withheld})  # fmt: skip
        return
    told = ", ".join(f"{name} {count}" for name, count in done.counts.items())
    print_wrapped(f"{done.file}: {told}. Read it before you hand it on.")
