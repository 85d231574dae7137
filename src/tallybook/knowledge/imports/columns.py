"""What columns of tables of places are called: `columns.yaml`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, plain."""

    kinds: Mapping[str, str]
    """Kind of place by the word before 'pcode'."""
    unit_names: Mapping[str, tuple[str, ...]]
    english: tuple[str, ...]
    name: tuple[str, ...]
    id: tuple[str, ...]
    latitude: tuple[str, ...]
    longitude: tuple[str, ...]
    both: tuple[str, ...]


@cache
def columns() -> Columns:
    """Return the names that are known."""
    told = yaml.safe_load(files("tallybook.knowledge.imports").joinpath("columns.yaml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind, words in told.pop("units").items() for word in words}
    unit_names = {stem: tuple(names) for stem, names in told.pop("unit_names").items()}
    return Columns(kinds, unit_names, **{name: tuple(words) for name, words in told.items()})


@lru_cache(maxsize=4096)
def plain(column: str) -> str:
    """Return a column's name in small letters, without signs and spaces."""
    return re.sub(r"[^a-z0-9]", "", column.lower())


def first_of(names: Sequence[str], header: Iterable[str]) -> str | None:
    """Return the column of a header that is called by the first of `names` that is there; None where none is."""
    by_name = {plain(column): column for column in reversed(list(header))}
    return next((by_name[name] for name in names if name in by_name), None)
