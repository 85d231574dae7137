"""Who the words of a source name: a body, a person, or a kind of unnamed source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tallybook.claims.names import Name
from tallybook.claims.parse import Sentence
from tallybook.claims.source import Source
from tallybook.claims.speech_words import SpeechWords
from tallybook.knowledge import Knowledge
from tallybook.model.span import Span

_PLACED = re.compile(r"\b(?:of|in|from|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
"""'residents of Sarno': a name after these is where a source lives, not the source."""
_OWNED = re.compile(r"[\u2019']s\s+(?:[\w-]+\s+){0,2}?([\w-]+)(?=$|\s(?:in|of|at)\b)")
"""'Kessa's health office', from its 's."""
_SPOKEN_FOR = re.compile(
    r"(?:[\u2019']s|(?<=s)[\u2019'])\s+(?:[\w-]+\s+){0,2}?(?:spokes\w+|commander|leader|leadership)\b"
)
"""'Kessa's military spokesman', from its 's."""
_OF = re.compile(r"\s+(?:of|for|from)\s+")
_MODIFIES = re.compile(
    r"[\u2019']s?\s|\s+(?!(?:of|in|from|at|for|with|who|and|or|on|to|near|as|aka|alias|said|says|told)\b)[a-z]"
)
"""A name before a common noun says whose or where: 'Provincial health office'."""
_BESIDE = re.compile(r"((?:[A-Z][\w.\u2019'-]*\s?){1,5}),\s+(?:an?|the|who|which)\s")
"""'Kessa Rights, a group in Karsk': the name comes first."""
_POSSESSED = re.compile(r"[\u2019']s?$")
BIG_CITY = 300_000
"""People above which a town abroad is taken for the town and not for a person of its name."""
OFFICE = re.compile(
    r"(?<!-)\b(military|army|air force|navy|police|armed forces|[\w-]+ ministry|ministry of defen[cs]e|defen[cs]e headquarters|(?:(?:state|regional|federal|provincial|interim|transitional|municipal|city|county) )?government|border guard service|border guard|national guard|security forces|joint forces|presidency|coast guard|civil defen[cs]e|red crescent|red cross|parliament|general staff|emergency services?)\b"
)
FORCES = ("military", "army", "armed forces")
"""Offices that mean a country's forces as a whole."""
DESCRIBED = 3
"""Most small words after a name that may call another body: 'refugee agency'."""
BODY_OF = re.compile(r"^(?P<whose>(?:[\w-]+\s+){0,2}[\w-]+)[\u2019']s?\s+(?:[\w-]+\s+){0,2}(?P<head>[\w-]+)$")


MOST_NAMES = 4
"""Most words of a body's name from its head on, and of the person set right after it: 'Administration Ivo Marn'."""
_HEADS = re.compile(r"\b(?:of|for)\s+(?:the\s+)?$")


