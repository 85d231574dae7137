"""Words of a sentence that may introduce somebody's words or thoughts, with what stands with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.parse import Sentence, Token
from tallybook.claims.quotations import Quoted
from tallybook.claims.speakers import Subject, subject_of
from tallybook.knowledge.cues import Cue, CueWords

BESIDE = 3
"""Farthest, in words, that a quotation stands from the cue and its speaker."""

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "prep", "dative", "acl", "pobj", "agent"})
_BESIDE_CUT = frozenset({"about", "against", "over", "after", "behind", "toward", "towards", "as"})
_AUXILIARY = frozenset({"aux", "auxpass", "neg", "advmod"})
_EVIDENCE = {"ccomp": "clause", "dobj": "object", "oprd": "object", "nsubjpass": "object", "prep": "preposition"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may cue: its place, the first and last word of the cue, who speaks, and what is said (by heads)."""

    at: int
    first: int
    last: int
    subject: Subject | None
    said: tuple[int, ...]


class Cues:
    """Find the candidates of sentences with the words of the packs."""

    def __init__(self, words: CueWords) -> None:
        self.words = words
        self.openings = {phrase[0] for phrase in words.prepositions}

    def of(self, sentence: Sentence, quoted: Quoted) -> list[Candidate]:
        """Return the candidates outside quotations, in no order that matters."""
        found: list[Candidate] = []
        for at, token in enumerate(sentence.tokens):
            if not quoted.holds(token.start):
                found += self._at(sentence, at, token, quoted)
        return found

    def _at(self, sentence: Sentence, at: int, token: Token, quoted: Quoted) -> Iterator[Candidate]:
        if token.tag.startswith("V") and token.dep != "amod":
            yield from self._verb(sentence, at, quoted)
        elif token.lower in self.words.nouns and token.pos == "NOUN":
            yield from self._noun(sentence, at)
        elif token.lower in self.words.adjectives and token.dep == "acomp":
            yield from self._adjective(sentence, at)
        if token.lower in self.openings:
            yield from self._preposition(sentence, at)

    def _verb(self, sentence: Sentence, at: int, quoted: Quoted) -> Iterator[Candidate]:
        token = sentence.tokens[at]
        cues = self.words.verbs.get(token.lower, ())
        if not cues:
            return
        subject = subject_of(sentence, at)
        evidence = _evidence(sentence, at, subject, quoted)
        if any(_fits(cue, evidence, sentence, at, subject) for cue in cues):
            first = self._carried(sentence, at)
            said = tuple(c for c in token.children if _is_content(sentence, at, c, evidence))
            yield Candidate(at, first, _last(sentence, at), subject, said)

    def _carried(self, sentence: Sentence, at: int) -> int:
        """Return the first word of the verb group, with the verb that carries it: 'refused to say'."""
        first, top = _first(sentence, at), at
        while True:
            token = sentence.tokens[top]
            if (
                token.dep != "xcomp"
                or sentence.tokens[token.head].lower not in self.words.carriers
                or token.head > first
            ):
                return first
            if first - token.head > 2:
                return first
            top = token.head
            first = _first(sentence, top)

    def _noun(self, sentence: Sentence, at: int) -> Iterator[Candidate]:
        cue = self.words.nouns[sentence.tokens[at].lower]
        token = sentence.tokens[at]
        said = [c for c in token.children if c > at and _noun_content(sentence, c, cue)]
        if not said:
            return
        head = sentence.tokens[token.head]
        if token.dep == "dobj" and head.lower in self.words.light and token.head < at:
            yield Candidate(
                at, _first(sentence, token.head), _last(sentence, at), subject_of(sentence, token.head), tuple(said)
            )
            return
        owner = next((c for c in token.children if sentence.tokens[c].dep == "poss"), None)
        if owner is not None:
            yield Candidate(at, owner + 1, _last(sentence, at), Subject(owner), tuple(said))

    def _adjective(self, sentence: Sentence, at: int) -> Iterator[Candidate]:
        cue = self.words.adjectives[sentence.tokens[at].lower]
        said = [
            c
            for c in sentence.tokens[at].children
            if c > at
            and _EVIDENCE.get(sentence.tokens[c].dep, "infinitive" if sentence.tokens[c].dep == "xcomp" else "")
            in cue.needs
        ]
        if said:
            be = sentence.tokens[at].head
            first = _first(sentence, be) if be < at and at - be < 4 else at
            yield Candidate(at, first, _last(sentence, at), subject_of(sentence, be), tuple(said))

    def _preposition(self, sentence: Sentence, at: int) -> Iterator[Candidate]:
        tokens = sentence.tokens
        for words in self.words.prepositions:
            last = at + len(words) - 1
            if tuple(t.lower for t in tokens[at : last + 1]) == words:
                who = next((c for c in tokens[last].children if tokens[c].dep == "pobj"), None)
                if who is not None:
                    yield Candidate(at, at, last, Subject(who), ())


