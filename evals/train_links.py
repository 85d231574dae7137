"""Train the weights of links between reports: `python -m evals.train_links --data DIR`.

Logistic regression on the pairs of events that blocking compares, in the sets that may be fitted on: gvc train, the
first half of longtail (documents of one incident), and the open half of our own linked reports (claims of one
incident). The ridge pulls each weight towards what a careful coder would give it, so that what the sets do not show
(fire and captivity, say) keeps a sound weight. Where a report tells several events, those that it does not tell first
are left out of the pairs that may be one. No random numbers; some three minutes, most of it reading.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from evals import gvc, longtail
from evals.agreement import pairs_of
from evals.gold_files import LINKED_REPORTS, GoldReport, gold_reports
from evals.reports import Reads, default_reader
from evals.shootings import Shooting
from tallybook.incidents.blocking import pairs
from tallybook.incidents.events import Told, events
from tallybook.incidents.features import compare
from tallybook.incidents.weights import BEFORE
from tallybook.model import Reading
from tallybook.model.wire import reading_json

FILE = Path(__file__).parents[1] / "src/tallybook/incidents/learned/weights.yaml"
FIXED = (
    "place: far", "place: another", "date: next day", "date: two or three days apart", "date: days apart",
    "type: fire and captivity",
)  # fmt: skip
"""Weights that are not learned, and whose pairs teach nothing: what is surely in another place or on another day is
another event, and where the sets have it otherwise the reader was surely wrong."""
Array = npt.NDArray[np.float64]
RIDGE = 2.0
"""Strength of the pull: as much as two pairs that say otherwise."""
STEPS = 50
PRIOR = {
    BEFORE: -3.0,
    "place: same": 2.2, "place: same, but large": 0.5, "place: near": 1.2, "place: one holds the other": 0.9,
    "place: far": -5.0, "place: another": -4.5, "place: not known": -0.6,
    "place: far, not sure": -1.5, "place: another, not sure": -1.5, "place: spelt alike": 1.5,
    "place: other names": -2.0, "place: other names, not sure": -1.0, "place: one country": -0.5,
    "date: same day": 2.2, "date: days overlap": 1.4, "date: periods overlap": 0.3, "date: long periods overlap": 0.0,
    "date: not stated": 0.2,
    "date: next day": -4.5, "date: two or three days apart": -3.0, "date: days apart": -4.0, "date: weeks apart": -6.0,
    "date: next day, not sure": -1.5, "date: two or three days apart, not sure": -2.0,
    "date: days apart, not sure": -2.5, "date: weeks apart, not sure": -4.0,
    "type: same": 0.8, "type: akin": 0.2, "type: other kinds": -1.2, "type: fire and captivity": -4.0,
    "author: same": 0.8, "author: another": -0.8,
    "target: same status": 0.3, "target: another status": -0.5, "target: same group": 0.3,
    "count: same number": 1.5, "count: same small number": 0.8, "count: a number of both": 1.0,
    "count: can agree": 0.4, "count: grew with time": 0.1, "count: others": -0.7,
    "count: of another size": -2.0,
    "second count: same number": 1.2, "second count: can agree": 0.2, "second count: others": -0.5,
    "time: same hour": 0.6, "time: other hours": -2.5,
    "victims: one named by both": 3.0, "victims: others": -2.0,
    "published: together": 0.0, "published: in a week": 0.0, "published: in a month": -0.5, "published: later": -1.0,
    "published: not known": 0.0,
    "wording: most the same": 3.0, "wording: much the same": 2.0, "wording: alike": 1.0,
    "wording: somewhat alike": 0.5, "wording: a little alike": 0.0, "wording: hardly alike": -0.5,
    "wording: unlike": -1.0, "wording: too few words": 0.0,
    "short wording: most the same": 3.0, "short wording: much the same": 2.0, "short wording: alike": 1.0,
    "short wording: somewhat alike": 0.5, "short wording: a little alike": 0.2, "short wording: hardly alike": 0.0,
    "short wording: unlike": -0.3,
    "reports: most the same": 1.0, "reports: much the same": 0.5, "reports: alike": 0.0,
    "reports: somewhat alike": 0.0, "reports: a little alike": -0.5, "reports: hardly alike": -0.5,
    "reports: unlike": -1.0,
}  # fmt: skip
"""Log odds that a careful coder would give each feature."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair of events: its features, and whether it is one event."""

    features: tuple[str, ...]
    same: bool


