"""The spellings under which a place is looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from tallybook.knowledge.folding import fold

UNIT_WORDS = frozenset(
    [
        "city",
        "town",
        "township",
        "village",
        "district",
        "province",
        "state",
        "region",
        "governorate",
        "county",
        "department",
        "ward",
        "area",
    ]
)
SHORT_FORMS = {"st": "saint", "mt": "mount", "ft": "fort"}
"""First words that are written short: 'St. Marys' is 'Saint Marys'."""
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){2,}")
_SOUNDS = (
    (re.compile(r"[aeiouy]+"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q|c(?!h)|g"), "k"),
    (re.compile(r"(?<=[bdkpstzjnlrm])h"), ""),
    (re.compile(r"h(?=[bdkpstzjnlrmw])"), ""),
    (re.compile(r"dz|dj|j|z"), "s"),
    (re.compile(r"[wv]"), "w"),
    (re.compile(r"[bp]"), "p"),
    (re.compile(r"[dt]"), "t"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""What transliterations of one name disagree about: vowels, doubled letters, h after a consonant, voicing."""


@lru_cache(maxsize=100_000)
def keys(name: str) -> tuple[str, ...]:
    """Return the folded name, the same without unit words ('Konkyan Township'), and its longer and shorter forms."""
    whole = fold(name)
    words = whole.split()
    found = [whole]
    short = " ".join(w for w in words if w not in UNIT_WORDS and w not in ("the", "of"))
    if short:
        found.append(short)
    if len(words) > 1 and words[0] in SHORT_FORMS:
        found.append(" ".join([SHORT_FORMS[words[0]], *words[1:]]))
    if _INITIALS.fullmatch(name):
        found.append(name.replace(".", "").replace(" ", "").lower())
    if name.endswith("."):
        found.append(name.lower())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """Return what is left of a name when all that transliterations disagree about is taken out."""
    key = max(keys(name), key=lambda k: -len(k)) if keys(name) else ""
    key = key.replace(" ", "")
    for pattern, kept in _SOUNDS:
        key = pattern.sub(kept, key)
    return key


def name_alone(name: str) -> str:
    """Return a name without the unit word that ends it: 'Sarno' of 'Sarno village'."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in UNIT_WORDS:
        words = words[:-1]
    return " ".join(words)
