"""Records to rows and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from tallybook.model import (
    Allegation,
    Claim,
    Conduct,
    Control,
    Document,
    Evidence,
    ForceSize,
    Issue,
    Reading,
    Relation,
    Victim,
)
from tallybook.model.codec import from_plain, to_plain
from tallybook.store.contract import Entry

KINDS: dict[str, type] = {
    "victims": Victim,
    "control": Control,
    "evidence": Evidence,
    "allegations": Allegation,
    "conduct": Conduct,
    "relations": Relation,
    "force_sizes": ForceSize,
    "issues": Issue,
}
"""Fields of a Reading beside its claims, and the records they hold."""

Row = dict[str, Any]


def packed(record: Any) -> str:
    """Return a record as compact JSON; equal records give equal bytes."""
    return json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def document_row(document: Document) -> Row:
    """Return a document's columns."""
    return {f.name: getattr(document, f.name) for f in fields(document)}


def reading_id(document: str, reader: str, knowledge: str) -> str:
    """Return 32 hex digits for one way of reading one document."""
    return hashlib.sha256(f"{document}\n{reader}\n{knowledge}".encode()).hexdigest()[:32]


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
    """Return the rows of all other records; what arrival noticed stands before what the reader noticed."""
    rows = []
    for kind in KINDS:
        held: tuple[Any, ...] = getattr(entry.reading, kind)
        if kind == "issues":
            held = (*entry.arrival_issues, *held)
        rows += [
            {"reading": reading, "kind": kind, "position": position, "record": packed(record)}
            for position, record in enumerate(held)
        ]
    return rows


def claim_of(record: str) -> Claim:
    """Return the claim that a row keeps."""
    return from_plain(Claim, json.loads(record))


def reading_of(document: Document, reader: str, claims: Iterable[str], records: Iterable[tuple[str, str]]) -> Reading:
    """Put a reading together from its rows, which come in order."""
    held: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, record in records:
        held[kind].append(from_plain(KINDS[kind], json.loads(record)))
    others: Mapping[str, Any] = {kind: tuple(values) for kind, values in held.items()}
    return Reading(document, reader, tuple(claim_of(c) for c in claims), **others)


def precedence(document: Document) -> tuple[str, ...]:
    """Return what decides between two arrivals of one document: the smallest is kept, whatever came first."""
    told = (document.title, document.published_from, document.language, document.sha256_bytes, document.source)
    return (document.id, *(value or "" for value in told))
