"""Rows of a system of sums, which both the sweep and the integer solver read; and sets as bits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Bits = int
"""A set of numbered things, one bit each."""


class Disagreement(Exception):
    """The rows cannot all hold. Never leaves the ledger."""


@dataclass(frozen=True, slots=True)
class Row:
    """`low <= sum(members) <= high`; `high` None: no upper end."""

    members: frozenset[int]
    low: int = 0
    high: int | None = None


def bits(members: Iterable[int]) -> Bits:
    """Return a set of numbers as bits."""
    return sum(1 << i for i in members)
