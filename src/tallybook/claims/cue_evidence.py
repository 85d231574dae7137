"""What stands with a verb that may introduce somebody's words, and whether that makes it a report."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.claims.parse import Sentence
from tallybook.claims.quotations import Quoted
from tallybook.claims.speakers import Subject
from tallybook.knowledge.cues import Cue

BESIDE = 3
"""Farthest, in words, that a quotation stands from the cue and its speaker."""

NOBODY = frozenset({"i", "we", "us", "you", "'s", "anyone", "anybody", "someone", "somebody", "nobody"})
"""Words for the writer, the reader or nobody in particular: outside quotations they report nobody's words."""

_KINDS = {"ccomp": "clause", "dobj": "object", "oprd": "object", "nsubjpass": "object", "xcomp": "infinitive"}
_THINGS = frozenset({"it", "this", "that", "these", "those"})
_LOOSE = frozenset({"xcomp", "relcl", "acl", "conj", "ccomp", "csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Kinds of complement that a verb has (as `Cue.needs` names them), and its prepositions."""

    kinds: frozenset[str]
    prepositions: frozenset[str]


def evidence_of(sentence: Sentence, at: int, subject: Subject | None, quoted: Quoted) -> Evidence:
    """Return what stands with the verb at `at`."""
    tokens = sentence.tokens
    children = [tokens[c] for c in tokens[at].children]
    kinds = {_KINDS[c.dep] for c in children if c.dep in _KINDS}
    if tokens[at].dep == "parataxis" or (tokens[at].dep == "advcl" and any(c.lower == "as" for c in children)):
        kinds.add("clause")
    if _beside_quotation(sentence, at, subject, quoted):
        kinds.add("quote")
    after = frozenset(tokens[c].lower for c in tokens[at].children if tokens[c].dep == "prep" and c > at)
    return Evidence(frozenset(kinds), after)


def _beside_quotation(sentence: Sentence, at: int, subject: Subject | None, quoted: Quoted) -> bool:
    ends = (at, subject.at) if subject is not None and abs(subject.at - at) <= 2 * BESIDE else (at,)
    low, high = max(0, min(ends) - BESIDE), min(len(sentence.tokens) - 1, max(ends) + BESIDE)
    if any(quoted.holds(sentence.tokens[k].start) for k in range(low, high + 1)):
        return True
    if any(sentence.tokens[k].text == ":" for k in range(max(ends) + 1, high + 1)):
        return True
    return min(ends) < BESIDE and any(quoted.holds(sentence.start - k) for k in (1, 2))


def fits(cue: Cue, evidence: Evidence, sentence: Sentence, at: int, subject: Subject | None) -> bool:
    """Say whether the verb at `at` has what its cue needs."""
    if not _followed(cue, sentence, at):
        return False
    if cue.subject == "speaker" and (subject is None or sentence.tokens[subject.at].lower in _THINGS):
        return False
    if "preposition" in cue.needs and evidence.prepositions & cue.prepositions:
        return True
    return "nothing" in cue.needs or bool(cue.needs & evidence.kinds)


def _followed(cue: Cue, sentence: Sentence, at: int) -> bool:
    near = {t.lower for t in sentence.tokens[at + 1 : at + 1 + len(cue.particles)]}
    return cue.particles <= near


def real(sentence: Sentence, at: int, subject: Subject | None, evidence: Evidence, carried: bool) -> bool:
    """Say whether the verb tells of words that somebody used, not of words to come or of the writer's own."""
    token = sentence.tokens[at]
    if subject is None or sentence.tokens[subject.at].lower in NOBODY:
        return "quote" in evidence.kinds and subject is None and token.dep == "ROOT"
    if token.dep == "prep" and token.tag == "VBN":
        return False
    told = bool({"clause", "quote"} & evidence.kinds)
    if token.tag == "VB" and token.dep in _LOOSE and not carried:
        return told and token.dep not in ("xcomp", "relcl", "conj")
    if token.dep == "pcomp":
        return told
    return True
