"""What an engine is: it runs tasks, and tells of each why it failed or that it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

Task = tuple[Any, ...]
"""Arguments of one call: plain values and paths."""
Outcomes = dict[str, str | None]
"""Task to why it failed; None where it is done."""


class Engine(Protocol):
    """What runs tasks. `run` may be called again and again between `start` and `close`."""

    workers: int

    def start(self) -> None:
        """Make the workers ready.

        Raises: UsageError where the engine cannot be had.
        """
        ...

    def run(self, function: Callable[..., None], tasks: Mapping[str, Task]) -> Outcomes:
        """Call the function for each task, somewhere; a task whose worker dies has failed, and the others go on."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


def told(error: BaseException) -> str:
    """Put an error of a task in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
