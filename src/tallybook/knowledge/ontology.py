"""Kinds of event and weapons: what lies under what, and the codes that other data sets have for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.errors import KnowledgeError
from tallybook.knowledge.rows import yaml_rows
from tallybook.model.described import described

KINDS = ("event", "weapon")
UCDP_TYPES = (1, 2, 3)
"""State-based, non-state, one-sided violence."""
FILE = "ontology.yaml"
_FIELDS = {"id", "kind", "name", "parent", "acled", "ucdp", "plover", "loss", "source"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of event or a weapon."""

    id: str = described("as claims write it; unique among its kind")
    kind: str = described("event or weapon")
    name: str = described("as people write it")
    parent: str | None = described("id of the more general one", default=None)
    acled: str | None = described("ACLED event type and sub-event type, with ' / ' between", default=None)
    ucdp: int | None = described("usual UCDP type of violence, 1 to 3; None: UCDP has no such event", default=None)
    plover: str | None = described("PLOVER event and mode, with ' / ' between", default=None)
    loss: str | None = described("what a mapping loses or adds", default=None)
    source: str = described("where the row comes from", default="")


class Ontology:
    """Look concepts up by kind and id. Rows of later packs outrank those of earlier ones."""

    def __init__(self, rows: Iterable[Concept] = ()) -> None:
        self._by_id = {(c.kind, c.id): c for c in rows}

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._by_id.values())

    def get(self, kind: str, concept: str) -> Concept | None:
        """Return the event or weapon of an id, or None."""
        return self._by_id.get((kind, concept))

    def above(self, kind: str, concept: str) -> tuple[str, ...]:
        """Return the ids of the more general ones, nearest first; none for one that is not known or has none."""
        found: list[str] = []
        at = self.get(kind, concept)
        while at is not None and at.parent and at.parent not in (*found, concept):
            found.append(at.parent)
            at = self.get(kind, at.parent)
        return tuple(found)

    def is_a(self, kind: str, concept: str, wider: str) -> bool:
        """Say whether a concept is `wider` or lies under it: a cluster bomb is an explosive weapon."""
        return concept == wider or wider in self.above(kind, concept)


def load_ontology(path: Path) -> list[Concept]:
    """Read one pack's ontology.yaml.

    Raises: KnowledgeError naming file, row and field of the first thing that does not hold.
    """
    rows: dict[tuple[str, str], Concept] = {}
    for where, row in yaml_rows(path, ("id", "kind", "name", "source")):
        for field, what in faults(row):
            raise KnowledgeError(f"{path}: {where} ({row['id']}), {field}: {what}")
        concept = Concept(**{k: row[k] for k in _FIELDS if row.get(k) is not None})
        if (concept.kind, concept.id) in rows:
            raise KnowledgeError(f"{path}: {where} repeats id {concept.id!r}. Give it an id of its own.")
        rows[concept.kind, concept.id] = concept
    _check_parents(path, rows)
    return list(rows.values())


def faults(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field of a row that does not hold, with what is wrong and what to do."""
    for name in sorted(set(row) - _FIELDS):
        yield name, "no field of a kind of event or weapon. Check its spelling."
    if row["kind"] not in KINDS:
        yield "kind", f"{row['kind']!r} is none of {', '.join(KINDS)}."
    if row.get("ucdp") is not None and row["ucdp"] not in UCDP_TYPES:
        yield "ucdp", f"{row['ucdp']!r} is none of 1, 2, 3."
    if row.get("acled") is not None and " / " not in str(row["acled"]):
        yield "acled", f"{row['acled']!r} lacks ' / ' between event type and sub-event type."
    if any(row.get(k) is not None for k in ("acled", "ucdp", "plover")) and not row.get("loss"):
        yield "loss", "missing. Say what the codes lose, or 'nothing'."


def _check_parents(path: Path, rows: Mapping[tuple[str, str], Concept]) -> None:
    for concept in rows.values():
        if concept.parent and (concept.kind, concept.parent) not in rows:
            raise KnowledgeError(
                f"{path}: {concept.id!r}, parent: there is no {concept.kind} {concept.parent!r}. Add it."
            )
        seen = [concept.id]
        at = concept
        while at.parent:
            if at.parent in seen:
                raise KnowledgeError(f"{path}: {concept.id!r}, parent: runs in a circle. Break it at one.")
            seen.append(at.parent)
            at = rows[at.kind, at.parent]
