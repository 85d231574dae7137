"""Numbers told as more ("two more died"): which positions they are added to, and which words only repeat another.

Whether a number is more than what stands depends on what stands: words that only repeat another position are left
out first, so that nothing that is left out moves what is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tallybook.ledger.bounds import Bounds
from tallybook.ledger.cells import Cell
from tallybook.ledger.positions import ADDED, Addition, Position, Word, repeats, told_once, with_additions

Positions = dict[Cell, dict[str, Position]]


@dataclass(slots=True)
class Summed:
    """Positions with what was told as more; the claims that are a position's only in part, and the cells they make."""

    positions: Positions = field(default_factory=dict)
    cell_of: dict[str, Cell] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()
    contained: frozenset[str] = frozenset()


def summed(
    positions: Mapping[Cell, Mapping[str, Position]],
    additions: Mapping[Cell, Sequence[Word]],
    above: Mapping[str, Iterable[str]],
) -> Summed:
    """Add what was told as more to its cell and to the cells that contain it; alone, it is a number of its own.

    `above` names the incidents that contain an incident: an action over several days grows with each of its days.
    """
    repeated: frozenset[str] = frozenset()
    while True:
        made = Summed(_without(positions, repeated), repeated=repeated)
        _add(made, {cell: [w for w in told if w.claim.id not in repeated] for cell, told in additions.items()}, above)
        again = frozenset(
            w.claim.id
            for by in made.positions.values()
            for p in by.values()
            if repeats(p, by.values())
            for w in p.words
        )
        if not again:
            return made
        repeated |= again


def _without(positions: Mapping[Cell, Mapping[str, Position]], repeated: frozenset[str]) -> Positions:
    kept: Positions = {}
    for cell, by_origin in positions.items():
        told = {o: p for o, p in by_origin.items() if not repeated.issuperset(w.claim.id for w in p.words)}
        if told:
            kept[cell] = told
    return kept


def _add(made: Summed, additions: Mapping[Cell, list[Word]], above: Mapping[str, Iterable[str]]) -> None:
    around: dict[str, list[Cell]] = defaultdict(list)
    wanted = {i for cell in additions for i in (cell.incident, *above.get(cell.incident, ()))}
    for cell in sorted(made.positions):
        if cell.incident in wanted:
            around[cell.incident].append(cell)
    contained: set[str] = set()
    for cell, told in sorted(additions.items()):
        used: set[str] = set()
        more = told_once(told)
        beside = around[cell.incident]
        wider = [c for incident in sorted(above.get(cell.incident, ())) for c in around[incident]]
        for other in [c for c in (*beside, *wider) if set(c.label) <= set(cell.label)]:
            for origin, position in made.positions[other].items():
                larger = with_additions(position, [*(a.word for a in position.additions), *more])
                made.positions[other][origin] = larger
                used.update(a.word.claim.id for a in larger.additions)
        if cell not in made.positions:
            used.update(_stand_alone(made, cell, more, beside))
        contained.update(w.claim.id for w in told if w.claim.id not in used)
    made.contained = frozenset(contained)


def _stand_alone(made: Summed, cell: Cell, more: list[Word], beside: list[Cell]) -> set[str]:
    """Give a number told as more a cell of its own where no toll of its cell stands; return the claims used.

    Beside other people of the incident it counts as told, unless all their numbers are newer. Alone, or beside a whole
    in which some of its people may be already, at least so many.
    """
    older = [p for c in beside for p in made.positions[c].values()]
    fresh = [w for w in more if not older or any(with_additions(p, [w]).additions for p in older)]
    apart = bool(beside) and not any(set(c.label) <= set(cell.label) for c in beside)
    own = cell if cell.label or not beside else Cell(cell.incident, (("part", (ADDED, "")),))
    for origin in sorted({w.origin for w in fresh}):
        first, *rest = [w for w in fresh if w.origin == origin]
        least = first.bounds if apart else Bounds(first.bounds.low, None)
        word = Word(first.claim, origin, first.at, least)
        added = tuple(Addition(w, sure=True) for w in rest)
        made.positions.setdefault(own, {})[origin] = Position(origin, (word,), added)
    made.cell_of.update((w.claim.id, own) for w in fresh)
    return {w.claim.id for w in fresh}
