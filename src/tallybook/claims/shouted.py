"""Names of people in text set in capitals, where no letter tells a name: by the parser's tags over the whole report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.links import links
from tallybook.claims.parse import Sentence
from tallybook.knowledge import Knowledge
from tallybook.knowledge.lexicon import PersonNoun
from tallybook.model.claim import Count
from tallybook.model.span import Span

DESCRIBING = 7
"""Most words before a name that describe its bearer."""
BETWEEN = re.compile(r"(?:,?\s*\d{1,2}\b)?\s*(?:[,;]\s*(?:and\s+)?|\band\s+)(?:\w+\s+){0,3}")
"""What stands between two names of one list."""
ARTICLE = re.compile(r"^(?:the|an?|his|her|their|and)(?:\s+|$)")
APPOSITION = re.compile(
    r"\s*,\s+(?:an?\s+|the\s+)?(?P<who>(?!who\b|which\b|was\b|were\b|and\b|in\b|on\b|\d)[a-z][^,;.()]{2,70}?)(?=\s*[,;.])"
)
LONGEST = 5
"""Most words of a person's name; longer runs of proper words are names of bodies or lists."""
PLACING = frozenset({"in", "at", "near", "from", "to", "between", "around"})
"""Words before a place, not before a person who was harmed."""
NO_NAME = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "text", "passage", "president", "san", "santa",
    "army", "national", "government", "party", "front", "movement", "police", "city", "department", "republic", "university", "embassy", "ministry",
    "general", "minister", "colonel", "liberation", "forces", "command", "commander", "street", "avenue", "province", "town", "radio", "news",
    "social", "democratic", "salvador", "border", "defense", "civil", "union", "popular", "revolutionary", "christian", "communist", "congress",
    "court", "supreme", "institute", "company", "airport", "hotel", "church", "central", "america", "latin", "americas", "north", "south", "states",
})  # fmt: skip
"""Proper words that are no part of a person's name."""


Named = tuple[SentenceFacts, str, Span, str, str | None]
"""Sentence, full name in lower case, where it stands, what befell the person, and the words that say who they are."""


def shouted_people(
    facts: Sequence[SentenceFacts], knowledge: Knowledge, told: Callable[[str], str | None]
) -> list[Named]:
    """Return people named in sentences in capitals with what befell them, in text order.

    `told` says what the words right after a name tell of it. Otherwise a name is harmed as any counted group is, or goes
    with the name before it in a list. A surname alone stands for the full name that the report gives elsewhere.
    """
    sentences = [f for f in facts if f.sentence.shouted and f.field == "body"]
    proper = _proper(f.sentence for f in sentences)
    runs = {id(f): _runs(f.sentence, proper, knowledge) for f in sentences}
    spelled = [words for f in reversed(sentences) for run in reversed(runs[id(f)]) if len(words := _words(f, run)) > 1]
    full = {words[-1]: " ".join(words) for words in spelled} | {w[-2]: " ".join(w) for w in spelled if len(w) > 2}
    found: list[Named] = []
    for f in sentences:
        groups = [_group(f.sentence, run) for run in runs[id(f)]]
        opens = {id(group): run[0] for group, run in zip(groups, runs[id(f)], strict=True)}
        linked = {id(link.group): link for link in links(f.sentence, groups, f.triggers, knowledge.lexicon.phrases)}
        before: tuple[Group, str] | None = None
        for group in groups:
            link = linked.get(id(group))
            harm = link.trigger.measure if link is not None else told(f.sentence.text[group.end - f.sentence.start :])
            if harm is None and before is not None and _listed(f.sentence, before[0], group):
                harm = before[1]
            if harm is None:
                continue
            before = group, harm
            words = _words(f, (opens[id(group)], group.last))
            name = full.get(words[-1], " ".join(words) if len(words) > 1 else None)
            if name is not None:
                start = f.sentence.tokens[opens[id(group)]].start
                found.append((f, name, Span(start, group.end), harm, _described(f.sentence, group, start)))
    return found


def _described(sentence: Sentence, group: Group, start: int) -> str | None:
    """Return who a named person is: the words before the name, or 'mayor of Achi' after it."""
    before = ARTICLE.sub("", sentence.text[group.start - sentence.start : start - sentence.start].strip())
    after = APPOSITION.match(sentence.text[group.end - sentence.start :])
    return before or (after["who"] if after else None)


def _listed(sentence: Sentence, before: Group, group: Group) -> bool:
    """Say whether two names stand in one list: 'A, 42; B, 19, and the clerk C'."""
    return BETWEEN.fullmatch(sentence.text[before.end - sentence.start : group.start - sentence.start]) is not None


def _proper(sentences: Iterable[Sentence]) -> set[str]:
    """Return the words that the tagger takes for proper names at least a third of the time."""
    proper: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            seen[token.lower] += 1
            proper[token.lower] += token.tag.startswith("NNP")
    return {word for word, times in proper.items() if times * 3 >= seen[word] and times}


def _runs(sentence: Sentence, proper: set[str], knowledge: Knowledge) -> list[tuple[int, int]]:
    tokens, found, at = sentence.tokens, [], 0
    lexicon = knowledge.lexicon
    titles = frozenset(lexicon.speech["titles"])

    def named(k: int) -> bool:
        word = tokens[k].lower
        return (
            (word in proper or (tokens[k].tag in ("NN", "NNS") and k + 1 < len(tokens) and tokens[k + 1].tag == "NNP"))
            and word.isalpha() and len(word) > 1 and word not in NO_NAME and word not in lexicon.persons
            and word not in lexicon.things and word not in lexicon.harm and word not in titles
        )  # fmt: skip

    while at < len(tokens):
        if not named(at):
            at += 1
            continue
        end = at
        while end + 1 < len(tokens) and (
            named(end + 1)
            or (tokens[end + 1].lower in ("de", "del", "la") and end + 2 < len(tokens) and named(end + 2))
        ):
            end += 1
        if not _is_place(sentence, at, end, knowledge) and end - at < LONGEST:
            found.append((at, end))
        at = end + 1
    return found


def _is_place(sentence: Sentence, first: int, last: int, knowledge: Knowledge) -> bool:
    words = " ".join(t.lower for t in sentence.tokens[first : last + 1])
    before = sentence.tokens[first - 1].lower if first else ""
    if before in PLACING or knowledge.actors.canonical(words) is not None:
        return True
    return first != last and bool(knowledge.places.entries(words.title()))


def _words(f: SentenceFacts, run: tuple[int, int]) -> list[str]:
    return [token.lower for token in f.sentence.tokens[run[0] : run[1] + 1]]


def _group(sentence: Sentence, run: tuple[int, int]) -> Group:
    """Return a name as a group of one, with the words before it that describe the person: 'former minister A B'."""
    tokens = sentence.tokens
    first = run[0]
    while first and run[0] - first < DESCRIBING and tokens[first - 1].tag in ("NN", "NNP", "JJ", "DT", "PRP$", "POS"):
        first -= 1
    last = tokens[run[1]]
    text = sentence.text[tokens[first].start - sentence.start : last.end - sentence.start]
    count = Count(1, 1, "exact", text, Span(tokens[first].start, last.end))
    head = next((k for k in range(run[0], run[1] + 1) if not first <= tokens[k].head <= run[1]), run[1])
    return Group(sentence, count, 1, tokens[first].start, last.end, first, run[1], head, "people", "person",
                 PersonNoun("unknown"), indefinite=True)  # fmt: skip
