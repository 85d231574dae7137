"""Which language a report is written in.

In doubt it is English: a wrong "unread" loses claims, a wrong "en" costs time.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SAMPLE_CHARACTERS = 20_000
"""Characters looked at: the answer does not change beyond, the time does."""

ENOUGH_WORDS = 8
"""Words in Latin letters below which a text is too short to call anything but English."""

ENGLISH_SHARE = 0.12
"""Share of English function words from which a text is English, however many foreign names it holds. In muc4, longtail
and gvc (3,259 English texts) nine in ten thousand lie below it; sentences of eight other languages hold 0.0."""

SURE = 0.9
"""Probability of the identifier below which its answer is not followed."""

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[a-z']+")


def language_of(text: str, declared: str | None = None) -> str:
    """Return the ISO 639-1 code of the language of `text`.

    Where the text leaves doubt the language that its page declares holds, and where there is none, English.
    """
    fallback = declared.split("-")[0].strip().lower() if declared and declared.strip() else "en"
    sample = text[:SAMPLE_CHARACTERS]
    letters = len(LETTER.findall(sample))
    if letters == 0:
        return fallback
    if len(LATIN.findall(sample)) < letters / 2:
        return _identified(sample)[0]
    words = WORD.findall(sample.lower())
    if len(words) >= ENOUGH_WORDS and english_share(words) >= ENGLISH_SHARE:
        return "en"
    code, probability = _identified(sample.lower())
    return code if probability >= SURE and len(words) >= ENOUGH_WORDS else fallback


def english_share(words: list[str]) -> float:
    """Return the share of function words among `words`, 0..1; `words` must not be empty."""
    known = _english_words()
    return sum(word in known for word in words) / len(words)


@cache
def _english_words() -> frozenset[str]:
    rows = tomllib.loads(files("tallybook.documents").joinpath("english.toml").read_text(encoding="utf-8"))
    return frozenset(rows["words"])


def _identified(sample: str) -> tuple[str, float]:
    code, probability = _identifier().classify(sample)
    return str(code), float(probability)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
