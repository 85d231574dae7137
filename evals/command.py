"""The command line: `python -m evals NAME [--data DIR] [--gold DIR] [--split A,B] [--format json] [--misses]`."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from evals.floors import Floors, read_floors, write_floors
from evals.gold_files import OWN_REPORTS, corpus_hash
from evals.reports import default_reader
from evals.request import NoData, Request
from evals.result import Result

EVALS = (
    "gold", "muc4", "longtail", "gvc", "wikievents", "attribution", "link-longtail", "link-gvc", "link-gold", "geo-lgl",
    "geo-geovirus", "geo-ucdp", "actors-ucdp", "dates", "ledger", "victims",
)  # fmt: skip
"""Names of the evals; each is a module of this package, its dashes written `_`, with a function `evaluate`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one eval and print its metrics; the last line is one JSON object. Returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.raise_floors and (options.gold or options.split):
        parser.error("floors are of the whole default set: --raise-floors goes with neither --gold nor --split")
    started = time.perf_counter()
    try:
        result = _run(options)
    except (NoData, FileNotFoundError) as missing:
        print(f"evals {options.name}: {missing}", file=sys.stderr)
        return 2
    _print(result, options, time.perf_counter() - started)
    if options.raise_floors:
        raise_floors(result)
    return 0


def raise_floors(result: Result) -> None:
    """Move the floors of one eval in baseline.json up to what was measured."""
    floors = read_floors()
    corpus = corpus_hash(OWN_REPORTS) if result.name == "gold" else None
    floors[result.name] = floors.get(result.name, Floors()).raised_to(result.name, result.metrics, corpus)
    write_floors(floors)


def _run(options: argparse.Namespace) -> Result:
    request = Request(
        reader=default_reader(),
        data=options.data,
        gold=options.gold,
        splits=tuple(part.strip() for part in options.split.split(",") if part.strip()),
    )
    evaluate = importlib.import_module(f"evals.{options.name.replace('-', '_')}").evaluate
    result: Result = evaluate(request)
    return result


def _print(result: Result, options: argparse.Namespace, seconds: float) -> None:
    if options.misses:
        print("\n".join(result.misses))
    if options.format == "table":
        print(result.as_table())
    print(result.as_json(seconds))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure the reader.")
    parser.add_argument("name", choices=EVALS, metavar="NAME", help=", ".join(EVALS))
    parser.add_argument("--data", type=Path, help="folder that holds the public data sets, one folder each")
    parser.add_argument("--gold", type=Path, help="folder of gold reports (default: evals/gold)")
    parser.add_argument("--split", default="", metavar="A,B", help="splits to score (default: the reporting split)")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="json prints the last line alone")
    parser.add_argument("--misses", action="store_true", help="list every error first, one line each")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors in evals/baseline.json")
    return parser
