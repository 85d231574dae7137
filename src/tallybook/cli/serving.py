"""`serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, KnowledgeOption, OcrOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from tallybook.claims.reader import Reader
    from tallybook.knowledge import Knowledge
    from tallybook.web.settings import Settings

HostOption = Annotated[str, typer.Option("--host", help="Address to listen on; the default is this machine alone.")]
PortOption = Annotated[int, typer.Option("--port", help="Port to listen on; 0 for any that is free.", min=0, max=65535)]
CreateOption = Annotated[bool, typer.Option("--create", help="Make an empty book where none is.")]
AllowOption = Annotated[
    list[str] | None,
    typer.Option(
        "--host-name",
        "--allow-host",
        help="A further name of this server, such as its proxy's; may be given again.",
        metavar="NAME",
    ),
]
AccountsOption = Annotated[
    bool, typer.Option("--accounts", help="Serve people who sign in, instead of whoever has the start token.")
]
ProxyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--behind-proxy",
        help="Address or network of the proxy with TLS; nobody else is answered. May be given again.",
        metavar="ADDRESS",
    ),
]
NO_ADMINISTRATOR = (
    "Nobody could administer this book. Make the first: tallybook people add NAME --role administrator --book {book}"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    add_command(app, "serve", serve, "tallybook serve --book war.db")


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8137,
    create: CreateOption = False,
    host_name: AllowOption = None,
    accounts: AccountsOption = False,
    behind_proxy: ProxyOption = None,
    ocr: OcrOption = None,
    book: BookOption = DEFAULT_BOOK,
    knowledge: KnowledgeOption = None,
) -> None:
    """Serve the workbench until interrupted. Only who has the printed address, with its token, gets in; with --accounts
    only who signs in. Other machines are served with --accounts and --behind-proxy alone.

    Raises: UsageError where the port is taken, where others would reach the book without signing in or unencrypted, and
    where nobody could administer it; BookError where the book cannot be used; KnowledgeError
    """
    from tallybook.cli.sessions import pictures_in
    from tallybook.errors import UsageError
    from tallybook.store import create_or_open, open_book
    from tallybook.store.opening import shown_address
    from tallybook.web.serving import serve as serve_book
    from tallybook.web.settings import Settings

    packs = tuple(folder.resolve() for folder in knowledge or ())
    settings = Settings(
        book, packs, host, port, tuple(host_name or ()), accounts=accounts, proxies=_networks(behind_proxy or ()),
        pictures=pictures_in(ocr),
    )  # fmt: skip
    _refuse_unsafe(settings)
    with create_or_open(book) if create else open_book(book) as store:
        if accounts and not any(a.role == "administrator" and a.active for a in store.access.people()):
            raise UsageError(NO_ADMINISTRATOR.format(book=shown_address(book)))
    serve_book(settings, _reader, _tell)


def _refuse_unsafe(settings: Settings) -> None:
    """Check that nobody gets in from elsewhere without signing in, and no password travels in the clear.

    Raises: UsageError
    """
    from tallybook.errors import UsageError
    from tallybook.web.settings import is_loopback

    if settings.proxies and not settings.accounts:
        raise UsageError("--behind-proxy lets others reach this book. Give --accounts too, so that they sign in.")
    if settings.proxies and not settings.allowed:
        raise UsageError("--behind-proxy needs the name that people type. Give it with --host-name.")
    if is_loopback(settings.host):
        return
    if not settings.accounts:
        raise UsageError(f"{settings.host} is reached from other machines. Give --accounts, so that people sign in.")
    if not settings.proxies:
        raise UsageError(
            f"{settings.host} is reached from other machines, and passwords would travel in the clear. Put a proxy "
            "with TLS before it, and name its address with --behind-proxy."
        )


def _networks(told: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return where proxies are.

    Raises: UsageError for what is no address.
    """
    from ipaddress import ip_network

    from tallybook.errors import UsageError

    try:
        return tuple(ip_network(one, strict=False) for one in told)
    except ValueError as trouble:
        raise UsageError(f"--behind-proxy takes an address or a network such as 10.0.0.0/24 ({trouble}).") from trouble


def _reader(knowledge: Knowledge) -> Reader:
    from tallybook.claims.reader import Reader

    return Reader(knowledge)


def _tell(settings: Settings) -> None:
    import sys

    from tallybook.cli.output import print_line

    print_line(settings.opening)
    told = "People sign in there." if settings.accounts else "The address is the key: keep it to yourself."
    print_line(f"{told} Stop with Ctrl+C.")
    sys.stdout.flush()
