"""Tolls, and numbers that go on with the harm told before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.wholes import MEASURE_OF, last_in, whole_of

WORDS_TO_TOLL = 24
"""Most words between 'the death toll' and its number."""
_TOLL = re.compile(
    r"\b(?P<what>(?:death|casualty|fatality)\s+toll|toll|(?:the|provisional|final)\s+figure|the\s+number(?!\s+of)|body\s+count|death\s+count|(?:final\s+|total\s+)?number\s+of\s+(?:the\s+)?(?:people\s+|civilians\s+|soldiers\s+|those\s+|confirmed\s+|total\s+|registered\s+|internally\s+)?(?P<kind>dead|deaths|killed|fatalities|injured|wounded|missing|injuries|displaced|victims|martyrs|casualties)(?:\s+(?:people|killed|injured))?)\b",
    re.IGNORECASE,
)  # fmt: skip
_BRINGING = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|took|rais(?:es|ing|ed)|push(?:es|ing|ed)|increas(?:es|ing|ed)|lift(?:s|ing|ed))\b[^.;]{0,70}?\bto\s+$",
    re.IGNORECASE,
)
_VERB_OF_TOLL = re.compile(
    r"\b(?:stood|stands|stand|standing|rose|risen|rise|rises|rising|climbed|climbs|climbing|reached|reaches|reaching|put|puts|was|is|now|hit|passed|topped|exceeded|surpassed|at|to|of|from|jumped|grew|grown|increased|as|between|revised|mounted|soared|above|past|over)\b",
    re.IGNORECASE,
)
_SAID_ANEW = re.compile(r"\b(?:said|says|saying|added|adding|claimed|while)\b", re.IGNORECASE)
"""Words that open something else that is said: 'put the number killed at 37, and said that 90,000 people ...'."""
_PUT_AT = re.compile(
    r"\bput(?:s|ting)?\b[^.;]*?\b(?:its|their|his|our|the|[\w-]+[\u2019']s?)\s+(?:own\s+)?(?:side's\s+)?(?P<kind>dead|losses|fallen|killed|wounded|injured|missing|captured|detained|displaced|hurt)\s+(?:\w+\s+){0,2}?at\s+$",
    re.IGNORECASE,
)
_BRINGS_TO = re.compile(r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|rais(?:es|ing|ed))\s+to\s+$")
_COUNTED = re.compile(r"\b(?:total|number|toll|losses|count|dead|figure|those|deaths)\b", re.IGNORECASE)
_OTHER_HARM = ("injured", "wounded", "missing", "displaced", "abducted", "detained")
_LISTED = re.compile(r"[:\u2013\u2014]|\s-\s|\(")
_OPENS_LIST = re.compile(r"[:\u2013\u2014(]|\s-\s")
_JOINED = re.compile(
    r"(?:,|;|\band|\bplus|\bthen)\s*(?:the\s+\w+\s+|in\s+[A-Z][\w'-]+\s+)?(?:another\s+|a\s+further\s+|an\s+additional\s+)?$"
)
_NEW_CLAUSE = re.compile(
    r"\b(?:said|told|according|attacked|stormed|who|whose|fired|arrested|when|if|after|before|with|hit|struck)\b"
)
_AFTER_BARE = re.compile(
    r"\s*(?:(?:more|others?|each|apiece)\b|in\b|at\b|near\b|on\b|the\s+(?:following|next|day|same|previous)|[,.;)]|$|and\b|from\b|during\b|by\b|overnight)"
)


def toll(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'the death toll stood at 12', 'bringing the number of dead to 31', 'put the toll at 40'."""
    if group.kind == "thing" or group.indefinite or group.of_them:
        return None
    return (
        _put_at(facts, group)
        or _brought_first(facts, group, made, before)
        or _headed(facts, group, made)
        or _brought(facts, group, made, before)
    )


def _put_at(facts: SentenceFacts, group: Group) -> Draft | None:
    """'put its dead at 26 and its wounded at 40', 'put the number of its missing at six'."""
    put = _PUT_AT.search(facts.sentence.text[: group.start - facts.sentence.start])
    return Draft(facts, group, MEASURE_OF.get(put["kind"].lower(), "killed"), "toll") if put else None


