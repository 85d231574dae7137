"""Where `tallybook` starts: the commands, and the one place where trouble becomes an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from tallybook import __version__
from tallybook.cli import (
    books,
    changes,
    copying,
    decisions,
    evidence,
    exporting,
    figures,
    imports,
    knowledge,
    lists,
    locking,
    people,
    places,
    purging,
    releasing,
    reporting,
    reports,
    rereading,
    serving,
    watching,
)
from tallybook.cli.asking import asked_on_this_terminal
from tallybook.cli.exits import BAD_BOOK, TRACEBACK, WRONG_USAGE, exit_code, is_disk_full

CLICK_ERROR: Any = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
"""Typer's base of usage errors: the class that its own copy of click, or click itself, gives it."""

EPILOG = (
    "Start with `tallybook demo`, or `tallybook add FILE`. Every command has an example: `tallybook COMMAND --help`."
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"tallybook {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="tallybook",
    help="Turn reports of armed conflict into a casualty record that can be checked.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback(invoke_without_command=False)
def _start(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version, and stop.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Turn reports of armed conflict into a casualty record that can be checked."""


for group in (
    reports, watching, imports, lists, figures, decisions, changes, releasing, reporting, exporting, serving, rereading,
    books, copying, locking, purging, evidence, knowledge, places, people,
):  # fmt: skip
    group.register(app)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with the exit code of CONTRACT."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "surrogateescape"
            )
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    asked_on_this_terminal()
    try:
        code = app(
            args=(sys.argv[1:] if arguments is None else arguments) or ["--help"],
            prog_name="tallybook",
            standalone_mode=False,
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _stop("stopped; what was acknowledged is in the book", 130)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - so that the last flush finds no pipe
        return 0
    except Exception as error:
        return _refuse(error)


def _refuse(error: Exception) -> int:
    if isinstance(error, CLICK_ERROR):
        return _stop(" ".join(error.format_message().split()) + _usage_hint(error), WRONG_USAGE)
    code = exit_code(error)
    if code is not None:
        return _stop(str(error), code)
    if isinstance(error, OSError):
        hint = "The disk is full: make room and try again" if is_disk_full(error) else "Check the file and its rights"
        return _stop(f"{error.filename or 'output'}: {error.strerror or error}. {hint}.", BAD_BOOK)
    if os.environ.get(TRACEBACK):
        raise error
    return _stop(
        f"this should not happen ({type(error).__name__}: {error}). Set {TRACEBACK}=1 and report what it shows.", 70
    )


def _usage_hint(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return f" Try `{context.command_path} --help`." if context is not None else ""


def _stop(message: str, code: int) -> int:
    print(f"error: {' '.join(message.split())}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
