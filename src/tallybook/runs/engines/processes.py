"""Tasks in processes of this machine, with the standard library. A pool that lost a worker is made anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from tallybook.runs.engines.contract import Outcomes, Task, told

DIED = "its worker died"


class Processes:
    """The engine of several cores."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Make the pool; processes start when they are first needed, and know nothing of this one."""
        self._pool = ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=leave_with_parent
        )  # fmt: skip

    def run(self, function: Callable[..., None], tasks: Mapping[str, Task]) -> Outcomes:
        """Call the function for each task; where a worker dies, all that were not done have failed."""
        assert self._pool is not None
        futures: dict[str, Future[None]] = {n: self._pool.submit(function, *task) for n, task in tasks.items()}
        outcomes = {name: _outcome(future) for name, future in futures.items()}
        if DIED in outcomes.values():
            self.close()
            self.start()
        return outcomes

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def leave_with_parent() -> None:
    """Have this worker end when the process that started it does, however that ends: else it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _outcome(future: Future[None]) -> str | None:
    try:
        future.result()
    except BrokenProcessPool:
        return DIED
    except Exception as error:
        return told(error)
    return None
