"""Who says so: the sources of a sentence, the words they own, and who 'he' or 'the statement' is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.knowledge import Knowledge
from tallybook.knowledge.inflect import verb_forms
from tallybook.model.span import Span

MAX_SOURCE_WORDS = 22
"""Longest noun phrase taken for a source, in words; longer ones were misparses on polnear dev."""

LONGEST_SENTENCE = 1_200
"""Longest sentence, in characters, searched for a closing source; longer ones are lists."""

_PLACED = re.compile(r"\b(?:of|in|from|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
"""'residents of Sarno': a name after these is where a source lives, not the source."""
_COUNTED = re.compile(
    r"\b(?:killed|injured|wounded|dead|deaths?|arrest\w*|detained|displaced|missing|civilians?|casualties|total|were|was|are|is|had|have|died)\b",
    re.IGNORECASE,
)
"""Words of a table's row: 'Civilians injured: 41' names no source."""

_MEDICAL = frozenset({"hospital", "hospitals", "clinic", "morgue", "mortuary", "medics", "doctors"})
_RECEIVE = frozenset({"received", "treated", "admitted", "receives", "treating", "took"})


@dataclass(frozen=True, slots=True)
class Source:
    """One source as a report names it."""

    speaker: str | None  # a person or unnamed kind, as worded
    organisation: str | None  # canonical name of who is spoken for
    origin: str  # the organisation, or the kind of unnamed source
    named: bool
    span: Span
    kind: str | None = None  # kind of unnamed source
    pronoun: bool = False
    words: str = ""  # the whole phrase that names it

    @property
    def claimants(self) -> tuple[str, ...]:
        """Return the speaker and the organisation spoken for, organisation last."""
        return tuple(dict.fromkeys(n for n in (self.speaker, self.organisation) if n))


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
    hedge: bool = False
    relay: tuple[str, ...] = ()
    whole: bool = False  # owns the whole sentence, quotes and all


_WHEN = (
    r"(?:,?\s+(?:here\b|(?:late\s+|early\s+)?(?:on\s+|late\s+)?(?:\w+day|yesterday|today)(?:\s+(?:night|evening|morning))?"
    r"|(?:in|at|on|by|to|via|during|over)\s+[^,;\u201c\u201d\"]{2,60}))*"
)


class SpeechWords:
    """The lexicon's words of speech in every form; compiled once and shared by all documents."""

    def __init__(self, speech: Mapping[str, Any]) -> None:
        self.verbs = frozenset(_forms(speech["verbs"]))
        self.put = frozenset(_forms(speech["put_verbs"]))
        self.deny = frozenset(_forms(speech["deny_verbs"]))
        self.confirm = frozenset(_forms(speech["confirm_verbs"]))
        self.revise = frozenset(_forms(speech["revise_verbs"]))
        self.tolls = frozenset(speech["tolls"])
        self.unnamed: dict[str, str] = {word: kind for kind, words in speech["unnamed"].items() for word in words}
        self.heads = frozenset(speech["organisation_heads"])
        self.titles = frozenset(speech["titles"])
        self.containers = frozenset(speech["containers"])
        joined = "|".join(re.escape(p) for p in sorted(speech["prepositions"], key=len, reverse=True))
        self.preposition = re.compile(rf"\b(?P<cue>{joined})\s+", re.IGNORECASE)
        told = "|".join(sorted(map(re.escape, self.verbs - {"read", "set"}), key=len, reverse=True))
        self.closing = re.compile(
            rf"[,\u201d\"]\s+(?P<src>(?!of\b|in\b|and\b|but\b)(?![^,]*\b(?:who|which|that|when|where|after|as|were|was|saw|told)\b)[^,;\u201c\u201d\"]{{3,110}}?)\s+(?:(?:has|have|had|also)\s+)?(?P<verb>{told}){_WHEN}\s*[.)]*\s*$"
        )
        self.inverted = re.compile(
            rf"[,\u201d\"]\s+(?P<verb>said|says|reported|told)\s+(?P<src>(?!that\b|it\b|in\b|on\b|[^,.]*\b(?:that|had|have|were|was)\b)[^;\u201c\u201d\"]{{3,110}}?){_WHEN}\s*[.)]*\s*$"
        )


