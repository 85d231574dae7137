"""Runs of words in capitals that may hold proper names, cut where one name ends and another begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CAP = r"(?:(?:(?:al|el|as|ad|an|ar|at|az|ash|ed|es|er|ul|Al|El|bin)-)?[A-Z\u00c0-\u00de][\w\u2019'.&/-]*|\d+(?:st|nd|rd|th)(?=\s+[A-Z]))"
JOIN = r"(?:(?:of|for|the|de|del|la|las|los|al|el|bin|ibn|du|des|da|dos|e|ul|und)\s+){1,2}"
NAME = re.compile(rf"(?<![\w-]){_CAP}(?:(?:\s+(?:{JOIN})?|-(?:[a-z]{{1,3}}-)?(?=[A-Z])){_CAP}|\s*-\s*(?=al-){_CAP})*")


@lru_cache(maxsize=4)
def cuts_with(before_of: tuple[str, ...], before_the: tuple[str, ...]) -> re.Pattern[str]:
    """Return where a run is cut: after a genitive, after a unit and 'of', after a day or a month and 'the'."""
    units = "|".join(rf"(?<=\s{word})" for word in before_of)
    days = "|".join(f"(?<={word})" for word in before_the)
    return re.compile(rf"(?<=[\u2019']s)\s+|(?:{units})\s+of\s+|(?:{days})\s+the\s+")


def runs_of(text: str, cuts: re.Pattern[str]) -> Iterator[tuple[str, int, bool]]:
    """Yield each run of capitals with its start, and whether it opens the text."""
    for match in NAME.finditer(text):
        at = match.start()
        for words in cuts.split(match.group()):
            yield words, at, text[:at].strip(" \u201c\"'\u2018(-*\u2022") == ""
            at = at + len(words) + 1
            at += len(text[at:]) - len(text[at:].lstrip())
            at += next((len(w) for w in ("of ", "the ") if text.startswith(w, at)), 0)
