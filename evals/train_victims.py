"""Train the weights by which records of named victims are one person: `python -m evals.train_victims`.

Logistic regression on the pairs of records that blocking compares in worlds of people who do not exist (`people`).
The ridge pulls each weight towards what a careful coder would give it, so that what the worlds do not show keeps a
sound weight. The seeds are none of those that the eval `victims` scores. About half a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import yaml

from evals.people import World, world
from tallybook.incidents.person_features import Features, compare
from tallybook.incidents.person_pairs import pairs
from tallybook.incidents.weights import BEFORE

FILE = Path(__file__).parents[1] / "src/tallybook/incidents/learned/people.yaml"
SEEDS, RECORDS = (11, 12, 13), 20_000
RIDGE, STEPS = 2.0, 60
RARE = {"common": -0.5, "one rare": 0.3, "rare": 0.8}
NAMES = {
    "the same": 1.5, "same but for spelling": 1.3, "same but for slips": 1.0, "but for a last vowel": -0.5,
    "one leaves words out": 0.5, "one leaves words out, with slips": 0.0, "with initials": 0.3, "one word": 0.0,
    "one word of several": -1.5,
}  # fmt: skip
DAYS = {"same day": 2.5, "next day": 1.5, "day not told": 0.0, "days apart": -1.0, "weeks apart": -4.0}
PLACES = {"same place": 2.0, "same larger place": 1.0, "place not told": 0.0, "another place": -4.0}
PRIOR = {
    BEFORE: -3.0,
    **{f"name: {kind}, {how}": worth + more for kind, worth in NAMES.items() for how, more in RARE.items()},
    "name: most words the same, others not": -2.0, "name: some words the same, others not": -5.0,
    "name: most words the same, others somewhat alike": -0.5, "name: some words the same, others somewhat alike": -2.0,
    "name: another": -8.0, "name: none": -8.0,
    "age: the same": 3.0, "age: can agree": 2.0, "age: a year apart": 1.5, "age: some years apart": -1.0,
    "age: another": -7.0, "age: not told": 0.0,
    "sex: the same": 0.7, "sex: another": -3.0, "sex: not told": 0.0,
    "event: the same incident": 3.5,
    **{f"event: {day}, {place}": a + b for day, a in DAYS.items() for place, b in PLACES.items()},
    "harm: the same": 0.0, "harm: another": -1.0,
}  # fmt: skip
"""Log odds that a careful coder would give each feature."""


def compared(made: World) -> Iterator[tuple[Features, bool]]:
    """Yield the features of each pair that blocking compares, and whether both records name one person."""
    seen = made.seen
    for a, b in pairs(seen):
        same = made.person[seen[a].victim.id] == made.person[seen[b].victim.id]
        yield compare(seen[a], seen[b]), same


def fit(cases: Iterable[tuple[Features, bool]]) -> dict[str, float]:
    """Return the weights that the cases teach, by Newton steps; equal cases are taken together."""
    told, same = Counter[Features](), Counter[Features]()
    for features, one in cases:
        told[features] += 1
        same[features] += one
    column = {name: i for i, name in enumerate(sorted(PRIOR))}
    held = np.zeros((len(told), len(column)))
    for row, features in enumerate(told):
        held[row, [column[BEFORE], *(column[name] for name in features)]] = 1.0
    number, right = np.array([told[f] for f in told], float), np.array([same[f] for f in told], float)
    prior = np.array([PRIOR[name] for name in column])
    learned = prior.copy()
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(held @ learned, -30.0, 30.0)))
        slope = held.T @ (number * chance - right) + RIDGE * (learned - prior)
        bend = (held * (number * chance * (1 - chance))[:, None]).T @ held + RIDGE * np.eye(len(column))
        step = np.clip(np.linalg.solve(bend, slope), -2.0, 2.0)
        learned = learned - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(value), 3) for name, value in zip(column, learned, strict=True)}


def write(weights: Mapping[str, float], number: int, same: int) -> None:
    """Write the weights with what they were trained on."""
    trained = {
        "by": "python -m evals.train_victims", "seeds": list(SEEDS), "records of each": RECORDS, "pairs": number,
        "of which one person": same,
    }  # fmt: skip
    content = {"trained": trained, "weights": dict(weights)}
    FILE.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8", newline="\n")


def main() -> None:
    """Draw the worlds, train, and write the weights."""
    cases = [case for seed in SEEDS for case in compared(world(seed, RECORDS))]
    weights = fit(cases)
    write(weights, len(cases), sum(same for _, same in cases))
    for name, value in weights.items():
        print(f"{name:60} {PRIOR[name]:+6.2f} -> {value:+6.2f}")


if __name__ == "__main__":
    main()
