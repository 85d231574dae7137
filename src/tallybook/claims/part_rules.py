"""Parts of a whole: 'five of them', 'among the dead', 'including', 'fifteen were women'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.repeats import number
from tallybook.claims.wholes import MEASURE_OF, describe, last_in, whole_of

REACH = 2
"""Sentences back to the whole of 'three of them', 'fifteen were women'."""
NAMED_REACH = 8
"""Sentences back to the whole of 'three of the dead'."""
_NEW_CLAUSE = re.compile(r",\s+(?:as|when|while|after|before|where)\s+(?:he|she|they|it|the|its|their|his|her)\b")
"""What opens something else after 'including': 'including the mayor, as they joined thousands of pilgrims'."""
_INCLUDING = re.compile(
    r"\b(?:including|among them|amongst them|among whom|of whom|including at least|comprising|namely|as well as|counting)\b[^.;]*$",
    re.IGNORECASE,
)
_POSTPOSED = re.compile(r"\s+(?:,\s*)?(?:among|amongst)\s+(?:them|whom)\b|\s+included\b", re.IGNORECASE)
"""'39 wounded, eight soldiers among them': after the part."""
_AMONG = re.compile(
    r"\b(?:among|amongst|of)\s+(?:the\s+)?(?:those\s+)?(?P<a>dead|killed|victims|deceased|fatalities|casualties|wounded|injured|missing|abducted|kidnapped|captured|detained|displaced|hurt)\b"
    r"|\bthose\s+(?P<c>killed|dead|wounded|injured|abducted|kidnapped|hurt|missing|detained)\s+(?:\w+\s+)?(?:include|includes|included|were|are)\b"
    r"|\bthe\s+(?P<b>dead|victims|deceased|fatalities|slain|wounded|injured|missing|abductees|detainees)\s+(?:\w+\s+)?(?:include|includes|included|were|are|comprise|comprised|is|was)\b",
    re.IGNORECASE,
)  # fmt: skip
_AGENT = re.compile(
    r"\bby\s+(?:an?\s+)?(?:(?:\w+\s+)?(?:group|column|gang|crowd|mob|party|force|team|convoy)\s+of\s+)?$", re.IGNORECASE
)
"""'a raid by around 100 troops': those who act are not among the harmed."""
_WERE = re.compile(
    r"\s+(?:were|was|are|is)\s+(?:(?:also|all|both|reported\s+to\s+be|said\s+to\s+be)\s+)?(?:an?\s+|the\s+)?(?P<words>[\w-]+(?:\s+[\w-]+){0,2})"
)
_SEVERITY = re.compile(
    r"(?:(?:are|is|were|was|remain|being|still)\s+)*(?:critically|seriously|severely|gravely|lightly|badly|slightly|in\s+(?:a\s+)?(?:critical|serious|stable|grave)|not\s+expected|expected|from\b|suffering|with\s+\w+\s+wounds|whom\s+(?:were|are)\s+(?:critically|seriously|in))"
)
_CAME_OFF = re.compile(
    r"(?:(?:has|have|had|were|was|are|is|been|being|later|since|already|also)\s+)*(?:released|freed|rescued|escaped|survived|returned|came\s+(?:home|back)|come\s+(?:home|back)|let\s+go|set\s+free|walked\s+(?:free|in|into|out|back)|got\s+away|discharged)\b"
)
"""'sixty of them had come home': no part of the harmed."""
_OTHER_CLAUSE = re.compile(r"[;.]|\b(?:said|who|which|when|after|identified|named|as)\b")
_WAS = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,[^;.]{0,60},\s*)?(?:of\s+[^;.,]{0,40}\s)?(?:was|were|is|are|has\s+been|have\s+been|being)\s+(?:also\s+|reportedly\s+|said\s+to\s+be\s+)?"
)
_BOUND = ("parse", "joined", "harm-after-group")
_INCLUDED = (*_BOUND, "including", "participle-of-group", "relative-clause", "turn-of-phrase")
_ANY_HARMED = (None, "dead", "wounded", "injured", "victims", "them", "casualties", "bodies", "fatalities", "deceased")


def of_them(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'five of them children', 'two of whom later died', 'three of the dead were nurses'.

    Words that only tell how some of the harmed fare make no claim: their draft is taken out of `made`.
    """
    if not group.of_them:
        return None
    told = () if group.of_number is not None else group.words
    named = next((MEASURE_OF[w] for w in told if w in MEASURE_OF), None)
    own = made.get(id(group))
    if _tells_no_part(facts, group, own, named):
        made.pop(id(group), None)
        return None
    nearest = [g for g in facts.groups if g.start < group.start and g.kind == "people" and not g.indefinite]
    if named is None and nearest and id(nearest[-1]) not in made:
        return None
    if group.of_number is None:
        whole = last_in(facts, group, made, named) or _told_before(facts, named, before)
    else:
        whole = _of_that_number(facts, group, before)
    if whole is None or (own is None and _own_people(group)):
        return None
    if own is None and _of_others(facts, group, whole):
        group.trap = "of others"
        return None
    whole = whole_of(whole)
    if own is not None and own.measure != whole.measure:
        return None
    trigger = whole.trigger if whole.facts is facts else None
    draft = own or Draft(facts, group, named or whole.measure, "of-them", trigger)
    draft.part_of, draft.part_words = whole, True
    if group.person is None:
        describe(facts, group)
    return draft