def compared(shootings: Sequence[Shooting], reader: Reads) -> list[Compared]:
    """Return the pairs that blocking compares in documents grouped by incident."""
    true = {d.key: s.id for s in shootings for d in s.documents}
    told = _events(list(reader.read_all(d for s in shootings for d in s.documents)))
    found = []
    for a, b in pairs(told):
        same = true[told[a].key[0]] == true[told[b].key[0]]
        if not same or (told[a].leading and told[b].leading):
            found.append(Compared(compare(told[a], told[b]), same))
    return found


def compared_claims(reports: Sequence[GoldReport], reader: Reads) -> list[Compared]:
    """Return the pairs that blocking compares in gold reports; events whose claims gold parts are left out."""
    readings = list(reader.read_all(r.document for r in reports))
    meant: dict[str, str] = {}
    for report, reading in zip(reports, readings, strict=True):
        for pair in pairs_of(report.claims, reading_json(reading)["claims"], report.publisher):
            if pair.gold.get("incident"):
                meant[pair.printed["id"]] = str(pair.gold["incident"])
    told = _events(readings)
    keys = [{meant[c.id] for c in event.claims if c.id in meant} for event in told]
    return [
        Compared(compare(told[a], told[b]), keys[a] == keys[b])
        for a, b in pairs(told)
        if len(keys[a]) == len(keys[b]) == 1
    ]


def _events(readings: Sequence[Reading]) -> list[Told]:
    claims = [c for r in readings for c in r.claims]
    victims = [v for r in readings for v in r.victims]
    return events(claims, {r.document.key: r.document for r in readings}, {}, victims)


def fit(cases: Sequence[Compared]) -> dict[str, float]:
    """Return the weights that the cases teach, by Newton steps; by feature."""
    names = sorted(PRIOR)
    cases = [case for case in cases if not set(case.features) & set(FIXED)]
    column = {name: i for i, name in enumerate(names)}
    held = np.zeros((len(cases), len(names)))
    for row, case in enumerate(cases):
        held[row, [column[BEFORE], *(column[name] for name in case.features)]] = 1.0
    same = np.array([float(case.same) for case in cases])
    prior = np.array([PRIOR[name] for name in names])
    learned = prior.copy()
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-held @ learned))
        slope = held.T @ (chance - same) + RIDGE * (learned - prior)
        bend = (held * (chance * (1 - chance))[:, None]).T @ held + RIDGE * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-6 and _loss(held, same, learned - size * step, prior) > _loss(held, same, learned, prior):
            size /= 2
        learned = learned - size * step
        if float(np.abs(size * step).max()) < 1e-9:
            break
    return {name: round(float(value), 3) for name, value in zip(names, learned, strict=True)}


def _loss(held: Array, same: Array, learned: Array, prior: Array) -> float:
    """Return what fitting makes small: the negative log likelihood and the pull towards the prior."""
    odds = held @ learned
    return float(np.sum(np.logaddexp(0.0, odds) - same * odds) + RIDGE / 2 * np.sum((learned - prior) ** 2))


def write(weights: Mapping[str, float], sources: Mapping[str, Sequence[Compared]]) -> None:
    """Write the weights with what they were trained on."""
    digest = hashlib.sha256(repr([(n, sorted((c.features, c.same) for c in s)) for n, s in sources.items()]).encode())
    content = {
        "trained": {
            "by": "python -m evals.train_links",
            "pairs": {name: len(cases) for name, cases in sources.items()},
            "of which one event": {name: sum(c.same for c in cases) for name, cases in sources.items()},
            "sha256 of the pairs": digest.hexdigest(),
        },
        "weights": dict(weights),
    }
    FILE.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8", newline="\n")


def _open(folder: Path) -> list[GoldReport]:
    return [report for report in gold_reports(folder) if not report.sealed]


def main() -> None:
    """Read the fitting halves, train, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m evals.train_links", description="Train the weights of links.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the public data sets")
    folder: Path = parser.parse_args().data
    reader = default_reader()
    sources = {
        "gvc train": compared(gvc.shootings(folder / "gvc", ("train",)), reader),
        "longtail first half": compared(longtail.shootings(folder / "longtail", ("first",)), reader),
        "our own linked reports, open": compared_claims(_open(LINKED_REPORTS), reader),
    }
    weights = fit([case for cases in sources.values() for case in cases])
    write(weights, sources)
    for name, value in weights.items():
        print(f"{name:34} {PRIOR[name]:+6.2f} -> {value:+6.2f}")


if __name__ == "__main__":
    main()
