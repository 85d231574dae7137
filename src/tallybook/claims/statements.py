"""A statement before its source is named."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from tallybook.claims.parse import Sentence
from tallybook.model.span import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement before its source is named: the source's words, what it owns, and how sure it is."""

    who: tuple[int, int]
    start: int
    end: int
    cue: Span
    verb: str
    sure: bool = False
    strict: bool = False


def has_subject(sentence: Sentence, at: int) -> bool:
    """Say whether the verb at `at` has its subject before it: then no source follows it. 'Said' takes no object."""
    k = sentence.token_at(at)
    if k is None or sentence.tokens[k].lower in ("said", "says"):
        return False
    return any(c < k and sentence.tokens[c].dep == "nsubj" for c in sentence.tokens[k].children)


def has_clause(sentence: Sentence, at: int, supposed: Container[str]) -> bool:
    """Say whether the verb at `at` has a clause of its own after it: then it is no aside.

    A clause of one of the verbs `supposed` is none: 'said 12 were feared dead'.
    """
    k = sentence.token_at(at)
    if k is None:
        return False
    clauses = (sentence.tokens[c] for c in sentence.tokens[k].children if c > k and sentence.tokens[c].dep == "ccomp")
    return any(
        clause.lower not in supposed and any(sentence.tokens[m].dep == "mark" for m in clause.children)
        for clause in clauses
    )
