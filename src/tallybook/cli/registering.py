"""Adding commands to the program: their help is their docstring, without what concerns programmers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import typer

RAISES = "Raises:"


def add_command(app: typer.Typer, name: str, command: Callable[..., Any], example: str) -> None:
    """Add a command with its help and one example."""
    app.command(name, help=help_of(command), epilog=f"Example: {example}")(command)


def help_of(command: Callable[..., Any]) -> str:
    """Return a command's docstring up to what it raises."""
    return (inspect.getdoc(command) or "").partition(RAISES)[0].strip()
