"""Reported statements of any text: spans lie in it, hold something, and come in order, the same every time."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tallybook.claims.attributions import Attributions
from tallybook.claims.parse import Parser
from tallybook.claims.reported import Reported
from tallybook.runs.packs import load_packs

PIECES = (
    "Marn said", "“We ran", "we ran.”", '"', "''", " — ", "— Lena Orvic\n",
    "\n\n", ", ", ". ", "according to",
    "who said that", "denied and said", "the claim that", "'s", "(", ")", "refused to say", "he’s", "by",
    "is reported to have", "the army", "died", "İ", "-",
)  # fmt: skip


@cache
def tools() -> tuple[Parser, Attributions]:
    return Parser(), Attributions(load_packs([]).knowledge.lexicon.cues)


def found(text: str) -> list[Reported]:
    parser, finder = tools()
    (sentences,) = parser.parse((text,))
    return finder.of(text, sentences)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=80))
def test_spans_lie_in_the_text_and_are_not_empty(text: str) -> None:
    told = found(text)
    for reported in told:
        assert reported.source is not None or reported.cue is not None
        for span in (reported.source, reported.cue):
            assert span is None or 0 <= span.start < span.end <= len(text)
    assert told == found(text)
    assert len(set(told)) == len(told)
