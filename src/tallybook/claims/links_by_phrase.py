"""Groups bound to harm by turns of phrase kept as data: '12 men lost their lives', 'searching for three residents'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.groups import HOUSEHOLD, Group
from tallybook.claims.links import Link
from tallybook.claims.parse import Sentence
from tallybook.claims.triggers import Trigger
from tallybook.knowledge.lexicon import HarmPhrase, HarmWord
from tallybook.knowledge.small_letters import for_lowered

REACH = 90
"""Characters after a group in which a turn of phrase is sought."""
END = r"\Z"
_BETWEEN = re.compile(
    r"(?:\s*\([^)]{1,40}\)|,\s+(?:aged\s+)?[1-9]\d?,)?(?:\s+(?:of|from|with|led by|headed by|belonging to)\s+(?!the(?:se|m)\b|those\b|whom\b)(?:(?!\b(?:were|was|had|have)\b)[^,;.:]){1,50}?)?(?:\s+and\s+(?:an?|his|her|their|one|two|three|four|five)\s+[^,;.:]{1,30}?)?\s*(?:,\s+(?:most|many|some|half|all|mainly|mostly|or|including|with|led by|headed by|together with|along with|among them|one of them|two of them|of whom|one of whom|two of whom)\s[^,;.]{2,40},\s*)?(?:(?:who|that|which|also|have|has|had|were|was|are|is|been|being|all|both|listed|later|reportedly|already|still|to|said|others|more|then|currently|now|since|more|reported|believed|to|,)\s*){0,5}$"
)
"""What may stand between a group and a turn of phrase."""

_OF_ANOTHER = re.compile(r",\s+(?:was|is|has)\b")
"""What follows several people who only describe whom it is about: 'a man, unrelated to the two boys, was struck'."""


class PhraseLinks:
    """Bind groups by the turns of phrase of the lexicon; compiled once and shared by all documents."""

    def __init__(self, phrases: Sequence[HarmPhrase]) -> None:
        self.phrases = phrases
        self._any = {side: _any_of([p for p in phrases if p.side == side]) for side in ("before", "after")}

    def of(self, sentence: Sentence, group: Group) -> Link | None:
        """Return the link by the first turn of phrase that stands beside a group of people, or None."""
        if group.kind == "thing":
            return None
        lower = sentence.lower
        before, after = lower[: group.start - sentence.start], lower[group.end - sentence.start :]
        there = {
            "before": self._any["before"].search(before) is not None,
            "after": self._any["after"].search(after[:REACH]) is not None,
        }
        phrases = [p for p in self.phrases if there[p.side]]
        return _by_phrase(sentence, group, phrases, before, after)


def _any_of(phrases: Sequence[HarmPhrase]) -> re.Pattern[str]:
    """Return a pattern that is found wherever one of the turns of phrase stands; those before people end the text.

    It is found everywhere where the phrases cannot be joined in one pattern, as those with groups cannot.
    """
    either = "|".join(f"(?:{p.pattern.pattern}){END if p.side == 'before' else ''}" for p in phrases)
    try:
        joined = for_lowered(rf"(?<!\w)(?:{either})" if either else r"(?!)")
    except re.error:
        return re.compile("")
    return re.compile("") if joined.groups else joined


def _by_phrase(sentence: Sentence, group: Group, phrases: Sequence[HarmPhrase], before: str, after: str) -> Link | None:
    for phrase in phrases:
        named = phrase.units if group.kind == "unit" else group.kind == "people" or not phrase.people_only
        found = _stands(sentence, group, phrase, before, after) if named else None
        if found is not None and _holds(sentence, group, phrase):
            start, words = found
            first = sentence.token_at(start) or 0
            last = sentence.token_at(start + max(1, len(words.rstrip())) - 1) or first
            word = HarmWord(words.strip(), phrase.measure, "phrase", "phrase")
            return Link(group, Trigger(first, last, word, "none"), "turn-of-phrase", 2)
    return None


def _stands(sentence: Sentence, group: Group, phrase: HarmPhrase, before: str, after: str) -> tuple[int, str] | None:
    """Return where a turn of phrase stands right beside a group, and its words; None if it does not.

    `before` and `after` are the rest of the sentence, in lower case.
    """
    if phrase.side == "after":
        if (group.value or 0) > 1 and _OF_ANOTHER.match(after):
            return None
        match = phrase.pattern.search(after[:REACH])
        stands = match is not None and (
            _BETWEEN.fullmatch(after[: match.start()]) is not None
            or _named_between(sentence, group, group.end + match.start())
        )
        return (group.end + match.start(), match.group()) if match is not None and stands else None
    match = next((m for m in phrase.pattern.finditer(before) if m.end() == len(before)), None)
    return (sentence.start + match.start(), match.group()) if match is not None else None


def _named_between(sentence: Sentence, group: Group, at: int) -> bool:
    """Say whether only names stand between people and the verb at `at` whose subject they are: 'two men, Ilo and Ben, died'."""
    verb = sentence.token_at(at)
    if verb is None or sentence.tokens[group.head].head != verb or sentence.tokens[group.head].dep != "nsubj":
        return False
    between = sentence.tokens[group.last + 1 : verb]
    return all(t.tag in ("NNP", ",", "CC") for t in between)


def _holds(sentence: Sentence, group: Group, phrase: HarmPhrase) -> bool:
    """Say whether the rest of the sentence, and who the people are, agree with a turn of phrase."""
    if phrase.unless and phrase.unless.search(sentence.lower):
        return False
    if phrase.requires and not phrase.requires.search(sentence.lower[group.start - sentence.start :]):
        return False
    if group.thing == HOUSEHOLD and phrase.measure != "displaced":
        return False
    fighters = group.person is not None and group.person.affiliation == "combatant"
    return phrase.measure != "displaced" or not fighters
