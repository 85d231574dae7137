"""Errors on gold reports, one line each: what was missed, made up, or wrong in which field."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from evals.agreement import ClaimJson, Pair
from evals.gold_score import ReportScore

QUOTE_WIDTH = 110
"""Characters of a quote that one line shows."""

COUNT_SIGNS = {
    "exact": "{low}", "at_least": "{low}+", "more_than": ">={low}", "nearly": "<{high}", "up_to": "^{high}",
    "about": "~{low}", "between": "{low}-{high}", "vague": "{low}..?",
}  # fmt: skip

FIELDS = {
    "modifier": ("count", "modifier"), "affiliation": ("target", "affiliation"), "group": ("target", "group"),
    "perpetrator": ("perpetrator",), "claimant": ("claimant",), "event_type": ("event_type",),
    "place": ("place", "name"), "country": ("place", "country"), "date": ("date",), "weapon": ("weapon",),
    "scope": ("scope",),
}  # fmt: skip


def report_misses(score: ReportScore, *, whole_only: bool = False) -> Iterator[str]:
    """Yield the errors of one report: MISS, EXTRA, FALSE, then wrong fields as `field: gold | printed`.

    `whole_only` leaves out fields that do not count for a whole record.
    """
    name = score.report.id
    for claim in score.missed:
        yield f"{name} MISS  {claim['id']} {brief(claim)} by {_shown(claim.get('claimant'))} {_quote(claim)}"
    for claim in score.extra:
        by, rule = _shown(claim.get("claimants")), claim.get("rule")
        yield f"{name} EXTRA {brief(claim)} by {by} rule={rule} {_quote(claim)}"
    for phrase in score.false:
        yield f"{name} FALSE {phrase!r}"
    for pair in score.pairs:
        wrong = [text for field in FIELDS if not pair.right[field] for text in _wrong(pair, field, whole_only)]
        if wrong:
            yield f"{name} FIELD {pair.gold['id']} {brief(pair.gold)} {'; '.join(wrong)} {_quote(pair.printed)}"


def brief(claim: ClaimJson) -> str:
    """Return measure and count of a claim in a few characters: `killed 20`, `injured >=41`, `killed ?`."""
    count = claim.get("count") or {}
    sign = COUNT_SIGNS.get(count.get("modifier") or "", "{low}..{high}")
    number = sign.format(low=_bound(count.get("low")), high=_bound(count.get("high")))
    scope = " cum" if claim.get("scope") == "cumulative" else ""
    return f"{_shown(claim.get('measure'))} {number}{scope}"


def _wrong(pair: Pair, field: str, whole_only: bool) -> Iterator[str]:
    counts = field in {"affiliation", "place", "date", "claimant", "scope"}
    if whole_only and not counts:
        return
    printed = pair.printed.get("claimants") if field == "claimant" else _at(pair.printed, FIELDS[field])
    mark = "*" if counts else ""
    yield f"{mark}{field}: {_shown(_at(pair.gold, FIELDS[field]))} | {_shown(printed)}"


def _at(claim: ClaimJson, path: tuple[str, ...]) -> Any:
    value: Any = claim
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        words = f" {value['text']!r}" if value.get("text") else ""
        return f"{_bound(value.get('start'))}..{_bound(value.get('end'))}{'~' if value.get('vague') else ''}{words}"
    if isinstance(value, list | tuple):
        return "/".join(_shown(entry) for entry in value) or "-"
    return "-" if value is None else str(value)


def _bound(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "?" if value is None else str(value)


def _quote(claim: ClaimJson) -> str:
    words = " ".join(str(claim.get("anchor") or claim.get("quote") or "").split())
    return f"<{words[:QUOTE_WIDTH]}>"
