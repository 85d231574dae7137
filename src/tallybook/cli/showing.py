"""How claims and documents look to people, from the JSON objects that programs get."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tallybook.cli.output import print_line
from tallybook.cli.tables import print_wrapped, width
from tallybook.model import Reading
from tallybook.model.wire import Json, span_json

if TYPE_CHECKING:
    from tallybook.claims.tracing import Trace, Weighed

COUNT, WHAT, WHERE = 8, 25, 20
"""Columns of a claim's first line: bounds to the right, then harm, place and speaker to the end."""

OTHER_RECORDS = ("victims", "control", "evidence", "allegations", "conduct", "relations", "force_sizes", "issues")


def numbers(low: int | None, high: int | None) -> str:
    """Write bounds: `20`, `60..`, `..100`, `90..100`; nothing stated is nothing."""
    if low is None and high is None:
        return ""
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def counted(count: Json | None) -> str:
    """Write a count by its bounds, or by its words where it has none."""
    return "" if count is None else numbers(count["low"], count["high"]) or str(count.get("text", ""))


def days(date: Json | None, between: str = "..") -> str:
    """Write an interval of days; nothing where none is known."""
    if not date or not (date["start"] or date["end"]):
        return ""
    if date["start"] == date["end"]:
        return str(date["start"])
    return f"{date['start'] or ''}{between}{date['end'] or ''}"


def harm(claim: Json) -> str:
    """Write what a claim says happened, in a few words."""
    status = claim["target"]["affiliation"]
    marks = [m for m in (claim["change"], None if claim["stance"] == "asserted" else claim["stance"]) if m]
    marks += ["total"] if claim["scope"] == "cumulative" else []
    words = claim["measure"] or claim["about"] or "casualties"
    words += "" if status == "unknown" else f" {status}"
    return f"{words} ({', '.join(marks)})" if marks else words


def heading(document: Json) -> str:
    """Name a document by id, publisher and day."""
    told = (document["id"], document["publisher"], (document["published"] or "")[:10])
    return " | ".join(t for t in told if t)


def show_documents(items: Iterable[Json]) -> int:
    """Print each document that has claims, claim by claim with its words; return how many claims there were."""
    shown = 0
    for item in items:
        if item["claims"]:
            shown += show_document(item)
    return shown


def show_document(item: Json) -> int:
    """Print one document with its claims, and how many other records it holds; return how many claims there were."""
    print_line(heading(item["document"]))
    if item["document"]["title"]:
        print_wrapped(item["document"]["title"])
    for claim in item["claims"]:
        _show_claim(claim, item["document"])
    if not item["claims"]:
        print_line("  no claims")
    others = [f"{name.replace('_', ' ')} {len(item[name])}" for name in OTHER_RECORDS if item[name]]
    if others:
        print_wrapped(f"Also: {', '.join(others)}.")
    print_line()
    return len(item["claims"])


def _show_claim(claim: Json, document: Json) -> None:
    """Print a claim on two lines: what it says, and the words it was read from."""
    from rich.cells import set_cell_size

    speaker = " / ".join(claim["claimants"]) or document["publisher"] or ""
    where = claim["place"]["name"] if claim["place"] else ""
    rest = width() - COUNT - WHAT - WHERE - 4
    cells = (set_cell_size(harm(claim), WHAT), set_cell_size(where, WHERE), clipped(speaker, rest))
    print_line(f"{counted(claim['count']):>{COUNT}}  {' '.join(cells)}".rstrip())
    told = "  ".join(t for t in (claim["id"], days(claim["date"])) if t)
    quote = clipped(claim["quote"], width() - COUNT - len(told) - 6)
    print_line(f"{'':>{COUNT}}  {told}  “{quote}”")


def clipped(words: str, size: int) -> str:
    """Return words on one line, cut to a number of columns."""
    from rich.cells import cell_len, set_cell_size

    line = " ".join(words.split())
    return line if cell_len(line) <= size else set_cell_size(line, max(1, size - 1)).rstrip() + "…"


def show_explanation(reading: Reading, trace: Trace) -> None:
    """Print for each claim, and each number that is none, which rule decided on which words, and what was weighed."""
    for claim in reading.claims:
        words = claim.count.text if claim.count else claim.stance
        print_wrapped(f"{words}: claim {claim.id}, by rule {claim.rule or 'not recorded'}")
        print_wrapped(f'"{claim.quote}"', indent=4)
        for weighed in trace.of(claim.id):
            print_wrapped(_weighed_line(weighed), indent=4)
    for number in reading.numbers:
        print_wrapped(f"{number.quote}: no claim, by rule {number.rule}")
        print_wrapped(f"in the {number.field} at {number.span.start}..{number.span.end}", indent=4)
    print_line()


def _weighed_line(weighed: Weighed) -> str:
    told = f"{weighed.field}: {weighed.value} ({weighed.odds:.2f})"
    if weighed.next is None:
        return told
    features = ", ".join(f"{name} {pull:+.2f}" for name, pull in weighed.features)
    return f"{told} before {weighed.next} ({weighed.next_odds:.2f}): {features}"


def explained_json(reading: Reading, trace: Trace) -> Json:
    """Return the numbers that are no claim with the rule that decided, and for each claim what was weighed."""
    return {
        "numbers": [
            {"quote": n.quote, "span": span_json(n.span), "field": n.field, "rule": n.rule} for n in reading.numbers
        ],
        "weighed": {
            claim.id: [
                {
                    "field": w.field, "value": w.value, "odds": round(w.odds, 3),
                    "next": w.next, "next_odds": round(w.next_odds, 3), "features": dict(w.features),
                }
                for w in trace.of(claim.id)
            ]
            for claim in reading.claims
        },
    }  # fmt: skip
