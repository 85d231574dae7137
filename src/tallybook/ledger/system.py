"""Rows of a system of sums: what both the sweep and the integer solver read."""

from __future__ import annotations

from dataclasses import dataclass


class Disagreement(Exception):
    """The rows cannot all hold. Never leaves the ledger."""


@dataclass(frozen=True, slots=True)
class Row:
    """`low <= sum(members) <= high`; `high` None: no upper end."""

    members: frozenset[int]
    low: int = 0
    high: int | None = None
