"""The integer solver, for sums that do not nest. Loaded on first use: it takes a tenth of a second."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from math import ceil

import highspy
import numpy as np

from tallybook.ledger.system import Disagreement, Row

WHOLE = 1e-6
"""How far from a whole number a solution may be and still be taken as one: the solver's own tolerance."""
ROUGHLY = 0.01
"""How far the sum of a relaxed solution may be from what it is: the solver's tolerance over all numbers of a system."""
MOST_BRANCHES = 500
"""Tries to make broken numbers whole one by one before the integer solver is asked."""
_Cut = tuple[int, float, float]
"""A column, and the bounds between which it has to be."""


def solve(rows: Sequence[Row], objective: frozenset[int]) -> tuple[int, int | None]:
    """Return the least and the greatest sum of `objective`; None: no upper end.

    Only objective values are read: the numbers that reach them are not unique.

    Raises: Disagreement if no whole numbers fulfil the rows.
    """
    model = _model(rows, objective)
    low = _end(model, highspy.ObjSense.kMinimize, fresh=True)
    if low is None:
        raise Disagreement
    return low, _end(model, highspy.ObjSense.kMaximize, fresh=False)


def possible(rows: Sequence[Row]) -> bool:
    """Say whether some whole numbers fulfil all rows."""
    try:
        return _end(_model(rows, frozenset()), highspy.ObjSense.kMinimize, fresh=True) is not None
    except Disagreement:
        return False


def _end(lp: highspy.HighsLp, sense: highspy.ObjSense, *, fresh: bool) -> int | None:
    """Return the optimum in whole numbers, or None where there is none in this direction.

    Raises: Disagreement if no whole numbers fulfil the rows.
    """
    value = _relaxed(lp, fresh=fresh, sense=sense)
    if value is not None:
        return None if value == highspy.kHighsInf else round(value)
    found = _branched(sense)
    return _optimum(lp, sense) if found is None else found


def _branched(sense: highspy.ObjSense) -> int | None:
    """Return the optimum in whole numbers of the model that was relaxed last; None where that takes too many tries.

    Few numbers of such a system come out broken, halves mostly. One of them is rounded up, or else down, and the model
    solved again from where it stands: a hundredth of what the integer solver takes for thousands of incidents. Whole
    numbers sum to a whole number: the first that is no worse than the relaxed optimum, rounded, is the optimum.

    Raises: Disagreement if no whole numbers fulfil the rows.
    """
    solver, sign = _solver(whole=False), 1 if sense == highspy.ObjSense.kMinimize else -1
    waiting: list[tuple[_Cut, ...]] = [()]
    later: list[tuple[_Cut, ...]] = []
    changed: set[int] = set()
    target: int | None = None
    try:
        for _ in range(MOST_BRANCHES):
            if not waiting:
                if not later or target is None:
                    raise Disagreement
                waiting, later, target = later, [], target + 1
            cuts = waiting.pop()
            changed |= _cut(solver, cuts, changed)
            _run(solver)
            status = solver.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                continue
            if status != highspy.HighsModelStatus.kOptimal:
                return None
            value = sign * float(solver.getInfo().objective_function_value)
            target = ceil(value - ROUGHLY) if target is None else target
            values = np.array(solver.getSolution().col_value)
            broken = np.abs(values - np.rint(values))
            column = int(broken.argmax()) if len(broken) else 0
            if value > target + ROUGHLY:
                later.append(cuts)
            elif not len(broken) or broken[column] <= WHOLE:
                return sign * target
            else:
                below = float(np.floor(values[column]))
                waiting += [(*cuts, (column, 0.0, below)), (*cuts, (column, below + 1, float(highspy.kHighsInf)))]
        return None
    finally:
        _cut(solver, (), changed)


