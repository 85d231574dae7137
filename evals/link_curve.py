"""The threshold of linking against what it finds and wrongly merges: `python -m evals.link_curve --data DIR`.

Rows: threshold; on the open half of our own linked reports, with weights trained on the public sets and the reports of
the other countries, pairwise F1, wrong merges and wrong splits; then on the public sets that may be fitted on CoNLL and
wrong merges, with the weights that ship. Last a row of what the reader alone costs: events grouped by their true
incident. No random numbers; some four minutes, most of it reading.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path

from evals import gvc, longtail
from evals.agreement import pairs_of
from evals.gold_files import LINKED_REPORTS, GoldReport, gold_reports
from evals.link_gold import Found, measures
from evals.linking import Linked, likeness, main_incidents
from evals.reports import Reads, default_reader
from evals.shootings import Shooting
from evals.train_links import Compared, compared, fit
from tallybook.incidents.blocking import Pair, pairs
from tallybook.incidents.caution import careful
from tallybook.incidents.clusters import cluster
from tallybook.incidents.events import Told, events
from tallybook.incidents.features import Features, compare
from tallybook.incidents.weights import BEFORE, weights
from tallybook.model import Incident, Reading
from tallybook.model.wire import reading_json

THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9)


@dataclass
class Pairs:
    """The events of some reports, with how those that blocking compares compare."""

    readings: Sequence[Reading]
    told: Sequence[Told] = field(init=False)
    features: Mapping[Pair, Features] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the events out and compare them."""
        claims = [c for r in self.readings for c in r.claims]
        victims = [v for r in self.readings for v in r.victims]
        self.told = events(claims, {r.document.key: r.document for r in self.readings}, {}, victims)
        self.features = {(a, b): compare(self.told[a], self.told[b]) for a, b in pairs(self.told)}

    def made(self, scores: Mapping[Pair, float], threshold: float) -> dict[str, str]:
        """Return the name of its cluster for each claim."""
        leading = {i for i, t in enumerate(self.told) if t.leading}
        groups = cluster(len(self.told), [t.key[0] for t in self.told], scores, leading=leading, threshold=threshold)
        return {c.id: f"i{n}" for n, group in enumerate(groups) for i in group for c in self.told[i].claims}


def score(features: Features, known: Mapping[str, float]) -> float:
    """Return the probability that linking goes by, with these weights."""
    odds = known[BEFORE] + sum(known.get(name, 0.0) for name in features)
    return careful(1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds)))), features)


class OwnReports:
    """The open linked reports, each country scored with weights that did not see it."""

    def __init__(self, reports: Sequence[GoldReport], reader: Reads, others: Sequence[Compared]) -> None:
        self.pairs = Pairs(list(reader.read_all(r.document for r in reports)))
        self._country = {r.document.key: r.id.split("-")[0] for r in reports}
        self._found = [
            (report.id, str(p.gold["incident"]), str(p.printed["id"]))
            for report, reading in zip(reports, self.pairs.readings, strict=True)
            for p in pairs_of(report.claims, reading_json(reading)["claims"], report.publisher)
            if p.gold.get("incident")
        ]
        self.scores = self._held_out(others)

    def _held_out(self, others: Sequence[Compared]) -> dict[Pair, float]:
        meant = {claim: true for _, true, claim in self._found}
        keys = [{meant[c.id] for c in t.claims if c.id in meant} for t in self.pairs.told]
        country = [self._country[t.key[0]] for t in self.pairs.told]
        found: dict[Pair, float] = {}
        for left_out in sorted(set(country)):
            cases = [
                Compared(f, keys[a] == keys[b])
                for (a, b), f in self.pairs.features.items()
                if len(keys[a]) == len(keys[b]) == 1 and left_out not in (country[a], country[b])
            ]
            learned = fit([*others, *cases])
            for (a, b), f in self.pairs.features.items():
                if country[a] == left_out or country[b] == left_out:
                    found[a, b] = score(f, learned)
        return found

    def measures(self, threshold: float) -> Mapping[str, float | None]:
        """Return the measures of `link-gold` at a threshold."""
        made = self.pairs.made(self.scores, threshold)
        return measures([Found(r, "", true, made[c]) for r, true, c in self._found if c in made])

    def reader_alone(self) -> Mapping[str, float | None]:
        """Return the measures of grouping the reader's events by the incident that most of their claims tell."""
        told = {c.id: i for i, t in enumerate(self.pairs.told) for c in t.claims}
        counted: dict[int, Counter[str]] = defaultdict(Counter)
        for _, true, claim in self._found:
            if claim in told:
                counted[told[claim]][true] += 1
        best = {i: max(sorted(c), key=c.__getitem__) for i, c in counted.items()}
        return measures([Found(r, "", true, best[told[c]]) for r, true, c in self._found if c in told])


def public(shootings: Sequence[Shooting], reader: Reads) -> tuple[Pairs, dict[str, str]]:
    """Return the pairs of a public set, and the true group of each document."""
    documents = [d for s in shootings for d in s.documents]
    return Pairs(list(reader.read_all(documents))), {d.key: s.id for s in shootings for d in s.documents}


def likeness_at(held: Pairs, true: Mapping[str, str], threshold: float) -> Mapping[str, float | None]:
    """Return the measures of a public set at a threshold, with the weights that ship."""
    made = held.made({p: score(f, weights()) for p, f in held.features.items()}, threshold)
    groups: dict[str, list[str]] = defaultdict(list)
    for claim, name in made.items():
        groups[name].append(claim)
    incidents = tuple(Incident(name, tuple(claims), (), "other", None, None) for name, claims in groups.items())
    return likeness(true, main_incidents(Linked({r.document.key: r for r in held.readings}, incidents)))


def main() -> None:
    """Read, cross-validate, and print the curve."""
    parser = argparse.ArgumentParser(prog="python -m evals.link_curve", description="Draw the curve of linking.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the public data sets")
    folder: Path = parser.parse_args().data
    reader = default_reader()
    sets = [gvc.shootings(folder / "gvc", ("train",)), longtail.shootings(folder / "longtail", ("first",))]
    others = [case for shootings in sets for case in compared(shootings, reader)]
    own = OwnReports([r for r in gold_reports(LINKED_REPORTS) if not r.sealed], reader, others)
    held = [public(shootings, reader) for shootings in sets]
    print("| threshold | F1 | wrong merges | wrong splits | gvc CoNLL | wrong merges | longtail CoNLL | wrong merges |")
    print("|---|---|---|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        figures = own.measures(threshold)
        told = [figures[name] for name in ("pairwise_f1", "wrong_merges", "wrong_splits")]
        for pairs_of_set, true in held:
            alike = likeness_at(pairs_of_set, true, threshold)
            told += [alike["conll"], alike["wrong_merges"]]
        print(f"| {threshold} | " + " | ".join(f"{value or 0.0:.3f}" for value in told) + " |")
    alone = own.reader_alone()
    print(f"reader alone: {alone['pairwise_f1']} F1, {alone['wrong_merges']} wrong merges")


if __name__ == "__main__":
    main()
