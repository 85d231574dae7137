"""Groups bound to harm, by the sentence's own words and by what the sentence leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.links import Link
from tallybook.claims.part_rules import among, including, of_them, were
from tallybook.claims.referred_tolls import among_them, referred
from tallybook.claims.toll_rules import elliptic, toll
from tallybook.claims.wholes import MEASURE_OF
from tallybook.knowledge.record_words import LaterDeathWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either
from tallybook.model.claim import Count
from tallybook.model.span import Span


class Drafter:
    """Makes drafts of counted groups; compiled once and shared by all documents."""

    def __init__(self, words: LaterDeathWords) -> None:
        self.later, self.of_them = for_lowered(either(words.later)), for_lowered(either(words.of_them))

    def of(self, facts: SentenceFacts, before: Sequence[Draft]) -> list[Draft]:
        """Return the drafts of one sentence; `before` holds those of the sentences before it, in order."""
        bound = {id(link.group): link for link in facts.links}
        made: dict[int, Draft] = {}
        for group in facts.groups:
            link = bound.get(id(group))
            if link is not None:
                made[id(group)] = self._from_link(facts, link)
        tolls_first = any(g.of_them for g in facts.groups)  # 'put the toll at 19, saying eleven of them were ...'
        rules = (toll, of_them, among) if tolls_first else (of_them, among, toll)
        for rule in (*rules, including, elliptic, were, among_them, referred):
            for group in facts.groups:
                unsure = id(group) in made and rule is toll and made[id(group)].rule == "joined"
                if id(group) not in made or unsure or rule in (of_them, among, including):
                    draft = rule(facts, group, made, before)
                    if draft is not None:
                        made[id(group)] = draft
        found = [made[id(g)] for g in facts.groups if id(g) in made]
        found += list(_revisions(found))
        for draft in found:
            draft.count = draft.count or draft.group.count
        return found

    def _from_link(self, facts: SentenceFacts, link: Link) -> Draft:
        """Return the draft of a group that the sentence itself binds to a word of harm."""
        measure: str | None = link.trigger.measure
        if _mixed(facts, link):
            measure = None
        draft = Draft(
            facts,
            link.group,
            measure,
            link.rule,
            (link.trigger.index, link.trigger.last),
            link.trigger.word.event,
            link.hedged,
        )
        words = " ".join(t.lower for t in facts.sentence.tokens[max(0, link.group.first - 3) : link.trigger.last + 6])
        if link.trigger.measure == "killed" and self.later.search(words):
            draft.change = "added" if link.group.of_them or self.of_them.search(words) else None
        return draft


def _mixed(facts: SentenceFacts, link: Link) -> bool:
    """'killed or injured', 'dead and wounded', 'casualties': killed and injured together have no measure."""
    tokens = facts.sentence.tokens
    if link.group.noun == "casualties" and link.trigger.word.frame != "patient":
        return True
    j = link.trigger.index
    if (
        j >= 2
        and tokens[j - 1].lower in ("or", "and", "/")
        and tokens[j - 2].lower
        in MEASURE_OF
        | {"kill": "killed", "killing": "killed", "wound": "injured", "injuring": "injured", "wounding": "injured"}
        and link.rule == "harm-before-group"
        and not any(g is not link.group and not g.indefinite and j - 6 <= g.last < j - 1 for g in facts.groups)
    ):
        return True
    k = link.trigger.last + 1
    if k + 1 < len(tokens) and tokens[k].lower in ("and", "or", "/") and tokens[k + 1].lower in MEASURE_OF:
        return MEASURE_OF[tokens[k + 1].lower] != link.trigger.measure and not any(
            g is not link.group and not g.indefinite and k + 1 < g.first <= k + 6 for g in facts.groups
        )
    return False


def _revisions(found: Sequence[Draft]) -> Iterator[Draft]:
    """'rose from five to eight': the five is an older toll of the same incident."""
    for draft in found:
        if (
            draft.group.old is not None
            and draft.measure is not None
            and draft.rule in ("toll", "toll-brought", "elliptic")
        ):
            words = str(draft.group.old)
            old = Draft(draft.facts, draft.group, draft.measure, "toll-before", draft.trigger, stance="updated")
            text = draft.facts.sentence.text
            match = re.search(
                r"\bfrom\s+([\w,-]+)\s+to\s+$", text[: draft.group.start - draft.facts.sentence.start], re.IGNORECASE
            )
            if match:
                start = draft.facts.sentence.start + match.start(1)
                words = match.group(1)
                old.count = Count(draft.group.old, draft.group.old, "exact", words, Span(start, start + len(words)))
                yield old
