"""'No casualties were reported', 'denied that anyone had died': records with a stance, never a count of nought."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.claims.drafts import Draft, nearest
from tallybook.claims.facts import SentenceFacts
from tallybook.claims.groups import Group
from tallybook.claims.sources import Attribution, owner
from tallybook.knowledge.record_words import DenialWords
from tallybook.knowledge.small_letters import for_lowered
from tallybook.knowledge.word_lists import either
from tallybook.model.claim import Count
from tallybook.model.span import Span


class Denials:
    """Find negations and denials of harm; compiled once and shared by all documents."""

    def __init__(self, words: DenialWords) -> None:
        losses, harmed, suffered = either(words.losses), either(words.harmed), either(words.suffered)
        been = r"(?:was|were|had\s+been|have\s+been|has\s+been|are|is|got)"
        self.negated = for_lowered(
            rf"(?<![\d.,])\b(?:{either(words.none)})\s+(?:(?:(?:{either(words.early)})\s+)?(?:{either(words.word_of)})\s+of\s+(?:any\s+)?)?(?:\w+\s+){{0,2}}?(?P<noun>{losses})\b"
            rf"|(?<![\d.,])\b(?:{either(words.nobody)})\s*(?:(?:{either(words.people)})\s+)?(?:\s*\w+\s+)?{been}?\s*(?:(?:{either(words.manner)})\s+)?(?P<harm>{harmed})\b"
            rf"|\b(?:{either(words.not_suffered)})\s+(?:(?:{either(words.suffer)})\s+)?(?:any\s+)?(?:\w+\s+)?(?P<noun2>{suffered})\b"
            rf"|\b(?:{either(words.escaped)})\s+(?:\w+\s+)?(?P<unhurt>{either(words.unhurt)})\b"
        )
        self.denied = for_lowered(rf"\b(?:{either(words.deny)})\b[^.;]{{0,80}}?\b(?P<harm>{either(words.denied)})\b")
        self.bounding = re.compile(rf"\s*(?:{either(words.bounding)})\s+than")
        self.measures = {measure: re.compile(either(starts)) for measure, starts in words.measures.items()}
        self.status = {status: re.compile(either(starts)) for status, starts in words.people_by_status.items()}

    def of(self, facts: Sequence[SentenceFacts], drafts: Sequence[Draft]) -> list[Draft]:
        """Return a draft for every negation and denial of harm, its measure in `about`; counted claims are untouched."""
        found: list[Draft] = []
        for f in facts:
            for match in self.negated.finditer(f.sentence.lower):
                if self.bounding.match(f.sentence.text, match.start() + 2):
                    continue
                word = match["noun"] or match["harm"] or match["noun2"] or match["unhurt"]
                found.append(self._draft(f, match.start(), match.end(), word, "negated"))
            for match in self.denied.finditer(f.sentence.lower):
                draft = self._draft(f, match.start(), match.end(), match["harm"], "denied")
                source = _denier(f, f.sentence.start + match.start(), f.sentence.start + match.end())
                if source is not None:
                    draft.sources = [source.source]
                    draft.spans["claimants"] = source.source.span
                draft.responds_to = _answered(draft, drafts)
                found.append(draft)
        return found

    def _draft(self, f: SentenceFacts, start: int, end: int, word: str, stance: str) -> Draft:
        a, b = f.sentence.start + start, f.sentence.start + end
        text = f.sentence.text[start:end]
        first = f.sentence.token_at(a) or 0
        group = Group(
            f.sentence, Count(None, None, "exact", text, Span(a, b)), None, a, b, first, first, first, "people"
        )
        draft = Draft(f, group, None, f"denial: {stance}", stance=stance)
        told = (measure for measure, starts in self.measures.items() if starts.match(word))
        draft.about = next(told, "killed")
        low = text.lower()
        draft.affiliation = next((s for s, starts in self.status.items() if starts.search(low)), draft.affiliation)
        return draft


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


def _answered(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the claim of another origin that the denial answers: the nearest before it on the same measure."""
    mine = draft.sources[0].origin if draft.sources else None
    before = [
        d
        for d in drafts
        if d.measure == draft.about and d.part_of is None and (not d.sources or d.sources[0].origin != mine)
    ]
    return nearest(before, draft.facts.sentence.index)
