"""Who says so: the sources of a sentence and the words they own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.saying import (
    agent,
    content,
    is_phrase,
    other_speech,
    phrase,
    subject,
    turn_after,
    turn_before,
    window,
)
from tallybook.claims.source_names import Source, Speakers
from tallybook.claims.speech_words import SpeechWords
from tallybook.knowledge import Knowledge
from tallybook.model.span import Span

__all__ = ["Attribution", "Source", "Sources", "SpeechWords", "owner"]

LONGEST_SENTENCE = 1_200
"""Longest sentence, in characters, searched for asides; longer ones are lists."""
SHORT_SENTENCE = 160
"""Longest sentence, in characters, that may only name who said the one before."""

_COUNTED = re.compile(
    r"\b(?:killed|injured|wounded|dead|deaths?|arrest\w*|detained|displaced|missing|civilians?|casualties|total|were|was|are|is|had|have|died)\b",
    re.IGNORECASE,
)
"""Words of a table's row: 'Civilians injured: 41' names no source."""

_MEDICAL = frozenset({"hospital", "hospitals", "clinic", "morgue", "mortuary", "medics", "doctors", "medical"})
_RECEIVE = frozenset({"received", "treated", "admitted", "receives", "treating", "took"})
_ACCUSED = frozenset({"accused", "suspected"})
_CITING = frozenset({"citing", "quoting"})
_CITED = frozenset({"quoted by", "cited by"})
_HEARD = frozenset({"believed", "thought", "feared"})


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement before its source is named: the source's words, what it owns, and how sure it is."""

    who: tuple[int, int]
    start: int
    end: int
    cue: Span
    verb: str
    sure: bool = False
    strict: bool = False


