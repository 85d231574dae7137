"""Names of people in text set in capitals, where no letter tells a name: by the parser's tags over the whole report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group, exactly_one
from tallybook.claims.linking import Linker
from tallybook.claims.parse import Sentence
from tallybook.knowledge import Knowledge
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.model.span import Span

DESCRIBING = 7
"""Most words before a name that describe its bearer."""
BETWEEN = re.compile(r"(?:,?\s*\d{1,2}\b)?\s*(?:[,;]\s*(?:and\s+)?|\band\s+)(?:\w+\s+){0,3}")
"""What stands between two names of one list."""
ARTICLE = re.compile(r"^(?:the|an?|his|her|their|and)(?:\s+|$)")
APPOSITION = re.compile(
    r"\s*,\s+(?:an?\s+|the\s+)?(?P<who>(?!who\b|which\b|was\b|were\b|and\b|in\b|on\b|\d)[a-z][^,;.()]{2,70}?)(?=\s*[,;.])"
)
OWN_HARM = re.compile(r"['\u2019]s?\s+(?:\w+\s+)?")
"""What stands between a name and the noun for what befell its bearer: 'A B's brutal murder'."""
NAMES_FOLLOW = re.compile(r"[^.;]{0,60}?\b(?:are|were|is|was|includ(?:es?|ed)|(?:identified|named)(?:\s+as)?)\s*:?\s+")
"""What stands between a word for people harmed and their names: 'those kidnapped were', 'the injured here are'."""
LONGEST = 5
"""Most words of a person's name; longer runs of proper words are names of bodies or lists."""

Run = tuple[int, int]
"""First and last token of a run of proper words."""
Named = tuple[SentenceFacts, str, Span, str, str | None]
"""Sentence, full name in lower case, where it stands, what befell the person, and the words that say who they are."""


class ShoutedPeople:
    """Find names of people in capitals; compiled once and shared by all documents."""

    def __init__(self, knowledge: Knowledge, linker: Linker) -> None:
        self.knowledge, self.linker = knowledge, linker
        lexicon, names = knowledge.lexicon, knowledge.lexicon.words.names
        self.placing, self.inside = frozenset(names.placing), frozenset(names.name_links)
        self.no_names = frozenset(
            {
                *names.no_person_in_capitals,
                *lexicon.persons,
                *lexicon.things,
                *lexicon.harm,
                *lexicon.speech["titles"],
            }
        )

    def of(self, facts: Sequence[SentenceFacts], told: Callable[[str], str | None]) -> list[Named]:
        """Return people named in sentences in capitals with what befell them, in text order.

        `told` says what the words right after a name tell of it. Otherwise a name is harmed as any counted group is, or
        goes with the name before it in a list. A surname alone stands for the full name that the report gives elsewhere.
        """
        sentences = [f for f in facts if f.sentence.shouted and f.field == "body"]
        proper = _proper(f.sentence for f in sentences)
        runs = [(f, self._runs(f.sentence, proper)) for f in sentences]
        full = _full_names(runs)
        return [named for f, own in runs for named in self._named(f, own, full, told)]

    def _named(
        self, f: SentenceFacts, runs: Sequence[Run], full: Mapping[str, str], told: Callable[[str], str | None]
    ) -> Iterator[Named]:
        """Yield the people of one sentence who were harmed; `full` has the full name of each surname."""
        groups = [_group(f.sentence, run) for run in runs]
        linked = {id(link.group): link for link in self.linker.links(f.sentence, groups, f.triggers)}
        before: tuple[Group, str] | None = None
        for run, group in zip(runs, groups, strict=True):
            link = linked.get(id(group))
            harm = link.trigger.measure if link is not None else told(f.sentence.text[group.end - f.sentence.start :])
            harm = harm or _pointed(f, group)
            if harm is None and before is not None and _listed(f.sentence, before[0], group):
                harm = before[1]
            if harm is None:
                continue
            before = group, harm
            words = _words(f, run)
            name = full.get(words[-1], " ".join(words) if len(words) > 1 else None)
            if name is not None:
                start = f.sentence.tokens[run[0]].start
                yield f, name, Span(start, group.end), harm, _described(f.sentence, group, start)

    def _runs(self, sentence: Sentence, proper: set[str]) -> list[Run]:
        """Return the runs of proper words that may be a person's name, as first and last token."""
        tokens, found, at = sentence.tokens, [], 0
        named = [self._may_name(sentence, k, proper) for k in range(len(tokens))]
        while at < len(tokens):
            if not named[at]:
                at += 1
                continue
            end = at
            while (step := self._goes_on(sentence, end, named)) is not None:
                end = step
            if not self._is_place(sentence, at, end) and end - at < LONGEST:
                found.append((at, end))
            at = end + 1
        return found

    def _goes_on(self, sentence: Sentence, end: int, named: Sequence[bool]) -> int | None:
        """Return the next token of a name that reaches `end`; None if it ends there."""
        if named[end + 1 : end + 2] == [True]:
            return end + 1
        inside = named[end + 2 : end + 3] == [True] and sentence.tokens[end + 1].lower in self.inside
        return end + 1 if inside else None

    def _may_name(self, sentence: Sentence, k: int, proper: set[str]) -> bool:
        """Say whether a word may be part of a person's name."""
        tokens, word = sentence.tokens, sentence.tokens[k].lower
        if not word.isalpha() or len(word) < 2 or word in self.no_names:
            return False
        before_name = k + 1 < len(tokens) and tokens[k + 1].tag == "NNP"
        return word in proper or (tokens[k].tag in ("NN", "NNS") and before_name)

    def _is_place(self, sentence: Sentence, first: int, last: int) -> bool:
        words = " ".join(t.lower for t in sentence.tokens[first : last + 1])
        before = sentence.tokens[first - 1].lower if first else ""
        if before in self.placing or self.knowledge.actors.canonical(words) is not None:
            return True
        return first != last and bool(self.knowledge.places.entries(words.title()))