def _brought_first(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'brings to 31 the number of dead'; without a word for the harm it is of the captured if those were told last."""
    text, at, end = facts.sentence.text, group.start - facts.sentence.start, group.end - facts.sentence.start
    if not (_BRINGS_TO.search(text[:at]) and re.match(r"\s*the\s+(?:number|total|toll|count)\b", text[end:])):
        return None
    kind = next((w for w in MEASURE_OF if re.search(rf"\b{w}\b", text[end:])), None)
    last = last_in(facts, group, made) or (before[-1] if before else None)
    taken = last is not None and last.measure == "captured"
    measure = MEASURE_OF[kind] if kind else "captured" if taken else "killed"
    return Draft(facts, group, measure, "toll-brought")


def _headed(facts: SentenceFacts, group: Group, made: dict[int, Draft]) -> Draft | None:
    """'the death toll stood at 12': the toll stands before the number, with no other harm between."""
    text, at = facts.sentence.text, group.start - facts.sentence.start
    head = next(reversed([*_TOLL.finditer(text[:at])]), None)
    if head is None or re.search(r"[;]|\.\s", text[head.end() : at]):
        return None
    between = text[head.end() : at]
    told = [made[id(g)] for g in facts.groups if id(g) in made and head.end() <= g.start - facts.sentence.start < at]
    if any(d.rule != "toll" for d in told) or len(between.split()) > WORDS_TO_TOLL:
        return None
    if told and _SAID_ANEW.search(between):
        return None
    if not (_VERB_OF_TOLL.search(between + group.count.text) or between.strip(" :-\u2013") == ""):
        return None
    kind = (head["kind"] or "dead").lower()
    measure = {"deaths": "killed", "injuries": "injured", "martyrs": "killed"}.get(kind, MEASURE_OF.get(kind, "killed"))
    return Draft(facts, group, None if "casualty" in head["what"].lower() else measure, "toll")


def _brought(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'bringing the number of dead to 31'; without a word for the harm it is that told last."""
    bringing = _BRINGING.search(facts.sentence.text[: group.start - facts.sentence.start])
    if bringing is None or not _COUNTED.search(bringing.group()):
        return None
    last = last_in(facts, group, made) or (before[-1] if before else None)
    other = next((w for w in _OTHER_HARM if w in bringing.group().lower()), None)
    measure = MEASURE_OF[other] if other else last.measure if last else "killed"
    return Draft(facts, group, measure, "toll-brought")


def elliptic(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'... killed 20 troops on Monday and at least 70 more the next day', 'six in Kessa, one in Orrin', '11 dead: five men, six women'."""
    if group.kind not in ("bare", "people") or group.of_them:
        return None
    last = last_in(facts, group, made)
    if last is None:
        return None
    text, at = facts.sentence.text, group.start - facts.sentence.start
    between = text[last.group.end - facts.sentence.start : at]
    listed = _LISTED.search(between) is not None
    if not _goes_on(group, between, text[group.end - facts.sentence.start :], listed):
        return None
    if not listed:
        draft = Draft(facts, group, last.measure, "elliptic", last.trigger)
        if last.part_of is not None and last.group.of_them and not last.group.of_harmed:
            draft.part_of, draft.part_words = (
                last.part_of,
                True,
            )  # 'four of them fell on Monday and the other three ...'
        return draft
    draft = Draft(facts, group, last.measure, "elliptic-part", last.trigger)
    wholes = (made[id(g)] for g in facts.groups if id(g) in made and g.start < group.start)
    whole = next((d for d in wholes if d.rule != "elliptic-part"), last)
    if _OPENS_LIST.search(text[whole.group.end - facts.sentence.start : at]):
        draft.part_of, draft.part_words, draft.measure = whole_of(whole), True, whole.measure
    return draft


def _goes_on(group: Group, between: str, after: str, listed: bool) -> bool:
    """Say whether a number goes on with the harm told before it: nothing new happens between them."""
    joined = _JOINED.search(between) is not None
    if group.kind == "people" and ((group.indefinite and not listed) or not (listed or (joined and group.more))):
        return False
    if not (listed or joined) or _NEW_CLAUSE.search(between):
        return False
    return group.kind != "bare" or _AFTER_BARE.match(after) is not None
