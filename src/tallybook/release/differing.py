"""Which records differ between a former release and this one: new, changed in which field, withdrawn and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tallybook.release.former import Former, Row
from tallybook.release.records import Edition
from tallybook.release.tables import LIST_GAP, TABLES, plain

COMPARED = ("claims", "incidents", "victims", "control", "sources", "judgements")
"""Tables whose records are compared by id; figures are compared by what they are about."""
UNTOLD = ("id", "reader", "number", "proof")
"""Fields that tell nothing of the world."""
NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"
NOT_REPEATED = "not repeated here"
REASONS = {
    "joined": "its claims are held to be about another event now",
    "not_shown": "the book still has it, and this release does not show it",
    "gone": "the book does not have it any more: its report was taken out, corrected or read anew",
}
"""Why a record was withdrawn, in words."""
_ID = re.compile(r"[a-z]+-[0-9a-f]{16}|\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is new or withdrawn, or one field of a record that changed."""

    table: str
    id: str
    change: str
    field: str | None = None
    before: str | int | float | None = None
    after: str | int | float | None = None
    reason: str | None = None
    into: str | None = None
    """Ids of the incidents that hold the claims of one that was joined."""


def changes(former: Former, edition: Edition, held: frozenset[str], *, repeat: bool) -> tuple[Change, ...]:
    """Return what differs, by table, id and field.

    `held` are the ids that the records of the whole book have in this release. A former value is told again only where
    `repeat` says so, where it is a number, a day or an id, or where this release tells it too.
    """
    now = {t.name: {r.id: plain(r) for r in t.records(edition)} for t in TABLES if t.name in COMPARED}
    known = None if repeat else frozenset(_words(now))
    where = {c: i["id"] for i in now["incidents"].values() for c in i["claims"]}
    found: list[Change] = []
    for table in COMPARED:
        old, new = former.tables[table], now[table]
        for name in sorted(old.keys() | new.keys()):
            if name not in old:
                found.append(Change(table, name, NEW))
            elif name not in new:
                found.append(_tombstone(table, old[name], held, where))
            else:
                found += _fields(table, old[name], new[name], known)
    return tuple(found)


def _tombstone(table: str, row: Row, held: frozenset[str], where: Mapping[str, str]) -> Change:
    name = str(row["id"])
    into = sorted({where[c] for c in row.get("claims") or () if c in where}) if table == "incidents" else []
    if into:
        return Change(table, name, WITHDRAWN, reason="joined", into=LIST_GAP.join(into))
    return Change(table, name, WITHDRAWN, reason="not_shown" if name in held else "gone")


def _fields(table: str, old: Row, new: Row, known: frozenset[str] | None) -> Iterator[Change]:
    if old == new:
        return
    before, after = flat(old), flat(new)
    for name in sorted((before.keys() | after.keys()) - set(UNTOLD)):
        if _is_told(name, old, new) and before.get(name) != after.get(name):
            yield Change(
                table, str(new["id"]), CHANGED, name, _told(before.get(name), known), _told(after.get(name), None)
            )  # fmt: skip


def _is_told(name: str, old: Row, new: Row) -> bool:
    """Say whether both releases have a field: a column that one version lacks is no change."""
    return (name in old) == (name in new)


def flat(row: Row) -> dict[str, Any]:
    """Return a record's fields as columns: places by their parts, figures by measure and status, lists as they are."""
    made: dict[str, Any] = {}
    for name, value in row.items():
        if name == "figures":
            for told in value:
                head = f"{told['measure']} {told['affiliation']}"
                made.update({f"{head} {end}": told[end] for end in ("low", "best", "high")})
        elif isinstance(value, Mapping):
            made.update({f"{name}_{part}": v for part, v in value.items()})
        elif value is not None:
            made[name] = value
    return made


def _told(value: Any, known: frozenset[str] | None) -> str | int | float | None:
    words = value if isinstance(value, list) else [value]
    if known is not None and any(isinstance(w, str) and w not in known and not _ID.fullmatch(w) for w in words):
        return NOT_REPEATED
    return LIST_GAP.join(map(str, value)) if isinstance(value, list) else value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _words(inner)


def counts(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Return for each table how many records are new, changed and withdrawn."""
    ids: dict[tuple[str, str], set[str]] = {}
    for c in found:
        ids.setdefault((c.table, c.change), set()).add(c.id)
    kinds = (NEW, CHANGED, WITHDRAWN)
    return [{"table": t, **{kind: len(ids.get((t, kind), ())) for kind in kinds}} for t in COMPARED]


def as_rows(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes as JSON has them, reasons in words too."""
    return [{**asdict(c), "because": REASONS[c.reason] if c.reason else None} for c in found]
