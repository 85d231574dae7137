"""Groups to harm: which word of harm a counted group of people hangs on, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallybook.claims.groups import Group
from tallybook.claims.parse import Sentence
from tallybook.claims.triggers import BE, HAVE, Trigger, starts_object
from tallybook.knowledge.lexicon import HarmPhrase, HarmWord

SKIPPED = frozenset({
    "was", "were", "is", "are", "be", "been", "being", "have", "has", "had", "also", "later", "reportedly", "allegedly", "confirmed",
    "reported", "believed", "known", "said", "feared", "presumed", "to", "all", "both", "left", "found", "still", "instantly", "immediately",
    "who", "that", "them", "others", "more", "other", "already", "so", "far", "officially", "subsequently", "critically", "seriously", "severely", "lightly", "slightly",
    "badly", "fatally", "brutally", "either", "each", "people", "now", "remain", "remained", "remains", "went", "gone", "go", "listed", "declared", "pronounced", "as",
    "including", "-", "\u2013", "(", "further", "additional", "got", "get", "gravely", "moderately", "therefore", "thus", "again", "simultaneously", "together", "shot", "beaten", "and",
})  # fmt: skip
"""Words that may stand between people and the harm that befell them: '12 people are now known to have been killed'."""

JOINTS = frozenset(
    {
        "and",
        ",",
        "plus",
        "&",
        "as",
        "well",
        "along",
        "with",
        "together",
        "in",
        "addition",
        "to",
        "or",
        "while",
        "also",
        "then",
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """A group bound to a word of harm."""

    group: Group
    trigger: Trigger
    rule: str
    rank: int  # smaller is surer
    hedged: bool = False  # 'feared', 'believed', 'presumed'


def links(
    sentence: Sentence, groups: Sequence[Group], found: Sequence[Trigger], phrases: Sequence[HarmPhrase] = ()
) -> list[Link]:
    """Return at most one link for each group, the surest rule first; groups that no rule binds are absent.

    Rules, surest first: a word of harm in the phrase itself, right after it, right before it, 'deaths of N',
    the parse, and at last what a joined group hangs on.
    """
    bound: dict[int, Link] = {}
    found = [
        t
        for t in found
        if not (t.voice == "passive" and _goes_on_to_object(sentence, t.last) and not _was(sentence, t))
    ]
    for group in groups:
        for rule in (_inside, _of_noun, _after, _before):
            link = rule(sentence, group, found)
            if link is not None:
                break
        link = link or _by_phrase(sentence, group, phrases) or _by_parse(sentence, group, found)
        if link is not None:
            bound[id(group)] = link
    _inherit(sentence, groups, bound)
    return [bound[id(g)] for g in groups if id(g) in bound]


def _fits(trigger: Trigger, group: Group) -> bool:
    word = trigger.word
    if group.kind == "thing":
        return False
    if group.kind == "unit" and word.measure != "captured":
        return False
    if word.people_only and group.kind not in ("people", "bare", "unit"):
        return False
    if (
        word.measure == "displaced"
        and group.person is not None
        and (group.person.affiliation == "combatant" or group.indefinite)
    ):
        return False
    if word.active_only and (
        trigger.voice != "active" or (group.kind == "bare" and not group.more and trigger.last + 1 < group.first - 1)
    ):
        return False
    if word.combatant_only and (group.person is None or group.person.affiliation != "combatant"):
        return False
    return not (
        group.kind == "other"
        and word.frame in ("subject", "count_noun", "toll")
        and word.lemma not in ("die", "perish")
    )


_BETWEEN = re.compile(
    r"\s*(?:,\s+(?:most|many|some|half|all|mainly|mostly)\s[^,;.]{2,40},\s*)?(?:(?:who|that|which|also|have|has|had|were|was|are|is|been|being|all|both|later|reportedly|already|still|to|said|others|more|then|currently|now|since|more|,)\s*){0,5}$"
)


def _by_phrase(sentence: Sentence, group: Group, phrases: Sequence[HarmPhrase]) -> Link | None:
    """'12 men lost their lives', 'searching for three residents': turns of phrase kept as data."""
    if group.kind in ("thing", "unit"):
        return None
    low = sentence.lower
    after, before = low[group.end - sentence.start :], low[: group.start - sentence.start]
    for phrase in phrases:
        if phrase.people_only and group.kind != "people":
            continue
        if phrase.side == "after":
            match = phrase.pattern.search(after[:90])
            fits = match is not None and _BETWEEN.fullmatch(after[: match.start()]) is not None
            start = group.end + match.start() if match else 0
        else:
            match = next((m for m in phrase.pattern.finditer(before) if m.end() == len(before)), None)
            fits, start = match is not None, sentence.start + (match.start() if match else 0)
        if not fits or match is None:
            continue
        if (phrase.unless and phrase.unless.search(low)) or (
            phrase.requires and not phrase.requires.search(low[group.start - sentence.start :])
        ):
            continue
        if phrase.measure == "displaced" and group.person is not None and group.person.affiliation == "combatant":
            continue
        first = sentence.token_at(start) or 0
        last = sentence.token_at(start + max(1, len(match.group().rstrip())) - 1) or first
        word = HarmWord(match.group().strip(), phrase.measure, "phrase", "phrase")
        return Link(group, Trigger(first, last, word, "none"), "turn-of-phrase", 2)
    return None


def _inside(sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
    """'four fatalities', '12 deaths', '18 injuries': the counted noun is the harm."""
    if group.indefinite:
        return None
    for trigger in found:
        inside = group.first < trigger.index <= group.last + (1 if group.kind in ("bare", "people") else 0)
        if inside and trigger.word.frame == "count_noun" and (trigger.index > group.last or trigger.last == group.last):
            after = sentence.tokens[trigger.last + 1].lower if trigger.last + 1 < len(sentence.tokens) else ""
            if not (
                trigger.word.lemma == "death"
                and after in ("row", "threats", "sentence", "sentences", "squad", "squads", "certificates")
            ):
                return Link(group, trigger, "counted-noun", 1)
    return None


def _after(sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
    """'12 people were killed', '11 wounded', 'left five dead': harm right after the group."""
    tokens = sentence.tokens
    seen: list[str] = []
    k, hedged = group.last + 1, False
    if k < len(tokens) and tokens[k].lower == "," and k + 1 < len(tokens) and tokens[k + 1].lower == "were":
        k += 1
    while k < len(tokens) and k < group.last + 11:
        for trigger in found:
            if trigger.index == k and _fits(trigger, group) and _takes_before(sentence, trigger, seen):
                return Link(group, trigger, "harm-after-group", 2, hedged)
        token = tokens[k]
        if token.lower == "and" and not (
            k + 1 < len(tokens) and tokens[k + 1].lower in ("killed", "wounded", "injured", "other")
        ):
            break
        if token.lower in SKIPPED or token.tag in ("RB", "RBR"):
            hedged |= token.lower in ("feared", "presumed", "believed", "thought")
            seen.append(token.lower)
            k += 1
            continue
        if token.lower in ("of", "from") and k == group.last + 1 and group.kind == "people":
            skipped = _skip_phrase(sentence, k)
            if skipped is not None:
                k = skipped
                continue
        break
    return None


def _skip_phrase(sentence: Sentence, k: int) -> int | None:
    """Return the token after the prepositional phrase that starts at `k`, by the parse; None if it has no end here."""
    inside = sentence.subtree(k)
    end = max(inside) + 1
    return end if end - k <= 8 and all(i >= k for i in inside) else None


def _takes_before(sentence: Sentence, trigger: Trigger, between: list[str]) -> bool:
    """Say whether the harm falls on what stands before the word, given the words between."""
    frame = trigger.word.frame
    if frame == "patient":
        if trigger.word.form in ("base", "third", "gerund"):
            return trigger.voice == "passive" and trigger.word.form != "gerund"
        if any(w in BE for w in between):
            return True
        if any(w in HAVE for w in between):
            return False
        return trigger.voice == "passive" and not _goes_on_to_object(sentence, trigger.last)
    if frame == "subject":
        return trigger.word.form != "gerund"
    if frame == "state":
        acts = sentence.tokens[trigger.index].tag == "VBD" or (between[-1:] and between[-1] in ("shot", "beaten"))
        return not (acts and starts_object(sentence, trigger.last + 1)) or any(w in BE for w in between)
    return False


def _was(sentence: Sentence, trigger: Trigger) -> bool:
    """Say whether a form of 'be' stands right before the word of harm."""
    return any(t.lower in BE for t in sentence.tokens[max(0, trigger.index - 3) : trigger.index])


def _goes_on_to_object(sentence: Sentence, last: int) -> bool:
    """Say whether '... and killed four people' follows: the verbs' subject then does the harm."""
    tokens = sentence.tokens
    return (
        last + 3 < len(tokens)
        and tokens[last + 1].lower == "and"
        and tokens[last + 2].tag in ("VBD", "VBN")
        and starts_object(sentence, last + 3)
    )


