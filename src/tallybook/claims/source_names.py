"""Who a source is: the names in its words, and who 'he', 'it' or 'the statement' stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.heard import Heard
from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.saying import is_phrase
from tallybook.claims.source import OUTLET, Source
from tallybook.claims.source_namer import BODY_OF, FORCES, OFFICE, SourceNamer, whole_names
from tallybook.claims.speech_words import SpeechWords
from tallybook.knowledge import Knowledge
from tallybook.model.span import Span

_MEANS = re.compile(
    r"\s+(?:in\s+(?:a|an|its|his|her|their)\s+(?:\w+\s+)?(?:statement|post|report|update|interview|message|tweet|briefing|bulletin)|on\s+(?:Telegram|Facebook|Twitter|X|social\s+media)|by\s+(?:phone|telephone))\b.*$"
)
_WHO_CLAUSE = re.compile(r",?\s(?:who|whose|which)(?:\s.*)?$|\s(?:before|against)\s(?:the|a|an)\s.*$")
_ONE_OF = re.compile(r"^(?:[Oo]ne|[Aa]nother|[Ss]ome|[Tt]wo)\sof\s(?:them|those|the\s\w+),\s")
_THERE = re.compile(r"\s(?:there|here|too|themselves|itself)$")
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|one|two|some|several|other|many|both|our)\s+")
_OWN_OUTLET = re.compile(
    r"^our\s|\b(?:this|our)\s+(?:newspaper|paper|agency|website|outlet|reporters?|correspondents?|own|editorial|staff|newsroom|editors|desk)\b"
)
_AGED = re.compile(r"\d{1,3}-year-old\s")
_OWNER = re.compile(r"(?P<who>[Tt]he\s(?:[\w-]+\s)?[\w-]+?)(?:[\u2019']s|(?<=s)[\u2019'])\s")
"""'the ministry' of 'the ministry's latest bulletin'."""
_OF_THEM = ("of them", "of those")
_HE, _IT = frozenset({"he", "she", "him", "her", "his"}), frozenset({"it", "they", "them", "its", "their"})
_SPEECHLESS = frozenset({"who", "we", "i", "us", "you"})
"""Pronouns that name nobody who can be found."""

FORCES_REACH = 500
"""Characters back to forces that spoke, which 'the army' may be: two or three sentences."""