def _full_names(runs: Sequence[tuple[SentenceFacts, Sequence[Run]]]) -> dict[str, str]:
    """Return the full name, told first, that each surname stands for: the last word, or the last but one of three."""
    spelled = [words for f, own in reversed(runs) for run in reversed(own) if len(words := _words(f, run)) > 1]
    return {words[-1]: " ".join(words) for words in spelled} | {w[-2]: " ".join(w) for w in spelled if len(w) > 2}


def _described(sentence: Sentence, group: Group, start: int) -> str | None:
    """Return who a named person is: the words before the name, or 'mayor of Achi' after it."""
    before = ARTICLE.sub("", sentence.text[group.start - sentence.start : start - sentence.start].strip())
    after = APPOSITION.match(sentence.text[group.end - sentence.start :])
    return before or (after["who"] if after else None)


def _listed(sentence: Sentence, before: Group, group: Group) -> bool:
    """Say whether two names stand in one list: 'A, 42; B, 19, and the clerk C'."""
    return BETWEEN.fullmatch(sentence.text[before.end - sentence.start : group.start - sentence.start]) is not None


def _pointed(f: SentenceFacts, group: Group) -> str | None:
    """Return what befell a named person by the noun that the name owns, or by the words that open a list of names."""
    sentence = f.sentence
    for trigger in f.triggers:
        start, end = sentence.tokens[trigger.index].start, sentence.tokens[trigger.last].end
        between = (group.end, start) if start >= group.end else (end, group.start)
        text = sentence.text[between[0] - sentence.start : between[1] - sentence.start]
        noun = trigger.word.frame in ("of_noun", "count_noun")
        if (noun and OWN_HARM.fullmatch(text)) if start >= group.end else NAMES_FOLLOW.fullmatch(text):
            return trigger.measure
    return None


def _proper(sentences: Iterable[Sentence]) -> set[str]:
    """Return the words that the tagger takes for proper names at least a third of the time."""
    proper: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            seen[token.lower] += 1
            proper[token.lower] += token.tag.startswith("NNP")
    return {word for word, times in proper.items() if times * 3 >= seen[word] and times}


def _words(f: SentenceFacts, run: Run) -> list[str]:
    return [token.lower for token in f.sentence.tokens[run[0] : run[1] + 1]]


def _group(sentence: Sentence, run: Run) -> Group:
    """Return a name as a group of one, with the words before it that describe the person: 'former minister A B'."""
    tokens = sentence.tokens
    first = run[0]
    while first and run[0] - first < DESCRIBING and tokens[first - 1].tag in ("NN", "NNP", "JJ", "DT", "PRP$", "POS"):
        first -= 1
    last = tokens[run[1]]
    text = sentence.text[tokens[first].start - sentence.start : last.end - sentence.start]
    count = exactly_one(text, Span(tokens[first].start, last.end))
    head = next((k for k in range(run[0], run[1] + 1) if not first <= tokens[k].head <= run[1]), run[1])
    return Group(sentence, count, 1, tokens[first].start, last.end, first, run[1], head, "people", "person",
                 PersonNoun("unknown"), indefinite=True)  # fmt: skip
