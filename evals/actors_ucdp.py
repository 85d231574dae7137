"""Eval `actors-ucdp`: the sides of UCDP events in Myanmar against our register, on the day of the event.

accuracy         share of sides (a and b of every event, civilians left out) whose name the register resolves, on
                 the day of the event, to the actor that actors_ucdp.csv says it is; unresolved is wrong
names_accuracy   the same over the different names, each once: right on every day
by_name_alone    the same sides by names and aliases alone, without the register's field of UCDP names
undated          the same as accuracy with no day given: what the dates are worth
exact_name       share whose UCDP name is letter for letter a canonical name of the register: the simplest peer

The key was written by hand from the UCDP Actor Dataset's full names.
Source: UCDP GED (Sundberg and Melander 2013, CC BY 4.0). There are no splits: a register is looked up, not fitted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.geo import place_reader
from evals.ratios import share
from evals.request import NoData, Request
from evals.result import Result
from tallybook.knowledge.actors import ActorRegister

KEY = Path(__file__).parent / "actors_ucdp.csv"
COUNTRY = "MMR"
CIVILIANS = "Civilians"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of one event."""

    name: str
    day: str


def evaluate(request: Request) -> Result:
    """Score every side of every event.

    Raises: NoData if the data is not there.
    """
    register = place_reader(request).finder.knowledge.actors
    known = list(sides(request.folder("ucdp") / "ged_myanmar.csv"))
    return score(register, known, key())


def score(register: ActorRegister, known: Sequence[Side], right: dict[str, str]) -> Result:
    """Return the metrics of sides against the key; a name that the key lacks is wrong."""
    wrong: dict[str, str] = {}
    hits = alone = undated = exact = 0
    for side in known:
        wanted = right.get(side.name, "")
        found = register.of_ucdp(side.name, side.day)
        hits += found is not None and found.name == wanted
        if found is None or found.name != wanted:
            wrong.setdefault(
                side.name, f"{side.name} on {side.day}: {wanted or 'not in the key'} | {found.name if found else '-'}"
            )
        by_name = register.find(side.name, COUNTRY, side.day)
        alone += by_name is not None and by_name.name == wanted
        never = register.find(side.name, COUNTRY)
        undated += never is not None and never.name == wanted
        exact += side.name == wanted
    names = {s.name for s in known}
    metrics = {
        "accuracy": share(hits, len(known)),
        "names_accuracy": share(len(names) - len(wrong), len(names)),
        "by_name_alone": share(alone, len(known)),
        "undated": share(undated, len(known)),
        "exact_name": share(exact, len(known)),
        "names": float(len(names)),
    }
    return Result("actors-ucdp", len(known), metrics, tuple(wrong.values()))


def sides(file: Path) -> Iterator[Side]:
    """Yield both sides of every event, without civilians.

    Raises: NoData if the file is missing.
    """
    if not file.exists():
        raise NoData(f"{file} is not there: --data must name the folder that holds ucdp/.")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield from (Side(row[s], row["date_start"]) for s in ("side_a", "side_b") if row[s] != CIVILIANS)


def key(file: Path = KEY) -> dict[str, str]:
    """Return the canonical name of the actor behind each UCDP name."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["ucdp"]: row["actor"] for row in csv.DictReader(lines)}
