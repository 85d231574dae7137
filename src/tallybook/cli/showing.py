"""How records look to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tallybook.cli.output import print_line
from tallybook.cli.tables import print_table, print_wrapped
from tallybook.model import Claim, Count, DateRange, Document, Reading
from tallybook.model.wire import Json, span_json


def numbers(low: int | None, high: int | None) -> str:
    """Write bounds: `20`, `60..`, `..100`, `90..100`; nothing stated is nothing."""
    if low is None and high is None:
        return ""
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def counted(count: Count | None) -> str:
    """Write a count by its bounds, or by its words where it has none."""
    if count is None:
        return ""
    return numbers(count.low, count.high) or count.text


def days(date: DateRange | None) -> str:
    """Write an interval of days."""
    if date is None or (date.start is None and date.end is None):
        return ""
    if date.start == date.end:
        return f"{date.start}{'~' if date.vague else ''}"
    return f"{date.start or ''}..{date.end or ''}"


def harm(claim: Claim) -> str:
    """Write what a claim says happened, in a few words."""
    if claim.measure is None:
        return f"{claim.stance} ({claim.about})" if claim.about else "casualties"
    people = "" if claim.target.affiliation == "unknown" else f" {claim.target.affiliation}"
    marks = [m for m in (claim.change, None if claim.stance == "asserted" else claim.stance) if m]
    marks += ["total"] if claim.scope == "cumulative" else []
    return f"{claim.measure}{people}{' [' + ', '.join(marks) + ']' if marks else ''}"


def heading(document: Document) -> str:
    """Name a document by id, publisher and day."""
    told = [document.publisher, document.published_day]
    return " | ".join([document.id, *(t for t in told if t)])


CLAIM_COLUMNS = ("count", "what", "where", "when", "who says so")


def claim_row(claim: Claim, publisher: str | None) -> Sequence[str]:
    """Return the cells of a claim."""
    speaker = " / ".join(claim.claimants) or publisher or ""
    return (
        counted(claim.count),
        harm(claim),
        claim.place.name if claim.place else "",
        days(claim.date),
        speaker,
    )


def show_reading(reading: Reading) -> None:
    """Print one document's claims and how many other records it holds."""
    print_line(heading(reading.document))
    if reading.document.title:
        print_wrapped(reading.document.title)
    rows = [claim_row(c, reading.document.publisher) for c in reading.claims]
    if not print_table(CLAIM_COLUMNS, rows, numbers=("count",)):
        print_line("  no claims")
    others = [(name, len(getattr(reading, name))) for name in OTHER_RECORDS if getattr(reading, name)]
    if others:
        print_wrapped("Also: " + ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in others) + ".")
    print_line()


OTHER_RECORDS = ("victims", "control", "evidence", "allegations", "conduct", "relations", "force_sizes", "issues")


def show_explanation(reading: Reading) -> None:
    """Print for each claim, and each number that is none, which rule decided and on which words."""
    for claim in reading.claims:
        words = claim.count.text if claim.count else claim.stance
        print_wrapped(f"{words}: claim {claim.id}, {harm(claim)}, by rule {claim.rule or 'not recorded'}")
        print_wrapped(f'"{" ".join(claim.quote.split())}"', indent=4)
    for number in reading.numbers:
        print_wrapped(f"{number.quote}: no claim, by rule {number.rule}")
        print_wrapped(f"in the {number.field} at {number.span.start}..{number.span.end}", indent=4)
    print_line()


def explained_json(reading: Reading) -> Json:
    """Return the numbers that are no claim, with the rule that decided."""
    return {
        "numbers": [
            {"quote": n.quote, "span": span_json(n.span), "field": n.field, "rule": n.rule} for n in reading.numbers
        ]
    }


def joined(values: Iterable[Any]) -> str:
    """Return values as one cell."""
    return "; ".join(str(v) for v in values)
