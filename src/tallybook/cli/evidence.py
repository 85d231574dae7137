"""`evidence add`, `evidence list`, `evidence export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.decisions import AuthorOption
from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.review.attaching import Attached

ClaimArgument = Annotated[str, typer.Argument(help="The claim or incident, as `claims` lists it.", metavar="CLAIM")]
FileArgument = Annotated[Path, typer.Argument(help="A photograph, a video, a PDF, any file.", metavar="FILE")]
NoteOption = Annotated[str, typer.Option("--because", "--note", help="What it shows, in a sentence.", metavar="TEXT")]
OfClaimOption = Annotated[
    str | None, typer.Option("--claim", help="Only files of this claim or incident.", metavar="ID")
]
HashArgument = Annotated[str, typer.Argument(help="The file: the start of its hash, or `all`.", metavar="HASH|all")]
FolderArgument = Annotated[Path, typer.Argument(help="Where to; the folder is made.", metavar="DIR")]
ALL = "all"

group = typer.Typer(
    name="evidence",
    help="Keep photographs and papers with claims.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(
        group,
        "add",
        add,
        'tallybook evidence add c0ffee market.jpg --because "shows the crater" --author Ana',
    )
    add_command(group, "list", list_files, "tallybook evidence list --book war.db")
    add_command(group, "export", export, "tallybook evidence export all evidence/ --book war.db")
    app.add_typer(group)


def add(
    claim: ClaimArgument,
    file: FileArgument,
    because: NoteOption,
    author: AuthorOption,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Take a file into the book, as it is, and attach it to a claim: a judgement, which `undo` takes back.

    Raises: UsageError, DocumentError, BookError, KnowledgeError
    """
    from tallybook.claims.reader import Reader
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.sessions import now, opened
    from tallybook.errors import DocumentError
    from tallybook.review.attaching import attached
    from tallybook.runs import evidence, judging

    try:
        content = file.open("rb")
    except OSError as error:
        raise DocumentError(str(file), f"it cannot be read ({error.strerror})", "Check its name.") from error
    with content, opened(book, knowledge, writing=True) as desk:
        wish = evidence.take_in(desk, content, file.name, claim, (author, because, now()))
        proposal = judging.propose(desk, wish, lambda: Reader(desk.knowledge))
        judging.commit(desk, proposal)
    (made,) = attached([proposal.judgement])
    if format is Format.json:
        print_json(evidence.attached_json(made))
    else:
        print_line(f"{made.name} is kept as {made.sha256} and attached to {claim}: judgement {made.number}.")


def list_files(
    claim: OfClaimOption = None,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """List the files that are attached to claims, with what they say of themselves.

    Raises: BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.sessions import opened
    from tallybook.runs import evidence

    with opened(book, knowledge) as desk:
        found = evidence.files_on(desk, claim)
    if format is Format.json:
        for item in found:
            print_json(evidence.attached_json(item))
    elif not found:
        print_line("No evidence files found.")
    else:
        for item in found:
            _show(item)


def _show(item: Attached) -> None:
    """Print a file on one line, then what it shows and who says so, then what it says of itself."""
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped
    from tallybook.runs.evidence import sized

    claims = " ".join(item.claims) or "no claim that is read today"
    print_line(f"{item.sha256[:12]}  {item.name} ({item.media_type}, {sized(item.size)}) on {claims}")
    print_wrapped(f"{item.at[:10]} {item.author}: {item.because}", indent=6)
    if item.metadata:
        print_wrapped("; ".join(f"{name}: {value}" for name, value in item.metadata), indent=6)


def export(
    name: HashArgument, folder: FolderArgument, book: BookOption = DEFAULT_BOOK, knowledge: KnowledgeOption = None
) -> None:
    """Write a file, or all of them, into a folder, byte for byte as they came.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_line
    from tallybook.cli.sessions import opened
    from tallybook.runs import evidence

    with opened(book, knowledge) as desk:
        wanted = list(desk.store.files().values()) if name == ALL else [evidence.file_named(desk, name)]
        for file in wanted:
            print_line(str(evidence.write_out(desk, file, folder)))
    if not wanted:
        print_line("No evidence files found.")
