"""Errors of one field on found claims, put into classes that can be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from evals.agreement import Pair
from evals.gold_score import ReportScore
from evals.names import PLACE_PADDING, choices, same_as_any

ROWS = 12
"""Classes that a table shows; the rest are added up."""


def place_class(pair: Pair) -> str:
    """Say how a printed place misses the one that gold means."""
    gold, printed = pair.gold.get("place") or {}, pair.printed.get("place") or {}
    wanted, name = gold.get("name"), printed.get("name")
    larger = [*(printed.get("admin") or ())]
    if name is None:
        return "no place printed"
    if [w for w in choices(wanted) if w is not None] == []:
        return "a place printed where the report tells none"
    if printed.get("precision") == "country":
        return "the country printed for a place in it"
    if same_as_any(wanted, larger, PLACE_PADDING):
        return "a smaller place inside the right one"
    if same_as_any(name, gold.get("admin"), PLACE_PADDING) if gold.get("admin") else False:
        return "a larger unit of the right place"
    if gold.get("country") and printed.get("country") and gold["country"] != printed["country"]:
        return "a place in another country"
    at = printed.get("precision")
    return "another place, in no gazetteer" if at == "unresolved" else "another place of the report"


def perpetrator_class(pair: Pair) -> str:
    """Say how a printed perpetrator misses the one that gold means."""
    wanted = [w for w in choices(pair.gold.get("perpetrator")) if w is not None]
    printed = pair.printed.get("perpetrator")
    if not printed:
        return "nobody printed"
    if not wanted:
        return "somebody printed where the report tells nobody"
    if same_as_any((pair.gold.get("target") or {}).get("group"), printed):
        return "the side that was harmed"
    if same_as_any(pair.gold.get("claimant"), printed):
        return "the claimant, who did not do it"
    return "another side"


def kind_class(pair: Pair) -> str:
    """Say which kind of event was printed for which."""
    return f"{choices(pair.gold.get('event_type'))[0]} printed as {pair.printed.get('event_type')}"


CLASSES: Mapping[str, Callable[[Pair], str]] = {
    "place": place_class,
    "perpetrator": perpetrator_class,
    "event_type": kind_class,
}
"""Fields whose errors are put into classes, the weakest ones."""


def counted(field: str, scores: Sequence[ReportScore]) -> Counter[str]:
    """Return how often each class of error of a field occurs."""
    told: Callable[[Pair], str] = CLASSES[field]
    return Counter(told(pair) for score in scores for pair in score.pairs if not pair.right[field])


def class_table(field: str, scores: Sequence[ReportScore]) -> Iterator[str]:
    """Yield the rows of a table of the commonest classes, with an example of each."""
    found = counted(field, scores)
    examples: dict[str, Any] = {}
    for score in scores:
        for pair in score.pairs:
            if not pair.right[field]:
                examples.setdefault(CLASSES[field](pair), f"{score.report.id} {pair.gold['id']}")
    yield "| class | errors | for example |"
    yield "|---|---|---|"
    for name, times in sorted(found.items(), key=lambda f: (-f[1], f[0]))[:ROWS]:
        yield f"| {name} | {times} | {examples[name]} |"
    rest = sum(found.values()) - sum(times for _, times in found.most_common(ROWS))
    if rest:
        yield f"| others | {rest} | |"