class Sources:
    """Find sources in one document, in order; remembers who spoke last."""

    def __init__(self, knowledge: Knowledge, words: SpeechWords) -> None:
        self.words = words
        self.speakers = Speakers(knowledge, words)

    @property
    def country(self) -> str | None:
        """The report's country, which tells 'the army' of one from that of another."""
        return self.speakers.country

    @country.setter
    def country(self, country: str | None) -> None:
        self.speakers.country = country

    def of_sentence(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """Return the attributions of one sentence; call once a sentence, in order."""
        self.speakers.begin(sentence, names)
        asides = [*self._asides(sentence)]
        taken = {f.cue for f in asides}
        found = [
            *asides,
            *(f for f in self._by_verb(sentence) if f.cue not in taken),
            *self._bare(sentence),
            *self._by_quoting(sentence),
            *self._by_preposition(sentence),
            *self._by_count(sentence),
            *self._by_claim_noun(sentence),
            *self._by_label(sentence),
            *self._by_opening(sentence),
            *self._in_brackets(sentence),
        ]
        told = self._told_of(sentence)
        named: list[Attribution] = []
        for item in sorted([*found, *told], key=lambda f: (f.who, f.start, f.end)):
            if item.verb == "":
                self.speakers.told_of(sentence, *item.who, names)
                continue
            made = self._named(sentence, item, names)
            if made is not None:
                named.append(made)
                self.speakers.heard(made.source)
        unique = {(a.source.span, a.start, a.end): a for a in named}
        result = sorted(unique.values(), key=lambda a: (a.cue.start, a.end - a.start))
        return _nested(_cited(result))

    def _named(self, sentence: Sentence, found: _Found, names: Sequence[Name]) -> Attribution | None:
        source = self.speakers.source(sentence, *found.who, names, sure=found.sure, strict=found.strict)
        if source is None or not self._may_label(found, source):
            return None
        verb = found.verb
        return Attribution(
            source, found.start, found.end, found.cue, verb, verb in self.words.deny, verb in self.words.confirm
        )

    def _may_label(self, found: _Found, source: Source) -> bool:
        office = set(re.findall(r"[\w-]+", source.words.lower())) & (self.words.titles | self.words.heads)
        return found.verb != "label" or found.sure or bool(source.organisation or source.kind or office)

    def _told_of(self, sentence: Sentence) -> list[_Found]:
        """Return the subjects of what the sentence itself tells, and who did what it tells in the passive; they may speak next."""
        found = []
        for i, token in enumerate(sentence.tokens):
            before = token.dep == "ccomp" and i < token.head and sentence.tokens[token.head].dep == "ROOT"
            if (token.head == i or before) and token.tag.startswith("V"):
                for head in (subject(sentence, i, self.words), agent(sentence, i)):
                    if head is not None:
                        who = phrase(sentence, head, self.words)
                        found.append(_Found(who, 0, 0, Span(token.start, token.end), ""))
        return found

    def _asides(self, sentence: Sentence) -> Iterator[_Found]:
        """'..., the ministry said on Monday, ...': the clause around it is that source's, whatever the parse."""
        if len(sentence.text) > LONGEST_SENTENCE:
            return
        matches = list(self.words.aside.finditer(sentence.text))
        inverted = None if matches else self.words.inverted.search(sentence.text)
        for match in [*matches, *([inverted] if inverted else [])]:
            if match is inverted and self._has_subject(sentence, sentence.start + match.start("verb")):
                continue
            who = (sentence.start + match.start("src"), sentence.start + match.end("src"))
            cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            if self._has_clause(sentence, cue.start) or not is_phrase(sentence, *who):
                continue
            at, after = sentence.start + match.start(), sentence.start + match.end()
            yield _Found(who, *self._around(sentence, at, after), cue, match["verb"].lower(), sure=True)

    def _bare(self, sentence: Sentence) -> Iterator[_Found]:
        """'Ivo Marn said on Monday.': a sentence that says nothing else ends the one before, which the parser cut."""
        match = self.words.bare.fullmatch(sentence.text) if len(sentence.text) < SHORT_SENTENCE else None
        if match and is_phrase(sentence, sentence.start, sentence.start + match.end("src")):
            cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
            who = (sentence.start, sentence.start + match.end("src"))
            yield _Found(who, sentence.start, sentence.start, cue, "bare")

    def _has_subject(self, sentence: Sentence, at: int) -> bool:
        """Say whether the verb at `at` has its subject before it: then no source follows it. 'Said' takes no object."""
        k = sentence.token_at(at)
        if k is None or sentence.tokens[k].lower in ("said", "says"):
            return False
        return any(c < k and sentence.tokens[c].dep == "nsubj" for c in sentence.tokens[k].children)

    def _has_clause(self, sentence: Sentence, at: int) -> bool:
        """Say whether the verb at `at` has a clause of its own after it: then it is no aside."""
        k = sentence.token_at(at)
        if k is None:
            return False
        return any(c > k and sentence.tokens[c].dep == "ccomp" and sentence.tokens[c].lower not in _HEARD
                   and any(sentence.tokens[m].dep == "mark" for m in sentence.tokens[c].children)
                   for c in sentence.tokens[k].children)  # fmt: skip

    def _around(self, sentence: Sentence, at: int, after: int) -> tuple[int, int]:
        """Return the clause that an aside at `at`..`after` stands in: before it, and after it if a comma goes on."""
        reach = window(sentence, at)
        k = sentence.token_at(at + 1) or 0
        alone = not other_speech(sentence, k, self.words, at, after)
        start = reach.start if alone else turn_before(sentence, reach.start, at)
        rest = sentence.text[after - sentence.start : reach.end - sentence.start]
        goes_on = re.match(r"\s*(?:,|\u2014|--)\s*\S", rest) is not None
        return start, turn_after(sentence, after, reach.end) if goes_on else at

    def _by_preposition(self, sentence: Sentence) -> Iterator[_Found]:
        for match in self.words.preposition.finditer(sentence.text):
            cue = match["cue"].lower()
            if cue == "per" and not (match["cue"][0] == "P" or re.match(r"[A-Z]", sentence.text[match.end() :])):
                continue
            start = sentence.start + match.end()
            end = self._phrase_end(sentence, start)
            at = sentence.start + match.start()
            span = Span(at, sentence.start + match.end("cue"))
            reach = window(sentence, at)
            before = sentence.text[reach.start - sentence.start : match.start()].strip(" \u201c\"'\u2018-*\u2022")
            goes_on = sentence.text[end - sentence.start : reach.end - sentence.start].startswith(",")
            if not before:
                yield _Found((start, end), min(end + 1, sentence.end), reach.end, span, cue, sure=True)
                continue
            first = turn_before(sentence, reach.start, at)
            last = turn_after(sentence, end, reach.end) if goes_on and before.endswith(",") else at
            yield _Found((start, end), first, last, span, cue, sure=True)

    def _by_count(self, sentence: Sentence) -> Iterator[_Found]:
        """'By the army's count, ...'."""
        for match in self.words.by_count.finditer(sentence.text):
            who = (sentence.start + match.start("src"), sentence.start + match.end("src"))
            at = sentence.start + match.start()
            if is_phrase(sentence, *who):
                reach = window(sentence, at)
                yield _Found(who, reach.start, reach.end, Span(at, sentence.start + match.end()), "by")

    def _phrase_end(self, sentence: Sentence, start: int) -> int:
        """Return where the source's noun phrase ends: at a stop, a verb or a comma that opens something else."""
        rest = sentence.text[start - sentence.start :]
        quoted = re.match(r"(?:the\s+)?[\u201c\"][A-Z][^\u201c\u201d\"]{2,50}[\u201d\"]", rest)
        if quoted:
            return start + quoted.end()
        stop = re.search(
            r"[;:\u201c\u201d\"(\u2014]|\.(?:\s|$)|,(?!\s+(?:an?|the)\s+\w+\s+(?:of|in|from|for|at)\b)|\s(?:who|which|that|said|says|told|were|was|has|have|had|is|are|as|on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
            rest,
        )
        end = stop.start() if stop else len(rest)
        named = re.match(
            r",\s+(?:[A-Z][\w.]*\s+)*[A-Z][\w.\u2019'-]+(?=\s*(?:[,.;]|$|\s(?:said|on|in|at)\b))", rest[end:]
        )
        if named and set(re.findall(r"[\w-]+", rest[:end].lower())) & self.words.titles:
            end += named.end()
        return start + end

    def _by_verb(self, sentence: Sentence) -> Iterator[_Found]:
        for i, token in enumerate(sentence.tokens):
            if not token.tag.startswith("V") or (token.tag == "VBG" and token.dep != "advcl"):
                continue
            if not self._tells(sentence, i):
                continue
            if any(sentence.tokens[c].dep == "auxpass" for c in token.children):
                yield from self._by_agent(sentence, i)
                continue
            head = subject(sentence, i, self.words)
            owned = content(sentence, i, head, self.words) if head is not None else None
            if head is None or owned is None:
                continue
            who = phrase(sentence, head, self.words)
            only_receives = token.lower in _RECEIVE and token.lower not in self.words.verbs
            if only_receives and not _MEDICAL & set(re.findall(r"\w+", self._text(sentence, who).lower())):
                continue
            if owned[1] <= token.end and sentence.text[token.end - sentence.start :].startswith(","):
                owned = (owned[0], window(sentence, token.start).end)
            clause = any(c > i and sentence.tokens[c].dep == "ccomp" for c in token.children)
            sure = token.lower in self.words.telling and clause
            strict = token.lower in self.words.revise and token.lower not in self.words.verbs
            yield _Found(who, *owned, Span(token.start, token.end), token.lower, sure=sure, strict=strict)

    def _tells(self, sentence: Sentence, i: int) -> bool:
        words, verb = self.words, sentence.tokens[i].lower
        if verb in words.verbs or verb in words.deny:
            return True
        if verb in _RECEIVE:
            return not self._is_told(sentence, i)
        if verb in words.with_clause:
            return self._has_clause(sentence, sentence.tokens[i].start)
        of_toll = any(t.lower in words.tolls for t in sentence.tokens[i + 1 : i + 6])
        at = any(sentence.tokens[c].lower in ("at", "as") for c in sentence.tokens[i].children)
        return (verb in words.revise and of_toll) or (verb in words.put and (of_toll or at))

    def _is_told(self, sentence: Sentence, i: int) -> bool:
        """Say whether the verb stands in what another verb tells: 'a doctor said the hospital had received'."""
        token = sentence.tokens[i]
        return token.dep == "ccomp" and sentence.tokens[token.head].lower in self.words.telling

    def _by_quoting(self, sentence: Sentence) -> Iterator[_Found]:
        """'The Post quoted the mayor as saying ...', 'the mayor was quoted as saying ...': the mayor, through the Post."""
        tokens = sentence.tokens
        for token in tokens:
            preposition = tokens[token.head]
            if token.dep != "pcomp" or preposition.lower != "as" or token.tag != "VBG":
                continue
            verb = tokens[preposition.head]
            if verb.lower not in ("quoted", "cited", "quotes", "cites"):
                continue
            roles = {tokens[c].dep: c for c in verb.children}
            said = roles.get("nsubjpass", roles.get("dobj"))
            if said is None:
                continue
            cue = Span(token.start, token.end)
            reach = window(sentence, token.start)
            yield _Found(phrase(sentence, said, self.words), token.end, reach.end, cue, token.lower, sure=True)
            if "nsubj" in roles and "dobj" in roles:
                who = phrase(sentence, roles["nsubj"], self.words)
                yield _Found(who, verb.start, verb.end, Span(verb.start, verb.end), "quoted by", sure=True)

    def _by_agent(self, sentence: Sentence, verb: int) -> Iterator[_Found]:
        """'Twelve deaths were reported by the clinic.'"""
        token, head = sentence.tokens[verb], agent(sentence, verb)
        reach = window(sentence, token.start)
        if head is not None and token.lower in _ACCUSED:
            name = sentence.tokens[head]
            yield _Found((name.start, name.end), name.end, reach.end, Span(token.start, token.end), token.lower)
        if head is None or token.lower not in self.words.issue:
            return
        who = phrase(sentence, head, self.words)
        first = turn_before(sentence, reach.start, token.start)
        last = turn_after(sentence, who[1], reach.end)
        yield _Found(who, first, last, Span(token.start, token.end), token.lower)

    def _by_claim_noun(self, sentence: Sentence) -> Iterator[_Found]:
        """'a claim by the rebels that twelve soldiers died', 'the rebels' claim that ...'."""
        for i, token in enumerate(sentence.tokens):
            if token.lower not in self.words.claim_nouns:
                continue
            by = next((c for c in token.children if c > i and sentence.tokens[c].lower in ("by", "from", "of")), None)
            if i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].lower in ("by", "from"):
                by = i + 1
            maker = by is not None and next((c for c in sentence.tokens[by].children if c > by), None)
            owner = maker or next((c for c in token.children if sentence.tokens[c].dep == "poss"), None)
            clauses = [i, *(sentence.subtree(by) if by is not None else ())]
            that = next((c for k in clauses for c in sentence.tokens[k].children
                         if c > i and sentence.tokens[c].dep in ("acl", "ccomp", "relcl")
                         and any(sentence.tokens[m].lower in ("that", "have") for m in sentence.tokens[c].children)), None)  # fmt: skip
            if owner is None or that is None:
                continue
            inside = sentence.subtree(that)
            first, last = sentence.tokens[min(inside)].start, sentence.tokens[max(inside)].end
            held = sentence.subtree(owner) - inside
            who = (sentence.tokens[min(held)].start, sentence.tokens[max(held)].end)
            if owner is not maker:
                who = (who[0], sentence.tokens[owner].end)
            yield _Found(who, first, last, Span(token.start, token.end), token.lower, strict=True)

    def _by_opening(self, sentence: Sentence) -> Iterator[_Found]:
        """'Provincial health office: 12 bodies recovered': a line that opens with its source."""
        match = re.match(r"\W*(?:\d\S*\s+)?\W*(?P<src>[^:.,;()|]{4,60}):\s+(?=\S)", sentence.text)
        if match is None or _COUNTED.search(match["src"]):
            return
        start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
        yield _Found((start, end), end, sentence.end, Span(start, end), "label")

    def _in_brackets(self, sentence: Sentence) -> Iterator[_Found]:
        """'30 injured (source: lawyers' network)', '26 killed (health ministry)'."""
        first = sentence.start
        for match in re.finditer(
            r"\(\s*(?P<tag>(?:re)?sources?\s*:\s*|(?:according to|per)\s+)?(?P<src>[^():;,\d]{4,60})\s*[;)]",
            sentence.text,
            re.IGNORECASE,
        ):
            if not match["tag"] and match["src"].isupper() and not sentence.shouted:
                continue
            start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
            yield _Found(
                (start, end), first, sentence.start + match.start(), Span(start, end), "label", sure=bool(match["tag"])
            )
            first = end + 1

    def _by_label(self, sentence: Sentence) -> Iterator[_Found]:
        """'11 killed in Torrek: police', '- army says': a headline's source stands at its end or start."""
        line = sentence.first and len(sentence.text) < SHORT_SENTENCE and sentence.text[-1:].isalnum()
        if sentence.kind not in ("heading", "title") and not line:
            return
        match = re.search(
            r"(?:[:\u2013\u2014]|\s-)\s*(?P<src>(?:(?!\s-\s)[^:\u2013\u2014]){3,45})$|,\s+(?P<say>[^,]{3,40}?)\s+(?:says?|said|claims?|reports?)$",
            sentence.text,
        )
        if match is None:
            return
        group = "src" if match["src"] else "say"
        start, end = sentence.start + match.start(group), sentence.start + match.end(group)
        yield _Found((start, end), sentence.start, start, Span(start, end), "label")

    def _text(self, sentence: Sentence, who: tuple[int, int]) -> str:
        return sentence.text[who[0] - sentence.start : who[1] - sentence.start]


def _cited(found: Sequence[Attribution]) -> list[Attribution]:
    """'Kessa Post, citing the police, reported': the police, through the Post. 'A doctor quoted by the Post said': likewise."""
    kept = list(found)
    for cited in found:
        others = [a for a in kept if a is not cited and a.verb not in _CITING | _CITED | {"label"}]
        host = min(others, key=lambda a: (abs(a.cue.start - cited.cue.start), a.cue.start), default=None)
        if host is None:
            continue
        relay = cited.source.claimants
        if cited.verb in _CITED:
            kept = [replace(a, relay=(*a.relay, *relay)) if a is host else a for a in kept if a is not cited]
        elif cited.verb in _CITING:
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
