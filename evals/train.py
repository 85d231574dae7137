"""Train the reader's choices (harm, date, place, scope, status, kind, author, event) on the open gold reports.

Usage: python -m evals.train [--gold DIR ...] [--only CHOICE ...] [--write FILE]

Each choice is a conditional logit (see `tallybook.claims.choose`): the candidates of every gold claim that the reader
finds (of every number, for harm), those that gold accepts against the rest, with a ridge penalty. Printed: how often
the rules, and the choice trained on the other four fifths of the reports, are right. Sealed reports are left out.
No random numbers; about three minutes.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import yaml

from evals.agreement import ClaimJson, Pair, agreement, bounds, pairs_of
from evals.gold_files import LINKED_REPORTS, OWN_REPORTS, GoldReport, gold_reports
from evals.names import choices
from tallybook.claims.choose import Chooser, Features, evidence
from tallybook.claims.confidence import FIELDS as SURE
from tallybook.claims.confidence import source_marks
from tallybook.claims.drafts import Draft
from tallybook.claims.harmed import Counted
from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model.wire import date_json, place_json, reading_json

FOLDS = 5
RIDGE = {"harm": 3.0, "date": 6.0, "place": 6.0, "scope": 1.0, "status": 8.0, "kind": 3.0, "author": 8.0, "event": 2.0}
STAGES = (("harm",), ("date", "place"), ("scope", "status"), ("kind",), ("author",), ("event",))
"""Choices trained together; each stage reads with the weights of the stages before it."""
CHOICES = tuple(choice for stage in STAGES for choice in stage)
FIELDS = {
    "date": "date",
    "place": "place",
    "scope": "scope",
    "status": "affiliation",
    "kind": "event_type",
    "author": "perpetrator",
}
STEPS = 500
SMALLEST = 0.02
"""Weights below this are left out of the file."""
RARE, RARE_OF = 4, {"place": 8, "kind": 8}
"""A single word seen in fewer candidates than this is no feature; of choices with many candidates, more."""
NEAR = 150
"""Characters between a gold anchor and the number that it means, at most."""
LEAN = {"event": {"new": 0.262}}
"""Nats added to trained weights: an event told before has to be 1.3 times as likely as a new one, since a wrong merge
hides victims. Set in cross-validation on the open reports (decision 0161)."""
FILE = Path("src/tallybook/knowledge/packs/core/lexicon/choices.yaml")
Offered = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """One choice: the candidates, which of them gold accepts, and whether the rules had it right."""

    report: str
    candidates: tuple[Features, ...]
    right: tuple[bool, ...]
    rules_right: bool


def cases(reports: Sequence[GoldReport], reader: Reader, stage: Sequence[str]) -> dict[str, list[Case]]:
    """Return the cases of the choices of one stage; claims that the reader does not find have none."""
    found: dict[str, list[Case]] = {choice: [] for choice in stage}
    seen: list[tuple[Draft | None, Offered]] = []
    reader.watch = seen.extend
    for report in reports:
        seen.clear()
        claims = [c for c in reading_json(reader.read(report.document))["claims"] if c["measure"]]
        if "harm" in stage:
            found["harm"] += _harm_cases(report, [offered for _, offered in seen if "harm" in offered])
        if "event" in stage:
            found["event"] += _event_cases(report, claims, seen)
        offers: dict[str, dict[str, Sequence[Any]]] = {}
        for draft, offered in seen:
            if draft is not None and draft.ident:
                offers.setdefault(draft.ident, {}).update(offered)
        for pair in pairs_of(report.claims, claims, report.publisher):
            told = {*pair.gold, *(pair.gold.get("target") or ())}
            coded = {choice for choice, field in FIELDS.items() if field in told}
            for choice in coded.intersection(stage):
                found[choice].append(_case(report, pair, choice, offers[pair.printed["id"]][choice]))
    return found


def _case(report: GoldReport, pair: Pair, choice: str, offered: Sequence[Any]) -> Case:
    field = FIELDS[choice]
    right = tuple(
        agreement(pair.gold, _with(pair.printed, choice, option), report.publisher)[field] for option in offered
    )
    return Case(report.id, tuple(o.features for o in offered), right, pair.right[field])


def _event_cases(
    report: GoldReport, claims: Sequence[ClaimJson], seen: Sequence[tuple[Draft | None, Offered]]
) -> Iterator[Case]:
    """Yield a case for each claim found: the events of gold told before it, and a new one. Others are passed over."""
    pairs = pairs_of(report.claims, claims, report.publisher)
    meant = {pair.printed["id"]: str(pair.gold["incident"]) for pair in pairs if pair.gold.get("incident")}
    for told, same in (told for _, offered in seen for told in offered.get("events", ())):
        groups: dict[str, list[Draft]] = {}
        for draft in (d for d in told if d.ident in meant):
            key = meant[draft.ident]
            offered = same.options(draft, list(groups.values()))
            right = (*(name == key for name in groups), key not in groups)
            rules = [any(d.event == draft.event for d in group) for group in groups.values()]
            yield Case(report.id, tuple(o.features for o in offered), right, (*rules, not any(rules)) == right)
            groups.setdefault(key, []).append(draft)


def _with(claim: Mapping[str, Any], choice: str, option: Any) -> Mapping[str, Any]:
    if choice == "date":
        return {**claim, "date": date_json(option.date)}
    if choice == "place":
        return {**claim, "place": place_json(option.place)}
    if choice == "author":
        return {**claim, "perpetrator": option.name}
    if choice == "status":
        return {**claim, "target": {**claim["target"], "affiliation": option.value}}
    return {**claim, FIELDS[choice]: option.value}


def _harm_cases(report: GoldReport, offers: Sequence[Offered]) -> Iterator[Case]:
    """Yield a case for each counted group: the measures of the gold claim that its anchor means, or no harm.

    A group that only shares its number with a gold claim is left out unless the rules agree on the measure.
    """
    groups: list[Counted] = [offered["counted"][0] for offered in offers]
    meant: dict[int, list[str | None]] = {}
    for claim in report.claims:
        at = min(_by_distance(report, claim, groups, meant), default=None)
        if at is not None:
            meant[at[1]] = choices(claim["measure"])
    shared: dict[tuple[int | None, int | None], set[str | None]] = {}
    for claim in report.claims:
        shared.setdefault(bounds(claim), set()).update(choices(claim["measure"]))
    for k, (one, offered) in enumerate(zip(groups, offers, strict=True)):
        wanted: set[str | None] = set(meant.get(k, ()))
        alike = shared.get((one.group.count.low, one.group.count.high), set())
        rule = one.draft.measure if one.draft is not None else None
        if not wanted and alike:
            if rule not in alike:
                if not one.group.indefinite:
                    continue
            elif one.draft is not None:
                wanted = alike
        if not wanted and one.draft is not None and rule is None:
            continue
        right = tuple((o.measure in wanted) if wanted else o.measure is None for o in offered["harm"])
        yield Case(
            report.id,
            tuple(o.features for o in offered["harm"]),
            right,
            rule in wanted if wanted else one.draft is None,
        )


def _by_distance(
    report: GoldReport, claim: ClaimJson, groups: Sequence[Counted], taken: Mapping[int, Any]
) -> Iterator[tuple[int, int]]:
    start = report.document.text.find(claim["anchor"])
    end = start + len(claim["anchor"])
    for k, one in enumerate(groups):
        group = one.group
        if k in taken or (group.count.low, group.count.high) != bounds(claim):
            continue
        if one.facts.field == "title":
            gap = 0 if start < 0 else NEAR
        else:
            gap = max(0, group.start - end, start - group.end) if start >= 0 else 10
        if gap <= NEAR:
            yield gap, k


def trained(cases_: Sequence[Case], ridge: float, rare: int = RARE) -> dict[str, float]:
    """Return the weights that make accepted candidates likeliest, with a ridge penalty on their squares."""
    useful = [c for c in cases_ if any(c.right) and not all(c.right)]
    seen = Counter(name for c in useful for f in c.candidates for name in f)
    names = sorted(name for name, times in seen.items() if ":" not in name or times >= rare)
    place = {name: i for i, name in enumerate(names)}
    rows = [(f, right, k) for k, c in enumerate(useful) for f, right in zip(c.candidates, c.right, strict=True)]
    cells = [(r, place[n], v) for r, (features, _, _) in enumerate(rows) for n, v in features.items() if n in place]
    row, column = np.array([c[0] for c in cells]), np.array([c[1] for c in cells])
    value = np.array([c[2] for c in cells])
    right = np.array([r for _, r, _ in rows])
    group = np.array([k for _, _, k in rows])

    def gradient(weights: np.ndarray) -> np.ndarray:
        scores = np.bincount(row, value * weights[column], len(rows))
        top = np.full(len(useful), -np.inf)
        np.maximum.at(top, group, scores)
        raised = np.exp(scores - top[group])
        share = raised / np.bincount(group, raised)[group]
        wanted = raised * right / np.bincount(group, raised * right)[group]
        pull = np.bincount(column, value * (wanted - share)[row], len(names))
        return cast(np.ndarray, pull - ridge * weights)

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


@dataclass(frozen=True, slots=True)
class Held:
    """A case with what the choice trained on the other folds makes of it."""

    case: Case
    at: int
    odds: float

    @property
    def right(self) -> bool:
        """Say whether the candidate chosen is one that gold accepts."""
        return self.case.right[self.at]


def held_out(cases_: Sequence[Case], ridge: float, rare: int = RARE) -> list[Held]:
    """Return every case as the choice trained on the other folds decides it."""
    found = []
    for fold in range(FOLDS):
        chooser = Chooser(trained([c for c in cases_ if fold_of(c.report) != fold], ridge, rare))
        for case in (c for c in cases_ if fold_of(c.report) == fold):
            found.append(Held(case, *chooser.pick(case.candidates)))
    return found


def calibrated(marks: Sequence[tuple[Features, bool]]) -> dict[str, float]:
    """Return the weights that turn marks into the probability that they go with what is right."""
    both = [Case("", (features, {}), (right, not right), False) for features, right in marks]
    return {name: round(w, 3) for name, w in trained(both, 1.0).items()}


def fold_of(report: str) -> int:
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % FOLDS


def _ruled(reports: Sequence[GoldReport], reader: Reader) -> dict[str, list[tuple[Features, bool]]]:
    """Return how the fields that rules decide were found, and whether they are right."""
    drafts: dict[str, Draft] = {}
    found: dict[str, list[tuple[Features, bool]]] = {"claimant": []}
    seen: list[tuple[Draft | None, Offered]] = []
    reader.watch = seen.extend
    for report in reports:
        seen.clear()
        claims = [c for c in reading_json(reader.read(report.document))["claims"] if c["measure"]]
        drafts = {d.ident: d for d, _ in seen if d is not None and d.ident}
        for pair in pairs_of(report.claims, claims, report.publisher):
            draft = drafts[pair.printed["id"]]
            found["claimant"].append((source_marks(draft), pair.right["claimant"]))
    return found


def learn(
    reports: Sequence[GoldReport],
    reader: Reader,
    say: Callable[[str], None] | None = None,
    only: Sequence[str] = CHOICES,
) -> None:
    """Train choices of `reader` on `reports`, in place; with `say`, tell what each wins, and calibrate.

    Choices that are not among `only` keep the weights that they have.
    """
    weights = reader.knowledge.lexicon.choices
    for choice in only:
        weights.pop(choice, None)
    for stage in STAGES:
        wanted = [choice for choice in stage if choice in only]
        for choice, of in cases(reports, reader, wanted).items() if wanted else ():
            if say is not None:
                _calibrate(choice, of, weights, say)
            weights[choice] = fitted(choice, of)
    if say is not None:
        for field, marks in _ruled(reports, reader).items():
            weights[f"sure-{field}"] = calibrated(marks)
    reader.watch = None


def fitted(choice: str, of: Sequence[Case]) -> dict[str, float]:
    """Return the weights of a choice as the file holds them, by name; small ones are left out."""
    told, lean = trained(of, RIDGE[choice], RARE_OF.get(choice, RARE)), LEAN.get(choice, {})
    leaning = {name: weight + lean.get(name, 0.0) for name, weight in told.items()}
    return {name: round(w, 3) for name, w in sorted(leaning.items()) if abs(w) >= SMALLEST}


def _calibrate(choice: str, of: Sequence[Case], weights: dict[str, Any], say: Callable[[str], None]) -> None:
    """Say what a choice wins in cross-validation, and fit its confidence to that."""
    held = held_out(of, RIDGE[choice], RARE_OF.get(choice, RARE))
    rules, learned = sum(c.rules_right for c in of) / len(of), sum(h.right for h in held) / len(held)
    say(f"{choice}: {len(of)} cases; rules {rules:.3f}, trained on the other folds {learned:.3f}")
    if choice in SURE:
        claims = [h for h in held if choice != "harm" or h.at]
        weights[f"sure-{SURE[choice]}"] = calibrated([(evidence(h.odds), h.right) for h in claims])


def main() -> None:
    """Train, print what it wins, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+", default=[OWN_REPORTS, LINKED_REPORTS])
    parser.add_argument("--write", type=Path, default=FILE)
    parser.add_argument("--only", nargs="+", choices=CHOICES, default=CHOICES, help="the others stay as they are")
    asked = parser.parse_args()
    reader = Reader(load())
    learn(open_reports(asked.gold), reader, lambda line: print(line, flush=True), asked.only)
    head = (
        "# Weights of the reader's choices: for each, what every feature of a candidate adds to its score.\n"
        "# Source: trained by `python -m evals.train` on the open reports of evals/gold; do not edit by hand.\n"
    )
    held = reader.knowledge.lexicon.choices
    weights = {name: held[name] for name in (*CHOICES, *sorted(held.keys() - set(CHOICES)))}
    asked.write.write_text(head + yaml.safe_dump(weights, sort_keys=False, allow_unicode=True), encoding="utf-8")
    print(f"{asked.write}: written")


def open_reports(folders: Sequence[Path]) -> list[GoldReport]:
    """Return the reports of some folders that are not sealed."""
    return [report for folder in folders for report in gold_reports(folder) if not report.sealed]


if __name__ == "__main__":
    main()
