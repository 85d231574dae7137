"""Whether two names mean the same actor or place, spelling and padding aside."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

PLACE_PADDING = frozenset(
    {
        "township", "town", "village", "ward", "state", "region", "district", "province", "city", "area", "the", "of",
        "county", "governorate", "camp",
    }
)  # fmt: skip
"""Words that place names carry or drop without meaning another place."""

ACTOR_PADDING = frozenset({"the", "a", "an", "of", "government", "forces", "force", "armed", "troops"})
"""Words that names of organisations carry or drop without meaning another one."""

ALIKE = 0.85
"""Share of matching characters from which two spellings are one name; from the project's coding guide, whose scorer
uses the same value."""

LONGEST_ACRONYM = 6

SPELLINGS = (("defense", "defence"), ("center", "centre"), ("labor", "labour"))

Value = str | list[str | None] | None
"""What a gold field or a printed field may hold: one name, several of which any is right, or none."""


def choices(value: Value) -> list[str | None]:
    """Return the values of a field as a list; a single one, None too, is a list of one."""
    return value if isinstance(value, list) else [value]


def same_as_any(gold: Value, printed: Value, padding: frozenset[str] = ACTOR_PADDING) -> bool:
    """Say whether any printed name is any name that gold allows; None in gold allows printing none."""
    names = [name for name in choices(printed) if name]
    return any(
        not names if option is None else any(same_name(str(option), str(name), padding) for name in names)
        for option in choices(gold)
    )


def same_name(one: str, other: str, padding: frozenset[str] = ACTOR_PADDING) -> bool:
    """Say whether two names mean the same: equal, one inside the other, an acronym of it, or nearly equal letters."""
    return (
        _same_with_acronym(_words(one), _words(other))
        or _one_inside_other(_telling_words(one, padding), _telling_words(other, padding))
        or _is_acronym(_telling_words(other, padding), one)
        or _is_acronym(_telling_words(one, padding), other)
        or _alike(_telling_words(one, padding), _telling_words(other, padding))
    )


def _words(name: str) -> list[str]:
    flat = unicodedata.normalize("NFKD", _without_apostrophes(name.casefold()))
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    for american, british in SPELLINGS:
        flat = flat.replace(american, british)
    return re.findall(r"\w+", flat)


def _without_apostrophes(name: str) -> str:
    return name.replace("\u2019", "").replace("'", "")


def _telling_words(name: str, padding: frozenset[str]) -> list[str]:
    words = _words(name)
    return [word for word in words if word not in padding] or words


def _one_inside_other(one: list[str], other: list[str]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)


def _alike(one: list[str], other: list[str]) -> bool:
    return difflib.SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= ALIKE


def _is_acronym(words: list[str], name: str) -> bool:
    return len(words) == 1 and words[0] == _capitals(name)


def _capitals(name: str) -> str:
    initials = (word[0] for word in re.findall(r"\w+", _without_apostrophes(name)))
    return "".join(letter for letter in initials if letter.isupper()).casefold()


def _same_with_acronym(one: list[str], other: list[str]) -> bool:
    return _shortened(one, other) == other or _shortened(other, one) == one


def _shortened(name: list[str], acronyms: Iterable[str]) -> list[str]:
    """Write the first run of words that one of `acronyms` stands for as that acronym."""
    for acronym in acronyms:
        if 2 <= len(acronym) <= LONGEST_ACRONYM and acronym not in name:
            for start in range(len(name) - len(acronym) + 1):
                if "".join(word[0] for word in name[start : start + len(acronym)]) == acronym:
                    return [*name[:start], acronym, *name[start + len(acronym) :]]
    return name
