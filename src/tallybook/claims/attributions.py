"""Reported statements of any news text: who says, thinks or means, and the words that tell so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallybook.claims.cues import Candidate, Cues, depth, inside
from tallybook.claims.parse import Sentence
from tallybook.claims.quotations import Quoted, quotations
from tallybook.claims.reported import Reported
from tallybook.claims.speakers import phrase
from tallybook.claims.uncued import continued, signatures
from tallybook.knowledge.cues import CueWords
from tallybook.model.span import Span


class Attributions:
    """Find reported statements in parsed texts. A statement inside a statement belongs to the outer one."""

    def __init__(self, words: CueWords) -> None:
        self.cues = Cues(words)

    def of(self, text: str, sentences: Sequence[Sentence]) -> list[Reported]:
        """Return the reported statements of `text`, in its order; none of a text that was not parsed."""
        if not sentences:
            return []
        spans = quotations(text)
        quoted = Quoted(spans)
        cued = {r for sentence in sentences for r in self._of_sentence(sentence, quoted)}
        ordered = sorted({*cued, *signatures(text, spans)}, key=_place)
        return sorted({*ordered, *continued(text, spans, sentences, ordered)}, key=_place)

    def _of_sentence(self, sentence: Sentence, quoted: Quoted) -> Iterator[Reported]:
        candidates = self.cues.of(sentence, quoted)
        carriers = {k for c in candidates for k in range(c.first, c.at)}
        taken: set[int] = set()
        for candidate in sorted(candidates, key=lambda c: _rank(sentence, c)):
            if candidate.at not in taken and candidate.at not in carriers:
                taken |= _content(sentence, candidate)
                yield _reported(sentence, candidate)


def _rank(sentence: Sentence, candidate: Candidate) -> tuple[int, int]:
    """Outer words before inner ones."""
    return (-1 if candidate.outer else depth(sentence, candidate.at), candidate.at)


def _content(sentence: Sentence, candidate: Candidate) -> set[int]:
    """Return the words of what is said, without what the parser hung on it but the writer adds."""
    said = inside(sentence, candidate.said)
    for head in candidate.said:
        for child in sentence.tokens[head].children:
            if _second(sentence, candidate, child) or _aside(sentence, child):
                said -= inside(sentence, [child])
    return said


def _second(sentence: Sentence, candidate: Candidate, child: int) -> bool:
    """Say whether `child` goes on where the cue stopped: '... and said', '-- and he noted'."""
    token, cue = sentence.tokens[child], sentence.tokens[candidate.at]
    present = {token.tag, cue.tag} <= {"VBP", "VBZ"}
    return candidate.strong and token.dep == "conj" and (token.tag == cue.tag or present) and child > candidate.at


def _aside(sentence: Sentence, child: int) -> bool:
    """Say whether `child` heads a clause that only adds: ', who says ...'."""
    tokens = sentence.tokens
    if tokens[child].dep != "relcl":
        return False
    first = min(sentence.subtree(child))
    return (
        tokens[first].lower in ("who", "which") and first > 0 and tokens[first - 1].text in (",", "--", "—", "–", "-")
    )


def _place(reported: Reported) -> tuple[Span, Span]:
    nowhere = Span(0, 0)
    return (reported.cue or reported.source or nowhere, reported.source or nowhere)


def _reported(sentence: Sentence, candidate: Candidate) -> Reported:
    tokens = sentence.tokens
    subject = candidate.subject
    source = phrase(sentence, subject.at, candidate.first) if subject is not None and not subject.passive else None
    return Reported(source, Span(tokens[candidate.first].start, tokens[candidate.last].end))
