"""Records of another book to claims, named victims and control: what that team counted, word for word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallybook.claims.notes import record_id
from tallybook.documents.record_checks import trouble_with
from tallybook.documents.record_rows import CLAIM, CONTROL, SOURCE, VICTIM, RecordRow, is_records, record_rows
from tallybook.model.claim import OF_BOOK, Claim, Count, DateRange, Place, Target
from tallybook.model.document import Document
from tallybook.model.records import Control, Reading, Victim
from tallybook.model.span import Span

__all__ = ["is_records", "records_reading", "told_ids"]

RULE = "record of another book"
UNNAMED = "not named here"
"""What a release writes where it withholds a name: no two of them need be one source."""


def told_ids(document: Document) -> dict[str, str]:
    """Return by the id that a record has in its release the id that it has in the book."""
    return {row.fields["id"]: _id(document, row) for row in record_rows(document.text) if row.kind in (CLAIM, VICTIM)}


def records_reading(document: Document, reader: str) -> Reading:
    """Return the records of another book as its team has them; whose word they are stays as told."""
    rows = [row for row in record_rows(document.text) if trouble_with(row.fields) is None]
    ids = {row.fields["id"]: _id(document, row) for row in rows if row.kind == CLAIM}
    book = next((str(row.fields.get("from", "")) for row in rows if row.kind == SOURCE), "")
    said = {row.fields["id"]: _claimants(row, document) for row in rows if row.kind == CLAIM}
    return Reading(
        document, reader,
        tuple(_claim(document, reader, row, ids, book) for row in rows if row.kind == CLAIM),
        tuple(_victim(document, row, ids, said) for row in rows if row.kind == VICTIM),
        tuple(_control(document, row) for row in rows if row.kind == CONTROL),
    )  # fmt: skip


def _id(document: Document, row: RecordRow) -> str:
    return record_id(document, row.kind, row.span, str(row.fields["id"]))


def _claim(document: Document, reader: str, row: RecordRow, ids: Mapping[str, str], book: str) -> Claim:
    f = row.fields
    names = _claimants(row, document)
    origin, named = _origin(f, document)
    return Claim(
        ids[f["id"]], document.key, reader, row.words, row.span, f.get("measure"), _count(row), claimants=names,
        stance=f.get("stance", "asserted"), about=f.get("about"), origin=origin, origin_named=named,
        event_type=f.get("event_type", "other"), perpetrator=tuple(f.get("perpetrator", ())),
        target=Target(f.get("affiliation", "unknown"), f.get("group"), f.get("sex"), f.get("age")),
        place=_place(f.get("place")), date=_date(f), weapon=tuple(f.get("weapon", ())), scope=f.get("scope", "incident"),
        part_of=ids.get(f.get("part_of", "")), dimension=f.get("dimension"), change=f.get("change"),
        event=f"{f['incident']}{OF_BOOK}{book}" if f.get("incident") else None, rule=RULE,
    )  # fmt: skip


def _count(row: RecordRow) -> Count | None:
    f = row.fields
    if f.get("measure") is None or (f.get("low") is None and f.get("high") is None and not f.get("words")):
        return None
    words = str(f.get("words") or "")
    at = row.words.find(words) if words else -1
    start, end = (at, at + len(words)) if at >= 0 else (0, len(row.words))
    span = Span(row.span.start + start, row.span.start + end)
    return Count(f.get("low"), f.get("high"), f.get("modifier", "vague"), row.words[start:end], span)


def _claimants(row: RecordRow, document: Document) -> tuple[str, ...]:
    told = tuple(row.fields.get("claimants", ()))
    return told or ((document.publisher,) if document.publisher else ())


def _origin(f: Mapping[str, Any], document: Document) -> tuple[str | None, bool]:
    """Return whose word a claim is, and whether it is named: what is withheld is a source of its own for each report."""
    origin = f.get("origin")
    if origin == UNNAMED:
        return f"{UNNAMED} ({document.id})", False
    return origin, True


def _place(told: Mapping[str, Any] | None) -> Place | None:
    if not told or not (told.get("name") or told.get("country")):
        return None
    name = told.get("name") or told["country"]
    return Place(name, tuple(told.get("admin", ())), told.get("country"), told.get("lat"), told.get("lon"),
                 told.get("radius_km"), told.get("precision", "unresolved"))  # fmt: skip


def _date(f: Mapping[str, Any]) -> DateRange | None:
    if not f.get("date_precision") and not f.get("start") and not f.get("end"):
        return None
    precision = f.get("date_precision") or ("day" if f.get("start") == f.get("end") else "range")
    return DateRange(f.get("start"), f.get("end"), precision)


def _victim(
    document: Document, row: RecordRow, ids: Mapping[str, str], said: Mapping[str, tuple[str, ...]]
) -> Victim:  # fmt: skip
    f = row.fields
    claim = str(f.get("claim", ""))
    return Victim(
        _id(document, row), row.words, row.span, said.get(claim) or _claimants(row, document), f["name"],
        f.get("age_low"), f.get("age_high"), f.get("sex"), f.get("circumstance"), f.get("harm", "killed"),
        ids.get(claim),
    )  # fmt: skip


def _control(document: Document, row: RecordRow) -> Control:
    f = row.fields
    place = f.get("place") or {}
    return Control(_id(document, row), row.words, row.span, _claimants(row, document), place.get("name", ""),
                   f.get("holder", UNNAMED), _date(f), f.get("exception"))  # fmt: skip
