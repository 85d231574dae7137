"""Names of persons, brought to forms in which spellings and scripts of one name can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from anyascii import anyascii

from tallybook.knowledge.folding import fold

_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*\.?")
_CONSONANTS_ONLY = re.compile("[\u0590-\u06ff]")
"""Scripts that mostly leave short vowels out: Hebrew and Arabic."""
_ASPIRATED, _DOUBLED = r"(?<=[bpjz])h", r"(.)\1+"
_SOUNDS = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"[^a-z]", ""),
        (r"tsch|tch|sch|sh|ch", "x"),
        (r"dzh|dj|zh|dz", "j"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"oe", "o"),
        (r"(?<=[aiouy][bdfgjklmnprstvz])e$", ""),
        (r"(?<=[dgkst])h", ""),
        (_ASPIRATED, ""),
        (r"h$", ""),
        (r"ck|q|c", "k"),
        (r"w", "v"),
        (r"ts", "s"),
        (r"i[yij]+$|yi?$|ij$", "i"),
        (r"ei|ey|ay|ai", "ai"),
        (r"(?<=[aeou])y(?=[aeou])|^y", "i"),
        (r"oo|ou|u|o", "u"),
        (r"ee|y", "i"),
        (r"e", "a"),
        (r"z", "s"),
        (_DOUBLED, r"\1"),
    )
)
"""What transliterations of one name disagree about, and the one letter that is kept."""
_OF_VOWELED = frozenset(pattern for pattern, _ in _SOUNDS if pattern.pattern in (_ASPIRATED, _DOUBLED))
LEAST_LEFT = 2
"""Letters that must be left of a word without its article."""
_VOWELS = re.compile(r"[aiuv]")


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name."""

    plain: str
    """Folded, in Latin letters."""
    sound: str = field(hash=False)
    """What is left when all that transliterations disagree about is brought to one letter; an initial stays itself."""
    bones: str = field(hash=False)
    """The consonants of the sound; the sound itself where there are none."""
    voweled: bool
    """False where the script leaves vowels out."""
    common: bool = field(hash=False)
    """Whether so many people bear it that it tells nobody apart."""

    @property
    def initial(self) -> bool:
        """Say whether only the first letter is told."""
        return len(self.plain) == 1


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name of a person, without what is no part of it."""

    parts: tuple[NamePart, ...]
    sex: str | None
    """The sex that an honorific tells: female, male or None."""


@dataclass(frozen=True, slots=True)
class _Words:
    honorifics: Mapping[str, str | None]
    suffixes: frozenset[str]
    particles: frozenset[str]
    joined: Mapping[str, str]
    grown: Mapping[str, str]
    """What has grown onto the word after it, in Latin letters, and what is kept of it."""
    grown_script: Mapping[str, str]
    """The same in scripts without vowels."""
    common: Mapping[str, str]


@cache
def _words() -> _Words:
    told = yaml.safe_load(files("tallybook.knowledge").joinpath("person_names.yaml").read_text(encoding="utf-8"))
    sexes = {"female": "female", "male": "male", "either": None}
    honorifics = {word: sexes[kind] for kind, words in told["honorifics"].items() for word in words}
    joined = {spelling: word for word, spellings in told["joined"].items() for spelling in spellings}
    common = {sound(spelling): sound(row[0]) for row in told["common"] for spelling in row}
    grown = told["grown"]
    return _Words(
        honorifics, frozenset(told["suffixes"]), frozenset(told["particles"]), joined, grown["latin"], grown["script"],
        common,
    )  # fmt: skip


@lru_cache(maxsize=200_000)
def sound(word: str, voweled: bool = True) -> str:
    """Return what is left of a folded word in Latin letters when spellings are brought together.

    Without vowels, letters that follow each other are apart: `hnn` is no doubled n.
    """
    found = word
    for pattern, kept in _SOUNDS:
        if voweled or pattern not in _OF_VOWELED:
            found = pattern.sub(kept, found)
    return found


@lru_cache(maxsize=200_000)
def person_name(name: str) -> PersonName:
    """Return the comparable form of a name: honorifics, particles and suffixes left out, words in their order.

    A name that consists of such words alone keeps them. No words: no parts.
    """
    told = [(w, _latin(w)) for piece in _WORDS.findall(name) for w in re.split(r"[-’'`ʼ](?=\w{3})", piece)]
    words = [(raw, plain.replace(" ", "")) for raw, plain in told if plain]
    known = _words()
    sex: str | None = None
    while len(words) > 1 and words[0][1] in known.honorifics:
        sex = sex or known.honorifics[words[0][1]]
        words = words[1:]
    while len(words) > 1 and words[-1][1] in known.suffixes:
        words = words[:-1]
    kept = [w for w in words if w[1] not in known.particles] or words
    return PersonName(tuple(_joined(kept)), sex)


def _latin(word: str) -> str:
    """Return a word in Latin letters, folded, without what has grown onto it in scripts without vowels."""
    for grown, kept in _words().grown_script.items() if _CONSONANTS_ONLY.search(word) else ():
        if word.startswith(grown) and len(word) >= len(grown) + LEAST_LEFT:
            word = kept + word.removeprefix(grown)
            break
    return fold(anyascii(word))


def _joined(words: list[tuple[str, str]]) -> list[NamePart]:
    known = _words()
    made: list[NamePart] = []
    before = ""
    for at, (raw, plain) in enumerate(words):
        if plain in known.joined and at + 1 < len(words) and not before:
            before = known.joined[plain]
            continue
        made.append(_part(raw, before + plain))
        before = ""
    return made


def _part(raw: str, plain: str) -> NamePart:
    if len(plain) == 1:
        return NamePart(plain, plain, plain, True, False)
    known, voweled = _words(), _CONSONANTS_ONLY.search(raw) is None
    heard = sound(_bare(plain), voweled)
    one = known.common.get(heard, heard)
    return NamePart(
        plain, one, _VOWELS.sub("", one) or one, voweled, one in known.common.values() or heard in known.common
    )


def _bare(plain: str) -> str:
    """Return a word with what has grown onto it made short: `abdulkarim` is `abdkarim`. Abdullah stays whole."""
    for grown, kept in _words().grown.items():
        if plain.startswith(grown) and len(plain) >= len(grown) + LEAST_LEFT and not plain.startswith(grown + "la"):
            return kept + plain.removeprefix(grown)
    return plain


@lru_cache(maxsize=200_000)
def together(one: NamePart, other: NamePart) -> NamePart:
    """Return two words of a name as one: Mai Wada is also written Maiwada."""
    return _part("" if one.voweled and other.voweled else "\u0627", one.plain + other.plain)
