"""What the command line asks of an eval."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evals.reports import Reads


class NoData(Exception):
    """The data an eval needs is not where the option says."""


@dataclass(frozen=True, slots=True)
class Request:
    """One run of one eval."""

    reader: Reads
    data: Path | None = None
    gold: Path | None = None
    splits: tuple[str, ...] = ()
    """Empty: the reporting split of the eval."""

    def folder(self, name: str) -> Path:
        """Return the folder of the data set `name`.

        Raises: NoData if no --data is given or the folder is not there.
        """
        if self.data is None:
            raise NoData(f"This eval needs public data: name the folder that holds {name}/ with --data DIR.")
        folder = self.data / name
        if not folder.is_dir():
            raise NoData(f"{folder} is not there: --data must name the folder that holds {name}/.")
        return folder

    def split(self, default: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return the splits asked for, or the default one.

        Raises: NoData if a split is asked for that is not one of `known`.
        """
        asked = self.splits or (default,)
        unknown = sorted(set(asked) - set(known))
        if unknown:
            raise NoData(f"There is no split {', '.join(unknown)} here; there are {', '.join(known)}.")
        return asked