def _forms(verbs: Iterable[str]) -> Iterator[str]:
    return (form for verb in verbs for forms in verb_forms(verb).values() for form in forms)


class Sources:
    """Find sources in one document, in order; remembers who spoke last."""

    def __init__(self, knowledge: Knowledge, words: SpeechWords) -> None:
        self.knowledge = knowledge
        self.words = words
        self.country: str | None = None
        self.spoken: list[Source] = []

    def of_sentence(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """Return the attributions of one sentence; call once a sentence, in order."""
        found = [
            *self._by_preposition(sentence, names),
            *self._by_verb(sentence, names),
            *self._by_label(sentence, names),
            *self._by_opening(sentence, names),
            *self._in_brackets(sentence, names),
        ]
        closing = self._by_closing(sentence, names)
        if closing is not None:
            found = [a for a in found if a.cue != closing.cue]
            found.append(closing)
        unique = {(a.source.span, a.start, a.end): a for a in found}
        result = sorted(unique.values(), key=lambda a: (a.cue.start, a.end - a.start))
        for attribution in result:
            if not attribution.source.pronoun:
                self.spoken.append(attribution.source)
        return result

    def _by_closing(self, sentence: Sentence, names: Sequence[Name]) -> Attribution | None:
        """A sentence that ends in ', the ministry said on Monday.' is that source's, whatever the parse."""
        if len(sentence.text) > LONGEST_SENTENCE:
            return None
        match = self.words.closing.search(sentence.text) or self.words.inverted.search(sentence.text)
        if match is None:
            return None
        start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
        source = self.source(sentence, start, end, names)
        if source is None:
            return None
        cue = Span(sentence.start + match.start("verb"), sentence.start + match.end("verb"))
        verb = match["verb"].lower()
        return Attribution(
            source,
            sentence.start,
            sentence.start + match.start(),
            cue,
            verb,
            verb in self.words.deny,
            verb in self.words.confirm,
        )

    def _by_preposition(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        found = []
        for match in self.words.preposition.finditer(sentence.text):
            cue = match["cue"].lower()
            if cue == "per" and not re.match(r"[A-Z]", sentence.text[match.end() :]):
                continue
            start = sentence.start + match.end()
            end = self._phrase_end(sentence, start)
            source = self.source(sentence, start, end, names)
            if source is None:
                continue
            opens = sentence.text[: match.start()].strip(" \u201c\"'\u2018-*\u2022") == ""
            content = (
                (min(end + 1, sentence.end), sentence.end)
                if opens
                else (self._clause_start(sentence, match.start()), sentence.start + match.start())
            )
            span = Span(sentence.start + match.start("cue"), sentence.start + match.end("cue"))
            found.append(Attribution(source, content[0], content[1], span, cue, whole=opens))
        return found

    def _clause_start(self, sentence: Sentence, at: int) -> int:
        cut = max(
            (m.end() for m in re.finditer(r";\s|\bwhile\s|\bbut\s|\balthough\s|\bwhereas\s", sentence.text[:at])),
            default=0,
        )
        return sentence.start + cut

    def _phrase_end(self, sentence: Sentence, start: int) -> int:
        """Return where the source's noun phrase ends: at a stop, a verb or a comma that opens something else."""
        rest = sentence.text[start - sentence.start :]
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

    def _by_verb(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        found = []
        for i, token in enumerate(sentence.tokens):
            if not token.tag.startswith("V") or (token.tag == "VBG" and token.dep not in ("advcl",)):
                continue
            if (
                token.lower not in self.words.verbs
                and token.lower not in self.words.put
                and token.lower not in self.words.deny
                and token.lower not in _RECEIVE
                and not (token.lower in self.words.revise and self._of_toll(sentence, i))
            ):
                continue
            subject = self._subject(sentence, i)
            if subject is None or any(sentence.tokens[c].dep == "auxpass" for c in token.children):
                continue
            inside = sentence.subtree(subject)
            start, end = sentence.tokens[min(inside)].start, sentence.tokens[max(inside)].end
            start, end = self._trimmed(sentence, subject, start, end)
            source = self.source(sentence, start, end, names)
            if source is None:
                continue
            if (
                token.lower in _RECEIVE
                and token.lower not in self.words.verbs
                and not (
                    _MEDICAL
                    & set(re.findall(r"\w+", sentence.text[start - sentence.start : end - sentence.start].lower()))
                )
            ):
                continue
            content = self._content(sentence, i, subject, end)
            if content is None:
                continue
            if content[1] <= token.end and sentence.text[token.end - sentence.start :].startswith(","):
                content = (content[0], self._to_end(sentence, i, token.end))
            whole = sentence.tokens[i].dep in ("ROOT", "parataxis", "ccomp") and content == (
                sentence.start,
                sentence.end,
            )
            cue = Span(token.start, token.end)
            found.append(
                Attribution(
                    source,
                    content[0],
                    content[1],
                    cue,
                    token.lower,
                    token.lower in self.words.deny,
                    token.lower in self.words.confirm,
                    whole=whole,
                )
            )
        return found

    def _of_toll(self, sentence: Sentence, i: int) -> bool:
        """Say whether the verb's object is a toll: 'raised the death toll', 'lowered the number of wounded'."""
        return any(t.lower in self.words.tolls for t in sentence.tokens[i + 1 : i + 6])

    def _subject(self, sentence: Sentence, i: int) -> int | None:
        token = sentence.tokens[i]
        for child in token.children:
            if sentence.tokens[child].dep == "nsubj":
                if sentence.tokens[child].lower in ("who", "which", "that"):
                    return token.head if token.dep == "relcl" else None
                return child
        if token.dep == "conj" and sentence.tokens[token.head].tag.startswith("V"):
            return self._subject(sentence, token.head)
        if token.dep == "advcl" and token.tag == "VBG":
            return self._subject(sentence, token.head)
        return None

    def _trimmed(self, sentence: Sentence, head: int, start: int, end: int) -> tuple[int, int]:
        """Drop relative clauses and far appositions from a subject, and cap its length."""
        for child in sentence.tokens[head].children:
            if child > head and sentence.tokens[child].dep in ("relcl", "acl"):
                end = min(end, sentence.tokens[child].start - 1)
        words = sentence.text[start - sentence.start : end - sentence.start].split()
        if len(words) > MAX_SOURCE_WORDS:
            return sentence.tokens[head].start, sentence.tokens[head].end
        return start, max(end, sentence.tokens[head].end)

    def _content(self, sentence: Sentence, i: int, subject: int, subject_end: int) -> tuple[int, int] | None:
        """Return what the verb at `i` owns: its clause complement, its object, or what stands before a closing 'X said'."""
        token = sentence.tokens[i]
        if token.lower in self.words.put | self.words.revise and token.lower not in self.words.verbs:
            return token.start, self._to_end(sentence, i, token.end)
        kids = [
            c
            for c in token.children
            if sentence.tokens[c].dep
            in ("ccomp", "xcomp", "dobj", "parataxis", "advcl", "prep", "dep", "oprd", "pcomp")
        ]
        clauses = [c for c in kids if sentence.tokens[c].dep in ("ccomp", "xcomp", "parataxis", "dep")]
        if clauses:
            inside = set().union(*(sentence.subtree(c) for c in clauses))
            first, last = sentence.tokens[min(inside)].start, sentence.tokens[max(inside)].end
            if min(inside) < i and max(inside) < max(i, subject):
                return (
                    (sentence.start, max(sentence.end if last > token.end else token.start, last))
                    if not _other_speech(sentence, i, self.words.verbs)
                    else (first, last)
                )
            return first, self._to_end(sentence, i, last)
        objects = [c for c in kids if sentence.tokens[c].dep in ("dobj", "prep", "oprd", "advcl", "pcomp")]
        before = sentence.text[: min(token.start, sentence.tokens[subject].start) - sentence.start].rstrip()
        if (
            token.lower in self.words.verbs
            and before.endswith((",", "\u201d", '"', "'", "\u2019", "?", "!"))
            and len(before) > 12
        ):
            return sentence.start, sentence.tokens[i].start
        if objects:
            inside = set().union(*(sentence.subtree(c) for c in objects))
            return min(sentence.tokens[min(inside)].start, token.end), self._to_end(
                sentence, i, sentence.tokens[max(inside)].end
            )
        return None

    def _to_end(self, sentence: Sentence, i: int, last: int) -> int:
        """A statement runs to the end of its sentence unless another source takes over."""
        later = [
            k
            for k, t in enumerate(sentence.tokens)
            if k > i
            and t.start > last
            and (t.lower in self.words.verbs or t.lower == "according")
            and t.tag.startswith("V")
        ]
        return last if later else sentence.end

    def _by_opening(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """'Provincial health office: 12 bodies recovered': a line that opens with its source."""
        match = re.match(r"\W*(?:\d\S*\s+)?(?P<src>[^:.,;()]{4,60}):\s+(?=\S)", sentence.text)
        if match is None or not sentence.first or _COUNTED.search(match["src"]):
            return []
        start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
        source = self.source(sentence, start, end, names)
        if source is None or (source.kind is None and source.organisation is None):
            return []
        return [Attribution(source, end, sentence.end, Span(start, end), "label")]

    def _in_brackets(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """'30 injured (source: lawyers' network)', '26 killed (health ministry)'."""
        found: list[Attribution] = []
        for match in re.finditer(
            r"\(\s*(?P<tag>(?:re)?sources?\s*:\s*|(?:according to|per)\s+)?(?P<src>[^():;,\d]{4,60})\s*\)",
            sentence.text,
            re.IGNORECASE,
        ):
            start, end = sentence.start + match.start("src"), sentence.start + match.end("src")
            source = self.source(sentence, start, end, names)
            if source is None and match["tag"]:
                words = match["src"].strip()
                source = Source(words, None, words.lower(), False, Span(start, end), words.lower(), words=words)
            if source is None or not (match["tag"] or source.organisation or source.kind):
                continue
            if not match["tag"] and match["src"].isupper():
                continue
            first = max((a.end + 1 for a in found), default=sentence.start)
            found.append(Attribution(source, first, sentence.start + match.start(), Span(start, end), "label"))
        return found

    def _by_label(self, sentence: Sentence, names: Sequence[Name]) -> list[Attribution]:
        """'11 killed in Torrek: police', '- army says': a headline's source stands at its end or start."""
        if sentence.kind not in ("heading", "title"):
            return []
        match = re.search(
            r"(?:[:\u2013\u2014]|\s-)\s*(?P<src>[^:\u2013\u2014]{3,45})$|,\s+(?P<say>[^,]{3,40}?)\s+(?:says?|said|claims?|reports?)$",
            sentence.text,
        )
        if match is None:
            return []
        group = "src" if match["src"] else "say"
        start, end = sentence.start + match.start(group), sentence.start + match.end(group)
        source = self.source(sentence, start, end, names)
        if source is None or (source.kind is None and source.organisation is None):
            return []
        return [Attribution(source, sentence.start, start, Span(start, end), "label")]

    def source(self, sentence: Sentence, start: int, end: int, names: Sequence[Name]) -> Source | None:
        """Return the source that the words `start`..`end` name; None if they name nobody who speaks."""
        words = sentence.text[start - sentence.start : end - sentence.start].strip(" ,.\u201c\u201d\"'")
        words = re.sub(
            r"\s+(?:in\s+(?:a|an|its|his|her)\s+(?:\w+\s+)?(?:statement|post|report|update|interview|message|tweet|briefing|bulletin)|on\s+(?:Telegram|Facebook|Twitter|X|social\s+media)|by\s+(?:phone|telephone))\b.*$",
            "",
            words,
        )
        low = re.sub(r"^(?:the|a|an|its|their|his|her|one|two|some|several|other|many|both|our)\s+", "", words.lower())
        if not low or low[0].isdigit():
            return None
        span = Span(start, max(end, start + 1))
        if low in ("he", "she", "they", "it", "who", "we", "i", "him", "them"):
            return self._pronoun(low, span)
        inside = [n for n in names if start <= n.start and n.end <= end]
        organisation = self._organisation(words, low, inside)
        kind = self._kind(low)
        person = self._person(
            [n for n in inside if not _PLACED.search(sentence.text[start - sentence.start : n.start - sentence.start])],
            organisation,
        )
        if organisation is None and person is None and kind is None:
            again = self._again(low, span)
            if again is not None:
                return again
            made = re.search(r"\b(?:by|from|of)\s+(?:the\s+)?", words)
            if made and set(re.findall(r"[\w-]+", low[: made.start()])) & self.words.containers:
                inner = self.source(sentence, start + made.end(), end, names)
                if inner is not None:
                    return inner
            last = re.findall(r"[\w-]+", low)[-1:]
            if last and last[0] in self.words.containers and any(n.kind == "demonym" for n in inside):
                return Source(self._worded(words, low), None, low, True, span, words=words)
            return self._other(sentence, words, low, span)
        speaker = person or (kind and self._worded(words, kind))
        if organisation:
            return Source(
                speaker if speaker != organisation else None, organisation, organisation, True, span, kind, words=words
            )
        if person:
            return Source(person, None, person, True, span, kind, words=words)
        return Source(self._worded(words, kind or ""), None, kind or low, False, span, kind, words=words)

    def _worded(self, words: str, kind: str) -> str:
        short = re.sub(r"^(?:the|a|an|one|two|some|several|many|its|their)\s+", "", words, flags=re.IGNORECASE)
        if len(short.split()) > 6:
            short = re.split(r",|\s(?:who|which|in|near|from|on)\s", short)[0]
        return short if len(short.split()) <= 6 else kind

    def _pronoun(self, low: str, span: Span) -> Source | None:
        if low in ("we", "i", "who", "him", "them") or not self.spoken:
            return None
        last = self.spoken[-1]
        if low in ("he", "she"):
            last = next((s for s in reversed(self.spoken) if s.speaker), last)
        if low == "it":
            last = next((s for s in reversed(self.spoken) if s.organisation), last)
        return Source(last.speaker, last.organisation, last.origin, last.named, span, last.kind, pronoun=True)

    def _again(self, low: str, span: Span) -> Source | None:
        """'the official', 'the statement', 'the group', a surname: somebody who has spoken before."""
        words = re.findall(r"[\w\u2019'-]+", low)
        if not words:
            return None
        for spoken in reversed(self.spoken):
            if spoken.speaker and words[-1] in re.findall(r"[\w\u2019'-]+", spoken.speaker.lower()):
                return Source(
                    spoken.speaker, spoken.organisation, spoken.origin, spoken.named, span, spoken.kind, pronoun=True
                )
        if words[-1] in self.words.titles:
            for spoken in reversed(self.spoken):
                if words[-1] in spoken.words.lower().split():
                    return Source(
                        spoken.speaker,
                        spoken.organisation,
                        spoken.origin,
                        spoken.named,
                        span,
                        spoken.kind,
                        pronoun=True,
                        words=spoken.words,
                    )
        definite = words[-1] in self.words.containers or words[-1] in (
            "group",
            "official",
            "officer",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "source",
            "ministry",
            "organisation",
            "organization",
            "agency",
            "movement",
            "monitor",
            "office",
        )
        if definite and self.spoken and len(words) <= 2:
            last = self.spoken[-1]
            if words[-1] in (
                "group",
                "ministry",
                "organisation",
                "organization",
                "agency",
                "movement",
                "office",
                "monitor",
            ):
                last = next((s for s in reversed(self.spoken) if s.organisation), last)
            return Source(last.speaker, last.organisation, last.origin, last.named, span, last.kind, pronoun=True)
        return None

    def _other(self, sentence: Sentence, words: str, low: str, span: Span) -> Source | None:
        last = re.findall(r"[\w\u2019'-]+", low)[-1:] or [""]
        if last[0] in self.words.containers:
            return None
        nouns = re.findall(r"[\w\u2019'-]+", re.split(r"\s(?:of|in|from|at|for|with|who)\s", low)[0])
        if nouns and (
            nouns[-1] in self.knowledge.lexicon.persons
            or nouns[-1] in self.words.heads
            or nouns[-1] in self.words.titles
            or nouns[-1]
            in (
                "society",
                "room",
                "chamber",
                "wing",
                "branch",
                "desk",
                "family",
                "parish",
                "diocese",
                "sheriff",
                "volunteers",
            )
        ):
            return Source(self._worded(words, low), None, " ".join(nouns), False, span, " ".join(nouns))
        if last[0] in self.words.titles or last[0] in self.words.heads or last[0].rstrip("s") in self.words.titles:
            return Source(self._worded(words, low), None, low, False, span, low)
        return None

    def _organisation(self, words: str, low: str, inside: Sequence[Name]) -> str | None:
        for name in inside:
            if name.kind in ("actor", "organisation", "unknown"):
                owned = re.search(
                    re.escape(name.text) + r"[\u2019']s\s+(?:[\w-]+\s+){0,2}?([\w-]+)(?=$|\s(?:in|of|at)\b)", words
                )
                if owned and owned.group(1).lower() in self.words.heads:
                    return str(owned.group())
                if name.kind != "unknown":
                    return name.canonical
        register = self.knowledge.actors
        for actor in register:
            if actor.country == self.country and self.country:
                for phrase in actor.phrases:
                    if (
                        f"the {low}" == phrase
                        or low.startswith(f"{phrase.removeprefix('the ')} spokes")
                        or f" {phrase} " in f" {words.lower()} "
                    ):
                        return str(actor.name)
        demonym = next((n for n in inside if n.kind == "demonym"), None)
        match = re.search(
            r"\b(military|army|air force|navy|police|armed forces|defen[cs]e ministry|ministry of defen[cs]e|defen[cs]e headquarters|health ministry|interior ministry|foreign ministry|government|border guard service|border guard|national guard|security forces|joint forces|presidency|coast guard|civil defen[cs]e|red crescent|red cross|parliament|general staff|emergency services?)\b",
            low,
        )
        if match:
            title = match.group(1)
            return f"{demonym.text} {title}" if demonym and demonym.text.lower() in low.split(title)[0] + " " else title
        unknown = next(
            (
                n
                for n in inside
                if n.kind == "unknown" and n.text.split()[-1].lower() in self.words.heads and len(n.text.split()) > 1
            ),
            None,
        )
        return unknown.text if unknown else None

    def _kind(self, low: str) -> str | None:
        words = re.findall(r"[\w\u2019'-]+", low)
        for size in (3, 2, 1):
            for i in range(len(words) - size + 1):
                kind = self.words.unnamed.get(" ".join(words[i : i + size]))
                if kind is not None:
                    return str(kind)
        return None

    def _only_place(self, name: Name) -> bool:
        rows = self.knowledge.places.entries(name.text)
        return bool(rows) and (rows[0].country == self.country or rows[0].population > 300_000)

    def _person(self, inside: Sequence[Name], organisation: str | None) -> str | None:
        names = [n for n in inside if n.kind == "unknown" and n.text != organisation and not self._only_place(n)]
        good = [n for n in names if 1 <= len(n.text.split()) <= 6]
        return good[-1].text if good else None


def _other_speech(sentence: Sentence, i: int, verbs: frozenset[str]) -> bool:
    return any(
        k != i
        and t.lower in verbs
        and t.tag in ("VBD", "VBZ", "VBP")
        and any(sentence.tokens[c].dep == "nsubj" for c in t.children)
        for k, t in enumerate(sentence.tokens)
    )


def owner(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """Return the attribution that owns the words `start`..`end`: the narrowest that holds them; None if none does."""
    holding = [a for a in attributions if a.start <= start and end <= max(a.end, a.start) + 1]
    return min(holding, key=lambda a: (a.end - a.start, a.cue.start)) if holding else None
