"""Tasks on a Dask cluster: one that is named, or workers of this machine on the loopback address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any
from uuid import uuid4

from tallybook.errors import UsageError
from tallybook.runs.engines.contract import Outcomes, Task, told

DEATHS = 0
"""How many workers may die on a task before it has failed: none, so that a document that kills is found quickly."""


class DaskCluster:
    """The engine of many machines; all must see the folder that the tasks' files are in."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        self.workers = workers
        self._scheduler = scheduler
        self._client: Any = None
        self._cluster: Any = None

    def start(self) -> None:
        """Connect, or start workers here.

        Raises: UsageError where Dask is not installed or the scheduler does not answer.
        """
        try:
            dask: Any = import_module("dask")
            distributed: Any = import_module("distributed")
        except ModuleNotFoundError as error:
            raise UsageError("The dask engine needs Dask: pip install 'tallybook[cluster]'.") from error
        dask.config.set({"distributed.scheduler.allowed-failures": DEATHS})
        if self._scheduler is None:
            self._cluster = distributed.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
            )
        try:
            self._client = distributed.Client(self._scheduler or self._cluster, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {self._scheduler}: no Dask scheduler answers there ({error}).") from error
        self.workers = max(1, len(self._client.scheduler_info()["workers"]) or self.workers)

    def run(self, function: Callable[..., None], tasks: Mapping[str, Task]) -> Outcomes:
        """Call the function for each task on some worker."""
        run = uuid4().hex[:8]
        futures = {
            name: self._client.submit(function, *task, key=f"{name}-{run}", pure=False, retries=0)
            for name, task in tasks.items()
        }
        outcomes: Outcomes = {}
        for name, future in futures.items():
            error = future.exception()
            outcomes[name] = None if error is None else told(error)
            future.release()
        return outcomes

    def close(self) -> None:
        """Leave the cluster, and end it where it was started here."""
        for held in (self._client, self._cluster):
            if held is not None:
                held.close()
        self._client = self._cluster = None
