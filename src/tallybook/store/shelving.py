"""Records to rows and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from tallybook.errors import BookError
from tallybook.model import (
    Allegation,
    Claim,
    Conduct,
    Control,
    Document,
    Evidence,
    ForceSize,
    Issue,
    Judgement,
    Reading,
    Relation,
    Victim,
)
from tallybook.model.codec import from_plain, shared, to_plain
from tallybook.store.contract import Entry

ARRIVAL = "arrival"
"""Kind of the issues that arrival noticed; in a reading they stand before its own."""

VICTIMS = "victims"
"""Kind of the persons who are named as harmed."""

CONTROL = "control"
"""Kind of the records of who holds which place."""

ISSUES = "issues"
"""Kind of the issues that the reader noticed."""

KINDS: dict[str, type] = {
    VICTIMS: Victim,
    CONTROL: Control,
    "evidence": Evidence,
    "allegations": Allegation,
    "conduct": Conduct,
    "relations": Relation,
    "force_sizes": ForceSize,
    ISSUES: Issue,
}
"""Fields of a Reading beside its claims, and the records they hold."""

Row = dict[str, Any]


def packed(record: Any) -> str:
    """Return a record as compact JSON; equal records give equal bytes."""
    return json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def document_row(document: Document) -> Row:
    """Return a document's columns."""
    return {f.name: getattr(document, f.name) for f in fields(document)}


def reading_id(document: str, reader: str, knowledge: str, mended: str = "") -> str:
    """Return 32 hex digits for one way of reading one document."""
    told = (document, reader, knowledge, *([mended] if mended else []))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def claim_row(reading: str, position: int, claim: Claim) -> Row:
    """Return a claim's columns."""
    return {
        "reading": reading,
        "id": claim.id,
        "position": position,
        "measure": claim.measure,
        "stance": claim.stance,
        "scope": claim.scope,
        "start": claim.date.start if claim.date else None,
        "end": claim.date.end if claim.date else None,
        "record": packed(claim),
    }


def record_rows(reading: str, entry: Entry) -> list[Row]:
    """Return the rows of all other records, what arrival noticed among them."""
    held: dict[str, tuple[Any, ...]] = {kind: getattr(entry.reading, kind) for kind in KINDS}
    held[ARRIVAL] = entry.arrival_issues
    return [
        {"reading": reading, "kind": kind, "position": position, "record": packed(record)}
        for kind, records in held.items()
        for position, record in enumerate(records)
    ]


def document_kept(row: Mapping[str, Any]) -> Document:
    """Return the document that a row keeps."""
    return Document(**{name: shared(value) for name, value in row.items()})


def claim_of(record: str) -> Claim:
    """Return the claim that a row keeps."""
    return from_plain(Claim, json.loads(record))


def victim_of(record: str) -> Victim:
    """Return the victim that a row keeps."""
    return from_plain(Victim, json.loads(record))


def control_of(record: str) -> Control:
    """Return the record of control that a row keeps."""
    return from_plain(Control, json.loads(record))


def issue_of(record: str) -> Issue:
    """Return the issue that a row keeps."""
    return from_plain(Issue, json.loads(record))


def reading_of(document: Document, reader: str, claims: Iterable[str], records: Iterable[tuple[str, str]]) -> Reading:
    """Put a reading together from its rows, which come in order."""
    held: dict[str, list[Any]] = {kind: [] for kind in (*KINDS, ARRIVAL)}
    for kind, record in records:
        held[kind].append(from_plain(KINDS.get(kind, Issue), json.loads(record)))
    held["issues"] = held.pop(ARRIVAL) + held["issues"]
    others: Mapping[str, Any] = {kind: tuple(values) for kind, values in held.items()}
    return Reading(document, reader, tuple(claim_of(c) for c in claims), **others)


def judgement_of(number: int, record: str) -> Judgement:
    """Return the judgement that a row keeps.

    Raises: BookError where the row cannot be read.
    """
    try:
        return from_plain(Judgement, json.loads(record))
    except (ValueError, TypeError, AttributeError) as trouble:
        raise BookError(
            f"Judgement {number} cannot be read ({trouble}): it was changed after it was made. Restore the book."
        ) from trouble


def precedence(document: Document) -> tuple[str, ...]:
    """Return what decides between two arrivals of one document: the smallest is kept, whatever came first."""
    told = (document.title, document.published_from, document.language, document.sha256_bytes, document.source)
    return (document.id, *(value or "" for value in told))
