"""Bounds of a sum under rows that bound other sums, by a sweep where they nest.

A system has non-negative whole numbers and rows `low <= sum of some of them <= high`. Where rows and the question
nest (each two are disjoint or one holds the other) the bounds follow in one sweep over the tree; the rest goes to
the integer solver of `highs.py`, which is loaded only then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tallybook.ledger.system import Disagreement, Row

INFINITE = float("inf")


@dataclass(slots=True)
class _Node:
    members: frozenset[int]
    low: float
    high: float
    loose: bool = True
    children: list[_Node] = field(default_factory=list)


def extent(rows: Sequence[Row], objective: frozenset[int]) -> tuple[int, int | None]:
    """Return the least and the greatest sum of `objective` that the rows allow; None: no upper end.

    Only rows that are connected with the objective are looked at. An empty objective is 0..0.

    Raises: Disagreement if no numbers fulfil those rows.
    """
    if not objective:
        return 0, 0
    near = connected(rows, objective)
    root = _tree(near, objective)
    if root is not None:
        return _sweep(root, objective)
    from tallybook.ledger.highs import solve

    return solve(*_collapsed(near, objective))


def feasible(rows: Sequence[Row]) -> bool:
    """Say whether some numbers fulfil all rows."""
    everything = frozenset().union(*(r.members for r in rows)) if rows else frozenset()
    return all(_possible(connected(rows, part), part) for part in components(rows, everything))


def feasible_together(rows: Sequence[Row]) -> bool:
    """Say the same of rows that are known to be connected and few."""
    return _possible(rows, frozenset().union(*(r.members for r in rows)))


def _possible(rows: Sequence[Row], members: frozenset[int]) -> bool:
    root = _tree(rows, members)
    if root is None:
        from tallybook.ledger.highs import possible

        return possible(rows)
    try:
        _sweep(root, members)
    except Disagreement:
        return False
    return True


def components(rows: Sequence[Row], members: Iterable[int]) -> list[frozenset[int]]:
    """Split `members` into sets that no row connects, in a stable order."""
    leader = {m: m for m in members}

    def find(m: int) -> int:
        while leader[m] != m:
            leader[m] = leader[leader[m]]
            m = leader[m]
        return m

    for row in rows:
        mine = [m for m in row.members if m in leader]
        for other in mine[1:]:
            a, b = find(mine[0]), find(other)
            leader[max(a, b)] = min(a, b)
    groups: dict[int, set[int]] = defaultdict(set)
    for m in leader:
        groups[find(m)].add(m)
    return [frozenset(groups[g]) for g in sorted(groups)]


def connected(rows: Sequence[Row], objective: frozenset[int]) -> list[Row]:
    """Return the rows that share a member with the objective, directly or through other rows."""
    holding: dict[int, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for m in row.members:
            holding[m].append(i)
    seen: set[int] = set()
    queue = list(objective)
    reached = set(objective)
    while queue:
        for i in holding[queue.pop()]:
            if i not in seen:
                seen.add(i)
                fresh = rows[i].members - reached
                reached |= fresh
                queue.extend(fresh)
    return [rows[i] for i in sorted(seen)]


def _tree(rows: Sequence[Row], objective: frozenset[int]) -> _Node | None:
    """Nest rows and objective under one root without bounds; None where they do not nest."""
    everything = objective.union(*(r.members for r in rows))
    root = _Node(everything, 0, INFINITE)
    merged: dict[frozenset[int], _Node] = {everything: root, objective: _Node(objective, 0, INFINITE)}
    if objective == everything:
        merged[objective] = root
    for row in rows:
        node = merged.setdefault(row.members, _Node(row.members, 0, INFINITE))
        node.low = max(node.low, row.low)
        node.high = min(node.high, INFINITE if row.high is None else row.high)
    inside: dict[int, _Node] = dict.fromkeys(everything, root)
    for node in sorted(merged.values(), key=lambda n: (-len(n.members), sorted(n.members))):
        if node is root or not node.members:
            continue
        parent = inside[next(iter(node.members))]
        if not node.members <= parent.members or any(inside[m] is not parent for m in node.members):
            return None
        parent.children.append(node)
        for m in node.members:
            inside[m] = node
    for node in merged.values():
        node.loose = len(node.members) > sum(len(c.members) for c in node.children)
    return root


def _sweep(root: _Node, objective: frozenset[int]) -> tuple[int, int | None]:
    for node in _leaves_first(root):
        node.low = max(node.low, sum(c.low for c in node.children))
        if not node.loose:
            node.high = min(node.high, sum(c.high for c in node.children))
        if node.low > node.high:
            raise Disagreement
    node, low, high = root, root.low, root.high
    while node.members != objective:
        child = next(c for c in node.children if objective <= c.members)
        others = [c for c in node.children if c is not child]
        high = min(child.high, high - sum(c.low for c in others))
        low = child.low if node.loose else max(child.low, low - sum(c.high for c in others))
        node = child
    return int(low), None if high == INFINITE else int(high)


def _leaves_first(root: _Node) -> list[_Node]:
    order, queue = [], [root]
    while queue:
        node = queue.pop()
        order.append(node)
        queue.extend(node.children)
    return order[::-1]


def _collapsed(rows: Sequence[Row], objective: frozenset[int]) -> tuple[list[Row], frozenset[int]]:
    """Merge members that stand in the same rows: together they are one number."""
    holding: dict[int, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for m in row.members:
            holding[m].append(i)
    names: dict[tuple[bool, tuple[int, ...]], int] = {}
    new = {
        m: names.setdefault((m in objective, tuple(holding[m])), len(names)) for m in sorted(objective.union(holding))
    }
    return (
        [Row(frozenset(new[m] for m in r.members), r.low, r.high) for r in rows],
        frozenset(new[m] for m in objective),
    )
