"""Eval `victims`: which records of named victims are one person, among people who do not exist (`people`).

Scored are pairs of records: precision is the share of pairs put together that are one person, recall the share of
pairs that are one person and were put together; pairs that blocking never compared count as missed.
The seed is fixed and is none that the weights were trained on. `--split SEED` draws another world.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from evals.people import World, world
from evals.ratios import share
from evals.request import Request
from evals.result import Result
from tallybook.incidents.people import people

SEED, RECORDS = 2026, 20_000
"""The world that is scored."""


def evaluate(request: Request) -> Result:
    """Score one world of people."""
    made = world(int(request.splits[0]) if request.splits else SEED, RECORDS)
    return scored(made)


def scored(made: World) -> Result:
    """Link the records of a world and compare with who is who."""
    found = {v: person.id for person in people(made.seen) for v in person.victims}
    right, put, there = _pairs(found, made.person)
    metrics: dict[str, float | None] = {"precision": share(right, put), "recall": share(right, there)}
    metrics["people"] = float(len(set(found.values())))
    metrics["people_true"] = float(len(set(made.person.values())))
    by_culture: dict[str, dict[str, str]] = defaultdict(dict)
    for record, person in found.items():
        by_culture[made.culture[record]][record] = person
    for culture, mine in sorted(by_culture.items()):
        good, held, all_of_them = _pairs(mine, made.person)
        metrics[f"{culture}_precision"], metrics[f"{culture}_recall"] = share(good, held), share(good, all_of_them)
    return Result("victims", len(made.seen), metrics, tuple(_misses(found, made)))


def _pairs(found: Mapping[str, str], true: Mapping[str, int]) -> tuple[int, int, int]:
    """Return pairs rightly put together, all put together, and all that should be."""
    both = Counter((found[v], true[v]) for v in found)
    return _number(both), _number(Counter(found.values())), _number(Counter(true[v] for v in found))


def _number(sizes: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _misses(found: Mapping[str, str], made: World) -> list[str]:
    """Return one line for each pair that was wrongly merged or split."""
    held: dict[object, list[str]] = defaultdict(list)
    names = {s.victim.id: s.victim.name for s in made.seen}
    for record in sorted(found):
        held[found[record]].append(record)
        held[made.person[record]].append(record)
    wrong = {
        pair
        for group in held.values()
        for pair in combinations(group, 2)
        if (found[pair[0]] == found[pair[1]]) != (made.person[pair[0]] == made.person[pair[1]])
    }
    return [f"{'MERGED' if found[a] == found[b] else 'SPLIT '} {names[a]} | {names[b]}" for a, b in sorted(wrong)]
