"""`people`: who may use a book that is served to several. A password is never an argument: others read those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.options import DEFAULT_BOOK, BookOption, Format, FormatOption
from tallybook.cli.registering import add_command

if TYPE_CHECKING:
    from tallybook.store import AccessStore

NameArgument = Annotated[str, typer.Argument(help="Whom: the name they sign in with.", metavar="NAME")]
RoleArgument = Annotated[str, typer.Argument(help="reader, coder, editor or administrator.", metavar="ROLE")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, coder, editor or administrator.", metavar="ROLE")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", help="File with the password as its first line; else it is asked for.", metavar="FILE"
    ),
]
ClearOption = Annotated[bool, typer.Option("--clear-code", help="Take the second factor away too.")]

group = typer.Typer(
    name="people", help="Say who may use a served book, and as what.", rich_markup_mode=None, no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    add_command(group, "add", add, 'tallybook people add "Ana Ibarz" --role administrator --book war.db')
    add_command(group, "list", list_people, "tallybook people list --book war.db")
    add_command(group, "disable", disable, 'tallybook people disable "Ana Ibarz" --book war.db')
    add_command(group, "enable", enable, 'tallybook people enable "Ana Ibarz" --book war.db')
    add_command(group, "set-role", set_role, 'tallybook people set-role "Ana Ibarz" editor --book war.db')
    add_command(group, "reset-password", reset_password, 'tallybook people reset-password "Ana Ibarz" --book war.db')
    app.add_typer(group)


def add(
    name: NameArgument, role: RoleOption = "reader", password_file: PasswordFile = None, book: BookOption = DEFAULT_BOOK
) -> None:
    """Add a person who may sign in. Their judgements bear the name, which never changes.

    Raises: UsageError for a name, role or password that cannot be; BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.cli.sessions import now
    from tallybook.runs import people

    people.checked_role(role)
    with _access(book, writing=True) as access:
        made = people.add_person(access, name, role, _password(password_file), now())
    print_line(f"{made.name} may sign in as {made.role}.")


def list_people(book: BookOption = DEFAULT_BOOK, format: FormatOption = Format.table) -> None:
    """List who may sign in, and as what.

    Raises: BookError
    """
    from tallybook.cli.output import print_json, print_line
    from tallybook.cli.tables import print_table
    from tallybook.runs.people import account_json, second_factor

    with _access(book) as access:
        found = access.people()
    if format is Format.json:
        for account in found:
            print_json(account_json(account))
        return
    if not found:
        print_line("Nobody may sign in yet. Add the first with `tallybook people add NAME --role administrator`.")
        return
    print_table(
        ("name", "role", "may sign in", "second factor", "since"),
        [(a.name, a.role, "yes" if a.active else "no", second_factor(a), a.made_at[:10]) for a in found],
    )


def disable(name: NameArgument, book: BookOption = DEFAULT_BOOK) -> None:
    """Let a person sign in no more, and end their visits. What they decided stays.

    Raises: UsageError where there is no such person, or nobody could administer the book then; BookError
    """
    _set_active(name, book, False)


def enable(name: NameArgument, book: BookOption = DEFAULT_BOOK) -> None:
    """Let a person sign in again.

    Raises: UsageError where there is no such person; BookError
    """
    _set_active(name, book, True)


def set_role(name: NameArgument, role: RoleArgument, book: BookOption = DEFAULT_BOOK) -> None:
    """Give a person another role, from their next request on.

    Raises: UsageError where there is no such person or role, or nobody could administer the book then; BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.runs import people

    with _access(book, writing=True) as access:
        account = people.person_named(access, name)
        people.set_role(access, account, role)
    print_line(f"{account.name} is {role} now.")


def reset_password(
    name: NameArgument,
    password_file: PasswordFile = None,
    clear_code: ClearOption = False,
    book: BookOption = DEFAULT_BOOK,
) -> None:
    """Give a person another password, end their visits, and let them try again where they were locked out.

    Raises: UsageError where there is no such person, or for a password that cannot be; BookError
    """
    from tallybook.cli.output import print_line
    from tallybook.runs import people

    with _access(book, writing=True) as access:
        account = people.person_named(access, name)
        people.set_password(access, account, _password(password_file))
        if clear_code:
            people.clear_code(access, account, needs=account.needs_code)
        access.came_in(people.name_key(account.name), "")
    print_line(f"{account.name} has a new password, and is signed in nowhere.")


def _set_active(name: str, book: str, active: bool) -> None:
    from tallybook.cli.output import print_line
    from tallybook.runs import people

    with _access(book, writing=True) as access:
        account = people.person_named(access, name)
        people.set_active(access, account, active)
    print_line(f"{account.name} may {'sign in' if active else 'not sign in any more'}.")


@contextmanager
def _access(book: str, *, writing: bool = False) -> Iterator[AccessStore]:
    from tallybook.store import open_book

    with open_book(book, writing=writing) as store:
        yield store.access


def _password(file: Path | None) -> str:
    """Return a password, from a file or from a terminal, where it is typed twice and not shown.

    Raises: UsageError where there is neither, or what was typed differs.
    """
    import getpass
    import sys

    from tallybook.errors import UsageError

    if file is not None:
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as trouble:
            raise UsageError(f"{file}: the password cannot be read from there ({trouble}).") from trouble
    if not sys.stdin.isatty():
        raise UsageError("A password is typed at a terminal, or comes from --password-file FILE.")
    given = getpass.getpass("Password: ")
    if given != getpass.getpass("Again: "):
        raise UsageError("The two differ. Nothing was changed; try again.")
    return given
