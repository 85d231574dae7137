"""JSON text with one space for each level: what `json.dumps(value, ensure_ascii=False, indent=1)` writes, sooner.

The library's fast encoder knows no indent. Its slow one, in Python, was a seventh of the time of a large release.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from json import JSONEncoder
from typing import Any


class Made(Collection[Any]):
    """Values made one at a time when they are gone through: all of them at once would fill the memory."""

    def __init__(self, of: Collection[Any], make: Callable[[Any], Any]) -> None:
        self._of, self._make = of, make

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self._of)

    def __contains__(self, value: object) -> bool:
        return any(value == made for made in self)


class MadeByName(Mapping[str, Any]):
    """The same for an object's values: each is made of what is held under its name."""

    def __init__(self, of: Mapping[str, Any], make: Callable[[Any], Any]) -> None:
        self._of, self._make = of, make

    def __getitem__(self, name: str) -> Any:
        return self._make(self._of[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


_LEAF = JSONEncoder(ensure_ascii=False).encode
NESTED = (Mapping, list, tuple, Made)


def indented(value: Any, depth: int = 0) -> str:
    """Return the text of a value made of objects with text as keys, arrays, text, numbers, truth and null."""
    if not isinstance(value, NESTED):
        return _LEAF(value)
    held: Collection[Any] = value.values() if isinstance(value, Mapping) else value
    first, last = ("{", "}") if isinstance(value, Mapping) else ("[", "]")
    if not held:
        return first + last
    encoder, gap = _flat(depth)
    if not any(isinstance(v, NESTED) for v in held):
        told = encoder.encode(value)[1:-1]
    elif isinstance(value, Mapping):
        told = encoder.item_separator.join([f"{_LEAF(k)}: {indented(v, depth + 1)}" for k, v in value.items()])
    else:
        told = encoder.item_separator.join([indented(v, depth + 1) for v in held])
    return f"{first}{gap} {told}{gap}{last}"


def in_pieces(value: Any, depth: int = 0, levels: int = 2) -> Iterator[str]:
    """Yield the same text in pieces: what stands on the first `levels` levels comes value by value."""
    if not isinstance(value, NESTED) or not value or not levels:
        yield indented(value, depth)
        return
    named = isinstance(value, Mapping)
    _, gap = _flat(depth)
    before = f"{'{' if named else '['}{gap} "
    for name, held in value.items() if isinstance(value, Mapping) else ((None, v) for v in value):
        yield f"{before}{_LEAF(name)}: " if named else before
        yield from in_pieces(held, depth + 1, levels - 1)
        before = f",{gap} "
    yield f"{gap}{'}' if named else ']'}"


@cache
def _flat(depth: int) -> tuple[JSONEncoder, str]:
    """Return what writes a container of plain values at a depth, and the gap before its end."""
    gap = "\n" + " " * depth
    return JSONEncoder(ensure_ascii=False, separators=(f",{gap} ", ": ")), gap
