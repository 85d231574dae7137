"""Groups to harm: which word of harm a counted group of people hangs on, and by which rule."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.claims.groups import Group
from tallybook.claims.joined_links import JoinedLinks
from tallybook.claims.links import Link
from tallybook.claims.links_by_parse import ParseLinks
from tallybook.claims.links_by_phrase import PhraseLinks
from tallybook.claims.links_by_words import WordLinks
from tallybook.claims.parse import Sentence
from tallybook.claims.triggers import BE, Trigger, goes_on_to_object
from tallybook.knowledge.lexicon import Lexicon


class Linker:
    """Bind the groups of a sentence to its words of harm; compiled once and shared by all documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words.links
        self.by_phrase = PhraseLinks(lexicon.phrases)
        self.by_words, self.by_parse, self.joined = WordLinks(words), ParseLinks(words), JoinedLinks(words)

    def links(self, sentence: Sentence, groups: Sequence[Group], found: Sequence[Trigger]) -> list[Link]:
        """Return at most one link for each group, the surest rule first; groups that no rule binds are absent.

        Rules, surest first: a word of harm in the phrase itself, 'deaths of N', right after it, right before it, turns
        of phrase, the parse, and at last what a joined group hangs on.
        """
        found = [t for t in found if not _acts(sentence, t)]
        for group in groups:
            if _leads(sentence, group, groups):
                group.trap = "named with those they lead"
        groups = [g for g in groups if g.trap is None]
        bound = {id(g): link for g in groups if (link := self._link(sentence, g, found)) is not None}
        for group in groups:
            if id(group) not in bound and (link := self.by_parse.shared(sentence, group, groups, found)) is not None:
                bound[id(group)] = link
        self.joined.share(sentence, groups, bound)
        return [bound[id(g)] for g in groups if id(g) in bound]

    def _link(self, sentence: Sentence, group: Group, found: Sequence[Trigger]) -> Link | None:
        words = self.by_words
        for rule in (words.inside, words.of_noun, words.after, words.before):
            link = rule(sentence, group, found)
            if link is not None and rule == words.before and link.trigger.word.particles:
                return words.described(sentence, group, found) or link  # 'took 12 injured men away'
            if link is not None:
                return link
        return (
            self.by_phrase.of(sentence, group)
            or self.by_parse.of(sentence, group, found)
            or words.described(sentence, group, found)
        )


def _leads(sentence: Sentence, group: Group, groups: Sequence[Group]) -> bool:
    """Say whether one person is named only with those they lead: 'a company with its commander', 'ten men led by a major'."""
    if not group.indefinite or group.first == 0:
        return False
    before = [t.lower for t in sentence.tokens[max(0, group.first - 2) : group.first]]
    if before[-1] in ("with", "and"):
        unit = before[-1] == "with" or any(g.kind == "unit" and g.last == group.first - 2 for g in groups)
        return unit and sentence.tokens[group.first].lower == "its"
    return before[-1] == "by" and before[0] in ("led", "headed", "commanded")


def _acts(sentence: Sentence, trigger: Trigger) -> bool:
    """Say whether a word that looks passive is what its subject did: 'gunmen shot and killed four people'."""
    if trigger.voice != "passive" or not goes_on_to_object(sentence, trigger.last):
        return False
    return not any(t.lower in BE for t in sentence.tokens[max(0, trigger.index - 3) : trigger.index])
