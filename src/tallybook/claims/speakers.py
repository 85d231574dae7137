"""Whose words a cue introduces: from the word that cues to the noun phrase that speaks."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.parse import Sentence
from tallybook.model.span import Span

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
MAX_CLIMB = 8
"""Clauses climbed in search of a subject; deeper chains were misparses."""

_OUTSIDE = frozenset({"relcl", "acl", "advcl", "parataxis", "cc", "preconj", "punct", "ccomp", "intj", "dep", "meta"})
_LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nmod",
        "poss",
        "nummod",
        "predet",
        "quantmod",
        "case",
        "appos",
        "advmod",
        "neg",
        "npadvmod",
    }
)
_RAISING = frozenset({"xcomp", "advcl", "conj", "pcomp", "prep", "acl", "ccomp", "dep"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The head word of who speaks; `passive` if it is rather whom the words are about."""

    at: int
    passive: bool = False


def subject_of(sentence: Sentence, verb: int) -> Subject | None:
    """Return who does `verb`: its own subject, or that of the clause it hangs on; None if nobody is named."""
    at = verb
    for _ in range(MAX_CLIMB):
        token = sentence.tokens[at]
        found = _own(sentence, at)
        if found is not None:
            return found if at == verb or not found.passive else Subject(found.at)
        if token.dep == "acl" and sentence.tokens[token.head].pos not in ("VERB", "AUX"):
            return Subject(token.head)
        if token.dep not in _RAISING or token.head == at:
            return None
        if token.dep == "ccomp" and token.tag not in ("VB", "VBG"):
            return None
        at = token.head
    return None


def _own(sentence: Sentence, verb: int) -> Subject | None:
    children = sentence.tokens[verb].children
    passive = any(sentence.tokens[c].dep == "auxpass" for c in children)
    if passive or (sentence.tokens[verb].tag == "VBN" and not _active(sentence, verb)):
        agent = agent_of(sentence, verb)
        if agent is not None:
            return Subject(agent)
    for child in children:
        if sentence.tokens[child].dep == "nsubj":
            return Subject(child, passive)
        if sentence.tokens[child].dep == "nsubjpass":
            return Subject(child, True)
    return None


def _active(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[c].dep == "aux" for c in sentence.tokens[verb].children)


def agent_of(sentence: Sentence, verb: int) -> int | None:
    """Return the head of the 'by' phrase that hangs on `verb`; None without one."""
    for child in sentence.tokens[verb].children:
        token = sentence.tokens[child]
        if token.lower == "by" and token.dep in ("agent", "prep"):
            return next((k for k in token.children if sentence.tokens[k].dep == "pobj"), None)
    return None


def phrase(sentence: Sentence, head: int) -> Span:
    """Return the noun phrase of `head`, without relative clauses, its own possessive mark and marks at its edges."""
    tokens = sentence.tokens
    kept = _phrase_tokens(sentence, head)
    start = end = head
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept or (end + 2 in kept and tokens[end + 1].pos == "PUNCT"):
        end += 1
    while end > head and (tokens[end].pos == "PUNCT" or tokens[end].lower in ("'s", "’s", "'", "’")):
        end -= 1
    while start < head and tokens[start].pos == "PUNCT":
        start += 1
    return Span(tokens[start].start, tokens[end].end)


def _phrase_tokens(sentence: Sentence, head: int) -> set[int]:
    tokens = sentence.tokens
    kept, stack = {head}, []
    for child in tokens[head].children:
        if (child < head and tokens[child].dep in _LEFT) or (child > head and tokens[child].dep not in _OUTSIDE):
            stack.append(child)
        elif child > head and tokens[child].dep == "cc":
            kept.add(child)
    while stack:
        at = stack.pop()
        if at not in kept:
            kept.add(at)
            stack += [c for c in tokens[at].children if tokens[c].dep not in ("relcl",)]
    return kept
