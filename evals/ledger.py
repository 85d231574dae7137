"""Eval `ledger`: small books with answers proved by hand, and random books judged by trying everything.

`ledger_cases.yaml` holds the proved cases: `name`, `because` (the proof in a line), optionally `reports` (report to day
of publication, or to `{published, publisher, url, text}`), `sides`, `decisions`, then `claims` (see `ledger_books`),
`ask` and `answer`. An answer states low, best and high; where it lists `counted`, `left_out` or `conflicts` these must
agree in full; a conflict may be given by its kind alone. `random_` keys are those of `ledger_random`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.ledger_books import Malformed, Row, Setting, book_of, places_of
from evals.ledger_random import family_misses, random_misses
from evals.request import Request
from evals.result import Result
from tallybook.ledger import Book, total
from tallybook.model import Conflict, Figure, Query

CASES = Path(__file__).parent / "ledger_cases.yaml"
"""The proved cases of this repository."""
RANDOM_BOOKS, RANDOM_FAMILIES = 1000, 500
"""Random books of one run: incidents and tolls, and an incident with its parts; some ten seconds on one core."""

NEEDED = ("name", "because", "claims", "ask", "answer")
CASE_KEYS = frozenset({*NEEDED, "reports", "sides", "decisions"})
BOUNDS = ("low", "high")
OPTIONAL = ("best", "counted", "left_out", "conflicts")
QUERY = {
    "measure": "measure", "who": "who", "by": "by", "in": "place", "since": "since", "until": "until",
    "as_of": "as_of", "policy": "policy", "origins": "origins",
}  # fmt: skip
"""Keys of `ask`, as the command line spells them, and the field of a query that each sets."""


class BadCase(Exception):
    """A case of the file cannot be asked."""


@dataclass(frozen=True, slots=True)
class Case:
    """One book, one question, and the answer that was proved by hand."""

    name: str
    because: str
    book: Book
    query: Query
    answer: Mapping[str, Any]


def evaluate(request: Request) -> Result:
    """Ask every case and every random book; needs no data.

    Raises: BadCase if a case of the file cannot be asked.
    """
    cases = read_cases()
    misses = [line for case in cases for line in wrong_in(case)]
    wrong = {line.split(" ")[1] for line in misses}
    astray = [*random_misses(RANDOM_BOOKS), *family_misses(RANDOM_FAMILIES)]
    random = RANDOM_BOOKS + RANDOM_FAMILIES
    metrics: dict[str, float | None] = {
        "right": len(cases) - len(wrong),
        "of": len(cases),
        "random_right": random - len(astray),
        "random_of": random,
    }
    return Result("ledger", len(cases), metrics, (*misses, *astray))


def read_cases(file: Path = CASES) -> tuple[Case, ...]:
    """Return the cases of a file in its order.

    Raises: BadCase, which names the case, if a key is missing or unknown, a value makes no sense, or a name stands
    twice; FileNotFoundError if there is no such file.
    """
    try:
        told = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as wrong:
        raise BadCase(f"{file.name}: no YAML ({wrong})") from wrong
    if not isinstance(told, dict) or set(told) != {"places", "cases"}:
        raise BadCase(f"{file.name}: it must hold `places` and `cases`, and nothing else")
    places = places_of(told["places"])
    cases = tuple(_case(row, Setting(places)) for row in told["cases"])
    names = [case.name for case in cases]
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice:
        raise BadCase(f"case {twice}: the name stands twice")
    return cases


def wrong_in(case: Case) -> list[str]:
    """Return one line for each part of the answer that the ledger gives otherwise; none where all agree."""
    told = total(case.book, case.query)
    return [
        f"WRONG {case.name} {key}: {_shown(case.answer[key])} proved, {_shown(got)} printed ({case.because})"
        for key, got in _given(told, case.answer)
        if key in case.answer and case.answer[key] != got
    ]


def _case(row: Row, base: Setting) -> Case:
    name = row.get("name", "without a name")
    missing = [key for key in NEEDED if key not in row]
    other = sorted(set(row) - CASE_KEYS)
    if missing or other:
        raise BadCase(f"case {name}: " + (f"{missing[0]!r} is missing" if missing else f"there is no key {other[0]!r}"))
    try:
        reports = {key: at if isinstance(at, dict) else {"published": at} for key, at in row.get("reports", {}).items()}
        setting = Setting(base.places, row.get("sides", {}), reports, row.get("decisions", ()))
        return Case(name, row["because"], book_of(row["claims"], setting), _query(row["ask"]), _answer(row["answer"]))
    except Malformed as wrong:
        raise BadCase(f"case {name}: {wrong}") from wrong


def _query(ask: Row) -> Query:
    other = sorted(set(ask) - set(QUERY))
    if other:
        raise Malformed(f"ask: there is no key {other[0]!r}; there are {', '.join(QUERY)}")
    told = {QUERY[key]: value for key, value in ask.items()}
    for key in ("who", "origins"):
        if key in told:
            told[key] = tuple(part.strip() for part in str(told[key]).split(","))
    for key in ("since", "until", "as_of"):
        if key in told:
            told[key] = str(told[key])
    return Query(told.pop("measure", "killed"), **told)


def _answer(answer: Row) -> dict[str, Any]:
    missing = [key for key in BOUNDS if key not in answer]
    other = sorted(set(answer) - {*BOUNDS, *OPTIONAL})
    if missing or other:
        raise Malformed(f"answer: {missing[0]!r} is missing" if missing else f"answer: there is no key {other[0]!r}")
    made = dict(answer)
    if "counted" in made:
        made["counted"] = sorted(made["counted"])
    if "conflicts" in made:
        made["conflicts"] = sorted(made["conflicts"])
    return made


def _given(told: Figure, answer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a figure as cases write them."""
    yield from (("low", told.low), ("best", told.best), ("high", told.high))
    yield "counted", sorted(told.counted)
    yield "left_out", {x.claim: x.reason if x.field is None else f"{x.reason} {x.field}" for x in told.left_out}
    kinds = sorted(c.kind for c in told.conflicts)
    yield "conflicts", kinds if kinds and answer.get("conflicts") == kinds else sorted(map(_conflict, told.conflicts))


def _conflict(told: Conflict) -> str:
    """Return `KIND CLAIM...`, with `by REASON` where something explains it."""
    return " ".join((told.kind, *told.claims)) + (f" by {told.explained_by}" if told.explained_by else "")


def _shown(value: Any) -> str:
    return "null" if value is None else str(value)
