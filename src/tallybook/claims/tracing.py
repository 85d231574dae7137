"""Why the reader chose as it did: for each claim and choice, what won, what came next, and which features decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallybook.claims.choose import Candidate, Chooser, Features
from tallybook.claims.drafts import Draft

TOLD = 4
"""Features told of each choice, those that weigh most between the winner and the next."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One choice for one claim."""

    field: str
    value: str
    odds: float
    next: str | None
    next_odds: float
    features: tuple[tuple[str, float], ...]  # name, and how much it speaks for the winner


class Trace:
    """Listens to a reader (`Reader.watch`) and tells what was weighed for each claim."""

    def __init__(self, weights: Mapping[str, Features]) -> None:
        self.weights = weights
        self._seen: list[tuple[Draft, str, Sequence[Candidate]]] = []

    def __call__(self, seen: Sequence[tuple[Draft | None, Mapping[str, Sequence[Candidate]]]]) -> None:
        """Keep what each draft may mean."""
        for draft, offered in seen:
            if draft is not None:
                self._seen += [
                    (draft, choice, options) for choice, options in offered.items() if choice in self.weights
                ]

    def of(self, claim: str) -> list[Weighed]:
        """Return the choices made for the claim with this id, in the order they were made."""
        return [
            _weighed(choice, options, Chooser(self.weights[choice]))
            for draft, choice, options in self._seen
            if draft.ident == claim and len(options) > 1
        ]


def _weighed(choice: str, options: Sequence[Candidate], chooser: Chooser) -> Weighed:
    odds = chooser.probabilities([o.features for o in options])
    order = sorted(range(len(options)), key=lambda k: (-odds[k], k))
    best = options[order[0]]
    others = [k for k in order[1:] if options[k].told != best.told]
    if not others:
        return Weighed(choice, best.told, odds[order[0]], None, 0.0, ())
    second = options[others[0]]
    pull = {
        name: chooser.weights.get(name, 0.0) * (best.features.get(name, 0.0) - second.features.get(name, 0.0))
        for name in {*best.features, *second.features}
    }
    told = sorted(((n, round(v, 2)) for n, v in pull.items() if round(v, 2)), key=lambda p: (-abs(p[1]), p[0]))[:TOLD]
    return Weighed(choice, best.told, odds[order[0]], second.told, odds[others[0]], tuple(told))
