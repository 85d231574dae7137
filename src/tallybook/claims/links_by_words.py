"""Groups bound to harm by the words beside them: in the phrase itself, right after it, right before it, 'deaths of N'."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.claims.groups import Group
from tallybook.claims.links import Link, fits
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.triggers import BE, HAVE, Trigger, goes_on_to_object, starts_object
from tallybook.knowledge.word_lists import LinkWords

AFTER = 10
"""Words after a group within which its word of harm is sought."""
BEFORE = 5
"""Words before a group that may stand between it and its word of harm."""
DASHES = ("-", "\u2013", "\u2014", "--")
ASIDE = 20
"""Most words between dashes that are passed over."""
PHRASE = 8
"""Most words of a phrase that is passed over: '12 people from the village were killed'."""


class WordLinks:
    """Bind groups to words of harm by what stands between them."""

    def __init__(self, words: LinkWords) -> None:
        self.skipped, self.hedges, self.going_on = (
            frozenset(words.skipped),
            frozenset(words.hedges),
            frozenset(words.going_on),
        )
        self.before_group, self.after_total = frozenset(words.before), frozenset(words.after_total)
        self.totals, self.no_death, self.souls = (
            frozenset(words.totals),
            frozenset(words.no_death),
            frozenset(words.souls),
        )

    def inside(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        """'four fatalities', '12 deaths', '18 injuries': the counted noun is the harm."""
        if group.indefinite:
            return None
        for trigger in found:
            inside = group.first < trigger.index <= group.last + (1 if group.kind in ("bare", "people") else 0)
            if (
                inside
                and trigger.word.frame == "count_noun"
                and (trigger.index > group.last or trigger.last == group.last)
            ):
                after = sentence.tokens[trigger.last + 1].lower if trigger.last + 1 < len(sentence.tokens) else ""
                describes = sentence.tokens[trigger.index].dep == "amod"
                harmed = (
                    (self.before(sentence, group, found) or self._died(sentence, group, found)) if describes else None
                )
                if harmed is not None and not harmed.trigger.word.particles:
                    return harmed  # 'injured 16 displaced people', 'seven displaced people died'
                if not (trigger.word.lemma == "death" and after in self.no_death):
                    return Link(group, trigger, "counted-noun", 1)
        return None

    def described(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        """'five wounded gunmen', 'one of the four killed': the harm describes who is counted, and nothing else is told of them."""
        for trigger in found:
            inside = not group.indefinite and group.first < trigger.index <= group.last
            describes = trigger.word.frame == "state" and sentence.tokens[trigger.index].dep == "amod"
            if inside and (describes or (group.of_number is not None and trigger.last == group.last)):
                return Link(group, trigger, "counted-noun", 3)
        return None

    def after(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        """'12 people were killed', '11 wounded', 'left five dead': harm right after the group."""
        tokens = sentence.tokens
        seen: list[str] = []
        k, hedged = group.last + 1, False
        if k < len(tokens) and tokens[k].lower == "," and k + 1 < len(tokens) and tokens[k + 1].lower == "were":
            k += 1
        k = _after_dashes(tokens, k)
        said = [t.lower for t in tokens[k : k + 3]]
        if len(said) == 3 and said[0] == said[2] == "," and said[1].isdigit() and group.value == 1:
            k += 3  # his age: 'a pupil, 14, was killed'
        end = k + AFTER
        while k < len(tokens) and k < end:
            for trigger in found:
                if trigger.index == k and fits(trigger, group) and takes_before(sentence, trigger, seen):
                    return Link(group, trigger, "harm-after-group", 2, hedged)
            token = tokens[k]
            if token.lower == "and" and not (k + 1 < len(tokens) and tokens[k + 1].lower in self.going_on):
                break
            if token.lower in self.skipped or token.tag in ("RB", "RBR"):
                hedged |= token.lower in self.hedges
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

    def _died(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        link = self.after(sentence, group, found)
        return link if link is not None and link.trigger.measure == "killed" else None

    def before(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        """'killed 20 troops', 'killing three', 'claimed 17 lives', 'Killed: 12': harm right before the group."""
        start = sentence.token_at(group.start)
        if start is None:
            return None
        k = self._last_before(sentence, start)
        return self._done_to(group, k, found) or _labelled(sentence, group, k, found)

    def _last_before(self, sentence: Sentence, start: int) -> int:
        """Return the last word before the token `start` that is none of those that lead up to a number."""
        k = start - 1
        while k >= 0 and start - k < BEFORE and sentence.tokens[k].lower in self.before_group:
            leads = k > 0 and sentence.tokens[k - 1].lower in self.totals
            if sentence.tokens[k].lower in self.after_total and not leads:
                break
            k -= 1
        return k

    def _done_to(self, group: Group, k: int, found: Sequence[Trigger]) -> Link | None:
        """'killed 20 troops', 'claimed 17 lives': a verb of harm that ends at token `k`."""
        for trigger in found:
            if trigger.last != k or not fits(trigger, group):
                continue
            if trigger.word.frame == "patient" and trigger.voice == "active":
                return Link(group, trigger, "harm-before-group", 2)
            if trigger.word.frame == "lives" and group.noun in self.souls:
                return Link(group, trigger, "lives", 2)
        return None

    def of_noun(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
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
                and fits(trigger, group)
            ):
                return Link(group, trigger, "harm-of-group", 2)
        return None


def _labelled(sentence: Sentence, group: Group, k: int, found: Sequence[Trigger]) -> Link | None:
    """'Killed: 12', 'Wounded were 12': a word of harm before a colon, or 'be' after it, at token `k`."""
    mark = sentence.tokens[k].lower if k >= 1 else ""
    for trigger in found:
        frame = trigger.word.frame
        if trigger.last != k - 1:
            continue
        of_things = (
            trigger.word.people_only and trigger.index and sentence.tokens[trigger.index - 1].tag.startswith("NN")
        )
        if (
            mark == ":"
            and not of_things
            and frame in ("patient", "state", "count_noun", "toll")
            and group.kind != "thing"
        ):
            return Link(group, trigger, "label", 2)
        if mark in BE and trigger.index == 0 and frame in ("patient", "state") and fits(trigger, group):
            return Link(group, trigger, "harm-first", 2)
    return None


def _after_dashes(tokens: Sequence[Token], k: int) -> int:
    """Return the token after what stands between dashes from token `k` on; `k` where nothing does: 'seven people - three men and four women - were killed'."""
    if k >= len(tokens) or tokens[k].text not in DASHES:
        return k
    closing = next((j for j in range(k + 2, min(k + ASIDE, len(tokens))) if tokens[j].text in DASHES), None)
    return k if closing is None else closing + 1


def _skip_phrase(sentence: Sentence, k: int) -> int | None:
    """Return the token after the prepositional phrase that starts at `k`, by the parse; None if it has no end here."""
    inside = sentence.subtree(k)
    end = max(inside) + 1
    return end if end - k <= PHRASE and all(i >= k for i in inside) else None


def takes_before(sentence: Sentence, trigger: Trigger, between: list[str]) -> bool:
    """Say whether the harm falls on what stands before the word, given the words between."""
    frame = trigger.word.frame
    if frame == "patient":
        if trigger.word.form in ("base", "third", "gerund"):
            return trigger.voice == "passive" and trigger.word.form != "gerund"
        if any(w in BE for w in between):
            return True
        if any(w in HAVE for w in between):
            return False
        return trigger.voice == "passive" and not goes_on_to_object(sentence, trigger.last)
    if frame == "subject":
        return trigger.word.form != "gerund"
    if frame == "state":
        token = sentence.tokens[trigger.index]
        does = token.dep == "conj" and sentence.tokens[token.head].tag.startswith("V")
        acts = token.tag == "VBD" or does or (between[-1:] and between[-1] in ("shot", "beaten"))
        return not (acts and starts_object(sentence, trigger.last + 1)) or any(w in BE for w in between)
    return False
