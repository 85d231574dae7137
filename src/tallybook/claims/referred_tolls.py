"""Numbers without a word of harm that speak of one told before: 'the town hall counts 19', 'the earlier figure was 12'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.repeats import number
from tallybook.claims.wholes import MEASURE_OF, last_in, whole_of

REACH = 2
"""Sentences back to the number that another one is told beside."""
APART = 6
"""Times by which two numbers of one toll may differ."""
_FIGURE = re.compile(
    r"\b(?:figures?|counts?|tally|total|estimates?|balance)\b[^.;,:]{0,30}?\b(?:of|at|was|is|been|to|as)\s+$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:counts?|counted|lists|listed|quot(?:es|ed|ing)|recorded|records|gives|gave|(?:has|had|have)\s+given|documented|found|confirms|confirmed"
    r"|(?:speaks?|spoke|spoken|speaking|talks?|talked|talking)\s+of)\s+$",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:against|compared\s+(?:with|to)|up\s+from|down\s+from)\s+$", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?:[,.;:)\u2014\u2013]|$|(?:and|but|while|in|on|at|by|for|so\s+far|all\s+told|among|without|last|during|from\s+the\s+same|a\s+(?:year|month|week|day))\b)"
)
"""What may follow a number that no noun stands with."""
_THAT = re.compile(r"\b(?:that|this)\s+(?:figure|number|total|count)\b", re.IGNORECASE)
_NAMED = re.compile(r"\blists?\b|\bregister\b|\badded\b|\bnames\s+of\b", re.IGNORECASE)
_APPOSED = re.compile(
    r"\bthe\s+(?P<kind>dead|killed|wounded|injured|missing|captured|detained|displaced)\s*,\s*$", re.IGNORECASE
)
_AMONG_THEM = re.compile(
    r"^\W*Among\s+(?:them|these|those)\s*(?:,|(?:are|were|is|was)\b)(?!.*\b(?:said|who|when|after|which)\b)[^.;:]*$"
)
_KIND = re.compile(rf"\b(?:{'|'.join(kind for kind, measure in MEASURE_OF.items() if measure)})\b", re.IGNORECASE)


def referred(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """Return the draft of a number that takes its harm from the one told last: a figure, a list, a comparison."""
    if group.indefinite or group.of_them or group.value is None or group.value < 2:
        return None
    text, at = facts.sentence.text, group.start - facts.sentence.start
    ahead, after = text[:at], text[group.end - facts.sentence.start :]
    apposed = _APPOSED.search(ahead)
    if apposed and after.lstrip().startswith(","):
        return Draft(facts, group, MEASURE_OF[apposed["kind"].lower()], "toll")
    last = last_in(facts, group, made) or _told(facts, before, last=_THAT.search(ahead) is not None)
    if last is None or last.measure is None:
        return None
    if _of_names(group, text):
        kind = _KIND.search(after)
        measure = MEASURE_OF[kind.group().lower()] if kind else last.measure
        return Draft(facts, group, measure, "toll") if measure != "injured" else None
    if group.kind == "bare" and _refers(group, last, ahead, after):
        return Draft(facts, group, last.measure, "toll")
    return None


def _told(facts: SentenceFacts, before: Sequence[Draft], *, last: bool) -> Draft | None:
    """Return the draft near before a sentence that a figure goes back to: the last one, or the last of deaths if any."""
    near = [
        d for d in before if d.facts.field == facts.field and facts.sentence.index - d.facts.sentence.index <= REACH
    ]
    deaths = [d for d in near if d.measure == "killed" and d.part_of is None]
    told = deaths if deaths and not last else near
    return told[-1] if told else None


def _of_names(group: Group, text: str) -> bool:
    """Say whether names on a list are counted: 'a list with 34 names'."""
    return group.noun in ("name", "names") and _NAMED.search(text) is not None


def _refers(group: Group, last: Draft, ahead: str, after: str) -> bool:
    """Say whether a bare number is another one of what was told last."""
    if _ENDS.match(after) is None:
        return False
    if _AGAINST.search(ahead) and last.facts.sentence is group.sentence:
        return True
    told = number(last)
    if told is None or group.value is None or not told <= APART * group.value <= APART * APART * told:
        return False
    figure = _FIGURE.search(ahead)
    if figure is not None:
        return "casualties" not in figure.group().lower()
    return _TELLS.search(ahead) is not None


def among_them(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'Police arrested 31 people. Among them are nine minors': a part of what the sentence before told."""
    whole = before[-1] if before else None
    if whole is None or id(group) in made or group.kind == "thing" or whole.measure is None:
        return None
    if facts.sentence.index - whole.facts.sentence.index != 1 or whole.facts.field != facts.field:
        return None
    least, told = number(whole), group.value
    if least is None or told is None or told >= least:
        return None
    if _AMONG_THEM.match(facts.sentence.text[: group.start - facts.sentence.start]) is None:
        return None
    draft = Draft(facts, group, whole.measure, "including", None)
    draft.part_of, draft.part_words = whole_of(whole), True
    return draft
