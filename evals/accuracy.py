"""Write docs/reference/accuracy.md from a full run of all evals: what the reader gets right, and what is weak.

Usage: python -m evals.accuracy --data DIR

Takes some ten minutes. Sets that are not in DIR are told as not run.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals import gold
from evals.calibration import Bin, bins, told
from evals.command import EVALS
from evals.reports import default_reader
from evals.request import NoData, Request

PAGE = Path("docs/reference/accuracy.md")
FLOORS: Mapping[str, Mapping[str, float]] = {
    "gold": {"sealed_found_f1": 0.92, "sealed_record_f1": 0.75, "sealed_false_per_100": 3},
    "muc4": {"f1": 0.40, "count_f1": 0.65},
    "longtail": {"killed_exact": 0.70, "injured_exact": 0.60, "inside": 0.85},
    "gvc": {"killed_exact": 0.70, "injured_exact": 0.60, "inside": 0.85},
    "wikievents": {"f1": 0.50},
    "attribution": {"f1": 0.65},
    "geo-lgl": {"acc161": 0.75},
    "geo-geovirus": {"acc161": 0.85},
    "geo-ucdp": {"acc25": 0.40, "acc25_imported": 0.60},
    "actors-ucdp": {"accuracy": 0.95},
    "dates": {"own_exact": 0.97, "muc4_contains": 0.75, "gvc_contains": 0.85},
    "link-gvc": {"conll": 0.80},
    "link-longtail": {"conll": 0.80, "killed_exact": 0.60},
    "link-gold": {"sealed_pairwise_f1": 0.90, "sealed_wrong_merges": 0.02},
    "ledger": {"right": 302},
    "victims": {"precision": 0.98, "recall": 0.9},
}
"""Where each figure starts to be useful: set before the reader was written."""
SETS = {
    "gold": "our own invented reports: 494 open, on which the reader was written and trained, and 75 sealed",
    "muc4": "Latin American news of 1988-91, tst1 and tst2: templates, and numbers of people harmed",
    "longtail": "US shootings of several reports each, second half: killed and injured exactly right, or inside bounds",
    "gvc": "US shootings, dev: the same",
    "wikievents": "news of bombings, dev: who was harmed, by whom, with what, where",
    "attribution": "political news: source and cue of reported statements",
    "geo-lgl": "places in local US news, names given: within 161 km",
    "geo-geovirus": "places in news of disease, names given: within 161 km",
    "geo-ucdp": "place names of UCDP events in Myanmar: within 25 km, with what ships and with tables imported",
    "actors-ucdp": "sides of UCDP events in Myanmar",
    "dates": "341 expressions of our own, and days of two public keys",
    "link-gvc": "US shootings, dev, all reports in one book: grouped by incident",
    "link-longtail": "US shootings, second half, all reports in one book: grouped by incident, then counted",
    "link-gold": "invented incidents told by several reports: pairs of claims, sealed half",
    "ledger": "answers proved by hand",
    "victims": "20,456 records of invented people with the slips of real lists: pairs that name one person",
}

Metrics = Mapping[str, float | None]


def page(results: Mapping[str, Metrics | None], sealed: Sequence[Bin], day: datetime.date) -> str:
    """Return the page for the metrics of each eval (None: not run) and the reliability bins of the sealed half."""
    return "\n".join(
        [
            "# How accurate the reader is",
            "",
            f"Written by `python -m evals.accuracy` on {day.isoformat()}; every figure is from that run.",
            "Definitions are in [evals/README.md](../../evals/README.md). What counts is the sealed half and the",
            "public sets: the reader was written and trained on the open half.",
            "",
            *_against_floors(results),
            *_fields(results.get("gold")),
            *_reliability(sealed),
            *_weak(results),
        ]
    )


def _against_floors(results: Mapping[str, Metrics | None]) -> Iterator[str]:
    yield from (
        "## Against where it starts to be useful",
        "",
        "| set | figure | measured | number near verb | useful from |",
        "|---|---|---|---|---|",
    )
    for name, floors in FLOORS.items():
        metrics = results.get(name)
        for figure, floor in floors.items():
            measured = "not run" if metrics is None else _number(metrics.get(figure))
            plain = _baseline(figure)
            beside = "" if metrics is None or plain not in metrics else _number(metrics[plain])
            yield f"| {name} | {figure} | {measured} | {beside} | {floor:g} |"
    yield ""
    for name, words in SETS.items():
        yield f"- `{name}`: {words}."
    yield ""


def _baseline(figure: str) -> str:
    return f"sealed_baseline_{figure.removeprefix('sealed_')}" if figure.startswith("sealed_") else f"baseline_{figure}"


def _fields(metrics: Metrics | None) -> Iterator[str]:
    if metrics is None:
        return
    yield from (
        "## Field by field, on claims that were found",
        "",
        "| field | open | sealed | calibration error, sealed |",
        "|---|---|---|---|",
    )
    names = [n.removeprefix("field_") for n in metrics if n.startswith("field_")]
    for name in names:
        error = metrics.get(f"sealed_ece_{name}")
        yield _row(name, metrics[f"field_{name}"], metrics[f"sealed_field_{name}"], error)
    found, sealed, error = (metrics.get(n) for n in ("found_f1", "sealed_found_f1", "sealed_ece_count"))
    yield _row("count and measure", found, sealed, error)
    yield ""


def _row(name: str, *values: float | None) -> str:
    return " | ".join((f"| {name}", *map(_number, values), "")).rstrip()


def _reliability(found: Sequence[Bin]) -> Iterator[str]:
    if not found:
        return
    yield from (
        "## Does the confidence of a claim mean what it says",
        "",
        "Claims of the sealed half by confidence in count and measure; a calibrated reader is right as often as sure.",
        "",
        "| confidence | claims | right | |",
        "|---|---|---|---|",
    )
    for part in found:
        yield f"| {part.sure:.2f} | {part.size} | {part.right:.2f} | {'#' * round(part.right * 20)} |"
    yield ""


def _weak(results: Mapping[str, Metrics | None]) -> Iterator[str]:
    yield from ("## What is weak", "")
    short = [
        f"- `{name}` {figure}: {_number(metrics[figure])}, useful from {floor:g}."
        for name, floors in FLOORS.items()
        if (metrics := results.get(name)) is not None
        for figure, floor in floors.items()
        if not _reached(figure, metrics.get(figure), floor)
    ]
    yield from short or ["- No figure lies below its mark."]
    yield ""


def _reached(figure: str, value: float | None, floor: float) -> bool:
    if value is None:
        return False
    return value <= floor if "false" in figure or "wrong" in figure else value >= floor


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if value >= 2 else f"{value:.3f}"


def main() -> None:
    """Run every eval and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder that holds the public data sets, one folder each")
    data = parser.parse_args().data
    results: dict[str, Metrics | None] = {}
    for name in EVALS:
        request = Request(reader=default_reader(), data=data, gold=None, splits=())
        try:
            results[name] = importlib.import_module(f"evals.{name.replace('-', '_')}").evaluate(request).metrics
        except NoData as missing:
            print(f"{name}: {missing}")
            results[name] = None
        print(f"{name}: done", flush=True)
    scores = gold.halves(gold.scored(Request(reader=default_reader(), data=None, gold=None, splits=())))["sealed_"]
    sealed = bins((sure, right) for field, sure, right in told(scores) if field == "count")
    PAGE.write_text(page(results, sealed, datetime.date.today()), encoding="utf-8", newline="\n")
    print(f"{PAGE}: written")


if __name__ == "__main__":
    main()
