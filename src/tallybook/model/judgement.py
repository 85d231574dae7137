"""What a person decided."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision; append-only, superseded or undone, never edited."""

    id: str = described("from number, author, verb, objects and the hash of the one before")
    number: int = described("position in the log, from 1")
    verb: str = described("accept, reject, retract, same, different, part-of, set-field, ... or undo")
    objects: tuple[str, ...] = described("ids of claims, incidents or documents it is about")
    author: str = described("who decided")
    because: str = described("the reason given")
    at: str = described("ISO time, UTC")
    field: str | None = described("field that is set", default=None)
    value: str | None = described("its new value", default=None)
