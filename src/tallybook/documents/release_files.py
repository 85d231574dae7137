"""A release of another team's book to documents: one for each of its reports, with the records read from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.documents.arrival import Arrival, Raw, Stated, arrive
from tallybook.documents.record_checks import trouble_with
from tallybook.documents.record_rows import CLAIM, CONTROL, SOURCE, VICTIM, written
from tallybook.errors import DocumentError
from tallybook.model import Issue

SCHEMA = "tallybook.release/1"
NEEDED = {"claims": CLAIM, "victims": VICTIM, "control": CONTROL}
"""Tables whose records stand in a report."""
ROW, CHANGED = "release-row-unreadable", "release-changed"
UNTITLED = "a report of another book"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReleaseArrival:
    """A release as it arrived: its documents, its judgements, and what was left out."""

    arrivals: tuple[Arrival, ...]
    judgements: tuple[Row, ...]
    incidents: Mapping[str, tuple[str, ...]]
    """Ids of the claims of each incident, as the release has them."""
    issues: tuple[Issue, ...]
    rows: int
    left_out: int
    origin: str
    """Whose release it is."""


def release_arrival(folder: Path, stated: Stated) -> ReleaseArrival:
    """Return the documents that a release makes. A row that cannot be read is an issue that names its line.

    Raises: DocumentError where the folder is no release.
    """
    manifest = _manifest(folder)
    issues: list[Issue] = []
    origin = stated.publisher or (manifest.get("attribution") or {}).get("publisher") or folder.resolve().name
    tables = {name: list(_rows(folder, name, manifest, issues)) for name in ("sources", *NEEDED, "judgements")}
    sources = {row["id"]: row for _, row in tables["sources"]}
    held: dict[str, list[tuple[str, Row]]] = {}
    count = 0
    for name, kind in NEEDED.items():
        for line, row in tables[name]:
            if row.get("source") not in sources:
                issues.append(_unread(name, line, f"its report {row.get('source')!r} is not in sources.jsonl"))
            elif kind == VICTIM and not row.get("name"):
                issues.append(_unread(name, line, "the release withholds the name"))
            else:
                held.setdefault(row["source"], []).append((kind, row))
                count += 1
    arrivals = tuple(_document(sources[name], held[name], origin, stated) for name in sources if name in held)
    left = sum(issue.code == ROW for issue in issues)
    incidents: dict[str, list[str]] = {}
    for _, row in tables["claims"]:
        if row.get("incident"):
            incidents.setdefault(row["incident"], []).append(row["id"])
    judgements = tuple(row for _, row in tables["judgements"])
    return ReleaseArrival(arrivals, judgements, {i: tuple(c) for i, c in incidents.items()}, tuple(issues), count, left,
                          origin)  # fmt: skip


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError) as trouble:
        raise DocumentError(str(folder), "no release of Tallybook: it has no manifest.json that can be read",
                            "Name the folder that `release` wrote.") from trouble  # fmt: skip
    if not isinstance(told, dict) or told.get("schema") != SCHEMA or not isinstance(told.get("files"), dict):
        raise DocumentError(
            str(folder), f"its manifest is not one of {SCHEMA}", "Name the folder that `release` wrote."
        )
    return told


def _rows(folder: Path, table: str, manifest: Row, issues: list[Issue]) -> Iterator[tuple[int, Row]]:
    """Yield the records of a table with their lines, each id once."""
    name = f"{table}.jsonl"
    try:
        data = (folder / name).read_bytes()
    except OSError as trouble:
        what = trouble.strerror or "it cannot be read"
        raise DocumentError(str(folder / name), what, "Name a whole release.") from trouble
    if hashlib.sha256(data).hexdigest() != manifest["files"].get(name):
        told = f"{name}: it is not as its manifest says. Ask the team that gave it to you before you trust it."
        issues.append(Issue(CHANGED, told, name))
    seen: set[str] = set()
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        row = _json(line)
        wrong = trouble_with(row) or (f"id {row['id']} is there twice" if row["id"] in seen else None)
        if wrong:
            issues.append(_unread(table, number, wrong))
            continue
        seen.add(row["id"])
        yield number, row


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _unread(table: str, line: int, trouble: str) -> Issue:
    return Issue(ROW, f"{table}.jsonl line {line}: {trouble}; the row is left out.", f"{table}.jsonl")


def _document(source: Row, rows: list[tuple[str, Row]], origin: str, stated: Stated) -> Arrival:
    told = [(SOURCE, source.get("title") or UNTITLED, {**source, "from": origin})]
    told += [(kind, row.get("quote") or "", _without(row)) for kind, row in rows]
    text = written(told)
    raw = Raw(text, text.encode("utf-8", "replace"), origin, title=source.get("title"),
              publisher=source.get("publisher") or origin, published=source.get("published"),
              language=source.get("language") or "en")  # fmt: skip
    return arrive(raw, Stated(stated.today))


def _without(row: Row) -> dict[str, Any]:
    place = row.get("place")
    kept = {k: v for k, v in row.items() if k not in ("quote", "source", "reader", "review")}
    if isinstance(place, Mapping):
        kept["place"] = {k: v for k, v in place.items() if v not in (None, [])}
    return kept
