"""Who holds which place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tallybook.claims.actor_mentions import ActorMention
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.notes import Notes
from tallybook.knowledge.record_words import ControlWords
from tallybook.knowledge.word_lists import either
from tallybook.model.claim import DateRange
from tallybook.model.records import Control

HOLDER_REACH = 12
"""Characters after 'held by' in which the holder's name begins."""
_PLACE = r"(?P<place>[A-Z][\w\u2019'-]*(?:[\s-](?:[A-Z][\w\u2019'-]*|de|la|al))*)"
_BESIDE = r"(?:\s+itself|,\s+(?!who\b)[^,;.]{2,60},)?"
"""What may stand between a place and who holds it: ', the next town down the river,'."""
_IS = r"\s+(?:has|have|had|is|was|are|remains?)\s+(?:been\s+)?"


class Holdings:
    """Find who holds which place; compiled once and shared by all documents."""

    def __init__(self, words: ControlWords) -> None:
        unit = rf"(?:\s+(?:{either(words.units)}))?"
        hands, sway, degree = either(words.hands), either(words.sway), f"(?:{either(words.degrees)})"
        self.under = re.compile(
            rf"{_PLACE}{unit}{_BESIDE}{_IS}(?:\w+\s+)?(?:under\s+(?:the\s+)?(?:{degree}\s+)?(?:(?:{sway})\s+of\s+)?|(?:{either(words.held)})\s+by\s+)"
        )
        self.fell = re.compile(rf"{_PLACE}{unit}\s+(?:{either(words.falling)})\s+to\s+")
        self.hands = re.compile(
            rf"{_PLACE}{unit}{_BESIDE}{_IS}(?:\w+\s+){{0,2}}?in\s+(?:the\s+(?:{hands})\s+of\s+)?(?:the\s+)?"
        )
        self.in_hands = re.compile(rf"(?:[\u2019']s?)?\s+(?:{hands})\b")
        self.any_hands, self.hands_of = re.compile(f" (?:{hands})"), re.compile(f"(?:{hands}) of")
        self.sway = re.compile(sway)
        self.took = re.compile(
            rf"^\W*(?:\([A-Z/-]+\)\s*)?(?:{either(words.people)})?\s*(?:\w+ly\s+)?(?:(?:{either(words.before)})\s+)*(?:{either(words.taking)})"
            rf"\s+(?:{degree}\s+)?(?:(?:{sway})\s+(?:of|over)\s+)?(?:the\s+)?(?:(?:{either(words.qualities)})\s+)?(?:(?:{either(words.taken_units)})\s+(?:of\s+)?)?{_PLACE}"
        )
        self.no_place = re.compile(rf"\s*(?:{either(words.no_place)})")
        self.but = re.compile(rf"(?:{either(words.but)})\s+(?P<what>[^.;]+)", re.IGNORECASE)

    def of(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> list[Control]:
        """Return who holds which place as a sentence tells: 'Sarno is held by', 'Sarno fell to', 'X captured Sarno'."""
        return [*self._held_by(notes, f, mentions), *self._taken_by(notes, f, mentions)]

    def _held_by(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> Iterator[Control]:
        text = f.sentence.text
        dated = next((d for d in f.dates if d.since), None)
        when = dated.range(notes.published, None) if dated else None
        patterns = (self.under, self.fell, *((self.hands,) if self.any_hands.search(text) else ()))
        for pattern in patterns:
            for m in pattern.finditer(text):
                at = f.sentence.start + m.end()
                holder = next((a for a in mentions if at <= a.start <= at + HOLDER_REACH), None)
                told = (
                    pattern is self.fell
                    or "by" in m.group()
                    or self.sway.search(text[m.end() - 20 : m.end() + 60]) is not None
                )
                if pattern is self.hands and holder:
                    after = self.in_hands.match(text, holder.end - f.sentence.start)
                    told = self.hands_of.search(m.group()) is not None or after is not None
                if holder and told:
                    end = max(m.end(), holder.end - f.sentence.start)
                    day = _first_day(notes, f) if pattern is self.fell else when
                    yield self._held(notes, f, (m.start(), end), m["place"], holder.name, day)

    def _taken_by(self, notes: Notes, f: SentenceFacts, mentions: Sequence[ActorMention]) -> Iterator[Control]:
        text = f.sentence.text
        for mention in mentions:
            start, end = mention.start - f.sentence.start, mention.end - f.sentence.start
            took = self.took.match(text[end:]) if mention.how != "adjective" else None
            if took is None or any(m.start == mention.end + took.start("place") for m in mentions):
                continue  # 'the group holds the army responsible'
            if not self.no_place.match(text, end + took.end()):
                yield self._held(notes, f, (start, end + took.end()), took["place"], mention.name, _first_day(notes, f))

    def _held(
        self, notes: Notes, f: SentenceFacts, at: tuple[int, int], place: str, holder: str, since: DateRange | None
    ) -> Control:
        exception = self.but.search(f.sentence.text)
        return Control(*notes.record("control", f, *at, place, holder), place, holder, _taken_on(notes, f, since),
                       exception["what"].strip() if exception else None)  # fmt: skip


def _first_day(notes: Notes, f: SentenceFacts) -> DateRange | None:
    return next((r for r in (d.range(notes.published, None) for d in f.dates) if r), None)


def _taken_on(notes: Notes, f: SentenceFacts, since: DateRange | None) -> DateRange | None:
    """'held since Monday' was taken on Monday: the day the words mean, without what lasts since."""
    edge = next((d for d in f.dates if d.since), None)
    resolved = edge.resolve(notes.published, None) if edge else None
    if since is None or since.precision != "since" or not resolved or not resolved[0]:
        return since
    return replace(since, start=resolved[0].isoformat(), end=resolved[1].isoformat() if resolved[1] else None)