def _before(sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
    """'killed 20 troops', 'killing three', 'claimed 17 lives', 'Killed: 12': harm right before the group."""
    start = sentence.token_at(group.start)
    if start is None:
        return None
    k = start - 1
    while (
        k >= 0
        and sentence.tokens[k].lower
        in (
            "the",
            "another",
            "further",
            "some",
            "all",
            "(",
            "other",
            "\u201c",
            '"',
            "in",
            "up",
            "down",
            "dead",
            "off",
            "away",
            "prisoner",
            "hostage",
            "captive",
            "to",
            "total",
            "a",
            "of",
            "least",
            "at",
            "as",
            "many",
        )
        and start - k < 5
    ):
        if sentence.tokens[k].lower in ("in", "to", "of", "at") and not (
            k and sentence.tokens[k - 1].lower in ("total", "as")
        ):
            break
        k -= 1
    for trigger in found:
        if trigger.last != k or not _fits(trigger, group):
            continue
        frame = trigger.word.frame
        if frame == "patient" and trigger.voice == "active":
            return Link(group, trigger, "harm-before-group", 2)
        if frame == "lives" and group.noun in ("lives", "life", "souls"):
            return Link(group, trigger, "lives", 2)
    if k >= 1 and sentence.tokens[k].lower == ":":
        for trigger in found:
            if (
                trigger.last == k - 1
                and trigger.word.frame in ("patient", "state", "count_noun", "toll")
                and group.kind != "thing"
            ):
                return Link(group, trigger, "label", 2)
    if k >= 1 and sentence.tokens[k].lower in BE:
        for trigger in found:
            if (
                trigger.last == k - 1
                and trigger.index == 0
                and trigger.word.frame in ("patient", "state")
                and _fits(trigger, group)
            ):
                return Link(group, trigger, "harm-first", 2)
    return None


def _of_noun(sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
    """'the deaths of eight villagers', 'injuries to 20 others', 'bodies of 12 men'."""
    start = sentence.token_at(group.start)
    if not start or start < 2:
        return None
    preposition, k = sentence.tokens[start - 1].lower, start - 2
    if preposition in ("the", "all", "some", "these", "those") and start >= 3:
        preposition, k = sentence.tokens[start - 2].lower, start - 3
    for trigger in found:
        word = trigger.word
        if (
            word.frame == "of_noun"
            and trigger.last == k
            and preposition in (word.preposition, "of")
            and _fits(trigger, group)
        ):
            return Link(group, trigger, "harm-of-group", 2)
    return None


def _by_parse(sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
    """Climb from the group's head to a word of harm in whose slot of the harmed it stands."""
    at_index: dict[int, list[Trigger]] = {}
    for trigger in found:
        at_index.setdefault(trigger.index, []).append(trigger)
        at_index.setdefault(trigger.last, []).append(trigger) if trigger.last != trigger.index else None
    node, tokens = group.head, sentence.tokens
    own = _clause_of(sentence, node, at_index, group)
    if own is not None:
        return own
    for _ in range(6):
        token = tokens[node]
        parent = token.head
        if parent == node:
            break
        for trigger in at_index.get(parent, ()):
            if _fits(trigger, group) and _in_slot(sentence, trigger, token.dep, node):
                return Link(group, trigger, "parse", 3)
        if (
            token.dep in ("conj", "appos", "nummod", "quantmod", "nmod", "amod")
            or (token.dep == "pobj" and tokens[parent].lower == "of")
            or (token.dep == "prep" and token.lower == "of" and parent == group.first)
            or (
                token.dep == "prep"
                and token.lower == "of"
                and tokens[parent].lower
                in (
                    "total",
                    "number",
                    "group",
                    "bodies",
                    "body",
                    "majority",
                    "dozens",
                    "hundreds",
                    "scores",
                    "couple",
                    "family",
                    "handful",
                    "toll",
                    "thousands",
                    "list",
                    "crew",
                )
            )
        ):
            node = parent
        else:
            break
    return None


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
                and _fits(trigger, group)
            ):
                return Link(group, trigger, "participle-of-group", 3)
            if (
                dep == "relcl"
                and _fits(trigger, group)
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
    if frame == "of_noun":
        return False
    return False


def _inherit(sentence: Sentence, groups: Sequence[Group], bound: dict[int, Link]) -> None:
    """Give a joined group what its neighbour hangs on: 'killed two men and a boy', 'three men and a boy were killed'."""
    order = sorted(groups, key=lambda g: g.start)
    for before, after in pairwise(order):
        link = bound.get(id(before))
        if (
            id(after) not in bound
            and link is not None
            and after.kind == "people"
            and (
                link.trigger.index < before.first
                or (
                    link.trigger.last < after.first
                    and sentence.tokens[max(0, (sentence.token_at(after.start) or 0) - 1)].lower == "with"
                )
            )
            and _joined(sentence, before, after)
        ):
            bound[id(after)] = Link(after, link.trigger, "joined", 4, link.hedged)
    for before, after in zip(reversed(order[:-1]), reversed(order[1:]), strict=False):
        link = bound.get(id(after))
        if (
            id(before) not in bound
            and link is not None
            and before.kind in ("people", "bare", "other")
            and link.trigger.index > after.last
            and _joined(sentence, before, after)
        ):
            bound[id(before)] = Link(before, link.trigger, "joined", 4, link.hedged)


def _joined(sentence: Sentence, before: Group, after: Group) -> bool:
    first = sentence.token_at(after.start)
    if first is None or first <= before.last:
        return False
    between = sentence.tokens[before.last + 1 : first]
    if re.search(r"\b(?:along|together) with$", " ".join(t.lower for t in between)):
        return True
    if not 0 < len(between) <= 4 or not all(t.lower in JOINTS for t in between):
        return False
    return between[-1].lower != "," or not after.indefinite
