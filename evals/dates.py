"""Eval `dates`: expressions of date against days that are known.

own_exact       share of the expressions of dates.csv whose interval is exactly the expected one; each stands in a
                sentence about harm, is resolved against its day of publication, and where it hangs on another date of
                the report, against that anchor. Written for this project; STACK's 28 phrases of conflict reports first.
muc4_contains   share of the days in INCIDENT: DATE of the MUC-4 key (dev) that lie wholly in a date of harm which the
                reader resolved in that document
gvc_contains    the same for the day of the incident of each report of the Gun Violence Corpus (train)
..._width       mean days of the narrowest interval that contains the truth: 1 is best
..._published   what answering the day of publication every time would get, as the simplest peer
dateparser_exact   own table with dateparser (past preferred, day first), where it is installed

Only intervals of at most MOST_DAYS count, on both sides: 'in 1989' contains a day and says nothing. Keys with an open
end ("- 08 JAN 90") and optional ones are left out. Vague words have the bounds of docs/reference/dates.md.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from evals.geo import place_reader
from evals.muc4 import muc4_documents
from evals.muc4_key import DATE, fills_of
from evals.ratios import share
from evals.reports import json_lines, report
from evals.request import Request
from evals.result import Result
from tallybook.claims.date_rules import DateRules, rules_with
from tallybook.claims.dates import find_dates
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.harm_dates import HarmDates
from tallybook.claims.parse import Sentence
from tallybook.claims.toponyms import PlaceReader
from tallybook.knowledge import load
from tallybook.model import DateRange, Document

OWN = Path(__file__).parent / "dates.csv"
SENTENCE = "Soldiers shot and killed seven people {} in the town."
"""What an expression stands in: words that tell of harm, as in a report."""
MOST_DAYS = 31
SPLITS = ("own", "muc4", "gvc")
NEVER = "none"
"""Expected of words that name a day which does not exist."""
Days = tuple[str | None, str | None]
"""First and last day, ISO, inclusive; None: open, and None twice: no day at all."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One row of the own table."""

    words: str
    published: date
    anchor: date | None
    days: Days


@dataclass(frozen=True, slots=True)
class Truth:
    """One day or stretch of the key, and the document it is of."""

    document: Document
    days: tuple[date, date]


def evaluate(request: Request) -> Result:
    """Score the parts asked for: own, muc4, gvc; all of them by default where their data is.

    Raises: NoData if a part is unknown, or data is asked for that is not there; FileNotFoundError if a file is missing.
    """
    parts = request.splits or (SPLITS if request.data is not None else ("own",))
    for part in parts:
        Request(request.reader, splits=(part,)).split(part, SPLITS)
    metrics: dict[str, float | None] = {"own_exact": None, "muc4_contains": None, "gvc_contains": None}
    misses: list[str] = []
    size = 0
    if "own" in parts:
        table = expressions()
        wrong = [(e, got) for e in table if (got := interval(e)) != e.days]
        metrics["own_exact"] = share(len(table) - len(wrong), len(table))
        metrics["expressions"] = float(len(table))
        metrics["dateparser_exact"] = share(sum(_peer(e) == e.days for e in table), len(table)) if _has_peer() else None
        misses += [
            f"own {e.words!r} ({e.published}, {e.anchor or '-'}): {_shown(e.days)} | {_shown(got)}" for e, got in wrong
        ]
        size += len(table)
    for part, truths in (("muc4", muc4_truths), ("gvc", gvc_truths)):
        if part in parts:
            known = list(truths(request.folder(part)))
            found = list(held(place_reader(request), known))
            metrics |= _figures(part, known, found)
            misses += [
                f"{part} {t.document.id}: {t.days[0]}..{t.days[1]}"
                for t, n in zip(known, found, strict=True)
                if n is None
            ]
            size += len({t.document.id for t in known})
    return Result("dates", size, metrics, tuple(misses))


