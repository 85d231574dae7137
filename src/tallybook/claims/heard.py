"""Who spoke in a report so far, and who was told of, so that 'he', 'it' or 'the group' finds them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from tallybook.claims.dateline import dateline_end
from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.source import OUTLET, Source
from tallybook.claims.speech_words import SpeechWords
from tallybook.model.span import Span

ARMED = ("state_forces", "rebel", "militia", "external")
"""Kinds of actors that bear arms."""
_PLACE = re.compile(r"\s(?:of|in|from|at|for|with|who)\s|,")
REMEMBERED = 60
"""Speakers kept in mind: a report has fewer; long lists stay linear."""
TOLD_REACH = 2
"""Sentences back to somebody who was told of without speaking: 'The toll was given by Ivo Marn. He said ...'."""
SPOKE = -1
"""Stands for the sentence of somebody who spoke: they are found from anywhere."""


class Heard:
    """Remembers the sources of one document, in order."""

    def __init__(self, words: SpeechWords) -> None:
        self.words = words
        self.spoken: deque[Source] = deque(maxlen=REMEMBERED)
        self._told: deque[tuple[int, Source]] = deque(maxlen=REMEMBERED)
        self._names: Sequence[Name] = ()
        self._names_start, self._since = 0, 0
        self._named_before: Source | None = None
        self._armed: set[str] = set()

    def spoke(self, source: Source) -> None:
        """Remember that `source` spoke."""
        if source.kind == OUTLET:
            return
        if not source.pronoun:
            self.spoken.append(source)
            self._told.append((SPOKE, source))
        elif self._told and self._told[-1][1].claimants != source.claimants:
            self._told.append((SPOKE, source))

    def told_of(self, sentence: Sentence, source: Source) -> None:
        """Remember that a sentence told of `source`."""
        self._told.append((sentence.index, source))

    def last(self, at: int, *, person: bool, strict: bool = True) -> Source | None:
        """Return who was last heard, or told of nearby: a person, or a body. Without `strict` anybody will do."""
        for told, source in reversed(self._told):
            if told >= 0 and at - told > TOLD_REACH:
                continue
            if (self._person(source) if person else self._body(source)) or not strict:
                return source
        return self.spoken[-1] if self.spoken else None

    def _person(self, source: Source) -> bool:
        """Say whether 'he' or 'she' may be a source: it has a name, or a title, 'an army spokeswoman'."""
        return bool(source.speaker) or bool(_head(source) & self.words.titles)

    def _body(self, source: Source) -> bool:
        """Say whether 'it' may be a source: a body, by its name or by its last word, 'the U.S. command'."""
        alone = source.speaker and source.named and " " not in source.speaker
        return bool(source.organisation or alone or _head(source) & (self.words.heads | self.words.bodies))

    def begin(self, sentence: Sentence, names: Sequence[Name]) -> None:
        """Say that `sentence` comes next."""
        self._named_before = body_before(Span(sentence.start, sentence.start), self._names)
        self._since = self._names_start
        self._names, self._names_start = _without_dateline(sentence, names), sentence.start
        self._armed |= {n.canonical for n in names if n.actor is not None and n.actor.kind in ARMED}

    def body_nearby(self, sentence: Sentence, names: Sequence[Name], span: Span, *, unarmed: bool) -> Source | None:
        """Return the body named before `span`, or told of or heard last; else one named in the sentence before; else any heard before.

        `unarmed` passes over those that bear arms.
        """
        near = [s for at, s in self._told if s.organisation and (s.span.start >= self._since or at == sentence.index)]
        meant = (body_before(span, _without_dateline(sentence, names)), *reversed(near), self._named_before,
                 self.last(sentence.index, person=False))  # fmt: skip
        return next((s for s in meant if s is not None and not (unarmed and s.organisation in self._armed)), None)

    def called(self, noun: str) -> Source | None:
        """Return the body heard last whose own name has the noun: the health ministry of 'the ministry'; None if none has."""
        named = (s for _, s in reversed(self._told) if s.organisation and noun in s.organisation.lower().split())
        return next(named, None)


def _without_dateline(sentence: Sentence, names: Sequence[Name]) -> Sequence[Name]:
    """Return the names of a sentence after its dateline: 'CAIRO - ...'."""
    opens = dateline_end(sentence)
    return [n for n in names if n.start >= opens]


def _head(source: Source) -> set[str]:
    """Return the last word of who a source is, before 'of', 'in' or 'for', in a set; empty where nothing is."""
    return set(re.findall(r"[\w-]+", _PLACE.split(source.words.lower())[0])[-1:])


def body_before(span: Span, names: Sequence[Name]) -> Source | None:
    """Return the last body named in the sentence before `span`: NATO of 'a NATO soldier died, the alliance said'."""
    before = [n for n in names if n.end <= span.start and (n.kind in ("actor", "organisation") or n.text.isupper())]
    name = max(before, key=lambda n: n.start, default=None)
    return Source(None, name.canonical, name.canonical, True, span, words=name.text) if name else None
