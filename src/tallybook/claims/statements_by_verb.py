"""Statements found by the grammar of a sentence: who says, is quoted, or makes a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.claims.parse import Sentence
from tallybook.claims.saying import (
    agent,
    content,
    phrase,
    subject,
    turn_after,
    turn_before,
    window,
)
from tallybook.claims.speech_words import SpeechWords
from tallybook.claims.statements import Statement, has_clause
from tallybook.model.span import Span


class VerbStatements:
    """Find statements by the verbs and nouns of speech of a sentence."""

    def __init__(self, words: SpeechWords) -> None:
        self.words = words

    def told_of(self, sentence: Sentence) -> list[Statement]:
        """Return the subjects of what the sentence itself tells, and who did what it tells in the passive; they may speak next."""
        found = []
        for i, token in enumerate(sentence.tokens):
            before = token.dep == "ccomp" and i < token.head and sentence.tokens[token.head].dep == "ROOT"
            if (token.head == i or before) and token.tag.startswith("V"):
                for head in (subject(sentence, i, self.words), agent(sentence, i)):
                    if head is not None:
                        who = phrase(sentence, head, self.words)
                        found.append(Statement(who, 0, 0, Span(token.start, token.end), ""))
        return found

    def by_verb(self, sentence: Sentence) -> Iterator[Statement]:
        """Yield what a verb of speech makes its subject's: 'the army said that'."""
        for i, token in enumerate(sentence.tokens):
            if not token.tag.startswith("V") or (token.tag == "VBG" and token.dep != "advcl"):
                continue
            if not self._tells(sentence, i):
                continue
            if any(sentence.tokens[c].dep == "auxpass" for c in token.children):
                yield from self._by_agent(sentence, i)
                continue
            head = subject(sentence, i, self.words)
            owned = content(sentence, i, head, self.words) if head is not None else None
            if head is None or owned is None:
                continue
            who = phrase(sentence, head, self.words)
            only_receives = token.lower in self.words.receive and token.lower not in self.words.verbs
            if only_receives and not self.words.medical & set(
                re.findall(r"\w+", sentence.text[who[0] - sentence.start : who[1] - sentence.start].lower())
            ):
                continue
            if owned[1] <= token.end and sentence.text[token.end - sentence.start :].startswith(","):
                owned = (owned[0], window(sentence, token.start).end)
            clause = any(c > i and sentence.tokens[c].dep == "ccomp" for c in token.children)
            sure = token.lower in self.words.telling and clause
            strict = token.lower in self.words.revise and token.lower not in self.words.verbs
            yield Statement(who, *owned, Span(token.start, token.end), token.lower, sure=sure, strict=strict)

    def _tells(self, sentence: Sentence, i: int) -> bool:
        words, verb = self.words, sentence.tokens[i].lower
        if sentence.tokens[i].dep == "amod":
            return False  # 'confirmed reports of'
        if verb in words.verbs or verb in words.deny:
            taken = {sentence.tokens[c].lower for c in sentence.tokens[i].children}
            return taken.isdisjoint(words.untold) and not (verb.startswith("claim") and taken & words.claimed_of)
        if verb in self.words.receive:
            return not self._is_told(sentence, i)
        if verb in words.with_clause:
            return has_clause(sentence, sentence.tokens[i].start, words.supposed)
        if verb not in words.revise and verb not in words.put:
            return False
        of_toll = any(t.lower in words.tolls for t in sentence.tokens[i + 1 : i + 6])
        at = any(c > i and _at_number(sentence, c) for c in sentence.tokens[i].children)
        return (verb in words.revise and of_toll) or (verb in words.put and (of_toll or at))

    def _is_told(self, sentence: Sentence, i: int) -> bool:
        """Say whether the verb stands in what another verb tells: 'a doctor said the hospital had received'."""
        token = sentence.tokens[i]
        return token.dep == "ccomp" and sentence.tokens[token.head].lower in self.words.telling

    def by_quoting(self, sentence: Sentence) -> Iterator[Statement]:
        """'The Post quoted the mayor as saying ...', 'the mayor was quoted as saying ...': the mayor, through the Post."""
        tokens = sentence.tokens
        for token in tokens:
            if token.dep != "pcomp":
                continue
            preposition = tokens[token.head]
            if preposition.lower != "as" or token.tag != "VBG":
                continue
            verb = tokens[preposition.head]
            if verb.lower not in self.words.quoting:
                continue
            roles = {tokens[c].dep: c for c in verb.children}
            said = roles.get("nsubjpass", roles.get("dobj"))
            if said is None:
                continue
            cue = Span(token.start, token.end)
            reach = window(sentence, token.start)
            yield Statement(phrase(sentence, said, self.words), token.end, reach.end, cue, token.lower, sure=True)
            if "nsubj" in roles and "dobj" in roles:
                who = phrase(sentence, roles["nsubj"], self.words)
                yield Statement(who, verb.start, verb.end, Span(verb.start, verb.end), "quoted by", sure=True)

    def _by_agent(self, sentence: Sentence, verb: int) -> Iterator[Statement]:
        """'Twelve deaths were reported by the clinic.'"""
        token, head = sentence.tokens[verb], agent(sentence, verb)
        reach = window(sentence, token.start)
        if head is not None and token.lower in self.words.accused:
            name = sentence.tokens[head]
            yield Statement((name.start, name.end), name.end, reach.end, Span(token.start, token.end), token.lower)
        if head is None or token.lower not in self.words.issue:
            return
        who = phrase(sentence, head, self.words)
        first = turn_before(sentence, reach.start, token.start)
        last = turn_after(sentence, who[1], reach.end)
        yield Statement(who, first, last, Span(token.start, token.end), token.lower)

    def by_claim_noun(self, sentence: Sentence) -> Iterator[Statement]:
        """'a claim by the rebels that twelve soldiers died', 'the rebels' claim that ...'."""
        for i, token in enumerate(sentence.tokens):
            if token.lower not in self.words.claim_nouns:
                continue
            by = next((c for c in token.children if c > i and sentence.tokens[c].lower in ("by", "from", "of")), None)
            if i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower in ("by", "from"):
                by = i + 1
            maker = by is not None and next((c for c in sentence.tokens[by].children if c > by), None)
            owner = maker or next((c for c in token.children if sentence.tokens[c].dep == "poss"), None)
            clauses = [i, *(sentence.subtree(by) if by is not None else ())]
            that = next((c for k in clauses for c in sentence.tokens[k].children
                         if c > i and sentence.tokens[c].dep in ("acl", "ccomp", "relcl")
                         and any(sentence.tokens[m].lower in ("that", "have") for m in sentence.tokens[c].children)), None)  # fmt: skip
            if owner is None or that is None:
                continue
            inside = sentence.subtree(that)
            first, last = sentence.tokens[min(inside)].start, sentence.tokens[max(inside)].end
            held = sentence.subtree(owner) - inside
            who = (sentence.tokens[min(held)].start, sentence.tokens[max(held)].end)
            if owner is not maker:
                who = (who[0], sentence.tokens[owner].end)
            yield Statement(who, first, last, Span(token.start, token.end), token.lower, strict=True)


def _at_number(sentence: Sentence, at: int) -> bool:
    """Say whether a preposition opens the number that a toll is put at: 'put it at 12', and not 'at noon'."""
    tokens = sentence.tokens
    return tokens[at].lower in ("at", "as") and any(tokens[k].tag == "CD" for k in sentence.subtree(at))
