"""All that one document says, sentence by sentence, before anything is decided."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from tallybook.claims.actor_patterns import ActorPatterns
from tallybook.claims.date_mentions import DateMention
from tallybook.claims.date_rules import DateRules, rules_with
from tallybook.claims.dates import find_dates
from tallybook.claims.grouping import Grouper
from tallybook.claims.groups import Group
from tallybook.claims.linking import Linker
from tallybook.claims.links import Link
from tallybook.claims.names import Name, Names
from tallybook.claims.numbers import NumberGrammar, NumberMention
from tallybook.claims.parse import Sentence, Token
from tallybook.claims.place_mentions import PlaceMention
from tallybook.claims.place_openings import items_of, labels_of
from tallybook.claims.place_patterns import PlacePatterns
from tallybook.claims.places import PlaceFinder
from tallybook.claims.sources import Attribution, Sources, SpeechWords
from tallybook.claims.traps import Traps
from tallybook.claims.triggers import HarmFinder, Trigger
from tallybook.knowledge import Knowledge
from tallybook.model.document import Document
from tallybook.model.records import Number
from tallybook.model.span import Span

_OF_PERSON = re.compile(r"\b(?P<noun>[A-Za-z-]+)\s+of\s+(?:about\s+|just\s+|only\s+)?(?:[1-9]\d?\s+(?:and|or|to)\s+)?$")
"""'two boys of', 'boys of 15 and': what may stand before an age."""

CLOSING = ("\u201d", '"', "''", "\u2019")
"""Marks that close a quotation."""
DATELINE = 2.5
"""Votes of the town that a report opens with for the country that it is about; a country named has 2."""


@dataclass(slots=True)
class SentenceFacts:
    """One sentence with everything found in it."""

    sentence: Sentence
    field: str  # body or title
    names: list[Name] = dataclasses.field(default_factory=list)
    places: list[PlaceMention] = dataclasses.field(default_factory=list)
    hinted: list[PlaceMention] = dataclasses.field(
        default_factory=list
    )  # what may be a place, for all one can tell here
    dates: list[DateMention] = dataclasses.field(default_factory=list)
    attributions: list[Attribution] = dataclasses.field(default_factory=list)
    groups: list[Group] = dataclasses.field(default_factory=list)
    triggers: list[Trigger] = dataclasses.field(default_factory=list)
    links: list[Link] = dataclasses.field(default_factory=list)
    trapped: list[Number] = dataclasses.field(default_factory=list)
    nouns: Container[str] = ()  # words for people


def neighbours(facts: Sequence[SentenceFacts], at: int, steps: Sequence[int]) -> Iterator[tuple[int, SentenceFacts]]:
    """Yield those of the sentences `steps` away from the one at `at` that stand in the same field, with their step."""
    for step in steps:
        if 0 <= at + step < len(facts) and facts[at + step].field == facts[at].field:
            yield step, facts[at + step]


def day_of(document: Document) -> str | None:
    """Return the day of publication, ISO; None where it is not known."""
    return document.published[:10] if document.published else None


def _is_speaker(mention: PlaceMention, attributions: Sequence[Attribution]) -> bool:
    """Say whether a name is of who speaks, and so of no place: 'According to Marnov, ...'."""
    return any(
        a.source.span.start <= mention.start and mention.end <= a.source.span.end and mention.name in a.source.speaker
        for a in attributions
        if a.source.speaker and a.source.named
    )


def _told_twice(sentence: Sentence, harmed: Sequence[Group], groups: Sequence[Group]) -> Iterator[int]:
    """Yield the id of one of two groups that are one person: 'its driver, a 24-year-old student,', 'one of them a child'.

    Of two that are harmed the one with the indefinite article stays, since it tells of somebody new.
    """
    tokens, bound = sentence.tokens, {id(g) for g in harmed}
    for group in groups:
        token = tokens[group.head]
        if group.indefinite and any(g.of_them and g.value == 1 and g.last == group.first - 1 for g in groups):
            yield id(group)
        if not group.indefinite or group.value != 1 or token.dep != "appos" or tokens[group.first - 1].lower != ",":
            continue
        if any(tokens[c].dep in ("cc", "conj") for c in (*token.children, *tokens[token.head].children)):
            continue
        for other in harmed:
            if other is not group and other.first <= token.head <= other.last and other.value == 1:
                yield id(other) if id(group) in bound and other.indefinite and other.definite else id(group)


class Finder:
    """The knowledge that every document is read with, compiled once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        words = knowledge.lexicon.numbers
        self.numbers = NumberGrammar(words)
        self._dates: dict[str | None, DateRules] = {}
        self.actors = ActorPatterns(knowledge.lexicon.words.actors)
        self.places = PlacePatterns(knowledge.lexicon)
        self.speech = SpeechWords(knowledge.lexicon.speech)
        self.traps = Traps(knowledge.lexicon.traps, words)
        self.harm, self.linker = HarmFinder(knowledge.lexicon), Linker(knowledge.lexicon)
        self.grouper = Grouper(
            knowledge.lexicon, frozenset(d for d in knowledge.countries.demonyms() if d.endswith("s"))
        )

    def dates_in(self, country: str | None) -> DateRules:
        """Return the rules that read dates in a report about a country."""
        if country not in self._dates:
            self._dates[country] = rules_with(self.knowledge.lexicon.feasts, country)
        return self._dates[country]

    def facts(
        self, document: Document, title: Sequence[Sentence], body: Sequence[Sentence]
    ) -> tuple[list[SentenceFacts], PlaceFinder]:
        """Return the facts of every sentence, title first, and the place finder, which knows the report's country."""
        texts = [document.title or "", document.text]
        names = Names(self.knowledge, texts, document.publisher)
        places, sources = PlaceFinder(self.knowledge, self.places), Sources(self.knowledge, self.speech)
        places.named.items, places.named.labels = items_of(body), labels_of(body)
        all_facts = [SentenceFacts(s, "title") for s in title] + [SentenceFacts(s, "body") for s in body]
        originals = {"title": texts[0], "body": texts[1]}

        def named() -> None:
            for facts in all_facts:
                facts.names = names.of_sentence(facts.sentence, originals[facts.field])
                facts.places = places.find(facts.sentence, originals[facts.field], facts.names)

        named()
        country = places.guess_country(
            [(document.text, DATELINE)],
            [m for f in all_facts for m in f.places],
            [n for f in all_facts for n in f.names],
            document.publisher,
        )
        names.country = places.country = sources.country = country
        names.on = day_of(document)
        named()
        dates = self.dates_in(country)
        for facts in all_facts:
            facts.hinted = places.hinted(facts.sentence, originals[facts.field], facts.names, facts.places)
            facts.attributions = sources.of_sentence(facts.sentence, facts.names)
            facts.hinted = [m for m in facts.hinted if not _is_speaker(m, facts.attributions)]
            facts.dates = find_dates(facts.sentence.text, dates, facts.sentence.start)
            self._harm(facts)
        places.settle([m for f in all_facts for m in f.places])
        return all_facts, places

    def _age(self, text: str, start: int, end: int) -> bool:
        """Say whether a small bare number after 'a rabbi of', 'boys of 15 and' is an age."""
        before = _OF_PERSON.search(text[:start])
        if before is None:
            return False
        noun = before["noun"]
        if noun.lower() not in self.knowledge.lexicon.persons and f"{noun}s" not in self.grouper.phrases.peoples:
            return False
        return (
            re.match(r"\s*(?:[,.;:)]|$|(?:and|or|to)\s+\d|(?:who|was|were|is|are|and|from|in|on|dead)\b)", text[end:])
            is not None
        )

    def _harm(self, facts: SentenceFacts) -> None:
        """Find the groups and words of harm of a sentence, and what binds them."""
        sentence = facts.sentence
        facts.nouns = self.knowledge.lexicon.persons
        self._numbers(facts)
        for group in self.grouper.singular(sentence):
            taken = any(g.start < group.end and group.start < g.end for g in facts.groups)
            if not taken and not self._speaks(sentence, group):
                facts.groups.append(group)
        facts.groups.sort(key=lambda g: (g.start, g.end))
        facts.triggers = self.harm.find(sentence)
        facts.links = self.linker.links(sentence, facts.groups, facts.triggers)
        again = set(_told_twice(sentence, [link.group for link in facts.links], facts.groups))
        facts.groups = [g for g in facts.groups if id(g) not in again]
        facts.links = [link for link in facts.links if id(link.group) not in again]

    def _speaks(self, sentence: Sentence, group: Group) -> bool:
        """Say whether somebody only tells what is told: 'among them three children, a hospital director said'."""
        tokens, head = sentence.tokens, sentence.tokens[group.head]
        before = tokens[max(0, group.first - 2) : group.first]
        if len(before) == 2 and before[0].text in CLOSING and (before[1].text in CLOSING or self._telling(before[1])):
            return True
        beside = head.dep == "nsubj" and all(
            t.tag.startswith(("NN", "CC", "JJ", "DT")) for t in tokens[group.last + 1 : head.head]
        )
        verb = head.head if beside and group.head < head.head and self._tells(tokens[head.head]) else group.last + 1
        if verb >= len(tokens) or not self._tells(tokens[verb]):
            return False
        return [t.lower for t in tokens[verb + 1 : verb + 2]] != ["to"]

    def _telling(self, token: Token) -> bool:
        return token.lower in self.speech.telling

    def _tells(self, token: Token) -> bool:
        return token.tag in ("VBD", "VBZ") and self._telling(token)

    def _numbers(self, facts: SentenceFacts) -> None:
        """Part the numbers of a sentence into those that count a group and those that a rule traps."""
        sentence = facts.sentence
        numbers = self.numbers.find(sentence.text, sentence.start)
        traps = self.traps.rules(sentence.text, sentence.start, numbers)
        for number in numbers:
            rule = traps.get(number.core_start) or self._no_count(facts, number)
            group = self.grouper.of_number(sentence, number) if rule is None else None
            if group is not None and group.value == 1 and self._speaks(sentence, group):
                rule, group = "speaker", None
            if group is not None:
                facts.groups.append(group)
                continue
            span = Span(number.start, number.end)
            facts.trapped.append(Number(number.count.text, span, facts.field, f"trap: {rule or 'no-token'}"))

    def _no_count(self, facts: SentenceFacts, number: NumberMention) -> str | None:
        """Return 'date' or 'age' for a number that is part of one, else None."""
        sentence = facts.sentence
        if any(d.start <= number.core_start < d.end for d in facts.dates):
            return "date"
        aged = self._age(sentence.text, number.core_start - sentence.start, number.end - sentence.start)
        return "age" if aged else None
