"""Trouble with data, kept as data."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.described import described
from tallybook.model.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Something in a document or book that could not be read, resolved or believed."""

    code: str = described("stable, lower case with hyphens: 'date-unresolved'")
    message: str = described("what happened and what to do, one line")
    object: str = described("id of the document, claim or row it is about")
    span: Span | None = described("where in the text, where there is one", default=None)
