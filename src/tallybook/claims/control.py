"""Who holds which place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.model.claim import DateRange
from tallybook.model.records import Control

HOLDER_REACH = 12
"""Characters after 'held by' in which the holder's name begins."""
_PLACE = r"(?P<place>[A-Z][\w\u2019'-]*(?:[\s-](?:[A-Z][\w\u2019'-]*|de|la|al))*)"
_BESIDE = r"(?:\s+itself|,\s+(?!who\b)[^,;.]{2,60},)?"
"""What may stand between a place and who holds it: ', the next town down the river,'."""
_HANDS = re.compile(
    rf"{_PLACE}(?:\s+(?:town|city|township|village|district))?{_BESIDE}\s+(?:has|have|had|is|was|are|remains?)\s+(?:been\s+)?(?:\w+\s+){{0,2}}?in\s+(?:the\s+hands\s+of\s+)?(?:the\s+)?"
)
_UNDER = re.compile(
    rf"{_PLACE}(?:\s+(?:town|city|township|village|district))?{_BESIDE}\s+(?:has|have|had|is|was|are|remains?)\s+(?:been\s+)?(?:\w+\s+)?(?:under\s+(?:the\s+)?(?:full\s+|complete\s+)?(?:control\s+of\s+)?|(?:held|controlled|occupied|ruled|administered|governed)\s+by\s+)"
)
_IN_HANDS = re.compile(r"(?:[\u2019']s?)?\s+hands\b")
_FELL = re.compile(
    rf"{_PLACE}(?:\s+(?:town|city|township|village|district))?\s+(?:fell|has\s+fallen|had\s+fallen)\s+to\s+"
)
_TOOK = re.compile(
    rf"^\W*(?:\([A-Z/-]+\)\s*)?(?:fighters|forces|troops|soldiers|rebels|militants)?\s*(?:\w+ly\s+)?(?:have\s+|has\s+|had\s+|now\s+|fully\s+|also\s+|still\s+)*(?:captured|seized|recaptured|retook|retaken|took|taken|control(?:s|led)?|holds?|held|overran|regained|occup(?:y|ies|ied)|liberated|recovered|wrested)\s+(?:full\s+|complete\s+)?(?:control\s+(?:of|over)\s+)?(?:the\s+)?(?:(?:strategic|border|key|nearby|provincial|district)\s+)?(?:(?:town|city|village|capital|township|district|base|port)\s+(?:of\s+)?)?{_PLACE}"
)
_EXCEPT = re.compile(
    r"(?:with\s+only|with\s+the\s+exception\s+of|except\s+(?:for\s+)?|apart\s+from|save\s+for|but\s+for)\s+(?P<what>[^.;]+)",
    re.IGNORECASE,
)


def control(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Control]:
    """Return who holds which place as a sentence tells: 'Sarno is held by', 'Sarno fell to', 'X captured Sarno'."""
    return [*_held_by(notes, f, mentions), *_taken_by(notes, f, mentions)]


def _held_by(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> Iterator[Control]:
    text = f.sentence.text
    dated = next((d for d in f.dates if d.since), None)
    when = dated.range(notes.published, None) if dated else None
    patterns = (_UNDER, _FELL, _HANDS) if " hands" in text else (_UNDER, _FELL)
    for pattern in patterns:
        for m in pattern.finditer(text):
            at = f.sentence.start + m.end()
            holder = next((a for a in mentions if at <= a.start <= at + HOLDER_REACH), None)
            told = pattern is _FELL or "control" in text[m.end() - 20 : m.end() + 60] or "by" in m.group()
            if pattern is _HANDS and holder:
                told = "hands of" in m.group() or _IN_HANDS.match(text, holder.end - f.sentence.start) is not None
            if holder and told:
                end = max(m.end(), holder.end - f.sentence.start)
                day = _first_day(notes, f) if pattern is _FELL else when
                yield _held(notes, f, (m.start(), end), m["place"], holder.name, day)


def _taken_by(notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> Iterator[Control]:
    text = f.sentence.text
    for mention in mentions:
        start, end = mention.start - f.sentence.start, mention.end - f.sentence.start
        took = _TOOK.match(text[end:]) if mention.how != "adjective" else None
        if took is None or any(m.start == mention.end + took.start("place") for m in mentions):
            continue  # 'the group holds the army responsible'
        if not re.match(r"\s*(?:soldiers|troops|rifles|weapons)", text[end + took.end() :]):
            yield _held(notes, f, (start, end + took.end()), took["place"], mention.name, _first_day(notes, f))


def _first_day(notes: Notes, f: SentenceFacts) -> DateRange | None:
    return next((r for r in (d.range(notes.published, None) for d in f.dates) if r), None)


def _held(
    notes: Notes, f: SentenceFacts, at: tuple[int, int], place: str, holder: str, since: DateRange | None
) -> Control:
    exception = _EXCEPT.search(f.sentence.text)
    return Control(*notes.record("control", f, *at, place, holder), place, holder, _taken_on(notes, f, since),
                   exception["what"].strip() if exception else None)  # fmt: skip


def _taken_on(notes: Notes, f: SentenceFacts, since: DateRange | None) -> DateRange | None:
    """'held since Monday' was taken on Monday: the day the words mean, without what lasts since."""
    edge = next((d for d in f.dates if d.since), None)
    resolved = edge.resolve(notes.published, None) if edge else None
    if since is None or since.precision != "since" or not resolved or not resolved[0]:
        return since
    return replace(since, start=resolved[0].isoformat(), end=resolved[1].isoformat() if resolved[1] else None)
