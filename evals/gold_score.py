"""Scores printed claims against gold reports.

found      claims whose measure and both count bounds are right
record     found claims whose affiliation, place, date, claimant and scope are right as well
fields     share of found claims in which each field is right
false      numbers listed under `not_casualties` that were printed as casualties
linking    pairwise "same incident" among found claims of different reports
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evals.agreement import ClaimJson, Pair, bounds, pairs_of
from evals.gold_files import GoldReport
from evals.ratios import Hits, share

Printed = Mapping[str, Sequence[ClaimJson]]
"""Printed claims by document id."""


@dataclass(frozen=True, slots=True)
class ReportScore:
    """What was found, missed and made up in one report."""

    report: GoldReport
    pairs: tuple[Pair, ...]
    missed: tuple[ClaimJson, ...]
    extra: tuple[ClaimJson, ...]
    false: tuple[str, ...] = field(default=())
    """Phrases under `not_casualties` whose number was printed."""
    traps: int = 0
    """Phrases under `not_casualties` whose number is no bound of a true claim."""

    @property
    def found(self) -> Hits:
        """Return the hits of measure and bounds."""
        return self._hits(len(self.pairs))

    @property
    def record(self) -> Hits:
        """Return the hits of whole records."""
        return self._hits(sum(pair.whole for pair in self.pairs))

    def _hits(self, right: int) -> Hits:
        return Hits(right, len(self.pairs) + len(self.extra), len(self.pairs) + len(self.missed))


def score_report(report: GoldReport, printed: Sequence[ClaimJson]) -> ReportScore:
    """Score the claims printed for one report; claims without a measure are not looked at."""
    counted = [claim for claim in printed if claim.get("measure")]
    pairs = pairs_of(report.claims, counted, report.publisher)
    found, used = {id(pair.gold) for pair in pairs}, {id(pair.printed) for pair in pairs}
    traps = _traps(report)
    return ReportScore(
        report=report,
        pairs=tuple(pairs),
        missed=tuple(claim for claim in report.claims if id(claim) not in found),
        extra=tuple(claim for claim in counted if id(claim) not in used),
        false=tuple(phrase for phrase, numbers in traps if any(numbers & _numbers(claim) for claim in counted)),
        traps=len(traps),
    )


def score_reports(reports: Iterable[GoldReport], printed: Printed) -> list[ReportScore]:
    """Score each report against the claims printed under its id."""
    return [score_report(report, printed.get(report.id, ())) for report in reports]


def found(scores: Iterable[ReportScore]) -> Hits:
    """Return the hits of measure and bounds over all reports."""
    return sum((score.found for score in scores), Hits())


def record(scores: Iterable[ReportScore]) -> Hits:
    """Return the hits of whole records over all reports."""
    return sum((score.record for score in scores), Hits())


def field_shares(scores: Iterable[ReportScore]) -> dict[str, float | None]:
    """Return for each field the share of found claims in which it is right."""
    right: Counter[str] = Counter()
    pairs = [pair for score in scores for pair in score.pairs]
    for pair in pairs:
        right.update({name: int(ok) for name, ok in pair.right.items()})
    return {name: share(right[name], len(pairs)) for name in sorted(right)}


def false_per_100(scores: Sequence[ReportScore]) -> float | None:
    """Return how many listed numbers were printed as casualties, per 100 reports."""
    return round(100 * sum(len(s.false) for s in scores) / len(scores), 2) if scores else None


def linking(scores: Iterable[ReportScore]) -> Hits:
    """Return the hits of "same incident" over pairs of found claims from two reports."""
    located = [
        (score.report.id, pair.gold["incident"], pair.printed.get("incident"))
        for score in scores
        for pair in score.pairs
        if pair.gold.get("incident")
    ]
    right = printed = there = 0
    for (report, gold, told), (other, gold_other, told_other) in itertools.combinations(located, 2):
        if report != other:
            same, said = gold == gold_other, told is not None and told == told_other
            right, printed, there = right + (same and said), printed + said, there + same
    return Hits(right, printed, there)


def _traps(report: GoldReport) -> list[tuple[str, set[int]]]:
    """Return the phrases that hold a number which is no bound of a true claim, with these numbers."""
    true = set().union(*(_numbers(claim) for claim in report.claims)) if report.claims else set()
    phrases = ((phrase, _digits(phrase) - true) for phrase in report.not_casualties)
    return [(phrase, numbers) for phrase, numbers in phrases if numbers]


def _numbers(claim: ClaimJson) -> set[int]:
    return {bound for bound in bounds(claim) if bound is not None}


def _digits(phrase: str) -> set[int]:
    return {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", phrase)}
