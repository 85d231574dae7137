"""How alike two groupings of the same documents are.

pairwise   precision and recall over pairs that stand together
muc        links needed to join what belongs together (Vilain et al. 1995)
b_cubed    per document, the share of its group that belongs there (Bagga and Baldwin 1998)
ceaf_e     the best one-to-one alignment of groups by phi4 (Luo 2005)
conll      the mean F1 of the last three (CoNLL-2012 shared task, Pradhan et al.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from evals.ratios import harmonic

Grouping = Mapping[str, Hashable]
"""Document to the name of its group; both groupings of one comparison name the same documents."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Precision and recall, 0..1; 0 where there was nothing."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean; 0 where both are."""
        return harmonic(self.precision, self.recall)


def conll(true: Grouping, made: Grouping) -> float:
    """Return the mean of the MUC, B-cubed and CEAF-e F1, 0..1."""
    return (muc(true, made).f1 + b_cubed(true, made).f1 + ceaf_e(true, made).f1) / 3


def pairwise(true: Grouping, made: Grouping) -> Likeness:
    """Compare the pairs of documents that stand together."""
    there, printed = set(pairs(true)), set(pairs(made))
    right = len(there & printed)
    return Likeness(_share(right, len(printed)), _share(right, len(there)))


def pairs(grouping: Grouping) -> Iterator[Pair]:
    """Yield each pair of documents that stand together once, smaller first."""
    for members in _members(grouping).values():
        yield from combinations(members, 2)


def muc(true: Grouping, made: Grouping) -> Likeness:
    """Compare links; documents alone in their groups weigh nothing."""
    return Likeness(_links_kept(made, true), _links_kept(true, made))


def b_cubed(true: Grouping, made: Grouping) -> Likeness:
    """Compare, document by document, what its made and its true group have in common."""
    together = Counter((true[d], made[d]) for d in true)
    by_true, by_made = Counter(true.values()), Counter(made[d] for d in true)
    correct = sum(n * n / by_made[m] for (_, m), n in together.items())
    found = sum(n * n / by_true[t] for (t, _), n in together.items())
    return Likeness(_share(correct, len(true)), _share(found, len(true)))


def ceaf_e(true: Grouping, made: Grouping) -> Likeness:
    """Align groups one to one for the greatest summed likeness 2|A&B| / (|A|+|B|)."""
    by_true, by_made = Counter(true.values()), Counter(made[d] for d in true)
    together = Counter((true[d], made[d]) for d in true)
    likeness = {(t, m): 2 * n / (by_true[t] + by_made[m]) for (t, m), n in together.items()}
    best = _best_alignment(likeness)
    return Likeness(_share(best, len(by_made)), _share(best, len(by_true)))


def _members(grouping: Grouping) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for document in sorted(grouping):
        groups[grouping[document]].append(document)
    return groups


def _links_kept(groups: Grouping, other: Grouping) -> float:
    """Return the share of the links that hold `groups` together which `other` keeps."""
    kept = total = 0
    for members in _members(groups).values():
        total += len(members) - 1
        kept += len(members) - len({other[d] for d in members})
    return _share(kept, total)


def _best_alignment(likeness: Mapping[tuple[Hashable, Hashable], float]) -> float:
    """Return the greatest sum of one-to-one pairs: a linear programme, whose best corner is whole."""
    import highspy

    from tallybook.ledger.highs import silenced

    if not likeness:
        return 0.0
    with silenced():
        model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    taken = [model.addVariable(lb=0, ub=1, obj=value) for value in likeness.values()]
    for side in (0, 1):
        held: dict[Hashable, list[int]] = defaultdict(list)
        for column, edge in enumerate(likeness):
            held[edge[side]].append(column)
        for columns in held.values():
            model.addConstr(model.qsum([taken[c] for c in columns]) <= 1)
    model.maximize()
    return float(model.getInfo().objective_function_value)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
