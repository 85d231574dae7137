"""`diff`: what changed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.runs.since import Difference, Moved

SinceMoment = Annotated[
    str,
    typer.Option(
        "--since",
        help="A day (as the book stood when it began), a run such as r3, or a judgement's number (as it stood after).",
        metavar="DATE|RUN|NUMBER",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "diff", diff, "tallybook diff --since 2024-04-01")


def diff(
    since: SinceMoment,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """List the figures that moved since then, and the claims or judgements that moved them. Writes nothing.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.runs.since import difference
    from tallybook.runs.telling import difference_json

    with opened(book, knowledge) as desk:
        found = difference(desk, since)
    if format is Format.json:
        print_json(difference_json(found, since))
    else:
        _show(found, since)


def _show(found: Difference, since: str) -> None:
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped
    from tallybook.review.deciding import in_words

    print_wrapped(f"Since {since}: documents {len(found.documents)}, judgements {len(found.judgements)}.")
    print_line()
    for moved in found.figures:
        _show_moved(moved)
    if not found.figures:
        print_line("No figure moved.")
    causes = {j.number: j for moved in found.figures for j in moved.judgements}
    if causes:
        print_line()
    for number in sorted(causes):
        print_wrapped(f"Judgement {in_words(causes[number])}: {causes[number].because}")


def _show_moved(moved: Moved) -> None:
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped
    from tallybook.runs.judging import change_of, name_of

    print_line(f"{name_of(moved.move)}: {change_of(moved.move)}")
    causes = (
        ("claims", moved.move.claims),
        ("documents", moved.documents),
        ("judgements", tuple(str(j.number) for j in moved.judgements)),
    )
    for name, told in causes:
        if told:
            print_wrapped(f"{name} {', '.join(told)}", indent=4)