def _first(sentence: Sentence, verb: int) -> int:
    first = verb
    while first > 0 and sentence.tokens[first - 1].head == verb and sentence.tokens[first - 1].dep in _AUXILIARY:
        first -= 1
    while first < verb and sentence.tokens[first].dep == "advmod" and sentence.tokens[first].tag in ("WRB", "CC"):
        first += 1
    return first


def _last(sentence: Sentence, at: int) -> int:
    after = at + 1
    if after < len(sentence.tokens):
        token = sentence.tokens[after]
        if token.head == at and (token.dep == "prt" or (token.dep == "prep" and token.lower in _BESIDE_CUT)):
            return after
    return at


def _evidence(sentence: Sentence, at: int, subject: Subject | None, quoted: Quoted) -> set[str]:
    tokens = sentence.tokens
    found = {_EVIDENCE[tokens[c].dep] for c in tokens[at].children if tokens[c].dep in _EVIDENCE}
    for c in tokens[at].children:
        if tokens[c].dep == "xcomp":
            found.add("infinitive")
    if tokens[at].dep == "parataxis":
        found.add("clause")
    if _beside_quotation(sentence, at, subject, quoted):
        found.add("quote")
    return found


def _beside_quotation(sentence: Sentence, at: int, subject: Subject | None, quoted: Quoted) -> bool:
    ends = (at, subject.at) if subject is not None and abs(subject.at - at) <= 2 * BESIDE else (at,)
    low, high = max(0, min(ends) - BESIDE), min(len(sentence.tokens) - 1, max(ends) + BESIDE)
    return any(quoted.holds(sentence.tokens[k].start) for k in range(low, high + 1))


def _fits(cue: Cue, evidence: set[str], sentence: Sentence, at: int, subject: Subject | None) -> bool:
    if cue.particles:
        near = {t.lower for t in sentence.tokens[at + 1 : at + 1 + len(cue.particles)]}
        if not cue.particles <= near:
            return False
    if cue.subject == "speaker" and (
        subject is None or sentence.tokens[subject.at].lower in ("it", "this", "that", "these", "those")
    ):
        return False
    return "nothing" in cue.needs or bool(cue.needs & evidence)


def _is_content(sentence: Sentence, at: int, child: int, evidence: set[str]) -> bool:
    dep = sentence.tokens[child].dep
    if dep == "prep":
        return child > at and not evidence & {"clause", "object"}
    return dep in _COMPLEMENTS


def _noun_content(sentence: Sentence, child: int, cue: Cue) -> bool:
    token = sentence.tokens[child]
    if token.dep == "acl":
        return bool({"clause", "infinitive"} & cue.needs) and token.tag != "VBN"
    return (
        token.dep == "prep"
        and "preposition" in cue.needs
        and token.lower in ("about", "of", "for", "to", "on", "against", "over", "with")
    )


def depth(sentence: Sentence, at: int) -> int:
    """Return how many words stand between `at` and the root; a loop counts as the root."""
    steps, seen = 0, at
    while sentence.tokens[seen].head != seen and steps < len(sentence.tokens):
        seen, steps = sentence.tokens[seen].head, steps + 1
    return steps


def inside(sentence: Sentence, heads: Sequence[int]) -> set[int]:
    """Return every word of the phrases of `heads`."""
    return set().union(*(sentence.subtree(head) for head in heads)) if heads else set()
