"""Proper names in a text: actors of the register, organisations, countries, and names nobody lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tallybook.claims.name_runs import JOIN, NAME, cuts_with, runs_of
from tallybook.claims.parse import Sentence
from tallybook.knowledge import Knowledge
from tallybook.knowledge.actors import Actor
from tallybook.knowledge.folding import fold

_ADJECTIVE = re.compile(r".+-(?:[a-z]+ed|built|led|run|made|held|speaking|born|era|style|majority|mounted|wide)$")
_ACRONYM = re.compile(
    r"\s*[(\[]\s*(?:or\s+|known\s+as\s+)?([A-Z][A-Za-z]{0,2}[A-Z][A-Za-z-]{0,8}|[A-Z]{2,9}(?:[-/][A-Z]+)?)\s*[)\]]"
)

_SMALL_WORDS = re.compile(r"\s(?:[a-z]{2,7}\s){1,2}")
"""What stands between the parts of a body's name that is no single run of capitals: ' in the '."""
LONGEST_RUN = 400
"""Longest run of capitals, in characters, that may hold names; longer ones are lists or noise."""
MOST_JOINED = 3
"""Runs of capitals that an actor's name may have: 'Movement for Unity and Jihad in West Africa' has three."""
LONGEST_NAME = 10
"""Longest name, in words, sought inside a run of capitals; a run of thousands is no name."""


@dataclass(frozen=True, slots=True)
class Name:
    """One proper name where it stands."""

    start: int
    end: int
    text: str
    kind: str  # actor, organisation, country, demonym, unknown
    canonical: str
    actor: Actor | None = None


