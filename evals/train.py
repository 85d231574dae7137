"""Train the reader's choices (which place, which date) on the open gold reports, and say what they win.

Usage: python -m evals.train [--gold DIR] [--write FILE]

Each choice is a conditional logit (see `tallybook.claims.choose`): the candidates of every gold claim that the reader
finds, those that gold accepts against the rest, with a ridge penalty. Printed: how often the rules, and the choice
trained on the other four fifths of the reports, are right. Sealed reports are left out.
No random numbers; about a minute.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import yaml

from evals.agreement import agreement, pairs_of
from evals.gold_files import OWN_REPORTS, GoldReport, gold_reports
from tallybook.claims.choose import Features
from tallybook.claims.drafts import Draft
from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model.wire import date_json, place_json, reading_json

FOLDS = 5
RIDGE = {"date": 6.0, "place": 3.0}
STEPS = 600
SMALLEST = 0.005
"""Weights below this are left out of the file."""
FILE = Path("src/tallybook/knowledge/packs/core/lexicon/choices.yaml")


@dataclass(frozen=True, slots=True)
class Case:
    """One gold claim's choice: the candidates, which of them gold accepts, and whether the rules had it right."""

    report: str
    candidates: tuple[Features, ...]
    right: tuple[bool, ...]
    rules_right: bool


def cases(reports: Sequence[GoldReport], reader: Reader) -> dict[str, list[Case]]:
    """Return the cases of every choice in `reports`; claims that the reader does not find have none."""
    found: dict[str, list[Case]] = {"date": [], "place": []}
    seen: list[tuple[Draft, Mapping[str, Sequence[Any]]]] = []
    reader.watch = lambda drafts: seen.extend(drafts)
    reader.knowledge.lexicon.choices.clear()
    for report in reports:
        seen.clear()
        claims = [c for c in reading_json(reader.read(report.document))["claims"] if c["measure"]]
        options = {draft.ident: offered for draft, offered in seen if draft.ident}
        for pair in pairs_of(report.claims, claims, report.publisher):
            for choice, made in (("date", _with_date), ("place", _with_place)):
                offered = options[pair.printed["id"]][choice]
                right = tuple(
                    agreement(pair.gold, made(pair.printed, option), report.publisher)[choice] for option in offered
                )
                case = Case(report.id, tuple(o.features for o in offered), right, pair.right[choice])
                found[choice].append(case)
    return found


def _with_date(claim: Mapping[str, Any], option: Any) -> Mapping[str, Any]:
    return {**claim, "date": date_json(option.date)}


def _with_place(claim: Mapping[str, Any], option: Any) -> Mapping[str, Any]:
    return {**claim, "place": place_json(option.place)}


def trained(cases_: Sequence[Case], ridge: float) -> dict[str, float]:
    """Return the weights that make accepted candidates likeliest, with a ridge penalty on their squares."""
    useful = [c for c in cases_ if any(c.right) and not all(c.right)]
    names = sorted({name for c in useful for f in c.candidates for name in f})
    place = {name: i for i, name in enumerate(names)}
    rows = [(f, right, k) for k, c in enumerate(useful) for f, right in zip(c.candidates, c.right, strict=True)]
    matrix = np.zeros((len(rows), len(names)))
    for r, (features, _, _) in enumerate(rows):
        for name, value in features.items():
            matrix[r, place[name]] = value
    right = np.array([r for _, r, _ in rows])
    group = np.array([k for _, _, k in rows])

    def gradient(weights: np.ndarray) -> np.ndarray:
        scores = matrix @ weights
        top = np.full(len(useful), -np.inf)
        np.maximum.at(top, group, scores)
        raised = np.exp(scores - top[group])
        share = raised / np.bincount(group, raised)[group]
        wanted = raised * right / np.bincount(group, raised * right)[group]
        return cast(np.ndarray, matrix.T @ (wanted - share) - ridge * weights)

    return dict(zip(names, _climbed(gradient, len(names)).tolist(), strict=True))


def _climbed(gradient: Callable[[np.ndarray], np.ndarray], size: int) -> np.ndarray:
    """Climb a concave function by Adam (Kingma and Ba 2015) with a falling step."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        slope = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.1 * (1 - step / (STEPS + 1))
        weights = weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def accuracy(cases_: Sequence[Case], ridge: float) -> tuple[float, float]:
    """Return how often the rules, and the choice trained on the other folds, are right."""
    right = []
    for fold in range(FOLDS):
        weights = trained([c for c in cases_ if _fold(c.report) != fold], ridge)
        right += [c.right[_best(weights, c)] for c in cases_ if _fold(c.report) == fold]
    return sum(c.rules_right for c in cases_) / len(cases_), sum(right) / len(right)


def _best(weights: Mapping[str, float], case: Case) -> int:
    scores = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in case.candidates]
    return scores.index(max(scores))


def _fold(report: str) -> int:
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % FOLDS


def _lines(found: Mapping[str, list[Case]]) -> Iterator[str]:
    for choice, of in found.items():
        rules, learned = accuracy(of, RIDGE[choice])
        yield f"{choice}: {len(of)} claims; rules {rules:.3f}, trained on the other folds {learned:.3f}"


def main() -> None:
    """Train, print what it wins, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=OWN_REPORTS)
    parser.add_argument("--write", type=Path, default=FILE)
    asked = parser.parse_args()
    found = cases([r for r in gold_reports(asked.gold) if not r.sealed], Reader(load()))
    for line in _lines(found):
        print(line)
    weights = {
        choice: {n: round(w, 3) for n, w in sorted(trained(of, RIDGE[choice]).items()) if abs(w) >= SMALLEST}
        for choice, of in found.items()
    }
    head = (
        "# Weights of the reader's choices: for each, what every feature of a candidate adds to its score.\n"
        "# Source: trained by `python -m evals.train` on the open reports of evals/gold; do not edit by hand.\n"
    )
    asked.write.write_text(head + yaml.safe_dump(weights, sort_keys=False, allow_unicode=True), encoding="utf-8")
    print(f"{asked.write}: written")


if __name__ == "__main__":
    main()
