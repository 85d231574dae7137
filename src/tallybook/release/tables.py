"""The tables of a release: each record kind as columns, rows and JSON objects."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from itertools import groupby
from json import JSONEncoder
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from tallybook.model.described import described
from tallybook.release.places import Where
from tallybook.release.records import Edition, Event, Figure, Held, Person, Ruling, Said, Source

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


Reader = Callable[[Any], Sequence[Cell]]
"""Reads the cells of some columns from a record."""
NO_FIGURE: tuple[Cell, ...] = (None,) * len(FIGURE_COLUMNS)
_bounds = attrgetter(*(c.name for c in FIGURE_COLUMNS))


def _rows(record: Any) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a record: one, but one for each of its figures where it is an event."""
    before, after = _readers(record.__class__)
    if not isinstance(record, Event):
        yield tuple(_cells(record, before))
        return
    first, last = _cells(record, before), _cells(record, after)
    for figure in record.figures or (None,):
        yield (*first, *(_bounds(figure) if figure else NO_FIGURE), *last)


def _cells(record: Any, readers: Iterable[Reader]) -> list[Cell]:
    return [cell for read in readers for cell in read(record)]


@cache
def _readers(record: type) -> tuple[tuple[Reader, ...], tuple[Reader, ...]]:
    """Return what reads the cells of a kind of record, before and after its figures."""
    hints = get_type_hints(record)
    kinds = [(f.name, _kind(f.name, _bare(hints[f.name]))) for f in fields(record)]
    groups = [(kind, [name for name, _ in told]) for kind, told in groupby(kinds, key=lambda k: k[1])]
    at = next((n for n, (kind, _) in enumerate(groups) if kind == "figures"), len(groups))
    made = [_reader(kind, names) for kind, names in groups]
    return tuple(made[:at]), tuple(made[at + 1 :])


def _kind(name: str, told: Any) -> str:
    """Return how the cells of a field are made."""
    if name in ("figures", "proof"):
        return name
    return "place" if told is Where else "several" if get_origin(told) is tuple else "plain"


def _reader(kind: str, names: Sequence[str]) -> Reader:
    """Return what reads fields of one kind that stand beside each other."""
    read = attrgetter(*names)
    many: Callable[[Any], Sequence[Any]] = read if len(names) > 1 else lambda record: (read(record),)
    if kind == "plain":
        return many
    if kind == "place":
        return lambda record: [cell for where in many(record) for cell in _where_cells(where)]
    gap = " " if kind == "proof" else LIST_GAP
    return lambda record: [gap.join(values) or None for values in many(record)]


@lru_cache(maxsize=10_000)
def _where_cells(where: Where | None) -> tuple[Cell, ...]:
    return tuple(_cells(where, _readers(Where)[0])) if where else (None,) * len(fields(Where))


def plain(record: Any) -> Any:
    """Return a record as JSON has it: nested, lists as lists, None as null."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: plain(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, (tuple, list)):
        return [plain(v) for v in record]
    return record


def json_line(record: Any) -> str:
    """Return a record as JSON on one line, as `plain` has it; records may stand in lists and objects too."""
    return _encode(record)


def _named(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name; the encoder asks for those of the records inside."""
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(record))


_encode = JSONEncoder(ensure_ascii=False, default=_named).encode


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
