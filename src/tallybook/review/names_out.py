"""Words that are to go for good: found under every case and accent, and put out by marks of equal length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tallybook.model import Span

MARK = "\u2588"
"""Stands for each code point that a purge takes out of a text, so that every offset keeps its meaning."""

LEAST_PART = 3
"""Letters from which a word of a name is looked for on its own: shorter ones (al, bin, de, U) are everybody's."""

_WITHHELD = "withheld {what} {number}"

_GAP = r"(?:%20|\\n|[\s\-_.,'+/]){0,3}"
_SPLIT = re.compile(r"[\s\-_.,'+/]+")
_UNSPACED = re.compile(
    "[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7af]"
)
"""Scripts that write words together, or hang prefixes on them: a name is found there inside longer words too."""
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02bb`"), "'")


@lru_cache(maxsize=70_000)
def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)[:1].lower()[:1] or letter


def flat(text: str) -> str:
    """Return a text without case and accents, code point by code point: offsets stay."""
    text = text.translate(_APOSTROPHES)
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@dataclass(frozen=True)
class NamesOut:
    """What is to go: whole names everywhere, and single words of them in reports that are about the person."""

    names: tuple[str, ...]
    """Names and other words, as they are written."""
    parts: tuple[str, ...] = ()
    """Single words that go too in the reports that name the person; case matters for their first letter."""
    pseudonym: str = field(default=MARK)
    """What takes the place of a name where a field holds nothing else."""

    @classmethod
    def of_person(cls, names: Iterable[str], also: Iterable[str], pseudonym: str) -> NamesOut:
        """Return what goes with a person: full names, and each word of them in the reports that name the person."""
        whole = tuple(dict.fromkeys([*names, *also]))
        words = dict.fromkeys(w for n in names for w in _SPLIT.split(n) if len(w) >= LEAST_PART and w[:1].isalpha())
        return cls(whole, tuple(w for w in words if not w[0].islower()), pseudonym)

    @cached_property
    def _whole(self) -> re.Pattern[str] | None:
        return _pattern(self.names)

    @cached_property
    def _single(self) -> re.Pattern[str] | None:
        return _pattern(self.parts)

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(_squeezed(n) for n in (*self.names, *self.parts))

    def spans(self, text: str, parts: bool = False) -> tuple[Span, ...]:
        """Return where words that are to go stand in a text, in order; spans may touch and overlap."""
        return tuple(sorted(self._found(text, parts)))

    def _found(self, text: str, parts: bool) -> Iterator[Span]:
        plain = flat(text)
        if self._whole is not None:
            yield from (Span(*m.span()) for m in self._whole.finditer(plain))
        if parts and self._single is not None:
            for match in self._single.finditer(plain):
                if not text[match.start()].islower():
                    yield Span(*match.span())

    def stand_in(self, text: str, parts: bool = False) -> bool:
        """Say whether any of the words stands in a text."""
        return any(True for _ in self._found(text, parts))

    def out_of(self, text: str, parts: bool = False) -> str:
        """Return a text with marks in the place of the words; its length and its line ends stay."""
        return masked(text, self.spans(text, parts))

    def out_of_name(self, text: str, parts: bool = False) -> str:
        """Return the name of a file, or an address, without the words; single words go whatever their case."""
        single = self._single if parts else None
        found = [Span(*m.span()) for m in single.finditer(flat(text))] if single is not None else []
        return masked(text, (*self.spans(text), *found))

    def out_of_field(self, value: str, parts: bool = False) -> str:
        """Return the value of a field: the pseudonym where it is a name and nothing else, else as `out_of`."""
        if (_squeezed(value) in self._alone and (parts or self.stand_in(value))) and value:
            return self.pseudonym
        return self.out_of(value, parts)


def pseudonym(what: str, number: int) -> str:
    """Return what takes the place of a name in fields, so that one source stays one and two stay two: 'withheld source
    12', by the number of the purge."""
    return _WITHHELD.format(what=what, number=number)


def is_pseudonym(name: str | None) -> bool:
    """Say whether a name is one that a purge gave."""
    return name is not None and re.fullmatch(r"withheld (person|source) \d+", name) is not None


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with a mark for every code point that a span covers; line ends stay."""
    letters = list(text)
    for span in spans:
        for at in range(span.start, min(span.end, len(letters))):
            if letters[at] != "\n":
                letters[at] = MARK
    return "".join(letters)


def _squeezed(name: str) -> str:
    return " ".join(_SPLIT.split(flat(name).strip()))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern, on flattened text, of names of any spacing; None where there are none."""
    able = sorted({p for n in names if (p := _one(flat(n)))}, key=lambda p: (-len(p), p))
    return re.compile("|".join(able)) if able else None


def _one(name: str) -> str:
    words = [re.escape(w) for w in _SPLIT.split(name) if w]
    if not words:
        return ""
    joined = _GAP.join(words)
    if _UNSPACED.match(name.strip()[0]):
        return joined
    return rf"(?<![^\W\d_]){joined}(?![^\W\d_])"
