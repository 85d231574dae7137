"""Records to plain values and back, without loss: how a book keeps them."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tallybook.model.claim import DateRange, Place, Target

R = TypeVar("R")
SHORT = 64
"""Letters of a text up to which equal texts are one object in memory: ids, names and kinds stand in many records."""
MOST_KNOWN = 50_000
"""Small records that are kept to be used again, of each kind."""


def to_plain(value: Any) -> Any:
    """Return `value` as JSON-ready plain values; fields at their None default are left out."""
    kind: Any = type(value)
    names = _names(kind)
    if names is not None:
        told = ((name, to_plain(getattr(value, name))) for name in names)
        return {name: plain for name, plain in told if plain is not None and plain != []}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    return value


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of a record's fields; None for what is no record."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


def texts_of(plain: Any) -> Iterator[str]:
    """Yield every text in JSON-ready plain values, but for the names of fields."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, list):
        for value in plain:
            yield from texts_of(value)
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from texts_of(value)


def from_plain(record: type[R], plain: Mapping[str, Any]) -> R:
    """Build a `record` from what `to_plain` made of it; unknown keys are ignored.

    Raises: TypeError if a field without default is missing.
    """
    kind: Any = record
    made: R = _builder(kind)(plain)
    return made


ALIKE = frozenset({DateRange, Place, Target})
Build = Callable[[Any], Any]
"""From a plain value to the value of a field."""


@cache
def _builder(record: Any) -> Build:
    """Return what builds a record: its types are looked at once, and books hold hundreds of thousands of records."""
    build = _plain_builder(record)
    return _known_again(build) if record in ALIKE else build


def _known_again(build: Build) -> Build:
    """Return what builds a small record, equal ones as one object: thousands of claims tell one place.

    One that says where its words stand, or what else it may be, is built for itself.
    """
    known: dict[Any, Any] = {}

    def find(plain: Mapping[str, Any]) -> Any:
        if "span" in plain or "candidates" in plain:
            return build(plain)
        told = (tuple(v) if type(v) is list else v if type(v) is str else (type(v), v) for v in plain.values())
        key = (*plain, *told)
        made = known.get(key)
        if made is None:
            if len(known) >= MOST_KNOWN:
                known.clear()
            made = known[key] = build(plain)
        return made

    return find


def _plain_builder(record: Any) -> Build:
    hints = get_type_hints(record)
    given = tuple((f.name, _value(hints[f.name])) for f in fields(record))
    bare = tuple((f.name, _bare(hints[f.name])) for f in fields(record) if _has_no_default(f) and _may_miss(f, hints))

    def build(plain: Mapping[str, Any]) -> Any:
        values = dict(bare)
        for name, of in given:
            if name in plain:
                told = plain[name]
                values[name] = shared(told) if of is None else None if told is None else of(told)
        return record(**values)

    return build


def shared(value: Any) -> Any:
    """Return a value; a short text as the one object of all that equal it."""
    return sys.intern(value) if type(value) is str and len(value) <= SHORT else value


def _texts(plain: Iterable[Any]) -> tuple[Any, ...]:
    return tuple([shared(value) for value in plain])


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _may_miss(field: Field[Any], hints: Mapping[str, Any]) -> bool:
    """Say whether `to_plain` leaves a field away where it is empty."""
    hint = hints[field.name]
    return get_origin(hint) is tuple or type(None) in get_args(hint)


def _bare(hint: Any) -> Any:
    return () if get_origin(hint) is tuple else None


def _value(hint: Any) -> Build | None:
    """Return what builds a value of a type; None where it is as it stands in JSON."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in args if a is not type(None)))
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return _all(_value(args[0]))
    if origin is tuple:
        return _each([_value(a) for a in args])
    return _builder(hint) if is_dataclass(hint) and isinstance(hint, type) else None


def _all(of: Build | None) -> Build:
    return _texts if of is None else lambda plain: tuple(None if v is None else of(v) for v in plain)


def _each(of: list[Build | None]) -> Build:
    def build(plain: Any) -> tuple[Any, ...]:
        pairs = zip(of, plain, strict=True)
        return tuple(v if make is None or v is None else make(v) for make, v in pairs)

    return build
