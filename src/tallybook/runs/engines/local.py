"""Tasks in this process, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tallybook.runs.engines.contract import Outcomes, Task, told


class Local:
    """The engine of one core."""

    workers = 1

    def start(self) -> None:
        """Nothing is needed."""

    def run(self, function: Callable[..., None], tasks: Mapping[str, Task]) -> Outcomes:
        """Call the function for each task."""
        outcomes: Outcomes = {}
        for name, task in tasks.items():
            try:
                function(*task)
                outcomes[name] = None
            except Exception as error:
                outcomes[name] = told(error)
        return outcomes

    def close(self) -> None:
        """Nothing was taken."""
