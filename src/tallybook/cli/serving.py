"""`serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, KnowledgeOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.claims.reader import Reader
    from tallybook.knowledge import Knowledge
    from tallybook.web.settings import Settings

HostOption = Annotated[str, typer.Option("--host", help="Address to listen on; the default is this machine alone.")]
PortOption = Annotated[int, typer.Option("--port", help="Port to listen on; 0 for any that is free.", min=0, max=65535)]
CreateOption = Annotated[bool, typer.Option("--create", help="Make an empty book where none is.")]
AllowOption = Annotated[
    list[str] | None,
    typer.Option("--allow-host", help="A further name of this server, such as its proxy's; may be given again."),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "serve", serve, "tallybook serve --book war.db")


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8137,
    create: CreateOption = False,
    allow_host: AllowOption = None,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Serve the workbench until interrupted. Only who has the printed address, with its token, gets in.

    Raises: UsageError where the port is taken; BookError where the book cannot be used; KnowledgeError
    """
    from tallybook.cli.output import tell
    from tallybook.store import create_or_open, open_book
    from tallybook.web.serving import serve as serve_book
    from tallybook.web.settings import Settings, is_loopback

    packs = tuple(folder.resolve() for folder in knowledge or ())
    (create_or_open(book) if create else open_book(book)).close()
    if not is_loopback(host):
        tell(f"warning: {host} is reached from outside this machine, and what is sent is not encrypted. "
             "Put a proxy with TLS before it.")  # fmt: skip
    serve_book(Settings(book, packs, host, port, tuple(allow_host or ())), _reader, _tell)


def _reader(knowledge: Knowledge) -> Reader:
    from tallybook.claims.reader import Reader

    return Reader(knowledge)


def _tell(settings: Settings) -> None:
    import sys

    from tallybook.cli.output import print_line

    print_line(settings.opening)
    print_line("The address is the key: keep it to yourself. Stop with Ctrl+C.")
    sys.stdout.flush()