class Names:
    """Find names in one document; remembers the acronyms that the document itself explains."""

    def __init__(self, knowledge: Knowledge, texts: Iterable[str], publisher: str | None = None) -> None:
        self.knowledge = knowledge
        self.heads = frozenset(knowledge.lexicon.speech["organisation_heads"])
        words = knowledge.lexicon.words.names
        self.openers, self.not_names = frozenset(words.openers), frozenset(words.not_names)
        self.cuts = cuts_with(words.before_of, words.before_the)
        self.offices = frozenset(words.offices)
        self.features = frozenset(words.features)
        self.acronyms: dict[str, str] = {}
        self._split_before: dict[tuple[str, str | None, str | None], list[Name]] = {}
        self.organisations: dict[str, str] = {}
        self._runs: dict[int, list[tuple[str, int, bool]]] = {}
        """Runs of capitals by sentence: what they mean is asked again once the report's country is known."""
        self.country: str | None = None
        self.on: str | None = None
        """Day of publication, ISO: what a name means depends on it."""
        if publisher:
            self.organisations[publisher] = publisher
        for text in texts:
            self._learn(text)
        self._known_keys = (knowledge.actors.keys, knowledge.countries.keys, {fold(a) for a in self.acronyms})
        self._own_starts = {name.split()[0] for name in (*self.organisations, *self.acronyms) if name.split()}
        self._starts = (
            knowledge.actors.first_words, knowledge.countries.first_words, {a.lower() for a in self.acronyms}
        )  # fmt: skip

    def _learn(self, text: str) -> None:
        """Remember 'Free Hills Front (FHF)' and 'Ministry of Health' as names of organisations."""
        for match in NAME.finditer(text):
            words = self._trim(match.group())
            after = _ACRONYM.match(text, match.end())
            if after and _abbreviates(after.group(1), words):
                self.acronyms[after.group(1)] = words
            if self._is_organisation(words):
                self.organisations[words] = words
        for match in re.finditer(r"\(([A-Z]{2,8})\)", text):
            if match.group(1) not in self.acronyms:
                full = _spelled(match.group(1), text[: match.start()])
                if full:
                    self.acronyms[match.group(1)] = full

    def _trim(self, words: str) -> str:
        """Drop what stands before an organisation's name: articles, sentence openers."""
        parts = words.split()
        while len(parts) > 1 and parts[0].lower().rstrip(",.") in self.openers:
            parts = parts[1:]
        return " ".join(parts)

    def _is_organisation(self, words: str) -> bool:
        parts = words.lower().replace("\u2019s", "").split()
        return len(parts) > 1 and (parts[-1] in self.heads or parts[0] in self.offices)

    def of_sentence(self, sentence: Sentence, original: str) -> list[Name]:
        """Return the names of a sentence in order; `original` is the document's own text (or title)."""
        text = original[sentence.start : sentence.end]
        if sentence.shouted:
            return self._shouted(sentence)
        runs = self._runs.get(id(sentence))
        if runs is None:
            runs = self._runs[id(sentence)] = self._joined([*runs_of(text, self.cuts)], text)
        return [n for words, at, opens in runs for n in self._classify(words, sentence.start + at, opens)]

    def _joined(self, runs: list[tuple[str, int, bool]], text: str) -> list[tuple[str, int, bool]]:
        """Join runs that are one actor's name together: 'Islamic State' and 'Greater Sahara' with 'in the' between."""
        found: list[tuple[str, int, bool]] = []
        i = 0
        while i < len(runs):
            _, start, opens = runs[i]
            step = 1
            for size in range(self._linked(runs[i : i + MOST_JOINED], text), 1, -1):
                words = text[start : runs[i + size - 1][1] + len(runs[i + size - 1][0])]
                whole = self._whole(words)
                if whole:
                    found.append((whole, start + words.index(whole), opens and words == whole))
                    step = size
                    break
            if step == 1:
                found.append(runs[i])
            i += step
        return found

    @staticmethod
    def _linked(runs: Sequence[tuple[str, int, bool]], text: str) -> int:
        """Return how many of some runs stand one after another with small words between them."""
        for k, ((words, at, _), (_, following, _)) in enumerate(pairwise(runs), start=1):
            if not _SMALL_WORDS.fullmatch(text[at + len(words) : following]):
                return k
        return len(runs)

    def _whole(self, words: str) -> str | None:
        """Return the name of an actor that some words are, without an article or a title before it; else None."""
        bare = self._trim(words)
        return bare if len(bare) <= LONGEST_RUN and fold(bare) in self.knowledge.actors.keys else None

    def _classify(self, words: str, start: int, at_start: bool) -> list[Name]:
        words = words.rstrip(".'\u2019-/&") if not re.search(r"\b[A-Z]\.$", words) else words
        if words.endswith(("\u2019s", "'s")):
            words = words[:-2]
        if at_start and " " in words and self._known(words, start) is not None:
            return self._split(words, start)
        while at_start or words.split()[0].lower() in ("the",):
            first, _, rest = words.partition(" ")
            if first.lower().rstrip(",.") not in self.openers:
                break
            bare = re.sub(rf"^{JOIN}", "", rest)
            if not bare or not bare[0].isupper():
                return []
            start, words, at_start = start + len(words) - len(bare), bare, True
        if _ADJECTIVE.match(words):
            return []
        if words.lower() in self.knowledge.lexicon.persons:  # 'Taliban' counts people, and names whose people they are
            known = self._known(words, start)
            return [known] if known is not None and known.kind == "actor" else []
        if fold(words) in self.not_names or all(w in self.not_names for w in re.split(r"[\s-]+", words.lower())):
            return []
        return self._split(words, start)

    def _split(self, words: str, start: int) -> list[Name]:
        """Cut a run of capitals into the names it holds: an actor inside it, a demonym before it."""
        asked = (words, self.country, self.on)
        if asked not in self._split_before:
            self._split_before[asked] = self._cut(words, 0)
        return [replace(n, start=start + n.start, end=start + n.end) for n in self._split_before[asked]]

    def _cut(self, words: str, start: int) -> list[Name]:
        one = self._known(words, start)
        if one is not None:
            return [one]
        if len(words) > LONGEST_RUN:
            return []
        tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", words)]
        may_open = [self._may_open(words[a:b]) for a, b in tokens]
        for size in range(min(len(tokens) - 1, LONGEST_NAME), 0, -1):
            for i in range(len(tokens) - size + 1):
                if not may_open[i]:
                    continue
                a, b = tokens[i][0], tokens[i + size - 1][1]
                name = self._known(
                    words[a:b].rstrip("'\u2019s") if words[a:b].endswith(("'s", "\u2019s")) else words[a:b], start + a
                )
                if name is not None and i and self._of_feature(words, tokens[i - 1], name):
                    continue
                if name is not None and name.kind == "actor" and self._of_town(words, tokens[i : i + size + 1]):
                    continue
                if name is not None and (size > 1 or name.kind in ("actor", "country", "demonym")):
                    left = self._cut(words[:a].rstrip(), start) if words[:a].strip() else []
                    rest = words[b:].lstrip()
                    right = self._cut(rest, start + len(words) - len(rest)) if rest else []
                    return [*left, name, *right]
        return [Name(start, start + len(words), words, "unknown", words)] if words else []

    def _of_feature(self, words: str, before: tuple[int, int], name: Name) -> bool:
        """Say whether a country's name is that of a water or a mountain: the Chad of 'Lake Chad'."""
        return name.kind == "country" and words[slice(*before)].lower() in self.features

    def _of_town(self, words: str, tokens: Sequence[tuple[int, int]]) -> bool:
        """Say whether an actor's name and the word after it are a town's: 'Lashkar Gah'."""
        whole = words[tokens[0][0] : tokens[-1][1]]
        return len(tokens) > 1 and bool(self.knowledge.places.entries(whole.strip(" ,")))

    def _may_open(self, word: str) -> bool:
        """Say whether a known name may begin with a word."""
        first = fold(word).split(" ")[0]
        return any(first in starts for starts in self._starts) or word.strip(" ,") in self._own_starts

    def _known(self, words: str, start: int) -> Name | None:
        bare = words.strip(" ,")
        end = start + len(words)
        actor = self.knowledge.actors.find(bare, self.country, self.on)
        if actor is not None and (len(bare) > 4 or bare.isupper() or bare == actor.name):
            return Name(start, end, words, "actor", actor.name, actor)
        if bare in self.acronyms:
            full = self.acronyms[bare]
            known = self.knowledge.actors.find(full, self.country, self.on)
            return Name(start, end, words, "actor" if known else "organisation", known.name if known else full, known)
        if bare in self.organisations:
            return Name(start, end, words, "organisation", bare)
        countries = self.knowledge.countries
        country = countries.named(bare)
        if country is not None:
            return Name(start, end, words, "country", country.name)
        demonym = countries.of_demonym(bare)
        if demonym is not None:
            return Name(start, end, words, "demonym", demonym.name)
        return None

    def _shouted(self, sentence: Sentence) -> list[Name]:
        """In all capitals every word looks like a name: keep actors, acronyms in brackets, countries and known places."""
        found: list[Name] = []
        tokens, i = sentence.tokens, 0
        while i < len(tokens):
            step = 1
            first = fold(tokens[i].lower)
            if not any(first in starts for starts in self._starts):
                i += 1
                continue
            for size in range(min(7, len(tokens) - i), 0, -1):
                a, b = tokens[i].start, tokens[i + size - 1].end
                words = sentence.text[a - sentence.start : b - sentence.start]
                name = self._shouted_name(words, a)
                if name is not None:
                    found.append(name)
                    step = size
                    break
            i += step
        return found

    def _shouted_name(self, words: str, start: int) -> Name | None:
        key = fold(words)
        if not any(key in keys for keys in self._known_keys):
            return None
        upper, title = words.upper(), words.title()
        for form in (upper, title):
            actor = self.knowledge.actors.find(form, self.country, self.on) if len(form) > 2 else None
            if actor is not None:
                return Name(start, start + len(words), words, "actor", actor.name, actor)
            if form in self.acronyms:
                return Name(start, start + len(words), words, "organisation", self.acronyms[form])
        country = self.knowledge.countries.named(title)
        if country is not None and len(words) > 3:
            return Name(start, start + len(words), words, "country", country.name)
        demonym = self.knowledge.countries.of_demonym(title)
        return Name(start, start + len(words), words, "demonym", demonym.name) if demonym else None


def _abbreviates(acronym: str, words: str) -> bool:
    letters = [w[0].upper() for w in re.split(r"[\s-]+", words) if w[:1].isupper()]
    wanted = [c for c in acronym.upper() if c.isalpha()]
    return len(wanted) >= 2 and (
        letters[-len(wanted) :] == wanted or letters == wanted or (letters[:1] == wanted[:1] and len(letters) >= 2)
    )


def _spelled(acronym: str, before: str) -> str | None:
    """Return the words right before an acronym whose capitals spell it, or None."""
    words = before.split()[-12:]
    for i in range(len(words)):
        run = words[i:]
        initials = "".join(w.lstrip("\u201c\"'(")[0] for w in run if w[:1].isalpha() and w[:1].isupper())
        if initials.upper() == acronym and run[0][:1].isupper():
            return " ".join(run).strip(",. ")
    return None
