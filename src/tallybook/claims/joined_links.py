"""Groups joined to others that are bound to harm: 'killed two men and a boy'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tallybook.claims.groups import Group
from tallybook.claims.links import Link
from tallybook.claims.parse import Sentence
from tallybook.knowledge.word_lists import LinkWords

LONGEST = 4
"""Most words that join two groups."""


class JoinedLinks:
    """Give joined groups what their neighbours hang on."""

    def __init__(self, words: LinkWords) -> None:
        self.joints = frozenset(words.joints)

    def share(self, sentence: Sentence, groups: Sequence[Group], bound: dict[int, Link]) -> None:
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
                and self._joined(sentence, before, after)
            ):
                bound[id(after)] = Link(after, link.trigger, "joined", 4, link.hedged)
        for before, after in zip(reversed(order[:-1]), reversed(order[1:]), strict=False):
            link = bound.get(id(after))
            if (
                id(before) not in bound
                and link is not None
                and before.kind in ("people", "bare", "other")
                and link.trigger.index > after.last
                and self._joined(sentence, before, after)
            ):
                bound[id(before)] = Link(before, link.trigger, "joined", 4, link.hedged)

    def _joined(self, sentence: Sentence, before: Group, after: Group) -> bool:
        first = sentence.token_at(after.start)
        if first is None or first <= before.last:
            return False
        between = sentence.tokens[before.last + 1 : first]
        if re.search(r"\b(?:along|together) with$", " ".join(t.lower for t in between)):
            return True
        if not 0 < len(between) <= LONGEST or not all(t.lower in self.joints for t in between):
            return False
        return between[-1].lower != "," or not after.indefinite
