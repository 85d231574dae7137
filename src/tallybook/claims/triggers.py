"""Words of harm in a sentence, with the voice they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallybook.claims.parse import Sentence, Token
from tallybook.knowledge.lexicon import HarmWord, Lexicon

BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "got", "get", "getting"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "\u2019ve"})
PARTICLE_REACH = 14
"""Words after a verb within which its particle ('shot ... dead') is sought: 'shot two brothers and a cousin dead'."""
PASSIVE_REACH = 6
"""The same after a passive, up to the next comma: its people stand before it, so what comes later is of somebody else."""
TIMES = frozenset({
    "when", "after", "during", "yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "last", "this", "late", "early", "overnight",
})  # fmt: skip
"""Words that open a time, where an object could stand."""
ROUGHLY = frozenset({"at", "about", "around", "over", "between", "nearly", "under"})
"""Prepositions that open a number: 'killed at least four'."""


LEADING = frozenset({"up", "to", "upwards", "upward", "of", "as", "many", "in", "excess", "close", "well", "over"})
"""Words that lead up to a number as a whole: 'up to', 'upwards of'."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word of harm at one place."""

    index: int  # first token
    last: int  # last token of the word
    word: HarmWord
    voice: str  # passive, active, none

    @property
    def measure(self) -> str:
        """Return the measure it speaks of."""
        return self.word.measure


