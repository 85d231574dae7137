"""Who says so: the sources of a sentence and the words they own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.source import Source
from tallybook.claims.source_names import Speakers
from tallybook.claims.speech_words import SpeechWords
from tallybook.claims.statements import Statement
from tallybook.claims.statements_by_verb import VerbStatements
from tallybook.claims.statements_by_words import WordStatements
from tallybook.knowledge import Knowledge
from tallybook.model.span import Span

__all__ = ["Attribution", "Source", "Sources", "SpeechWords", "owner"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source and the stretch of the sentence that it owns."""

    source: Source
    start: int
    end: int
    cue: Span
    verb: str
    deny: bool = False
    confirm: bool = False
    relay: tuple[str, ...] = ()


class Sources:
    """Find sources in one document, in order; remembers who spoke last."""

    def __init__(self, knowledge: Knowledge, words: SpeechWords) -> None:
        self.words = words
        self.speakers = Speakers(knowledge, words)
        self.grammar, self.patterns = VerbStatements(words), WordStatements(words)

    @property
    def country(self) -> str | None:
        """The report's country, which tells 'the army' of one from that of another."""
        return self.speakers.country

    @country.setter
    def country(self, country: str | None) -> None:
        self.speakers.country = country

    def of_sentence(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """Return the attributions of one sentence; call once a sentence, in order."""
        self.speakers.heard.begin(sentence, names)
        asides = [*self.patterns.asides(sentence)]
        taken = {f.cue for f in asides}
        found = [
            *asides,
            *(f for f in self.grammar.by_verb(sentence) if f.cue not in taken),
            *self.patterns.bare(sentence),
            *self.grammar.by_quoting(sentence),
            *self.patterns.by_preposition(sentence),
            *self.patterns.by_count(sentence),
            *self.patterns.by_tally(sentence),
            *self.patterns.told_by(sentence),
            *self.grammar.by_claim_noun(sentence),
            *self.patterns.by_label(sentence),
            *self.patterns.by_opening(sentence),
            *self.patterns.in_brackets(sentence),
        ]
        found = _in_full(found)
        told = self.grammar.told_of(sentence)
        named: list[Attribution] = []
        for item in sorted([*found, *told], key=lambda f: (f.who, f.start, f.end)):
            if item.verb == "":
                self.speakers.told_of(sentence, *item.who, names)
                continue
            made = self._named(sentence, item, names)
            if made is not None:
                named.append(made)
                self.speakers.heard.spoke(made.source)
        unique = {(a.source.span, a.start, a.end): a for a in named}
        result = sorted(unique.values(), key=lambda a: (a.cue.start, a.end - a.start))
        return _nested(_cited(result, self.words))

    def _named(self, sentence: Sentence, found: Statement, names: Sequence[Name]) -> Attribution | None:
        source = self.speakers.source(sentence, *found.who, names, sure=found.sure, strict=found.strict)
        if source is None or not self._may_label(found, source):
            return None
        verb = found.verb
        return Attribution(
            source, found.start, found.end, found.cue, verb, verb in self.words.deny, verb in self.words.confirm
        )

    def _may_label(self, found: Statement, source: Source) -> bool:
        office = set(re.findall(r"[\w-]+", source.words.lower())) & (self.words.titles | self.words.heads)
        return found.verb != "label" or found.sure or bool(source.organisation or source.kind or office)


def _in_full(found: Sequence[Statement]) -> list[Statement]:
    """'according to the office of Kessa, which also counts': the office counts, not the name right before 'which'."""
    named = [f for f in found if f.cue.end <= f.who[0]]
    return [
        next((replace(f, who=n.who) for n in named if n.who[0] < f.who[0] and f.who[1] <= n.who[1] < f.cue.start), f)
        for f in found
    ]


def _cited(found: Sequence[Attribution], words: SpeechWords) -> list[Attribution]:
    """'Kessa Post, citing the police, reported': the police, through the Post. 'A doctor quoted by the Post said': likewise."""
    kept = list(found)
    for cited in found:
        others = [a for a in kept if a is not cited and a.verb not in words.citing | words.cited | {"label"}]
        host = min(others, key=lambda a: (abs(a.cue.start - cited.cue.start), a.cue.start), default=None)
        if host is None:
            continue
        relay = cited.source.claimants
        if cited.verb in words.cited:
            kept = [replace(a, relay=(*a.relay, *relay)) if a is host else a for a in kept if a is not cited]
        elif cited.verb in words.citing:
            through = replace(cited, start=host.start, end=host.end, relay=(*host.source.claimants, *host.relay))
            kept = [through if a is cited else a for a in kept if a is not host]
    return kept


def _nested(found: Sequence[Attribution]) -> list[Attribution]:
    """'The army said the rebels claimed ...': the rebels, through the army."""
    kept = []
    for inner in found:
        outer = [a for a in found if a is not inner and not a.deny and a.verb != "label"
                 and a.start <= inner.source.span.start and inner.end <= a.end and a.cue.start < inner.cue.start
                 and a.source.claimants != inner.source.claimants and inner.start >= a.start]  # fmt: skip
        through = tuple(dict.fromkeys(n for a in outer for n in a.source.claimants))
        kept.append(replace(inner, relay=(*inner.relay, *through)) if through else inner)
    return kept


def owner(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """Return the attribution that owns the words `start`..`end`: the narrowest that holds them; None if none does."""
    holding = [a for a in attributions if a.start <= start and end <= max(a.end, a.start) + 1]
    return min(holding, key=lambda a: (a.end - a.start, a.cue.start)) if holding else None
