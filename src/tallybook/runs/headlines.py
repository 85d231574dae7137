"""The standard figures of a book in brief: their bounds and how many claims stand behind them, without the proof.

They follow a judgement at once, where a figure with its proof is worked out whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.ledger import figure_id
from tallybook.ledger.contradictions import are_known
from tallybook.ledger.tallies import is_known, tally
from tallybook.model import MEASURES, Query
from tallybook.runs.desk import Desk
from tallybook.runs.moving import POPULATIONS

STANDARD = tuple(Query(measure, (who,)) for measure in MEASURES for who in POPULATIONS)
"""The questions that the overview answers."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure in brief; each part equals that of the figure."""

    query: Query
    id: str
    low: int | None
    best: int | None
    high: int | None
    counted: int
    """Claims that are counted."""
    unreviewed: int
    conflicts: int


def headline(desk: Desk, query: Query) -> Headline:
    """Return the figure of a query in brief."""
    held = tally(desk.ledger, query)
    low, best, high = held.bounds
    unreviewed = len(held.counted) - len(held.counted & desk.ledger.decided.reviewed)
    here = figure_id(query, desk.ledger.state)
    return Headline(query, here, low, best, high, len(held.counted), unreviewed, len(held.conflicts))


def is_at_hand(desk: Desk) -> bool:
    """Say whether the standard figures and the contradictions were worked out already."""
    return are_known(desk.ledger) and all(is_known(desk.ledger, query) for query in STANDARD)
