"""The tables of a release: each record kind as columns, rows and JSON objects."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from tallybook.model.described import described
from tallybook.release.places import Where
from tallybook.release.records import Bounds, Edition, Event, Figure, Held, Person, Ruling, Said, Source

Cell = str | int | float | None
LIST_GAP = "; "
"""What stands between the values of one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its Frictionless type, and what it means."""

    name: str
    type: str
    help: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns and key, and where its records come from."""

    name: str
    title: str
    record: type
    records: Callable[[Edition], Sequence[Any]]
    key: tuple[str, ...] = described("columns that tell rows apart", default=("id",))
    refers: tuple[tuple[str, str], ...] = described("column and the table whose ids it holds", default=())

    def columns(self) -> tuple[Column, ...]:
        """Return the columns in the order of the record's fields; an incident has a row for each of its figures."""
        return _columns(self.record)

    def rows(self, edition: Edition) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows; what is not stated is None, never 0."""
        for record in self.records(edition):
            yield from _rows(record)


FIGURE_COLUMNS = (
    Column("measure", "string", "killed, injured, missing, captured or displaced; empty: no number stated"),
    Column("affiliation", "string", "civilian, combatant or unknown; any: all of them"),
    Column("low", "integer", "smallest number that the incident's claims allow; empty: none stated, never 0"),
    Column("best", "integer", "the latest word of each source, inside low and high; empty: none stated"),
    Column("high", "integer", "largest number that the incident's claims allow; empty: open"),
)
TYPES = {str: "string", int: "integer", float: "number"}


def _columns(record: type) -> tuple[Column, ...]:
    found: list[Column] = []
    hints = get_type_hints(record)
    for f in fields(record):
        told = _bare(hints[f.name])
        if told is Where:
            found += [Column(f"{f.name}_{c.name}", c.type, c.help) for c in _columns(Where)]
        elif f.name == "figures":
            found += FIGURE_COLUMNS
        else:
            text = str(f.metadata.get("help", ""))
            many = get_origin(told) is tuple
            found.append(
                Column(f.name, TYPES.get(told, "string"), text + (f"; several with '{LIST_GAP}'" if many else ""))
            )
    return tuple(found)


def _bare(hint: Any) -> Any:
    """Return a type without None."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(a for a in get_args(hint) if a is not type(None))
    return hint


def _rows(record: Any) -> Iterator[tuple[Cell, ...]]:
    many: Sequence[Bounds | None] = record.figures or (None,) if isinstance(record, Event) else (None,)
    for bounds in many:
        yield tuple(_cells(record, bounds))


def _cells(record: Any, bounds: Bounds | None) -> Iterator[Cell]:
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name == "place" and (isinstance(value, Where) or not isinstance(record, Figure)):
            yield from _cells(value or Where(), None) if value else (None,) * len(fields(Where))
        elif f.name == "figures":
            yield from (getattr(bounds, c.name) if bounds else None for c in FIGURE_COLUMNS)
        elif isinstance(value, tuple):
            yield (" " if f.name == "proof" else LIST_GAP).join(value) or None
        else:
            yield value


def plain(record: Any) -> Any:
    """Return a record as JSON has it: nested, lists as lists, None as null."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: plain(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, (tuple, list)):
        return [plain(v) for v in record]
    return record


TABLES = (
    Table("claims", "what each source said", Said, lambda e: e.claims,
          refers=(("source", "sources"), ("part_of", "claims"))),
    Table("incidents", "events with what is reported of them, a row for each measure and affiliation", Event,
          lambda e: e.incidents, key=("id", "measure", "affiliation")),
    Table("victims", "persons whom reports name as harmed", Person, lambda e: e.victims,
          refers=(("source", "sources"),)),
    Table("control", "who is said to hold which place", Held, lambda e: e.control, refers=(("source", "sources"),)),
    Table("figures", "what the claims add up to", Figure, lambda e: e.figures),
    Table("sources", "the reports", Source, lambda e: e.sources),
    Table("judgements", "what people decided", Ruling, lambda e: e.judgements),
)  # fmt: skip
