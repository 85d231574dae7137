"""Passphrases: from a file that the environment names, else from the terminal; never from the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PASSPHRASE_FILE, NEW_PASSPHRASE_FILE = "TALLYBOOK_PASSPHRASE_FILE", "TALLYBOOK_NEW_PASSPHRASE_FILE"
"""Environment variables: a file whose first line is the passphrase; the one that a book is to have from now on."""
OTHERS = 0o077
"""Rights of anybody but the owner."""


def asked_on_this_terminal() -> None:
    """Have books of this process ask here for their passphrases."""
    from tallybook.store.locking import KEYS

    KEYS.ask = passphrase_for


def passphrase_for(book: str) -> str:
    """Return the passphrase of a locked book.

    Raises: PassphraseRefused where there is none.
    """
    told = _from_file(PASSPHRASE_FILE)
    return told if told is not None else _typed(f"Passphrase of {book}: ", book)


def new_passphrase_for(book: str, locked: bool) -> str:
    """Return the passphrase that a book is to have; typed ones are asked for twice.

    Raises: PassphraseRefused where there is none; UsageError where the two are not the same.
    """
    from tallybook.errors import UsageError

    told = _from_file(NEW_PASSPHRASE_FILE)
    if told is None and not locked:
        told = _from_file(PASSPHRASE_FILE)
    if told is not None:
        return told
    first = _typed(f"New passphrase of {book}: ", book)
    if first != _typed("The same again: ", book):
        raise UsageError("The two are not the same. Nothing was locked; try again.")
    return first


def _from_file(variable: str) -> str | None:
    """Return the first line of the file that a variable names, or None where it names none.

    Raises: PassphraseRefused where the file cannot be read or holds nothing.
    """
    from tallybook.cli.output import tell
    from tallybook.errors import PassphraseRefused

    name = os.environ.get(variable)
    if not name:
        return None
    path = Path(name)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        open_to_others = os.name == "posix" and path.stat().st_mode & OTHERS
    except (OSError, ValueError) as error:
        raise PassphraseRefused(f"{name}: no passphrase can be read from it. Check {variable}.") from error
    if not lines or not lines[0]:
        raise PassphraseRefused(f"{name}: its first line is empty. Write the passphrase there, or unset {variable}.")
    if open_to_others:
        tell(f"warning: {name}: others of this machine can read the passphrase. chmod 600 {name}")
    return lines[0]


def _typed(prompt: str, book: str) -> str:
    from getpass import getpass

    from tallybook.errors import PassphraseRefused

    if not _on_terminal():
        raise PassphraseRefused(
            f"{book}: a passphrase is needed, and nobody can be asked here. Give it in a file: {PASSPHRASE_FILE}=FILE."
        )
    return getpass(prompt)


def _on_terminal() -> bool:
    return sys.stdin.isatty()
