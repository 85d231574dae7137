"""Quotations that no word introduces: signed by a name after a dash, or going on where a speaker stopped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from tallybook.claims.parse import Sentence
from tallybook.claims.reported import Reported
from tallybook.model.span import Span

MIN_QUOTED = 20
"""Shortest quotation, in characters with its marks, that stands as a statement of its own; shorter ones quote a word."""

MAX_PASSAGES = 2
"""How many passages back the speaker of an uncued quotation may have been named."""

_SIGNATURE = re.compile(
    r"[ \t]*(?P<cue>[-―—–]{1,2})[ \t]*(?P<source>[A-Z][^\s,.;:]*(?:[ \t]+[^\s,;:]+){0,5}?)[ \t]*(?:[.,][^\n]{0,80})?(?=\n|$)"
)


def signatures(text: str, spans: Sequence[Span]) -> Iterator[Reported]:
    """Yield the statements of quotations that a name signs after a dash, at the end of a line."""
    for span in spans:
        match = _SIGNATURE.match(text, span.end)
        if match:
            yield Reported(Span(*match.span("source")), Span(*match.span("cue")))


def continued(
    text: str, spans: Sequence[Span], sentences: Sequence[Sentence], cued: Sequence[Reported]
) -> Iterator[Reported]:
    """Yield the statements of quotations that stand alone, each with the source named last before it.

    `cued` are the statements with cues, in order; sentences are those of `text`, in order.
    """
    spoken = [r for r in cued if r.source is not None and r.cue is not None]
    cues = sorted(r.cue.start for r in cued if r.cue is not None)
    starts = [s.start for s in sentences]
    ends = [max(r.cue.end, r.source.end) for r in spoken if r.cue is not None and r.source is not None]
    for span in spans:
        if span.end - span.start < MIN_QUOTED or not _alone(text, span):
            continue
        first = max(0, bisect_right(starts, span.start) - 1)
        last = max(first, bisect_left(starts, span.end) - 1)
        if not sentences or bisect_left(cues, sentences[first].start) < bisect_left(cues, sentences[last].end):
            continue
        k = bisect_right(ends, span.start) - 1
        if k >= 0 and _near(sentences, starts, ends[k], sentences[first].passage):
            yield Reported(spoken[k].source, None)


def _alone(text: str, span: Span) -> bool:
    """Say whether a quotation is whole sentences, with other sentences or nothing before and after it."""
    before = text[max(0, span.start - 3) : span.start].rstrip(" ")
    after = text[span.end : span.end + 3].lstrip(" ")
    closed = text[max(span.start, span.end - 4) : span.end].rstrip("”\"'").endswith((".", "!", "?"))
    follows = not before or before.endswith(("\n", ".", "!", "?", "”", '"'))
    return follows and closed and (not after or not (after[0].islower() or after[0] in ",-–—―"))


def _near(sentences: Sequence[Sentence], starts: Sequence[int], end: int, passage: int) -> bool:
    at = max(0, bisect_left(starts, end) - 1)
    return passage - sentences[at].passage <= MAX_PASSAGES
