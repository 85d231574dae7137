"""Records to plain values and back, without loss: how a book keeps them."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

R = TypeVar("R")


def to_plain(value: Any) -> Any:
    """Return `value` as JSON-ready plain values; fields at their None default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
        return {name: v for name, v in plain.items() if v is not None and v != []}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    return value


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
    hints = _hints(kind)
    given = {f.name: _value(hints[f.name], plain[f.name]) for f in fields(kind) if f.name in plain}
    for name, hint in hints.items():
        if name not in given and get_origin(hint) is tuple and _has_no_default(kind, name):
            given[name] = ()
        elif name not in given and _has_no_default(kind, name) and type(None) in get_args(hint):
            given[name] = None
    return record(**given)


@cache
def _hints(record: Any) -> dict[str, Any]:
    names = {f.name for f in fields(record)}
    return {name: hint for name, hint in get_type_hints(record).items() if name in names}


@cache
def _has_no_default(record: Any, name: str) -> bool:
    return any(f.name == name and f.default is MISSING and f.default_factory is MISSING for f in fields(record))


def _value(hint: Any, plain: Any) -> Any:
    if plain is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in get_args(hint) if a is not type(None)), plain)
    if origin is tuple:
        args = get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_value(args[0], v) for v in plain)
        return tuple(_value(a, v) for a, v in zip(args, plain, strict=True))
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, plain)
    return plain
