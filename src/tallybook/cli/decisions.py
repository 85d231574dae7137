"""`decide`, `undo` and `log`: what people decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import (
    DEFAULT_BOOK,
    BookOption,
    Format,
    FormatOption,
    KnowledgeOption,
    ListFormat,
    ListFormatOption,
)
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.model.wire import Json
    from tallybook.review.deciding import Wish
    from tallybook.runs.judging import Proposal

VerbArgument = Annotated[
    str,
    typer.Argument(
        help="same, different, part-of, accept, reject, retract, set-field, set-place, set-actor, set-published, "
        "set-publisher, accept-actor, merge-actor, consent or add-claim.",
        metavar="VERB",
    ),
]
WordsArgument = Annotated[
    list[str],
    typer.Argument(
        help="Ids of claims, incidents, documents or victims; then the value of a set- verb, for set-field "
        "FIELD VALUE. "
        "accept-actor takes NAME KIND, merge-actor NAME OTHER-NAME, add-claim a report and "
        "'quote=TEXT; measure=killed; count=12; ...'.",
        metavar="OBJECT... [VALUE]",
    ),
]
UndoArgument = Annotated[str, typer.Argument(help="The judgement, as `log` lists it.", metavar="NUMBER|ID")]
BecauseOption = Annotated[str, typer.Option("--because", help="Why, in a sentence.", metavar="TEXT")]
AuthorOption = Annotated[str, typer.Option("--author", help="Who decides.", metavar="NAME")]
FieldOption = Annotated[
    str | None,
    typer.Option(
        "--field",
        help="Field of set-field; of set-actor: perpetrator (default), target.group, origin.",
        metavar="FIELD",
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would move, and decide nothing.")]
OfAuthorOption = Annotated[str | None, typer.Option("--author", help="Only what this person decided.", metavar="NAME")]
OfVerbOption = Annotated[str | None, typer.Option("--verb", help="Only judgements of this kind.", metavar="VERB")]
AboutOption = Annotated[
    str | None, typer.Option("--object", help="Only judgements about this claim, incident or document.", metavar="ID")
]
LOG_CSV = ("number", "id", "verb", "objects", "field", "value", "author", "because", "at", "undone_by", "before")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(app, "decide", decide, 'tallybook decide reject c0ffee --because "misread" --author Ana')
    add_command(app, "undo", undo, 'tallybook undo 3 --because "wrong claim" --author Ana')
    add_command(app, "log", log, "tallybook log --author Ana --format csv")


def decide(
    verb: VerbArgument,
    words: WordsArgument,
    because: BecauseOption,
    author: AuthorOption,
    field: FieldOption = None,
    dry_run: DryRunOption = False,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Decide on claims, incidents or documents; says which figures move before it is kept. Append-only: see `undo`.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.sessions import now
    from tallybook.review.deciding import Wish

    objects, name, value = _sorted_words(verb, words, field)
    _judge(Wish(verb, objects, author, because, now(), name, value), book, knowledge, format, dry_run)


def undo(
    judgement: UndoArgument,
    because: BecauseOption,
    author: AuthorOption,
    dry_run: DryRunOption = False,
    format: FormatOption = Format.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Undo a judgement; both stay in the log. An undo can be undone.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.sessions import now
    from tallybook.model.standing import UNDO
    from tallybook.review.deciding import Wish

    _judge(Wish(UNDO, (judgement,), author, because, now()), book, knowledge, format, dry_run)


def log(
    author: OfAuthorOption = None,
    verb: OfVerbOption = None,
    about: AboutOption = None,
    format: ListFormatOption = ListFormat.table,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """List what was decided, by whom and why, undone judgements among it.

    Raises: UsageError, BookError, KnowledgeError
    """
    from tallybook.cli.output import print_csv, print_json, print_line
    from tallybook.cli.sessions import opened
    from tallybook.runs.logbook import Asked, judgements

    with opened(book, knowledge) as desk:
        found = list(judgements(desk, Asked(author, verb, about)))
    if format is ListFormat.json:
        for item in found:
            print_json(item)
    elif format is ListFormat.csv:
        print_csv(LOG_CSV, ([_cell(item[name]) for name in LOG_CSV] for item in found))
    elif not found:
        print_line("No judgements found.")
    else:
        for item in found:
            _show_judgement(item)


def _show_judgement(item: Json) -> None:
    """Print what was decided on one line, who and why on the next."""
    from tallybook.cli.output import print_line
    from tallybook.cli.tables import print_wrapped

    value = " = ".join(filter(None, (item["field"], item["value"])))
    told = " ".join(filter(None, (item["verb"], *item["names"], value)))
    print_line(f"{item['number']:>4}  {told}")
    undone = f" (undone by {item['undone_by']})" if item["undone_by"] else ""
    print_wrapped(f"{item['at'][:10]} {item['author']}: {item['because']}{undone}", indent=6)


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _sorted_words(verb: str, words: list[str], field: str | None) -> tuple[tuple[str, ...], str | None, str | None]:
    """Return objects, field and value of what was typed: OBJECT... VALUE, OBJECT... FIELD VALUE or FIELD=VALUE.

    Raises: UsageError
    """
    from tallybook.errors import UsageError

    if not verb.startswith("set-") and not verb.endswith("-actor") and verb != "add-claim":
        if field is not None:
            raise UsageError(f"`{verb}` sets no field. Leave --field away.")
        return tuple(words), None, None
    *objects, value = words
    if verb == "set-field" and field is None:
        name, equals, rest = value.partition("=")
        if equals:
            field, value = name, rest
        elif objects:
            field = objects.pop()
    if not objects:
        needed = {"set-field": "OBJECT FIELD VALUE", "add-claim": "REPORT 'quote=TEXT; measure=killed; count=12'"}.get(
            verb, "OBJECT VALUE"
        )
        raise UsageError(f"`{verb}` takes {needed}: the id of what it is about comes first.")
    return tuple(objects), field, value


def _judge(wish: Wish, book: str, packs: KnowledgeOption, format: Format, dry_run: bool) -> None:
    from tallybook.claims.reader import Reader
    from tallybook.cli.output import print_json
    from tallybook.cli.sessions import opened
    from tallybook.runs import judging
    from tallybook.runs.telling import decision_json

    with opened(book, packs, writing=not dry_run) as desk:
        proposal = judging.propose(desk, wish, lambda: Reader(desk.knowledge))
        if format is Format.table:
            _show_moves(proposal)
        if not dry_run:
            judging.commit(desk, proposal)
    if format is Format.json:
        print_json(decision_json(proposal, committed=not dry_run))
    else:
        _show_fate(proposal, dry_run)


def _show_moves(proposal: Proposal) -> None:
    from tallybook.cli.output import print_line
    from tallybook.runs.judging import change_of, name_of

    for move in proposal.moves:
        print_line(f"{name_of(move)}: {change_of(move)}")
    if not proposal.moves:
        print_line("No figure moves.")
    for name, words in proposal.judgement.shown:
        if name.startswith("consent "):
            print_line(words)


def _show_fate(proposal: Proposal, dry_run: bool) -> None:
    from tallybook.cli.output import print_line

    made = proposal.judgement
    if dry_run:
        print_line("Nothing was decided: this was a dry run.")
    else:
        print_line(f"Kept as judgement {made.number} ({made.id}), by {made.author}.")
