"""Groups bound to harm by the parse: what they hang on, or what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.claims.groups import Group
from tallybook.claims.links import Link, fits
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.triggers import Trigger, fate_open, starts_object
from tallybook.knowledge.word_lists import LinkWords

SUBJECTS = ("nsubj", "nsubjpass")
"""What the parse calls the subject of a verb."""
STEPS = 6
"""Most steps up the parse from a group to its word of harm."""


class ParseLinks:
    """Bind groups to words of harm by grammar."""

    def __init__(self, words: LinkWords) -> None:
        self.of_people = frozenset(words.of_people)

    def of(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        """Climb from the group's head to a word of harm in whose slot of the harmed it stands."""
        at_index: dict[int, list[Trigger]] = {}
        for trigger in found:
            at_index.setdefault(trigger.index, []).append(trigger)
            at_index.setdefault(trigger.last, []).append(trigger) if trigger.last != trigger.index else None
        node, tokens = group.head, sentence.tokens
        own = _clause_of(sentence, node, at_index, group)
        if own is not None:
            return own
        for _ in range(STEPS):
            token = tokens[node]
            parent = token.head
            if parent == node:
                break
            for trigger in at_index.get(parent, ()):
                if fits(trigger, group) and _in_slot(sentence, trigger, token.dep, node):
                    return Link(group, trigger, "parse", 3)
            if not self._passes(tokens, node, group):
                break
            node = parent
        return None

    def shared(
        self, sentence: Sentence, group: Group, groups: Sequence[Group], found: Sequence[Trigger]
    ) -> Link | None:
        """'a woman stepped on a mine and died': harm in a verb joined to theirs, where it tells of nobody else counted."""
        tokens, token = sentence.tokens, sentence.tokens[group.head]
        if token.dep not in SUBJECTS or group.kind == "thing":
            return None
        verbs = [token.head]
        for k in range(token.head + 1, len(tokens)):
            joined = tokens[k].dep == "conj" and tokens[k].head in verbs and tokens[k].tag.startswith("V")
            if not joined or any(tokens[c].dep in SUBJECTS for c in tokens[k].children):
                continue
            verbs.append(k)
            if any(group.last < g.first < k and not g.indefinite for g in groups):
                return None
            for trigger in found:
                if trigger.index == k and _suffers(sentence, trigger) and fits(trigger, group):
                    return Link(group, trigger, "parse", 3)
        return None

    def _passes(self, tokens: Sequence[Token], node: int, group: Group) -> bool:
        """Say whether what holds for the word above token `node` holds for it too: 'a group of 12', '12 and three'."""
        token, parent = tokens[node], tokens[node].head
        if token.dep in ("conj", "appos", "nummod", "quantmod", "nmod", "amod"):
            return True
        if token.dep == "pobj":
            return tokens[parent].lower == "of"
        of = token.dep == "prep" and token.lower == "of"
        return of and (parent == group.first or tokens[parent].lower in self.of_people)


def _suffers(sentence: Sentence, trigger: Trigger) -> bool:
    """Say whether the subject of a verb of harm is who it befell; who only was shot may have died of it or not."""
    if trigger.measure == "displaced" or fate_open(trigger):
        return False
    if trigger.word.frame == "subject":
        return True
    passive = trigger.voice == "passive" and trigger.word.form == "participle"
    return trigger.word.frame == "patient" and passive and not starts_object(sentence, trigger.last + 1)


def _clause_of(sentence: Sentence, node: int, at_index: dict[int, list[Trigger]], group: Group) -> Link | None:
    """'people killed in ...', 'men who died': harm in a clause that hangs on the group."""
    for child in sentence.tokens[node].children:
        if child <= node:
            continue
        dep = sentence.tokens[child].dep
        for trigger in at_index.get(child, ()):
            if (
                dep == "acl"
                and trigger.word.frame == "patient"
                and trigger.word.form == "participle"
                and fits(trigger, group)
            ):
                return Link(group, trigger, "participle-of-group", 3)
            if (
                dep == "relcl"
                and fits(trigger, group)
                and (
                    (trigger.word.frame == "patient" and trigger.voice == "passive")
                    or trigger.word.frame in ("subject", "state")
                )
            ):
                return Link(group, trigger, "relative-clause", 3)
    return None


def _in_slot(sentence: Sentence, trigger: Trigger, dep: str, node: int) -> bool:
    frame = trigger.word.frame
    if frame == "patient":
        if dep == "nsubjpass":
            return True
        if dep == "nsubj":
            return trigger.voice == "passive" and trigger.word.form == "participle"
        return dep in ("dobj", "oprd", "attr") and trigger.voice == "active" and node > trigger.index
    if frame == "subject":
        return dep in ("nsubj", "nsubjpass")
    if frame == "state":
        return dep in ("nsubj", "nsubjpass", "npadvmod", "dobj") and node < trigger.index
    return False
