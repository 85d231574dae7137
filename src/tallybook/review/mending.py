"""Documents as people mend them: a wrong publication time or publisher. The text and the key never change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tallybook.model import Document, Judgement
from tallybook.review.correcting import Correction

SET_PUBLISHED, SET_PUBLISHER = "set-published", "set-publisher"
ON_DOCUMENTS = {SET_PUBLISHED: "published", SET_PUBLISHER: "publisher"}
"""Verbs on documents and the field that each mends."""

BY_JUDGEMENT = "judgement"
"""What `published_from` says of a mended publication time."""


@dataclass(frozen=True, slots=True)
class Mending:
    """What the standing judgements mend of one document."""

    values: dict[str, str | None] = field(default_factory=dict)
    judgements: dict[str, str] = field(default_factory=dict)
    """Field to the id of the judgement whose value holds."""

    @property
    def token(self) -> str:
        """Return the mended values as canonical JSON, as a book marks the readings made with them; empty for none."""
        return json.dumps(self.values, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if self.values else ""


def mendings(judgements: Iterable[Judgement]) -> dict[str, Mending]:
    """Return what standing judgements mend, by document key; of two on one field the later holds."""
    found: dict[str, Mending] = {}
    for judgement in judgements:
        name = ON_DOCUMENTS.get(judgement.verb)
        if name is not None and judgement.means is not None:
            for key in judgement.objects:
                mending = found.setdefault(key, Mending())
                mending.values[name] = json.loads(judgement.means)
                mending.judgements[name] = judgement.id
    return found


def mended_otherwise(one: Mapping[str, Mending], other: Mapping[str, Mending]) -> tuple[str, ...]:
    """Return the keys of the documents that two sets of mendings mend differently, sorted."""
    return tuple(sorted(k for k in one.keys() | other.keys() if _token(one.get(k)) != _token(other.get(k))))


def _token(mending: Mending | None) -> str:
    return mending.token if mending is not None else ""


def mended(document: Document, mending: Mending | None) -> Document:
    """Return a document with what people mended of it."""
    if mending is None:
        return document
    now = document
    if "published" in mending.values:
        now = replace(now, published=mending.values["published"], published_from=BY_JUDGEMENT)
    if "publisher" in mending.values:
        now = replace(now, publisher=mending.values["publisher"])
    return now


def what_changed(document: Document, mending: Mending) -> tuple[Correction, ...]:
    """Return the fields that differ from what was received, and what they were."""
    was = {"published": document.published, "publisher": document.publisher}
    return tuple(
        Correction(name, was[name], mending.judgements[name])
        for name in sorted(mending.values)
        if was[name] != mending.values[name]
    )
