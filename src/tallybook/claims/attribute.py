"""Claimants: whose word each draft is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.source import OUTLET
from tallybook.claims.sources import Attribution, Source, owner

CARRY = 4
"""Sentences that a statement goes on for, in its paragraph."""
FILLS = 0.35
"""Share of its sentence that a statement which goes on fills; less is a remark in passing. Set on the gold reports."""

_ELSEWHERE = re.compile(
    r"\W*(?:Meanwhile|Separately|Elsewhere|In a separate|In another|Earlier|(?:Late |Early )?[Oo]n (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Last (?:week|month|year|\w+day)|On \d|On [A-Z]\w+ \d)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|(?:was|were|been|are|is)\s+(?:\w+ly\s+)?(?:reported|rumou?red|presumed|believed|thought|said)\s+(?:to\s+(?:have|be)\b|(?:killed|dead|injured|wounded|missing|captured|kidnapped|abducted)\b))",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"(?:This|That|It|The information|The figures?|The toll|The news|The data)\s+(?:(?:was|were|has been|is)\s+(?:\w+ly\s+)?(?:reported|announced|stated|confirmed|said|disclosed|revealed|published|made (?:known|public))\s+(?:[^.;]{0,60}?\s)?by|(?:is|was|comes)\s+according to)\s+"
)
_THIS = re.compile(
    r"\s+(?:this|that|the (?:development|figures?|information|data))(?=\s*[.,]|\s+(?:in|on|at|to|while|during|when|via|through|late|early|today|yesterday|\w+day)\b)",
    re.IGNORECASE,
)
SAID_THIS = 2
"""Sentences back that 'the mayor said this' may own: it opens the paragraph after them."""
_STOPS = (".", "!", "?", ":", "\u201d", '"')
_OPEN, _CLOSE = "\u201c", "\u201d"


def attribute(drafts: Sequence[Draft], facts: Sequence[SentenceFacts], quoted: Sequence[bool]) -> None:
    """Give every draft its sources: of its own words first, of the quotation it stands in next, else none (the outlet)."""
    place = {id(f): i for i, f in enumerate(facts)}
    for draft in drafts:
        at = place[id(draft.facts)]
        found = (
            _own(draft)
            or (_speaker_near(facts, at) if quoted[at] else None)
            or _said_of_before(facts, at)
            or _statement(facts, at)
        )
        found = found or _carried(draft, facts, at)
        if draft.stance == "asserted" and _hedged(draft):
            draft.stance = "alleged"
        if found is None or found.source.kind == OUTLET:
            continue
        draft.sources = [found.source]
        draft.owned = (found.start, found.end)
        draft.spans["claimants"] = found.source.span
        draft.relay = found.relay
        if found.deny:
            draft.stance = "denied"
        if found.confirm:
            draft.spans["confirmed_by"] = found.source.span
    for draft in drafts:
        if not draft.sources and draft.part_of is not None and _of_one_breath(draft, draft.part_of):
            draft.sources, draft.owned, draft.relay = draft.part_of.sources, draft.part_of.owned, draft.part_of.relay
            draft.spans["claimants"] = draft.sources[0].span


def _of_one_breath(part: Draft, whole: Draft) -> bool:
    """Say whether whoever told the whole told the part: nobody else speaks in its sentence, which is that or the next one."""
    here, there = part.facts, whole.facts
    if not whole.sources or here.field != there.field or here.sentence.passage != there.sentence.passage:
        return False
    alone = here is there or not here.attributions
    return alone and 0 <= here.sentence.index - there.sentence.index <= 1


def _hedged(draft: Draft) -> bool:
    """Say whether the words of harm are told as hearsay: 'reportedly killed', 'were reported killed'."""
    if draft.trigger is None:
        return False
    sentence = draft.facts.sentence
    first, last = (sentence.tokens[k] for k in draft.trigger)
    start, end = min(draft.group.start, first.start), max(draft.group.end, last.end)
    return _HEARSAY.search(sentence.text[max(0, start - sentence.start - 14) : end - sentence.start]) is not None


def _own(draft: Draft) -> Attribution | None:
    found = owner(draft.facts.attributions, draft.group.start, draft.group.end)
    if found is None and draft.trigger is not None:
        token = draft.facts.sentence.tokens[draft.trigger[0]]
        found = owner(draft.facts.attributions, token.start, token.end)
    if found is None and len(draft.facts.attributions) == 1 and draft.facts.attributions[0].verb == "label":
        found = draft.facts.attributions[0]
    return found


def quoted_sentences(facts: Sequence[SentenceFacts]) -> list[bool]:
    """Say of each sentence whether it stands inside a quotation, at least with its first words."""
    inside, found = False, []
    passage = -1
    for f in facts:
        text = f.sentence.text
        if f.sentence.passage != passage:
            inside = False
            passage = f.sentence.passage
        starts = text.lstrip()[:1] in (_OPEN, '"')
        found.append(inside or starts)
        straight = text.count('"')
        opened, closed = text.count(_OPEN), text.count(_CLOSE)
        if opened != closed:
            inside = opened > closed
        elif straight % 2:
            inside = not inside
    return found


def _speaker_near(facts: Sequence[SentenceFacts], at: int) -> Attribution | None:
    """Return the speaker of a quotation: in its own sentence, just before, or just after in the same passage."""
    for step in (0, -1, 1, -2):
        k = at + step
        if 0 <= k < len(facts) and abs(facts[k].sentence.passage - facts[at].sentence.passage) <= (
            0 if step > 0 else 1
        ):
            spoken = [a for a in facts[k].attributions if a.verb != "label" or _opens_quote(facts[k], a)]
            if spoken:
                return spoken[-1] if step <= 0 else spoken[0]
    return None


def _opens_quote(facts: SentenceFacts, label: Attribution) -> bool:
    """Say whether a label opens a quotation: 'Mayor Ivo Marn: "We have three dead.'."""
    said = facts.sentence.text[label.start - facts.sentence.start : label.end - facts.sentence.start]
    return said.lstrip(": ")[:1] in (_OPEN, '"')


def _said_of_before(facts: Sequence[SentenceFacts], at: int) -> Attribution | None:
    """'This was reported by the governor.' after a sentence owns that sentence; so does 'Ivo Marn said.' after half of one."""
    if at + 1 < len(facts):
        bare = next((a for a in facts[at + 1].attributions if a.verb == "bare"), None)
        if bare and facts[at].field == facts[at + 1].field and not facts[at].sentence.text.rstrip().endswith(_STOPS):
            return bare
    for k in range(at + 1, min(len(facts), at + 1 + SAID_THIS)):
        if facts[k].field != facts[at].field or facts[k - 1].attributions:
            break
        if _SAID_OF.match(facts[k].sentence.text) and facts[k].attributions:
            return facts[k].attributions[0]
        said = next((a for a in facts[k].attributions if _says_this(facts[k], a)), None)
        if said is not None:
            return said
    return None


def _says_this(facts: SentenceFacts, found: Attribution) -> bool:
    """Say whether a source says 'this' and nothing else: 'The mayor announced this on Monday.'."""
    after = facts.sentence.text[found.cue.end - facts.sentence.start :]
    return not found.deny and not found.confirm and _THIS.match(after) is not None


def _carried(draft: Draft, facts: Sequence[SentenceFacts], at: int) -> Attribution | None:
    """A number told right after a source's sentence, in the same paragraph, is that source's; tolls of a war are not."""
    if draft.scope == "cumulative" or draft.facts.field == "title":
        return None
    here = [a for a in facts[at].attributions if a.end <= draft.group.start and a.verb != "label" and not a.deny]
    if here and ";" in facts[at].sentence.text[: draft.group.start - facts[at].sentence.start]:
        return here[-1]
    for k in range(at - 1, at - 1 - CARRY, -1):
        if k < 0 or facts[k].sentence.passage != facts[at].sentence.passage or facts[k].field != facts[at].field:
            break
        told = [a for a in facts[k].attributions if _goes_on(facts[k], a)]
        if told:
            return None if _ELSEWHERE.match(facts[at].sentence.text) else told[-1]
        if facts[k].attributions:
            break
    return _added_after(facts, at)


def _goes_on(facts: SentenceFacts, found: Attribution) -> bool:
    """Say whether a statement may go on in the next sentence: it fills its sentence, and is no denial, label or aside."""
    length, at = found.end - found.start, facts.sentence.token_at(found.cue.start)
    if at is not None and facts.sentence.tokens[at].dep in ("relcl", "acl", "pcomp"):
        return False
    return found.verb != "label" and not found.deny and length >= FILLS * len(facts.sentence.text)


def _added_after(facts: Sequence[SentenceFacts], at: int) -> Attribution | None:
    """Return who 'added' something later in the paragraph: what stands before was theirs too."""
    for k in range(at + 1, min(len(facts), at + 1 + CARRY)):
        if facts[k].sentence.passage != facts[at].sentence.passage or facts[k].field != facts[at].field:
            return None
        if facts[k].attributions:
            first = facts[k].attributions[0]
            return first if first.verb in ("added", "adds") else None
    return None


def _statement(facts: Sequence[SentenceFacts], at: int) -> Attribution | None:
    """A bullet below 'The ministry said:' is the ministry's word."""
    if facts[at].sentence.kind != "bullet":
        return None
    for k in range(at - 1, max(-1, at - 12), -1):
        if facts[k].sentence.kind != "bullet":
            text = facts[k].sentence.text.rstrip()
            return facts[k].attributions[-1] if text.endswith(":") and facts[k].attributions else None
    return None


def claimants(draft: Draft, publisher: str | None) -> tuple[str, ...]:
    """Return the names of who says it: the sources, else the outlet."""
    names = [n for s in draft.sources for n in s.claimants]
    return tuple(dict.fromkeys(names)) or ((publisher,) if publisher else ())


def origin(draft: Draft, publisher: str | None) -> tuple[str | None, bool]:
    """Return the canonical origin of a draft and whether it has a name of its own."""
    if not draft.sources:
        return publisher, True
    source: Source = draft.sources[0]
    return source.origin, source.named