class SourceNamer:
    """Name bodies, persons and kinds in the words of one document's sources."""

    def __init__(self, knowledge: Knowledge, words: SpeechWords) -> None:
        self.knowledge, self.words = knowledge, words
        self.country: str | None = None
        self._phrases: tuple[str | None, list[tuple[str, str, str, str]]] = (None, [])

    def organisation(self, words: str, low: str, inside: Sequence[Name]) -> str | None:
        """Return the body that the words name: of the register, of the text, or an office of state; None if none."""
        for name in inside:
            if name.kind in ("actor", "organisation", "unknown"):
                at = words.find(name.text)
                owned = _OWNED.match(words, at + len(name.text)) if at >= 0 else None
                if owned and owned.group(1).lower() in self.words.heads:
                    return words[at : owned.end()]
                longer = self._described(words, at, name) if name.kind == "actor" else None
                if longer is not None:
                    return longer
                if name.kind != "unknown" or (at >= 0 and _SPOKEN_FOR.match(words, at + len(name.text))):
                    return name.canonical
        return self._listed(words, low) or self._office(words, low, inside)

    def _described(self, words: str, at: int, name: Name) -> str | None:
        """Return the actor that a name and small words after it call: 'the UN refugee agency'; None if they call none."""
        after = [m.end() for m in re.finditer(r"\s[a-z][\w\u2019'-]*", words[at + len(name.text) :])] if at >= 0 else []
        for end in reversed(after[:DESCRIBED]):
            actor = self.knowledge.actors.find(words[at : at + len(name.text) + end], self.country)
            if actor is not None:
                return str(actor.name)
        return None

    def _listed(self, words: str, low: str) -> str | None:
        """Return the register's actor of this country that the words name."""
        if not self.country:
            return None
        if self._phrases[0] != self.country:
            own = self.knowledge.actors.of_country(self.country)
            told = [
                (p, f"{p.removeprefix('the ')} spokes", f" {p} ", str(a.name)) for a in own for p in tuple(a.phrases)
            ]
            self._phrases = (self.country, told)
        text, whole = f" {words.lower()} ", f"the {low}"
        for phrase, spokes, within, name in self._phrases[1]:
            if whole == phrase or low.startswith(spokes) or within in text:
                return name
        return None

    def _office(self, words: str, low: str, inside: Sequence[Name]) -> str | None:
        """Return a body of state named by its office, with its country or owner: 'Kessan army', 'mayor's office'."""
        body = BODY_OF.match(low)
        if body and body["head"] in self.words.heads:
            return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)
        demonym = next((n for n in inside if n.kind == "demonym"), None)
        match = OFFICE.search(low)
        forces = self._forces_of(match, low, inside) if match else None
        if forces is not None:
            return forces
        if match:
            title = match.group(1)
            longer = re.match(r"\s(?:[a-z]+\s){0,2}[a-z]+", low[match.end() :])
            if longer and longer.group().split()[-1] in self.words.fuller_heads:
                return words[len(words) - len(low) + match.start() : len(words) - len(low) + match.end() + longer.end()]
            return f"{demonym.text} {title}" if demonym and demonym.text.lower() in low.split(title)[0] + " " else title
        for name in inside:
            parts = name.text.split()
            if name.kind == "unknown" and parts[-1].lower() in self.words.heads and len(parts) > 1:
                return name.text
            if name.kind == "unknown" and name.text.isupper() and len(name.text) > 1:
                after = words.partition(name.text)[2].split()
                if after and after[0] in self.words.titles:
                    return name.text
        return None

    def _forces_of(self, office: re.Match[str], low: str, inside: Sequence[Name]) -> str | None:
        """Return the register's name of a country's forces: 'the Kessan military', 'K.S. army'; None for another office."""
        if office.group(1) not in FORCES:
            return None
        for name in inside:
            if _POSSESSED.sub("", low[: office.start()].rstrip()).endswith(name.text.lower()):
                forces = self._forces_by(name)
                if forces is not None:
                    return forces
        return None

    def _forces_by(self, name: Name) -> str | None:
        """Return the register's name of the forces of a country, by its name or that of its people; None if it lists none."""
        land = self.knowledge.countries.named(name.canonical) if name.kind in ("demonym", "country") else None
        own = (a for a in self.knowledge.actors if land and a.country == land.iso3 and a.kind == "state_forces")
        return next((str(a.name) for a in own), None)

    def forces_told(self, sentence: Sentence, before: int, names: Sequence[Name]) -> list[str]:
        """Return the countries' forces that a sentence tells of up to `before`: of 'Kessan troops', 'Kessan army posts'."""
        found = []
        for name in names:
            after = sentence.text[name.end - sentence.start :].split(maxsplit=1)[:1]
            if name.kind == "demonym" and name.end <= before and after and after[0] in self.words.own_forces:
                found.append(self._forces_by(name))
        return [f for f in dict.fromkeys(found) if f is not None]

    def kind(self, low: str) -> str | None:
        """Return the kind of unnamed source that the words are of: 'officials', 'residents'; None if none."""
        words = re.findall(r"[\w\u2019'-]+", low)
        for size in (3, 2, 1):
            for i in range(len(words) - size + 1):
                kind = self.words.unnamed.get(" ".join(words[i : i + size]))
                if kind is not None:
                    return str(kind)
        return None

    def _only_place(self, name: Name) -> bool:
        rows = self.knowledge.places.entries(name.text)
        return bool(rows) and (rows[0].country == self.country or rows[0].population > BIG_CITY)

    def person(
        self, sentence: Sentence, start: int, inside: Sequence[Name], organisation: str | None, end: int
    ) -> str | None:
        """Return the person that a source names, beside the body it speaks for; None if none."""
        own = [
            n
            for n in inside
            if not _PLACED.search(sentence.text[start - sentence.start : n.start - sentence.start])
            and n.kind == "unknown"
            and n.text != organisation
            and len(n.text) > 1
            and len(n.text.split()) <= 6
            and not self._only_place(n)
            and n.text.lower() not in self.words.channels
            and (" of " in n.text or not _MODIFIES.match(sentence.text[n.end - sentence.start : end - sentence.start]))
        ]
        own = [n if " " not in _OF.split(n.text)[0] else replace(n, text=_OF.split(n.text)[0]) for n in own]
        beside = _BESIDE.match(sentence.text[start - sentence.start : end - sentence.start])
        if beside:
            first = [n for n in own if n.start < start + beside.end(1)]
            return beside[1] if first and " " in beside[1] else first[0].text if first else None
        return own[-1].text if own else None

    def parted(self, sentence: Sentence, name: Name) -> list[Name]:
        """Part 'head of the Sarno Regional Administration Ivo Marn', one run of capitals, into the body and the person."""
        words = name.text.split()
        at = max((i for i, w in enumerate(words[:-2]) if w.lower() in self.words.heads), default=0)
        if name.kind != "unknown" or not 0 < at <= len(words) - 3 or len(words) - at > MOST_NAMES:
            return [name]
        if not _HEADS.search(sentence.text[: name.start - sentence.start]):
            return [name]
        person = " ".join(words[at + 1 :])
        body = name.text[: name.text.rfind(person)].rstrip()
        start = name.start + name.text.rfind(person)
        return [
            replace(name, end=name.start + len(body), text=body, canonical=body, kind="organisation"),
            replace(name, start=start, text=person, canonical=person),
        ]

    def other(self, words: str, low: str, span: Span) -> Source | None:
        """Return somebody who can speak by the noun, though no list of sources has the words; None if none."""
        last = re.findall(r"[\w\u2019'-]+", low)[-1:] or [""]
        nouns = re.findall(r"[\w\u2019'-]+", re.split(r"\s(?:of|in|from|at|for|with|who)\s", low)[0])
        if nouns and (
            nouns[-1] in self.knowledge.lexicon.persons
            or self._speaks(nouns[-1])
            or nouns[-1] in self.words.speaking_bodies
        ):
            return Source(self.worded(words, low), None, " ".join(nouns), False, span, " ".join(nouns), words=words)
        if self._speaks(last[0]):
            return Source(self.worded(words, low), None, low, False, span, low, words=words)
        return None

    def _speaks(self, noun: str) -> bool:
        one = re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun.rstrip("s")
        return bool({noun, one} & (self.words.heads | self.words.titles))

    def worded(self, words: str, kind: str) -> str:
        """Return the words in short as the name of an unnamed source; its kind where they stay long."""
        short = re.sub(r"^(?:the|a|an|one|two|some|several|many|its|their)\s+", "", words, flags=re.IGNORECASE)
        if len(short.split()) > 6:
            short = re.split(r",|\s(?:who|which|in|at|near|from|on)\s", short)[0]
        if len(short.split()) > 6:
            short = re.split(r"\s(?:of|for)\s", short)[0]
        return short if len(short.split()) <= 6 else kind


def whole_names(start: int, end: int, names: Sequence[Name]) -> tuple[int, int]:
    """Widen a phrase to the names it cuts: 'Ivo Marn-Tesk', which the parser parts at its hyphen."""
    for name in names:
        if start <= name.start < end < name.end:
            end = name.end
        elif name.start < start < name.end <= end:
            start = name.start
    return start, end
