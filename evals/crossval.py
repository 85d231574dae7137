"""Cross-validate the reader on the open gold reports: what it prints on reports that it was not trained on.

Usage: python -m evals.crossval [--gold DIR] [--folds N] [--write FILE]

The open reports are cut in five by their names. Each fifth is read with weights trained on the other four (and on the
open linked reports), once as the reader is, and once for each learned part with the rules in its place. Printed: the
figures of all fifths together, the same for each part left out, and the classes of error of the weakest fields.
--write puts them on a page. No random numbers; about twenty minutes on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.error_classes import CLASSES, class_table
from evals.gold_files import LINKED_REPORTS, OWN_REPORTS, GoldReport
from evals.gold_score import ReportScore, false_per_100, field_shares, found, record, score_report
from evals.result import rounded
from evals.train import FIELDS, FOLDS, STAGES, fold_of, learn, open_reports
from tallybook.claims.parse import Parser, Sentence
from tallybook.claims.reader import Reader
from tallybook.knowledge import load
from tallybook.model.wire import reading_json

PARTS = tuple(choice for stage in STAGES for choice in stage)
"""Learned parts of the reader, each left out in turn."""
WHOLE = "whole"
SHOWN = ("place", "date", "claimant", "affiliation", "scope", "event_type", "perpetrator", "group")
"""Fields whose shares are printed for the reader as it is."""
Scores = dict[str, list[ReportScore]]
"""Scores of the held-out reports by the part that is left out."""


class Remembering(Parser):
    """A parser that parses each text once: a cross-validation reads every report some forty times."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, ...], list[list[Sentence]]] = {}

    def parse(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """Return the sentences of each text of one report."""
        key = tuple(texts)
        if key not in self._kept:
            self._kept[key] = super().parse(texts)
        return self._kept[key]


def cross_validated(folder: Path, folds: int) -> Scores:
    """Return what the reader makes of the open reports of `folder`, each read with weights of the other folds."""
    reader = Reader(load())
    reader.parser = Remembering()
    own, more = open_reports([folder]), open_reports([LINKED_REPORTS])
    scores: Scores = {part: [] for part in (WHOLE, *PARTS)}
    for fold in range(folds):
        learn([r for r in (*own, *more) if fold_of(r.id) != fold], reader)
        held = [r for r in own if fold_of(r.id) == fold]
        for part in scores:
            scores[part] += _read(held, reader, part)
        print(f"fold {fold + 1} of {folds}: record {rounded(record(scores[WHOLE]).f1)} so far", flush=True)
    return scores


def _read(reports: Sequence[GoldReport], reader: Reader, without: str) -> list[ReportScore]:
    """Score the reports as read without one learned part."""
    weights = reader.knowledge.lexicon.choices
    taken = weights.pop(without, None)
    scores = [score_report(report, _claims(reader, report)) for report in reports]
    if taken is not None:
        weights[without] = taken
    return scores


def _claims(reader: Reader, report: GoldReport) -> Sequence[Mapping[str, Any]]:
    claims: Sequence[Mapping[str, Any]] = reading_json(reader.read(report.document))["claims"]
    return claims


def ablation(scores: Scores) -> Iterator[str]:
    """Yield the rows of a table: each learned part, and what its field and the whole are with rules in its place."""
    shares = {part: field_shares(of) for part, of in scores.items()}
    yield "| learned part | cases decided | its field: rules | its field: learned | found | record | false per 100 |"
    yield "|---|---|---|---|---|---|---|"
    for part, of in scores.items():
        field = FIELDS.get(part)
        pair = (_figure(shares[part].get(field)), _figure(shares[WHOLE].get(field))) if field else ("", "")
        name = "all parts learned" if part == WHOLE else f"{part} by rules"
        cases = sum(len(s.pairs) for s in of)
        figures = (rounded(found(of).f1), rounded(record(of).f1), false_per_100(of))
        yield f"| {name} | {cases} | {pair[0]} | {pair[1]} | {' | '.join(map(_figure, figures))} |"


def fields(scores: Sequence[ReportScore]) -> Iterator[str]:
    """Yield the rows of a table: the share of found claims with each field right."""
    shares = field_shares(scores)
    yield "| field | right, of claims found |"
    yield "|---|---|"
    yield from (f"| {name} | {_figure(shares.get(name))} |" for name in SHOWN)


def page(scores: Scores) -> str:
    """Return the tables as a page."""
    whole = scores[WHOLE]
    parts = [
        "# What the reader does on reports it was not trained on",
        "Written by `python -m evals.crossval`: the open reports of `evals/gold`, each read with weights that were "
        "trained on the others. Definitions are in [evals/README.md](../../evals/README.md).",
        "## Each learned part, with rules in its place",
        "\n".join(ablation(scores)),
        "## Field by field",
        "\n".join(fields(whole)),
        "## Classes of error, counted",
    ]
    for field in CLASSES:
        parts += [f"### {field}", "\n".join(class_table(field, whole))]
    return "\n\n".join(parts) + "\n"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main() -> None:
    """Cross-validate, print the tables, write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=OWN_REPORTS)
    parser.add_argument("--folds", type=int, default=FOLDS, choices=range(1, FOLDS + 1), help="fifths that are read")
    parser.add_argument("--write", type=Path, help="page to write")
    asked = parser.parse_args()
    told = page(cross_validated(asked.gold, asked.folds))
    print(told)
    if asked.write:
        asked.write.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
