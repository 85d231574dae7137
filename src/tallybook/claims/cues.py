"""Words of a sentence that may introduce somebody's words or thoughts, with what stands with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.cue_evidence import Evidence, evidence_of, fits, real
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.quotations import Quoted
from tallybook.claims.speakers import Subject, speaker_before, subject_of
from tallybook.knowledge.cues import Cue, CueWords

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "prep", "dative", "acl", "pobj", "agent"})
_BESIDE_CUT = frozenset({"about", "against", "over", "after", "behind", "toward", "towards", "as"})
_AUXILIARY = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may cue: its place, the first and last word of the cue, who speaks, and what is said (by heads)."""

    at: int
    first: int
    last: int
    subject: Subject | None
    said: tuple[int, ...]
    strong: bool = False
    """The word needs nothing beside it to cue."""
    outer: bool = False
    """Stands outside whatever the parser hung it on: 'according to'."""


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
        own = subject_of(sentence, at)
        subject = own or speaker_before(sentence, at)
        evidence = evidence_of(sentence, at, subject, quoted)
        first = self._carried(sentence, at)
        carried = first != _first(sentence, at)
        if self._light_noun(sentence, at) is not None or not real(sentence, at, subject, evidence, carried):
            return
        fitting = [cue for cue in cues if fits(cue, evidence, sentence, at, subject)]
        if fitting:
            said = tuple(c for c in token.children if _is_content(sentence, at, c, evidence))
            strong = any("nothing" in cue.needs for cue in fitting)
            follow = max(len(cue.particles) for cue in fitting)
            last = max(_last(sentence, at), at + follow)
            yield Candidate(at, first, last, subject, said, strong, outer=own is not subject)

    def _carried(self, sentence: Sentence, at: int) -> int:
        """Return the first word of the verb group, with the verbs that carry it: 'refused to say'."""
        first, top = _first(sentence, at), sentence.tokens[at]
        while top.dep in ("xcomp", "advcl") and first - 2 <= top.head < first and self._carries(sentence, top.head):
            first, top = _first(sentence, top.head), sentence.tokens[top.head]
        return first

    def _carries(self, sentence: Sentence, at: int) -> bool:
        return sentence.tokens[at].lower in self.words.carriers

    def _light_noun(self, sentence: Sentence, verb: int) -> int | None:
        """Return the noun that says what a light verb does: 'claim' of 'made the claim that'; None for a full verb."""
        tokens = sentence.tokens
        if tokens[verb].lower not in self.words.light:
            return None
        nouns = (c for c in tokens[verb].children if tokens[c].dep == "dobj" and tokens[c].lower in self.words.nouns)
        return next((c for c in nouns if self._noun_said(sentence, c)), None)

    def _noun_said(self, sentence: Sentence, at: int) -> list[int]:
        cue = self.words.nouns[sentence.tokens[at].lower]
        return [c for c in sentence.tokens[at].children if c > at and _noun_content(sentence, c, cue)]

    def _noun(self, sentence: Sentence, at: int) -> Iterator[Candidate]:
        token = sentence.tokens[at]
        said = self._noun_said(sentence, at)
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
        elif any(_is_that_clause(sentence, c) for c in said):
            yield Candidate(at, at, at, None, tuple(said))

    def _adjective(self, sentence: Sentence, at: int) -> Iterator[Candidate]:
        cue = self.words.adjectives[sentence.tokens[at].lower]
        said = [c for c in sentence.tokens[at].children if c > at and _adjective_content(sentence, c, cue)]
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
                    yield Candidate(at, at, last, Subject(who), (), strong=True, outer=True)


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


def _is_content(sentence: Sentence, at: int, child: int, evidence: Evidence) -> bool:
    dep = sentence.tokens[child].dep
    if dep == "prep":
        return child > at and not evidence.kinds & {"clause", "object"}
    return dep in _COMPLEMENTS


def _noun_content(sentence: Sentence, child: int, cue: Cue) -> bool:
    token = sentence.tokens[child]
    if token.dep == "acl":
        clause = token.tag != "VBN" or any(sentence.tokens[c].dep in ("mark", "aux") for c in token.children)
        return clause and bool({"clause", "infinitive"} & cue.needs)
    return _is_prepositional(token, cue)


def _is_that_clause(sentence: Sentence, child: int) -> bool:
    token = sentence.tokens[child]
    return token.dep == "acl" and any(sentence.tokens[c].dep == "mark" for c in token.children)


def _adjective_content(sentence: Sentence, child: int, cue: Cue) -> bool:
    token = sentence.tokens[child]
    kind = {"xcomp": "infinitive", "ccomp": "clause"}.get(token.dep)
    return kind in cue.needs or _is_prepositional(token, cue)


def _is_prepositional(token: Token, cue: Cue) -> bool:
    return token.dep == "prep" and "preposition" in cue.needs and token.lower in cue.prepositions


def depth(sentence: Sentence, at: int) -> int:
    """Return how many words stand between `at` and the root; a loop counts as the root."""
    steps, seen = 0, at
    while sentence.tokens[seen].head != seen and steps < len(sentence.tokens):
        seen, steps = sentence.tokens[seen].head, steps + 1
    return steps


def inside(sentence: Sentence, heads: Sequence[int]) -> set[int]:
    """Return every word of the phrases of `heads`."""
    return set().union(*(sentence.subtree(head) for head in heads)) if heads else set()
