"""Whose words a cue introduces: from the word that cues to the noun phrase that speaks."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.dateline import dateline_end
from tallybook.claims.parse import Sentence, Token
from tallybook.model.span import Span

DASHES = frozenset({"-", "--", "–", "—", "―"})
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
_BREAKS = frozenset({",", "”", '"', "''"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
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
            asked = sentence.tokens[verb].tag == "VBN" and not _active(sentence, verb)
            return found if at == verb else Subject(found.at, asked)
        quoted = _quoted_as(sentence, at)
        if quoted is not None:
            return Subject(quoted)
        if token.dep == "acl" and sentence.tokens[token.head].pos not in ("VERB", "AUX"):
            return Subject(token.head)
        if token.dep not in _RAISING or token.head == at:
            return None
        if token.dep == "ccomp" and token.tag not in ("VB", "VBG"):
            return None
        at = token.head
    return None


def _quoted_as(sentence: Sentence, verb: int) -> int | None:
    """Return whom somebody quotes: 'a doctor' of 'quoted a doctor as saying'."""
    tokens = sentence.tokens
    preposition = tokens[verb].head
    if tokens[verb].dep != "pcomp" or tokens[preposition].lower != "as":
        return None
    return next((c for c in tokens[tokens[preposition].head].children if tokens[c].dep == "dobj"), None)


def _own(sentence: Sentence, verb: int) -> Subject | None:
    children = sentence.tokens[verb].children
    passive = any(sentence.tokens[c].dep == "auxpass" and sentence.tokens[c].lower not in _POSSESSIVE for c in children)
    if passive or (sentence.tokens[verb].tag == "VBN" and not _active(sentence, verb)):
        agent = agent_of(sentence, verb)
        if agent is not None:
            return Subject(agent)
    opens = dateline_end(sentence)
    several = [c for c in children if sentence.tokens[c].dep == "nsubj"]
    for child in children:
        if child in several and (sentence.tokens[child].start >= opens or child == several[-1]):
            return Subject(child, passive)
        if sentence.tokens[child].dep == "nsubjpass":
            return Subject(child, passive or not any(sentence.tokens[c].lower in _POSSESSIVE for c in children))
    return None


def _active(sentence: Sentence, verb: int) -> bool:
    return any(sentence.tokens[c].dep == "aux" for c in sentence.tokens[verb].children)


def speaker_before(sentence: Sentence, verb: int) -> Subject | None:
    """Return who speaks in '..., a doctor who asked not to be named said.', where the parser lost the last verb.

    None unless `verb` is the sentence's last word and a comma or a closing quotation stands before.
    """
    tokens = sentence.tokens
    if any(t.pos != "PUNCT" for t in tokens[verb + 1 :]):
        return None
    start = next((k + 1 for k in range(verb - 1, -1, -1) if tokens[k].text in _BREAKS), None)
    if start is None:
        return None
    heads = [k for k in range(start, verb) if not start <= tokens[k].head < verb and tokens[k].pos in _NOMINAL]
    return Subject(heads[0]) if heads else None


def agent_of(sentence: Sentence, verb: int) -> int | None:
    """Return the head of the 'by' phrase that hangs on `verb`; None without one."""
    for child in sentence.tokens[verb].children:
        token = sentence.tokens[child]
        if token.lower == "by" and token.dep in ("agent", "prep"):
            return next((k for k in token.children if sentence.tokens[k].dep == "pobj"), None)
    return None


def phrase(sentence: Sentence, head: int, before: int | None = None) -> Span:
    """Return the noun phrase of `head`, as far as word `before` if that follows.

    Relative clauses, a possessive mark of its own, a dateline and marks at its edges are left out.
    """
    tokens = sentence.tokens
    kept = _phrase_tokens(sentence, head)
    if before is not None and before > head:
        kept = {k for k in kept if k < before}
    opens = dateline_end(sentence)
    if opens > tokens[head].start or any(tokens[k].start < opens for k in kept):
        kept = {k for k in kept if tokens[k].start >= opens} or kept
    start = end = head if head in kept else min(kept)
    while start - 1 in kept and tokens[start - 1].text not in DASHES:
        start -= 1
    while end + 1 in kept or (end + 2 in kept and tokens[end + 1].pos == "PUNCT"):
        end += 1
    while end > start and _droppable(tokens[end]):
        end -= 1
    while start < end and tokens[start].pos in ("PUNCT", "CCONJ"):
        start += 1
    return Span(tokens[_joined(sentence, start)].start, tokens[end].end)


def _droppable(token: Token) -> bool:
    return (token.pos in ("PUNCT", "CCONJ") and token.text != ")") or token.lower in _POSSESSIVE


def _joined(sentence: Sentence, start: int) -> int:
    """Return where a name begins that a hyphen joins to the word at `start`: 'Ban Ki-moon', cut by the parser at 'moon'."""
    tokens = sentence.tokens
    if start < 2 or tokens[start - 1].text != "-" or tokens[start - 2].end != tokens[start].start - 1:
        return start
    start -= 2
    while start > 0 and tokens[start - 1].tag == "NNP" and tokens[start].tag == "NNP":
        start -= 1
    return start


def _phrase_tokens(sentence: Sentence, head: int) -> set[int]:
    tokens = sentence.tokens
    kept, stack = {head}, []
    for child in tokens[head].children:
        left = child < head and tokens[child].dep in _LEFT
        right = child > head and (tokens[child].dep not in _OUTSIDE or _restricts(sentence, child))
        if left or right:
            stack.append(child)
        elif child > head and tokens[child].dep == "cc":
            kept.add(child)
    while stack:
        at = stack.pop()
        if at not in kept:
            kept.add(at)
            stack += [c for c in tokens[at].children if tokens[c].dep != "relcl"]
    return kept


def _restricts(sentence: Sentence, child: int) -> bool:
    """Say whether a participle belongs to the phrase: 'a union representing nurses', no comma before it."""
    token = sentence.tokens[child]
    return token.dep == "acl" and token.tag in ("VBG", "VBN") and sentence.tokens[child - 1].pos != "PUNCT"
