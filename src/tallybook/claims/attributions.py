"""Reported statements of any news text: who says, thinks or means, and the words that tell so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.cues import Candidate, Cues, depth, inside
from tallybook.claims.parse import Sentence
from tallybook.claims.quotations import Quoted, quotations
from tallybook.claims.speakers import phrase
from tallybook.knowledge.cues import CueWords
from tallybook.model.span import Span


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported statement: who is its source, and the words that introduce it. Either may be absent, not both."""

    source: Span | None
    cue: Span | None


class Attributions:
    """Find reported statements in parsed texts. A statement inside a statement belongs to the outer one."""

    def __init__(self, words: CueWords) -> None:
        self.cues = Cues(words)

    def of(self, text: str, sentences: Sequence[Sentence]) -> list[Reported]:
        """Return the reported statements of `text`, in its order."""
        quoted = Quoted(quotations(text))
        found = [r for sentence in sentences for r in self._of_sentence(sentence, quoted)]
        return sorted(set(found), key=lambda r: (r.cue or r.source or Span(0, 0), r.source or Span(0, 0)))

    def _of_sentence(self, sentence: Sentence, quoted: Quoted) -> Iterator[Reported]:
        taken: set[int] = set()
        for candidate in sorted(self.cues.of(sentence, quoted), key=lambda c: (depth(sentence, c.at), c.at)):
            if candidate.at not in taken:
                taken |= inside(sentence, candidate.said)
                yield _reported(sentence, candidate)


def _reported(sentence: Sentence, candidate: Candidate) -> Reported:
    tokens = sentence.tokens
    subject = candidate.subject
    source = phrase(sentence, subject.at) if subject is not None and not subject.passive else None
    return Reported(source, Span(tokens[candidate.first].start, tokens[candidate.last].end))
