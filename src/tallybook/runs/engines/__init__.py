"""Where reading runs: in this process, in several, or on a cluster. Nothing of an engine leaks out of this folder.

Arrives: a function of files and tasks by name. Leaves: for each task None, or why it failed. The function writes its
result to a file of its own, so that an engine has nothing to bring back, and a finished task is known by its file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from tallybook.errors import UsageError

Task = tuple[Any, ...]
"""Arguments of one call: plain values and paths."""
Outcomes = dict[str, str | None]
"""Task to why it failed; None where it is done."""
LOCAL, PROCESSES, DASK = "local", "processes", "dask"
ENGINES = (LOCAL, PROCESSES, DASK)


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


def engine(name: str, workers: int, scheduler: str | None = None) -> Engine:
    """Return an engine that is not started yet.

    Raises: UsageError for an unknown name.
    """
    if name == LOCAL:
        from tallybook.runs.engines.local import Local

        return Local()
    if name == PROCESSES:
        from tallybook.runs.engines.processes import Processes

        return Processes(workers)
    if name == DASK:
        from tallybook.runs.engines.dask_cluster import DaskCluster

        return DaskCluster(workers, scheduler)
    raise UsageError(f"--engine {name!r} is not known. Give one of: {', '.join(ENGINES)}.")


def told(error: BaseException) -> str:
    """Put an error of a task in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
