"""The noun: one reported statement."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.model.span import Span


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported statement: who is its source, and the words that introduce it. Either may be absent, not both.

    Spans lie in the normalised text and hold at least one code point.
    """

    source: Span | None
    cue: Span | None
