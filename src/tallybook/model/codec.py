"""Records to plain values and back, without loss: how a book keeps them."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

R = TypeVar("R")


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


Build = Callable[[Any], Any]
"""From a plain value to the value of a field."""


@cache
def _builder(record: Any) -> Build:
    """Return what builds a record: its types are looked at once, and books hold hundreds of thousands of records."""
    hints = get_type_hints(record)
    given = tuple((f.name, _value(hints[f.name])) for f in fields(record))
    bare = tuple((f.name, _bare(hints[f.name])) for f in fields(record) if _has_no_default(f) and _may_miss(f, hints))

    def build(plain: Mapping[str, Any]) -> Any:
        values = dict(bare)
        for name, of in given:
            if name in plain:
                told = plain[name]
                values[name] = told if of is None or told is None else of(told)
        return record(**values)

    return build


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
    return tuple if of is None else lambda plain: tuple(None if v is None else of(v) for v in plain)


def _each(of: list[Build | None]) -> Build:
    def build(plain: Any) -> tuple[Any, ...]:
        pairs = zip(of, plain, strict=True)
        return tuple(v if make is None or v is None else make(v) for make, v in pairs)

    return build