def _cut(solver: highspy.Highs, cuts: Sequence[_Cut], changed: Collection[int]) -> set[int]:
    """Give columns the bounds of `cuts`, and their own to those that were changed before; return which are changed."""
    bounds = {column: (0.0, float(highspy.kHighsInf)) for column in changed}
    for column, low, high in cuts:
        least, most = bounds.get(column, (0.0, float(highspy.kHighsInf)))
        bounds[column] = (max(least, low), min(most, high))
    for column, (low, high) in bounds.items():
        solver.changeColBounds(column, low, high)
    return set(bounds)


def _model(rows: Sequence[Row], objective: frozenset[int]) -> highspy.HighsLp:
    members = sorted(objective.union(*(r.members for r in rows)))
    place = {m: i for i, m in enumerate(members)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(members), len(rows)
    lp.col_cost_ = np.array([1.0 if m in objective else 0.0 for m in members])
    lp.col_lower_ = np.zeros(len(members))
    lp.col_upper_ = np.full(len(members), highspy.kHighsInf)
    lp.row_lower_ = np.array([float(r.low) for r in rows])
    lp.row_upper_ = np.array([highspy.kHighsInf if r.high is None else float(r.high) for r in rows])
    indices = [sorted(place[m] for m in r.members) for r in rows]
    starts = np.cumsum([0, *(len(i) for i in indices)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(np.int32)
    lp.a_matrix_.index_ = np.array([i for row in indices for i in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.ones(int(starts[-1]))
    return lp


def _relaxed(lp: highspy.HighsLp, fresh: bool, sense: highspy.ObjSense = highspy.ObjSense.kMinimize) -> float | None:
    """Return the optimum of the system without its being whole, where the numbers that reach it are whole all the same.

    None where they are not, or the solver gives up; infinite where nothing bounds it. Whole optima are those of the
    integer system, and a system that broken numbers cannot fulfil has no whole ones.

    Raises: Disagreement if no numbers fulfil the rows.
    """
    solver = _solver(whole=False)
    if fresh:
        lp.integrality_ = []
        lp.sense_ = sense
        solver.passModel(lp)
    else:
        solver.changeObjectiveSense(sense)
    _run(solver)
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise Disagreement
    if status == highspy.HighsModelStatus.kUnbounded and not fresh:
        return float(highspy.kHighsInf)
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    values = np.array(solver.getSolution().col_value)
    if np.abs(values - np.rint(values)).max(initial=0.0) > WHOLE:
        return None
    return float(solver.getInfo().objective_function_value)


def _optimum(lp: highspy.HighsLp, sense: highspy.ObjSense) -> int | None:
    """Return the optimum, or None where there is none in this direction."""
    solver = _solver(whole=True)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.sense_ = sense
    solver.passModel(lp)
    _run(solver)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(solver.getInfo().objective_function_value)


def _run(solver: highspy.Highs) -> None:
    """Run a solver, also where other code of this process has HiGHS use more threads: its scheduler is then made anew.

    Raises: RuntimeError where HiGHS does not run at all; an error must never look like claims that clash.
    """
    if solver.run() == highspy.HighsStatus.kError:
        highspy.Highs.resetGlobalScheduler(True)
        if solver.run() == highspy.HighsStatus.kError:
            raise RuntimeError("HiGHS could not run. Please report the claims that were asked about.")


class _Solvers(threading.local):
    """Solvers of one thread: each holds the model that it solves."""

    def __init__(self) -> None:
        self.of_kind: dict[bool, highspy.Highs] = {}


_OWN = _Solvers()


def _solver(whole: bool) -> highspy.Highs:
    """Return this thread's solver of a kind, made when it is first needed."""
    if whole not in _OWN.of_kind:
        _OWN.of_kind[whole] = _made(whole)
    return _OWN.of_kind[whole]


def _made(whole: bool) -> highspy.Highs:
    with silenced():
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("threads", 1)
    if not whole:
        solver.setOptionValue("presolve", "off")
    return solver


@contextmanager
def silenced() -> Iterator[None]:
    """Swallow the banner that the first solver of a process writes to file descriptor 1."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(sink)
