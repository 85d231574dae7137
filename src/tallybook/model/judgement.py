"""What a person decided, and the chain that every decision is a link of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from tallybook.model.codec import to_plain
from tallybook.model.described import described
from tallybook.model.span import Span

ID_DIGITS = 15
"""Hex digits of a judgement's id after its `j`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that a judgement is about: by them its claim is found again when the report is read anew."""

    object: str = described("the object of the judgement that these words stand for")
    claim: str = described("id of the claim when it was judged")
    document: str = described("key of the document it stands in")
    field: str = described("body or title: which text the spans count in")
    span: Span = described("where the quote stood")
    quote: str = described("the claim's words")
    measure: str | None = described("its measure as read, or the measure that a denial is about")
    low: int | None = described("its lower bound as read", default=None)
    high: int | None = described("its upper bound as read", default=None)
    words: Span | None = described("where the words of the count stood", default=None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision; append-only, superseded or undone, never edited."""

    id: str = described("from number, author, verb, objects, value, reason and the id of the one before; no time in it")
    number: int = described("position in the log, from 1")
    verb: str = described("accept, reject, retract, same, different, part-of, set-field, ... or undo")
    objects: tuple[str, ...] = described("ids of claims or incidents, or keys of documents it is about")
    author: str = described("who decided")
    because: str = described("the reason given")
    at: str = described("ISO time, UTC")
    field: str | None = described("field that is set", default=None)
    value: str | None = described("its new value, in words", default=None)
    means: str | None = described("its new value as the book keeps it, JSON", default=None)
    passages: tuple[Passage, ...] = described("the words of the claims it is about", default=())
    shown: tuple[tuple[str, str], ...] = described("what the reviewer saw: name and value", default=())
    before: str | None = described("SHA-256 of the judgement before, over its JSON; None for the first", default=None)


def seal(judgement: Judgement) -> str:
    """Return the SHA-256 of a judgement over its canonical JSON (sorted keys, no spaces, UTF-8), hex."""
    return hashlib.sha256(_canonical(to_plain(judgement))).hexdigest()


def identity(judgement: Judgement, id_before: str | None) -> str:
    """Return the id that a judgement must have after the one with `id_before`.

    It holds what was decided, by whom and why, and no time: books that decide the same in one order have the same ids.
    """
    decided = [
        id_before, judgement.number, judgement.author, judgement.verb, judgement.objects, judgement.field,
        judgement.value, judgement.means, judgement.because,
    ]  # fmt: skip
    return f"j{hashlib.sha256(_canonical(to_plain(decided))).hexdigest()[:ID_DIGITS]}"


def _canonical(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")
