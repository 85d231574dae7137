"""`purge`: a person, a source or a report out of the book for good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.decisions import AuthorOption, BecauseOption, DryRunOption
from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption, KnowledgeOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.runs.purging import PurgeProposal, PurgeWish

VictimOption = Annotated[
    str | None, typer.Option("--victim", help="A person: an id from `victims`, or the name.", metavar="ID|NAME")
]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="A source: a witness, claimant or publisher.", metavar="NAME")
]
DocumentOption = Annotated[
    str | None, typer.Option("--document", help="A whole report, with all that was read of it.", metavar="ID")
]
FileOption = Annotated[
    str | None, typer.Option("--file", help="An evidence file: the start of its hash.", metavar="HASH")
]
AlsoOption = Annotated[
    list[str] | None,
    typer.Option("--also", help="Further words that go with it: a nickname, a number; may be given again."),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
YES = "purge"
"""What is typed to agree."""
MOST_MOVES = 20
"""Figures that are listed before a purge; the rest is counted."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(
        app, "purge", purge, 'tallybook purge --victim p-1234 --because "the family asked" --author Ana --book war.db'
    )


def purge(
    because: BecauseOption,
    author: AuthorOption,
    victim: VictimOption = None,
    source: SourceOption = None,
    document: DocumentOption = None,
    file: FileOption = None,
    also: AlsoOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Take a person, a source or a report out of the book for good; a hash, the reason and an unbroken log stay.

    Says first what goes, which figures move and what it cannot reach, then asks. It cannot be undone.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import now, opened
    from tallybook.runs import purging

    kind, name = _one_of(victim=victim, source=source, document=document, file=file)
    wish = purging.PurgeWish(kind, name, author, because, now(), tuple(also or ()))
    with opened(book, knowledge, writing=not dry_run) as desk:
        proposal = purging.propose_purge(desk, wish)
        if format is Format.table or not (yes or dry_run):
            _show(proposal, wish, book)
        if dry_run or not (yes or _agreed()):
            done = False
        else:
            purging.commit_purge(desk, proposal)
            done = True
    if done:
        _redact_releases(book, proposal)
    if format is Format.json:
        print_json(purging.purge_json(proposal, committed=done))
    else:
        _show_fate(proposal, done)


def _one_of(**asked: str | None) -> tuple[str, str]:
    from tallybook.errors import UsageError

    given = [(kind, name) for kind, name in asked.items() if name is not None]
    if len(given) != 1:
        raise UsageError(f"Give one of {', '.join(f'--{kind}' for kind in asked)}: what is to be purged.")
    return given[0]


def _agreed() -> bool:
    from tallybook.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here. Look with --dry-run, then give --yes. Nothing was purged.")
    answer: str = typer.prompt(f"This cannot be undone. Type {YES} to do it", default="", show_default=False)
    return answer.strip() == YES


def _show(proposal: PurgeProposal, wish: PurgeWish, book: str) -> None:
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped
    from tallybook.runs.judging import change_of, name_of
    from tallybook.runs.purging import beside_book
    from tallybook.store.opening import is_server

    for sha256 in proposal.files:
        print_line(f"Evidence file {sha256[:12]} goes with all its bytes.")
    if wish.kind == "file":
        pass
    elif wish.kind == "document":
        print_line(f"All of {len(proposal.reports)} reports goes: {', '.join(proposal.reports)}.")
    else:
        print_line(f"Out of {len(proposal.reports)} reports go, under marks: {'; '.join(proposal.words)}.")
        print_wrapped(", ".join(proposal.reports), indent=4)
    if proposal.records:
        print_line(f"Records of named victims that go: {proposal.records}, of {proposal.people} persons.")
    for left in proposal.files_left:
        print_line(f"Evidence file {left.sha256[:12]} stays as it is; look at it: purge --file {left.sha256[:12]}")
    if proposal.judgements:
        print_line(f"Judgements that lose words: {', '.join(map(str, proposal.judgements))}; the log is sealed anew.")
    for word, times in proposal.beside:
        print_line(f"{word!r} stays where it stands alone, {times} times. If it tells who it is, add --also {word!r}.")
    for move in proposal.moves[:MOST_MOVES]:
        print_line(f"{name_of(move)}: {change_of(move)}")
    if len(proposal.moves) > MOST_MOVES:
        print_line(f"and {len(proposal.moves) - MOST_MOVES} figures more; --format json lists them.")
    if not proposal.moves:
        print_line("No figure moves.")
    print_line("Out of reach: backups and copies of the book, releases and exports that were given out, files that")
    print_line("  reports were added from, and what the disk itself keeps of deleted blocks.")
    if is_server(book):
        print_line("  Also the server's own logs, archives and backups.")
        return
    for path in beside_book(book):
        print_line(f"  Still holding it, and yours to delete: {path}")
    if proposal.rewrite.stands_in(Path(book).name):
        print_line(f"  The name of the book's own file holds it: {Path(book).name}")


def _show_fate(proposal: PurgeProposal, done: bool) -> None:
    from tallybook.cli.output import print_line

    if not done:
        print_line("Nothing was purged.")
        return
    made = proposal.judgement
    print_line(f"Purged as judgement {made.number} ({made.id}), by {made.author}.")
    print_line(f"Receipt: {proposal.receipt}")
    print_line(
        "Whoever has the receipt and knows the words can prove what was purged. The book does not keep it: keep it"
    )
    print_line("apart from the book, or throw it away.")


def _redact_releases(book: str, proposal: PurgeProposal) -> None:
    from tallybook.cli.output import tell
    from tallybook.runs.purging import redact_log_of_releases
    from tallybook.runs.releasing import LOG_SUFFIX
    from tallybook.store.opening import is_server

    if not is_server(book):
        path = Path(f"{book.removeprefix('sqlite:///')}{LOG_SUFFIX}")
        if redact_log_of_releases(path, proposal):
            tell(f"note: the words were taken out of {path} too.")