class Speakers:
    """Name the sources of one document, in order; remember who spoke and who was told of."""

    def __init__(self, knowledge: Knowledge, words: SpeechWords) -> None:
        self.knowledge = knowledge
        self.words = words
        self.namer = SourceNamer(knowledge, words)
        self.heard = Heard(words)

    @property
    def country(self) -> str | None:
        """The report's country, which tells 'the army' of one from that of another."""
        return self.namer.country

    @country.setter
    def country(self, country: str | None) -> None:
        self.namer.country = country

    def told_of(self, sentence: Sentence, start: int, end: int, names: Sequence[Name]) -> None:
        """Remember somebody whom a sentence tells of by name, so that a later 'it said' finds them."""
        words = sentence.text[start - sentence.start : end - sentence.start]
        inside = [n for n in names if start <= n.start and n.end <= end]
        body = self.namer.organisation(words, words.lower(), inside)
        titled = bool(set(re.findall(r"[\w-]+", words.lower())) & self.words.titles)
        person = self.namer.person(sentence, start, inside, None, end) if titled else None
        if body is None and person is None:
            head = re.findall(r"[\w-]+", re.split(r"\s(?:of|in|from|at|for|with|who)\s|,", words.lower())[0])[-1:]
            if head and head[0] in self.words.bodies | self.words.titles:
                worded = self.namer.worded(words, words.lower())
                self.heard.told_of(sentence, Source(worded, None, worded.lower(), False, Span(start, end)))
            return
        source = Source(person, body, body or person or "", True, Span(start, end), words=words)
        self.heard.told_of(sentence, source)

    def source(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        names: Sequence[Name],
        *,
        sure: bool = False,
        strict: bool = False,
    ) -> Source | None:
        """Return the source that the words `start`..`end` name; None if they name nobody who speaks.

        `sure` takes any noun phrase, since its verb leaves no doubt; `strict` only bodies, offices and kinds of source.
        """
        start, end = whole_names(start, end, names)
        words = sentence.text[start - sentence.start : end - sentence.start].strip(" ,.\u201c\u201d\"'")
        words = _THERE.sub("", _ONE_OF.sub("", _WHO_CLAUSE.sub("", _MEANS.sub("", words))))
        low = _ARTICLE.sub("", words.lower())
        shown = words[-len(low) :].isupper() and not sentence.shouted
        if (low in self.words.one_more or low in _OF_THEM) and self.heard.spoken:
            return replace(self.heard.spoken[-1], span=Span(start, max(end, start + 1)), pronoun=True)
        if not low or (low[0].isdigit() and not _AGED.match(low)) or (low in self.words.nobody and not shown):
            return None
        span = Span(start, max(end, start + 1))
        if _OWN_OUTLET.search(words.lower()):
            return Source(None, None, "", False, span, OUTLET, pronoun=True)
        sure = sure and is_phrase(sentence, start, end)
        if low in _HE | _IT | _SPEECHLESS and not shown:
            return self._pronoun(sentence, low, span)
        offset = sentence.start + sentence.text.find(words, start - sentence.start)
        held = (n for n in names if offset <= n.start and n.end <= offset + len(words))
        inside = [m for n in held for m in self.namer.parted(sentence, n)]
        if self._container(low):
            made = self._maker(sentence, start, words, span, names)
            if made is not None:
                return made
        named = self._one_again(words, low, span) or self._forces_again(sentence, words, low, span, names)
        named = named or self._named(sentence, start, words, low, inside, span)
        if named is not None:
            return self._in_full(named, span)
        return self._unnamed(sentence, start, words, low, inside, span, names, sure=sure, strict=strict)

    def _one_again(self, words: str, low: str, span: Span) -> Source | None:
        """'the official', 'the doctor': one of those who spoke, if one of them was so called."""
        if not words.lower().startswith("the ") or low not in self.words.again | self.words.titles:
            return None
        called = (s for s in reversed(self.heard.spoken) if low in self.words.in_full(s.words))
        last = next(called, None) or (
            next((s for s in reversed(self.heard.spoken) if s.speaker and s.named), None) if low == "official" else None
        )
        return replace(last, span=span, pronoun=True) if last else None

    def _forces_again(
        self, sentence: Sentence, words: str, low: str, span: Span, names: Sequence[Name]
    ) -> Source | None:
        """'the army', 'the military': the forces that the sentence tells of, else those that spoke last; None if none did."""
        if low not in FORCES or not words.lower().startswith("the "):
            return None
        told = self.namer.forces_told(sentence, span.start, names)
        if told:
            return Source(None, told[0], told[0], True, span, words=words) if len(told) == 1 else None
        near = [s for s in self.heard.spoken if span.start - s.span.start <= FORCES_REACH]
        last = next((s for s in reversed(near) if s.organisation and self._forces(s.organisation)), None)
        return replace(last, span=span, pronoun=True, words="") if last else None

    def _forces(self, body: str) -> bool:
        """Say whether a body is a country's forces as a whole or their general staff."""
        known = any(a.name == body and a.kind == "state_forces" for a in self.knowledge.actors)
        return known or body.lower().endswith(self.words.staffs)

    def _in_full(self, source: Source, span: Span) -> Source:
        """Return the fuller naming of a person now called by a surname alone, or without a title."""
        if source.speaker is None or not source.named or source.kind:
            return source
        own = source.speaker.lower().split()
        for spoken in reversed(self.heard.spoken):
            full = (spoken.speaker or "").lower().split() if spoken.named else []
            if len(full) > len(own) and full[-len(own) :] == own:
                return replace(spoken, span=span, pronoun=True)
        return source

    def _named(
        self, sentence: Sentence, start: int, words: str, low: str, inside: Sequence[Name], span: Span
    ) -> Source | None:
        """Name it by an organisation, a person or a kind of unnamed source."""
        organisation = self.namer.organisation(words, low, inside) or self._whose(sentence, words, low)
        kind = self.namer.kind(_beside(low, organisation, inside))
        person = self.namer.person(sentence, start, inside, organisation, span.end)
        speaker = person or (kind and self.namer.worded(words, kind))
        part = BODY_OF.match(low)
        office = OFFICE.search(part["whose"]) if part and organisation and organisation.lower() == low else None
        if office and not person:
            speaker, organisation = organisation, office.group(1)
        if organisation:
            return Source(
                speaker if speaker != organisation else None, organisation, organisation, True, span, kind, words=words
            )
        if person:
            return Source(person, None, person, True, span, kind, words=words)
        if kind:
            return Source(self.namer.worded(words, kind), None, kind, False, span, kind, words=words)
        country = next((n for n in inside if n.kind == "country" and n.text.lower() == low), None)
        return Source(country.canonical, None, country.canonical, True, span, words=words) if country else None

    def _unnamed(
        self,
        sentence: Sentence,
        start: int,
        words: str,
        low: str,
        inside: Sequence[Name],
        span: Span,
        names: Sequence[Name],
        *,
        sure: bool,
        strict: bool,
    ) -> Source | None:
        again = self._again(sentence, words, low, span, names)
        if again is not None:
            return again
        if self._container(low):
            whose = self._contained(sentence, words, low, inside, span, names)
            if whose is None and sure and re.match(r"(?:an?|one)\s", words.lower()):
                return Source(self.namer.worded(words, low), None, low, False, span, low, words=words)
            return whose
        head = re.split(r"\s(?:of|in|from|at|for|with|who)\s", low)[0].split()[-1]
        only_people = head in self.knowledge.lexicon.persons and head not in self.words.titles
        other = None if strict and only_people else self.namer.other(words, low, span)
        if other is None and sure and not strict and re.search(r"[a-z]", low):
            return Source(self.namer.worded(words, low), None, low, False, span, low, words=words)
        return other

    def _container(self, low: str) -> bool:
        """Say whether the words are of something said or written: 'a statement by ...', 'an army report'."""
        head = re.findall(r"[\w-]+", re.split(r"\s(?:by|from|of|in|on|for)\s|,", low)[0])
        return bool(head) and head[-1] in self.words.containers | self.words.claim_nouns

    def _maker(self, sentence: Sentence, start: int, words: str, span: Span, names: Sequence[Name]) -> Source | None:
        """Return whose statement it is by the words after it: the army's in 'a statement by the army'."""
        made = re.search(r"\b(?:by|from|of)\s+(?:the\s+)?", words)
        if made is None:
            return None
        offset = sentence.text.find(words, start - sentence.start)
        return self.source(sentence, sentence.start + offset + made.end(), span.end, names, strict=True)

    def _contained(
        self, sentence: Sentence, words: str, low: str, inside: Sequence[Name], span: Span, names: Sequence[Name]
    ) -> Source | None:
        """Return whose statement it is by the words before it: the rebels' in 'a rebel statement'."""
        parts = re.split(r"\s(?:by|from|of|in|on|for)\s|,", words)[0].split()
        owner = _OWNER.match(words)
        if owner:
            return self.source(sentence, span.start, span.start + owner.end("who"), names, strict=True)
        whose = [
            w
            for w in parts[:-1]
            if w.lower() not in self.words.container_adjectives
            and w.lower() not in self.words.containers
            and w.lower() not in ("the", "a", "an", "this", "that", "its", "their", "his", "her", "one")
        ]
        if not whose:
            return None
        if any(n.kind == "demonym" for n in inside) or parts[-1].lower() in self.words.inquiries:
            return Source(self.namer.worded(words, low), None, low, True, span, words=words)
        return Source(" ".join(whose), None, " ".join(whose).lower(), False, span, words=words)

    def _pronoun(self, sentence: Sentence, low: str, span: Span) -> Source | None:
        if low in _SPEECHLESS:
            return None
        last = self.heard.last(sentence.index, person=low in _HE, strict=low != "they")
        return replace(last, span=span, pronoun=True, words="") if last else None

    def _again(self, sentence: Sentence, words: str, low: str, span: Span, names: Sequence[Name]) -> Source | None:
        """'the official', 'the statement', 'the group', a surname: somebody who has spoken before."""
        parts = re.findall(r"[\w\u2019'-]+", low)
        if not parts:
            return None
        titled = parts[-1] in self.words.titles
        for spoken in reversed(self.heard.spoken):
            if not titled and spoken.speaker and parts[-1] in re.findall(r"[\w\u2019'-]+", spoken.speaker.lower()):
                return replace(spoken, span=span, pronoun=True, words="")
        if titled:
            for spoken in reversed(self.heard.spoken):
                if set(parts) <= self.words.in_full(spoken.words):
                    return replace(spoken, span=span, pronoun=True)
        definite = re.match(r"(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s|[A-Z]\w+$", words) is not None
        if parts[-1] in self.words.bodies and len(parts) == 1 and definite:
            last = self.heard.called(parts[-1])
            if last is None and (words[0].islower() or parts[-1] in self.words.armed_bodies):
                unarmed = parts[-1] in self.words.unarmed_bodies
                last = self.heard.body_nearby(sentence, names, span, unarmed=unarmed)
        elif parts[-1] in self.words.containers and definite and self._bare(parts):
            last = self.heard.last(sentence.index, person=False, strict=False)
        elif parts[-1] in self.words.again and len(parts) == 1 and definite:
            last = self.heard.spoken[-1] if self.heard.spoken else None
        else:
            return None
        return replace(last, span=span, pronoun=True, words="") if last else None

    def _bare(self, parts: Sequence[str]) -> bool:
        return all(p in self.words.container_adjectives or p in self.words.containers for p in parts)

    def _whose(self, sentence: Sentence, words: str, low: str) -> str | None:
        """Return the body of 'its spokesman'."""
        office = re.split(r"\s(?:of|in|for|from|at)\s|,", low)[0].split()
        titled = office[-1] in self.words.titles or not self.words.titles.isdisjoint(office[:2])
        if not re.match(r"(?:its|their)\s", words.lower()) or not titled:
            return None
        last = self.heard.last(sentence.index, person=False)
        return last.organisation if last else None


def _beside(low: str, organisation: str | None, inside: Sequence[Name]) -> str:
    """Return the words beside an organisation's name: the doctors of 'Doctors Without Borders' are no medics."""
    if organisation is None:
        return low
    called = {organisation.lower(), *(n.text.lower() for n in inside if n.canonical == organisation)}
    for name in sorted(called, key=len, reverse=True):
        low = low.replace(name, " ")
    return low