def _of_others(facts: SentenceFacts, group: Group, whole: Draft) -> bool:
    """Say whether 'of them' goes back to the noun right before the comma, and that is none of the whole: 'cartridges, 37 of them'."""
    tokens, first = facts.sentence.tokens, facts.sentence.token_at(group.start) or group.first
    if first < 2 or tokens[first - 1].lower != "," or not tokens[first - 2].tag.startswith("NN"):
        return False
    return whole.facts is not facts and ("whom" in group.words or tokens[first - 2].lower not in facts.nouns)


def _tells_no_part(facts: SentenceFacts, group: Group, own: Draft | None, named: str | None) -> bool:
    """Say whether 'three of the wounded' tells how they fare, or no number, and not who they were."""
    tokens = facts.sentence.tokens
    note = " ".join(t.lower for t in tokens[group.last + 1 : group.last + 8])
    if own is None and _CAME_OFF.match(note):
        return True
    if group.of_harmed and group.first and tokens[group.first - 1].lower in ("of", "for", "to"):
        return True
    if group.of_number is not None and own is None and not _tells_who(note, facts):
        return True
    if _SEVERITY.match(note) or (group.count.low is None and group.count.high is None):
        return True
    return group.of_harmed and (own is None or own.measure == named) and not _tells_who(note, facts)


def _of_that_number(facts: SentenceFacts, group: Group, before: Sequence[Draft]) -> Draft | None:
    """Return the last draft before a sentence that has the number of 'six of the 17', near enough to be meant."""
    near = (d for d in reversed(before) if facts.sentence.index - d.facts.sentence.index <= NAMED_REACH)
    return next((d for d in near if number(d) == group.of_number and d.measure is not None), None)


def _told_before(facts: SentenceFacts, named: str | None, before: Sequence[Draft]) -> Draft | None:
    """Return the last draft of an earlier sentence near enough to be meant, of the measure `named` if there is one."""
    reach = REACH if named is None else NAMED_REACH
    for draft in reversed(before):
        fits = draft.measure is not None and (named is None or draft.measure == named)
        if fits and facts.sentence.index - draft.facts.sentence.index <= reach:
            return draft
    return None


def _own_people(group: Group) -> bool:
    """Say whether 'five of the miners' names people of its own."""
    words = " ".join(group.words)
    return group.kind == "people" and group.noun not in _ANY_HARMED and "them" not in words and "whom" not in words


def _tells_who(note: str, facts: SentenceFacts) -> bool:
    """Say whether the words after 'two of the dead' tell who they were; how they fare is no part."""
    return "belong" in note or "nationals" in note or any(w in facts.nouns for w in note.split())


