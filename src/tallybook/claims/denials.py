"""'No casualties were reported', 'denied that anyone had died': records with a stance, never a count of nought."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft, nearest
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.sources import Attribution, owner
from tallybook.knowledge.small_letters import for_lowered
from tallybook.model.claim import Count
from tallybook.model.span import Span

_WHO = r"(?:(?:civilians?|people|persons?|soldiers?|troops|fighters|militants|rebels|passengers|residents|villagers|police(?:men)?|officers?|children|students|casualties|of\s+(?:the|its|our|their)\s+\w+|\w+\s+(?:soldiers|troops|fighters|personnel|forces|civilians))\s+)"
_HARM = r"(?P<harm>killed|hurt|injured|wounded|harmed|hit|died|dead|casualt\w+|deaths?|fatalit\w+|injur\w+|loss(?:es)?|abducted|kidnapped|captured|missing)"
NEGATED = for_lowered(
    rf"\b(?:no|zero|without(?:\s+any)?|not\s+any|nor\s+any)\s+(?:(?:immediate\s+)?(?:reports?|word|confirmation)\s+of\s+(?:any\s+)?)?(?:\w+\s+){{0,2}}?(?P<noun>casualt\w+|deaths?|fatalit\w+|injur(?:y|ies)|loss(?:es)?(?:\s+of\s+life)?)\b"
    rf"|\b(?:no|none\s+of\s+the|no\s+one|nobody|none|not\s+(?:a\s+single|one)|0)\s*{_WHO}?(?:\s*\w+\s+)?(?:was|were|had\s+been|have\s+been|has\s+been|are|is|got)?\s*(?:reported\s+|said\s+to\s+have\s+been\s+|seriously\s+)?{_HARM}\b"
    r"|\b(?:did\s+not|have\s+not|had\s+not|suffered\s+no|sustained\s+no|reported\s+no|caused\s+no)\s+(?:suffer\s+|sustain\s+|cause\s+|report\s+)?(?:any\s+)?(?:\w+\s+)?(?P<noun2>casualt\w+|deaths?|fatalit\w+|injur\w+|losses)\b"
    r"|\b(?:escaped|emerged|was|were)\s+(?:\w+\s+)?(?P<unhurt>unhurt|unharmed|unscathed|uninjured)\b",
)  # fmt: skip
_DENIED = for_lowered(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?)\b[^.;]{0,80}?\b(?P<harm>kill\w*|deaths?|died|casualt\w+|harm\w*|dead|targeted\s+civilians|injur\w+|wound\w+|hurt|toll|losses|civilians)\b",
)


def denials(facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> list[Draft]:
    """Return a draft for every negation and denial of harm, its measure in `about`; counted claims are untouched."""
    found: list[Draft] = []
    for f in facts:
        for match in NEGATED.finditer(f.sentence.lower):
            if re.match(r"\s*(?:fewer|less)\s+than", f.sentence.text[match.start() + 2 :]):
                continue
            word = (match["noun"] or match["harm"] or match["noun2"] or match["unhurt"] or "").lower()
            found.append(_draft(f, match.start(), match.end(), word, "negated"))
        for match in _DENIED.finditer(f.sentence.lower):
            draft = _draft(f, match.start(), match.end(), match["harm"].lower(), "denied")
            source = _denier(f, f.sentence.start + match.start(), f.sentence.start + match.end())
            if source is not None:
                draft.sources = [source.source]
                draft.spans["claimants"] = source.source.span
            draft.responds_to = _answered(draft, drafts)
            found.append(draft)
    return found


def _denier(f: SentenceFacts, start: int, end: int) -> Attribution | None:
    """Return who speaks the word of denial that stands in start..end, else whose words these are."""
    denying = [a for a in f.attributions if a.deny]
    own = next((a for a in denying if start <= a.cue.start < end), None)
    return own or owner(f.attributions, end - 1, end) or next(iter(denying), None)


def give_event(denial: Draft, drafts: Sequence[Draft]) -> None:
    """Give a denial event, day, place and kind of the claim that it answers, else of the nearest claim of an incident."""
    near = [d for d in drafts if d.scope == "incident" and d.event >= 0]
    if denial.responds_to is not None:
        near = [denial.responds_to]
    twin = nearest(near, denial.facts.sentence.index)
    if twin is not None:
        denial.event, denial.date, denial.place = twin.event, twin.date, twin.place
        denial.event_type = twin.event_type


def _draft(f: SentenceFacts, start: int, end: int, word: str, stance: str) -> Draft:
    a, b = f.sentence.start + start, f.sentence.start + end
    text = f.sentence.text[start:end]
    first = f.sentence.token_at(a) or 0
    group = Group(f.sentence, Count(None, None, "exact", text, Span(a, b)), None, a, b, first, first, first, "people")
    draft = Draft(f, group, None, f"denial: {stance}", stance=stance)
    draft.about = _measure(word)
    low = text.lower()
    if "civilian" in low:
        draft.affiliation = "civilian"
    elif re.search(r"soldier|troop|fighter|militant|rebel|our ", low):
        draft.affiliation = "combatant"
    return draft


def _measure(word: str) -> str:
    if re.match(r"injur|hurt|wound|unhurt|unharm|unscath|uninj", word):
        return "injured"
    if re.match(r"abduct|kidnap|captur", word):
        return "captured"
    return "missing" if word.startswith("missing") else "killed"


def _answered(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the claim of another origin that the denial answers: the nearest before it on the same measure."""
    mine = draft.sources[0].origin if draft.sources else None
    before = [
        d
        for d in drafts
        if d.measure == draft.about and d.part_of is None and (not d.sources or d.sources[0].origin != mine)
    ]
    return nearest(before, draft.facts.sentence.index)
