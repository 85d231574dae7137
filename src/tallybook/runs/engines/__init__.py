"""Where reading runs: in this process, in several, or on a cluster. Nothing of an engine leaks out of this folder.

Arrives: a function of files and tasks by name. Leaves: for each task None, or why it failed. The function writes its
result to a file of its own, so that an engine has nothing to bring back, and a finished task is known by its file.
"""

from __future__ import annotations

from tallybook.errors import UsageError
from tallybook.runs.engines.contract import Engine, Outcomes, Task

__all__ = ["DASK", "ENGINES", "LOCAL", "PROCESSES", "Engine", "Outcomes", "Task", "engine"]

LOCAL, PROCESSES, DASK = "local", "processes", "dask"
ENGINES = (LOCAL, PROCESSES, DASK)


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