def among(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'Among the dead were two nurses', 'The dead include a teacher', 'a medic was among those killed'."""
    own = made.get(id(group))
    if group.kind not in ("people", "bare", "other") or (own is not None and own.rule not in _BOUND):
        return None
    text, start, end = facts.sentence.text, group.start - facts.sentence.start, group.end - facts.sentence.start
    for match in _AMONG.finditer(text):
        measure = MEASURE_OF[(match["a"] or match["b"] or match["c"]).lower()]
        only_of = match["a"] and match.group()[:2].lower() == "of" and not group.of_them and match.start() != 0
        if measure is None or only_of:
            continue
        after = match.end() <= start and not _OTHER_CLAUSE.search(text[match.end() : start])
        ahead = match["a"] and end <= match.start() and _WAS.fullmatch(text[end : match.start()])
        if after or ahead:
            whole = last_in(facts, group, made, measure) or next(
                (d for d in reversed(before) if d.measure == measure and d.part_of is None), None
            )
            draft = Draft(facts, group, measure, "among", None)
            draft.part_of, draft.part_words = (whole if whole is not None and whole.group is not group else None), True
            return draft
    return None


def including(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'31 killed, including four guards and a clerk', 'eight among them'; 'as well as' adds, it includes nothing."""
    text, at = facts.sentence.text, group.start - facts.sentence.start
    match = _INCLUDING.search(text[:at]) or _told_after(facts, group)
    own = made.get(id(group))
    if match is None or group.kind == "thing" or (own is not None and own.rule not in _INCLUDED):
        return None
    if (
        _AGENT.search(text[:at])
        or _NEW_CLAUSE.search(text[match.start() : at])
        or match.group().lower().startswith("as ")
    ):
        return None
    told = min(match.start(), at)
    wholes = [d for g in facts.groups if (d := made.get(id(g))) and d.rule != "including"
              and g.end - facts.sentence.start <= told + 1]  # fmt: skip
    if not wholes or (group.kind == "other" and not group.indefinite and group.value is None):
        return None
    whole = wholes[-1]
    if own is None and _others_between(facts, group, made, whole, match.end()):
        return None
    if whole.group.kind == "unit":
        made.pop(id(group), None)
        return None
    if own is not None and own.measure != whole.measure and own.rule in ("harm-after-group", "turn-of-phrase"):
        return None
    draft = Draft(facts, group, whole.measure, "including", whole.trigger)
    draft.part_of, draft.part_words = whole_of(whole), True
    return draft


def _others_between(facts: SentenceFacts, group: Group, made: dict[int, Draft], whole: Draft, start: int) -> bool:
    """Say whether other harm is told between 'including' and the group: 'among them a mayor, and 47 were injured'."""
    start += facts.sentence.start
    between = (made[id(g)] for g in facts.groups if id(g) in made and start <= g.start < group.start)
    return any(d.measure != whole.measure for d in between)


def _told_after(facts: SentenceFacts, group: Group) -> re.Match[str] | None:
    """Return the words after a part that tell it is one: ', eight soldiers among them'."""
    text, at, end = facts.sentence.text, group.start - facts.sentence.start, group.end - facts.sentence.start
    return _POSTPOSED.match(text, end) if text[:at].rstrip().endswith((",", "(", "-", "\u2013", "\u2014")) else None


def were(facts: SentenceFacts, group: Group, made: dict[int, Draft], before: Sequence[Draft]) -> Draft | None:
    """'Fifteen were women and nine were children': bare numbers break down the last whole told, in this sentence or the two before."""
    if group.kind != "bare" or group.indefinite or group.more or group.value is None:
        return None
    match = _WERE.match(facts.sentence.text[group.end - facts.sentence.start :])
    nouns = facts.nouns
    if match is None or not any(w.lower() in nouns for w in match["words"].split()):
        return None
    whole = last_in(facts, group, made) or next(
        (d for d in reversed(before) if facts.sentence.index - d.facts.sentence.index <= REACH), None
    )
    if whole is None or whole.measure is None:
        return None
    whole = whole_of(whole) if whole.rule != "were" else whole.part_of or whole
    low, high = whole.group.count.low, whole.group.count.high
    if max(low or 0, high or 0) < group.value:
        return None
    draft = Draft(facts, group, whole.measure, "were", whole.trigger if whole.facts is facts else None)
    draft.part_of, draft.part_words = whole, True
    describe(facts, group)
    return draft