def expressions(file: Path = OWN) -> list[Expression]:
    """Return the rows of the own table."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Expression(
                row["expression"], date.fromisoformat(row["published"]),
                date.fromisoformat(row["anchor"]) if row["anchor"] else None,
                (None, None) if row["start"] == NEVER else (row["start"] or None, row["end"] or None),
            )
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def interval(expression: Expression) -> Days:
    """Return the days that the product takes an expression for; None twice where it finds no date."""
    text = SENTENCE.format(expression.words)
    if expression.words.isupper():
        text = text.upper()
    found = harm_dates(text, expression.published, expression.anchor)
    return (found[0].start, found[0].end) if found else (None, None)


@cache
def _rules() -> DateRules:
    return rules_with(load().lexicon.feasts)


def harm_dates(text: str, published: date, anchor: date | None) -> list[DateRange]:
    """Return the dates of harm of one sentence."""
    facts = SentenceFacts(
        Sentence([], text, 0, len(text), 0, 0, False, "text"), "body", dates=find_dates(text, _rules())
    )
    dates = HarmDates(published)
    dates.anchor = anchor
    return [days for _, days in dates.of(facts)]


def muc4_truths(folder: Path) -> Iterator[Truth]:
    """Yield the bounded dates of the dev key, one for each different one of a document.

    Raises: FileNotFoundError if a file is missing.
    """
    documents = {d.id: d for d in muc4_documents(folder, ("dev",))}
    seen: set[tuple[str, str]] = set()
    for row in json_lines(folder / "templates.jsonl"):
        document = documents.get(row["doc_id"])
        for fill in fills_of(DATE, row["slots"].get(DATE) or ()) if document is not None else ():
            days = key_days(fill.values[0]) if len(fill.values) == 1 and not fill.optional else None
            if document is not None and days is not None and (document.id, fill.values[0]) not in seen:
                seen.add((document.id, fill.values[0]))
                yield Truth(document, days)


def gvc_truths(folder: Path) -> Iterator[Truth]:
    """Yield the day of the incident of each train report.

    Raises: FileNotFoundError if a file is missing.
    """
    for row in json_lines(folder / "documents.jsonl"):
        day = _day(str(row.get("date") or "")) or _written(str(row.get("date") or ""))
        if row["split"] == "train" and day is not None:
            yield Truth(
                report(str(row["doc_id"]), row["text"], title=row.get("title"), published=row.get("dct")), (day, day)
            )


def key_days(value: str) -> tuple[date, date] | None:
    """Return the first and last day of '30 DEC 89' or '08 JAN 90 - 09 JAN 90'; None where open or too wide."""
    found = [_muc_day(part) for part in re.split(r"\s+-\s+", value.strip())]
    if value.lstrip().startswith("-") or not found or None in found:
        return None
    first, last = found[0], found[-1]
    if first is None or last is None or not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        return None
    return first, last


def held(reader: PlaceReader, truths: Sequence[Truth]) -> Iterator[int | None]:
    """Yield for each truth the days of the narrowest date of harm that contains it, or None."""
    found: dict[str, list[DateRange]] = {}
    for truth in truths:
        name = truth.document.id
        if name not in found:
            found[name] = list(_dates_of(reader, truth.document))
        widths = [w for days in found[name] if (w := _width(days, truth.days)) is not None]
        yield min(widths, default=None)


def _dates_of(reader: PlaceReader, document: Document) -> Iterator[DateRange]:
    parsed = reader.parser.parse((document.title or "", document.text))
    facts, _ = reader.finder.facts(document, *parsed)
    dates = HarmDates(_day(document.published or ""))
    for sentence in facts:
        yield from (days for _, days in dates.of(sentence))


def _width(days: DateRange, truth: tuple[date, date]) -> int | None:
    """Return how many days an interval has that contains the truth; None where it does not, or is too wide."""
    if days.start is None or days.end is None:
        return None
    first, last = date.fromisoformat(days.start), date.fromisoformat(days.end)
    width = (last - first).days + 1
    return width if first <= truth[0] and truth[1] <= last and width <= MOST_DAYS else None


def _figures(part: str, known: Sequence[Truth], found: Sequence[int | None]) -> dict[str, float | None]:
    widths = [w for w in found if w is not None]
    same_day = sum(
        t.document.published is not None and _day(t.document.published) == t.days[0] == t.days[1] for t in known
    )
    return {
        f"{part}_contains": share(len(widths), len(known)),
        f"{part}_width": round(sum(widths) / len(widths), 2) if widths else None,
        f"{part}_published": share(same_day, len(known)),
    }


def _muc_day(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%d %b %y").date()
    except ValueError:
        return None


def _written(text: str) -> date | None:
    """Return the day of 'July 23, 2016'."""
    try:
        return datetime.strptime(text.strip(), "%B %d, %Y").date()
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _has_peer() -> bool:
    try:
        import dateparser  # noqa: F401
    except ImportError:
        return False
    return True


def _peer(expression: Expression) -> Days:
    """Return what dateparser makes of an expression: one day, or nothing."""
    import dateparser

    base = datetime.combine(expression.anchor or expression.published, datetime.min.time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
    found = dateparser.parse(expression.words, languages=["en"], settings=settings)
    return (found.date().isoformat(), found.date().isoformat()) if found else (None, None)


def _shown(days: Days) -> str:
    return "nothing" if days == (None, None) else f"{days[0] or ''}..{days[1] or ''}"
