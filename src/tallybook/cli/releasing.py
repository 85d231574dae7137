"""`release`: the record as files for others, by the profile of who gets them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    AsOfOption,
    BookOption,
    ByOption,
    Format,
    FormatOption,
    InOption,
    KnowledgeOption,
    MeasureOption,
    SinceOption,
    UntilOption,
    WhoOption,
)
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.release.writing import Released

DirArgument = Annotated[Path, typer.Argument(help="A folder that is not there yet.", metavar="DIR")]
ProfileOption = Annotated[
    str, typer.Option("--profile", help="Who gets it: public, partner or internal.", metavar="NAME")
]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", help="File of the secret key; else one beside the book, made where none is.", metavar="FILE"),
]
PublishedBy = Annotated[str | None, typer.Option("--publisher", help="Who publishes it.", metavar="NAME")]
FormerOption = Annotated[
    Path | None,
    typer.Option("--former", help="Folder of the release before this one: tell what changed since.", metavar="DIR"),
]
SignOption = Annotated[
    Path | None,
    typer.Option("--sign", help="Sign the checksums with this private SSH key, beside them.", metavar="FILE"),
]
LayoutOption = Annotated[
    list[str] | None,
    typer.Option("--layout", help="Write this layout only; may be given again. Else all that fit.", metavar="NAME"),
]
LicenceOption = Annotated[str | None, typer.Option("--licence", help="Licence it is offered under.", metavar="NAME")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "release", release, "tallybook release ./2024-06 --profile public --book war.db")


def release(
    folder: DirArgument,
    profile: ProfileOption,
    as_of: AsOfOption = None,
    measure: MeasureOption = None,
    who: WhoOption = None,
    by: ByOption = None,
    in_: InOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublishedBy = None,
    licence: LicenceOption = None,
    layout: LayoutOption = None,
    key: KeyOption = None,
    former: FormerOption = None,
    sign: SignOption = None,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write a frozen folder of tables, layouts and a page to hand on, without what the profile withholds.

    The files are read back before the folder gets its name; where one tells what it must not, nothing is written.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import tell
    from tallybook.cli.sessions import now, opened
    from tallybook.release.manifest import Attribution
    from tallybook.runs.naming import Asked
    from tallybook.runs.releasing import Order, last_released, write_release

    asked = Asked(measure=measure, who=who, by=by, place=in_, since=since, until=until, as_of=as_of)
    order = Order(folder, profile, book, key, Attribution(publisher, licence), tuple(layout or ()), former, sign)
    with opened(book, knowledge) as desk:
        before = last_released(order)
        done = write_release(desk, order, asked, now())
    _print(done, format)
    if former is None and before is not None:
        tell(f"No difference is told. To tell what changed since the last one, write it anew with --former {before}.")


def _print(done: Released, format: Format) -> None:
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.tables import print_table, print_wrapped

    told: dict[str, Any] = done.manifest
    if format is Format.json:
        print_json({"schema": "tallybook.released/1", "folder": str(done.folder), "manifest_sha256": done.sha256,
                    "counts": told["counts"], "layouts": told["layouts"], "withheld": told["withheld"]})  # fmt: skip
        return
    counts = ", ".join(f"{name} {count}" for name, count in told["counts"].items())
    print_wrapped(f"{done.folder}: {counts}; as of {told['as_of']}.")
    if told["withheld"]:
        print_line()
        rows = [(x["what"], x["reason"], x["count"], x["because"]) for x in told["withheld"]]
        print_table(("withheld", "reason", "count", "because"), rows, numbers=("count",))
        print_line()
    print_wrapped(f"Look at {done.folder}/site/index.html and {done.folder}/manifest.json before you hand it on.")