class HarmFinder:
    """Find words of harm by the lexicon; compiled once and shared by all documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.harm: Mapping[str, list[HarmWord]] = lexicon.harm
        self._sizes = sizes_by_first_word(lexicon.harm)
        links = lexicon.words.links
        self.armed, self.not_hit = frozenset(links.armed), frozenset(links.not_hit)
        self.at_place = frozenset(links.at_place)

    def find(self, sentence: Sentence) -> list[Trigger]:
        """Return the words of harm in order of place; one word may stand under several frames."""
        found: list[Trigger] = []
        tokens = sentence.tokens
        i = 0
        while i < len(tokens):
            step = 1
            for size in self._sizes.get(tokens[i].lower, ()):
                words = " ".join(t.lower for t in tokens[i : i + size])
                if i + size <= len(tokens) and words in self.harm:
                    here = [
                        t
                        for t in (self._trigger(sentence, i, i + size - 1, w) for w in self.harm[words])
                        if t is not None
                    ]
                    found += [t for t in here if not fate_open(t) or all(map(fate_open, here))]
                    step = size
                    break
            i += step
        return found

    def _trigger(self, sentence: Sentence, index: int, last: int, word: HarmWord) -> Trigger | None:
        token = sentence.tokens[index]
        if word.particles and not _follows(sentence, last, word.particles, passive=_plainly_passive(sentence, index)):
            return None
        if word.lemma == "shoot" and not word.particles and not self._hits(sentence, index, last):
            return None
        if word.objects and not _follows(sentence, last, word.objects):
            return None
        if word.frame in ("patient", "subject", "lives"):
            noun = word.form in ("base", "third") and token.tag.startswith("N") and token.dep not in ("ROOT",)
            if noun and not (word.form == "base" and [t.tag for t in sentence.tokens[last + 1 : last + 2]] == ["CD"]):
                return None
            if word.form == "base" and token.tag.startswith("J"):
                return None
            noun = word.form == "gerund" and token.tag == "NN" and word.frame == "patient"
            if noun and not starts_object(sentence, last + 1):
                return None
            return Trigger(index, last, word, voice(sentence, index, word.form))
        if word.frame == "state" and token.tag in ("VB", "VBP", "VBZ"):
            return None
        if (
            word.frame in ("of_noun", "count_noun")
            and token.tag.startswith("V")
            and word.form == "singular"
            and token.tag != "VBG"
        ):
            return None
        return Trigger(index, last, word, "none")

    def _hits(self, sentence: Sentence, index: int, last: int) -> bool:
        """Say whether 'shot' here says of people that they were hit: a passive, not 'shot at', not in war.

        Reports of war say 'shot' of those who died and of those who lived; it is no claim of either.
        """
        after = sentence.tokens[last + 1 : last + 3]
        if (
            not sentence.tokens[index].tag.startswith("V")
            or self._aimed(after)
            or any(t.lower in self.not_hit for t in after[:1])
        ):
            return False
        return voice(sentence, index, "participle") == "passive" and not any(
            t.lower in self.armed for t in sentence.tokens
        )

    def _aimed(self, after: Sequence[Token]) -> bool:
        """Say whether 'at' and the word after it tell whom somebody shot at, not where people were hit."""
        if [t.lower for t in after[:1]] != ["at"]:
            return False
        return not any(t.lower in self.at_place or t.tag == "NNP" for t in after[1:])


def sizes_by_first_word(terms: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """Return how many words the terms have that begin with a word, the longest first."""
    sizes: dict[str, set[int]] = {}
    for term in terms:
        words = term.split(" ")
        sizes.setdefault(words[0], set()).add(len(words))
    return {word: sorted(found, reverse=True) for word, found in sizes.items()}


def fate_open(trigger: Trigger) -> bool:
    """Say whether a word tells that people were shot or beaten, and not how they fared."""
    return trigger.word.fate_open


def _plainly_passive(sentence: Sentence, index: int) -> bool:
    return any(t.lower in BE for t in sentence.tokens[max(0, index - 3) : index])


def _follows(sentence: Sentence, last: int, phrases: tuple[str, ...], *, passive: bool = False) -> bool:
    reach, marks = (PASSIVE_REACH, (". ", "; ", ", ")) if passive else (PARTICLE_REACH, (". ", "; "))
    words = " ".join(t.lower for t in sentence.tokens[last + 1 : last + 1 + reach])
    stop = min((words.find(mark) for mark in marks if mark in words), default=len(words))
    padded = f" {words[:stop]} "
    return any(f" {p} " in padded for p in phrases)


def voice(sentence: Sentence, index: int, form: str) -> str:
    """Say whether the verb at `index` is passive or active: by its auxiliaries first, then by its form and tag."""
    token = sentence.tokens[index]
    if form in ("base", "third"):
        return "passive" if any(sentence.tokens[c].dep == "auxpass" for c in token.children) else "active"
    if form == "gerund":
        return "passive" if any(sentence.tokens[c].lower in ("being", "been") for c in token.children) else "active"
    for k in range(index - 1, max(-1, index - 5), -1):
        word = sentence.tokens[k]
        if word.lower in BE:
            return "passive"
        if word.lower in HAVE:
            return "active"
        if word.tag not in ("RB", "CC", "VBN", "VBD") and word.dep not in ("advmod", "npadvmod"):
            break
    if any(sentence.tokens[c].dep in ("auxpass", "nsubjpass") for c in token.children):
        return "passive"
    if any(sentence.tokens[c].dep in ("dobj",) for c in token.children) and token.tag == "VBD":
        return "active"
    if (
        token.tag == "VBD"
        and any(sentence.tokens[c].dep == "nsubj" for c in token.children)
        and starts_object(sentence, index + 1)
    ):
        return "active"
    if token.tag == "VBN" or token.dep in ("acl", "amod"):
        return "passive" if not starts_object(sentence, index + 1) else "active"
    return "active" if starts_object(sentence, index + 1) else "passive"


def starts_object(sentence: Sentence, k: int) -> bool:
    """Say whether an object starts at token `k`: a number, article, noun or adjective that is no day or hour."""
    while k < len(sentence.tokens) and (
        sentence.tokens[k].tag in ("RB", "RBR", "RBS") or _opens_number(sentence.tokens, k)
    ):
        k += 1
    if k >= len(sentence.tokens):
        return False
    token = sentence.tokens[k]
    if token.dep in ("npadvmod", "tmod") or token.lower in TIMES:
        return False
    return token.tag.startswith(("NN", "CD", "DT", "JJ", "PRP")) or (
        token.tag == "IN"
        and token.lower in ROUGHLY
        and k + 1 < len(sentence.tokens)
        and (sentence.tokens[k + 1].tag in ("JJS", "CD") or sentence.tokens[k + 1].lower == "least")
    )


def _opens_number(tokens: Sequence[Token], k: int) -> bool:
    """Say whether the words from token `k` lead up to a number: 'up to 40', 'upwards of 140', 'in excess of 20'."""
    if tokens[k].lower not in LEADING:
        return False
    return any(
        t.tag == "CD" and all(w.lower in LEADING for w in tokens[k:j]) for j, t in enumerate(tokens[k : k + 4], k)
    )


def goes_on_to_object(sentence: Sentence, last: int) -> bool:
    """Say whether '... and killed four people' follows: the verbs' subject then does the harm."""
    tokens = sentence.tokens
    return (
        last + 3 < len(tokens)
        and tokens[last + 1].lower == "and"
        and tokens[last + 2].tag in ("VBD", "VBN")
        and starts_object(sentence, last + 3)
    )
