"""A baseline: numbers that stand near a verb of harm. What a spreadsheet macro would find, to compare with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tallybook.model import Document

WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
VALUES = {word: value for value, word in enumerate(WORDS)} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
NUMBER = rf"(at least |more than |about )?(\d[\d,]*|{'|'.join(VALUES)})\b"
VERBS = {"killed": "killed|killing|kills|dead|died|deaths", "injured": "injured|injuring|wounded|wounding|hurt"}
GAP = r"(?:\s+(?!and\b)[\w’'-]+){0,6}?\s+"


def near_verb(document: Document) -> list[dict[str, Any]]:
    """Return a claim for each number before or after a verb of harm, each count once a measure."""
    claims = {(measure, *count): (measure, count, quote) for measure, count, quote in _hits(document.text)}
    return [_claim(document, *hit) for hit in claims.values()]


def _hits(text: str) -> Iterator[tuple[str, tuple[int | None, int | None, str], str]]:
    for measure, verbs in VERBS.items():
        for pattern in (rf"\b{NUMBER}{GAP}(?:{verbs})\b", rf"\b(?:{verbs})\s+{NUMBER}"):
            for hit in re.finditer(pattern, text, re.IGNORECASE):
                yield measure, _count(hit.group(1), hit.group(2)), hit.group()


def _count(operator: str | None, number: str) -> tuple[int | None, int | None, str]:
    value = VALUES[number.lower()] if number.lower() in VALUES else int(number.replace(",", ""))
    kinds: dict[str, tuple[int, int | None, str]] = {
        "at least": (value, None, "at_least"), "more than": (value + 1, None, "more_than"),
        "about": (value, value, "about"),
    }  # fmt: skip
    return kinds.get((operator or "").strip().lower(), (value, value, "exact"))


def _claim(document: Document, measure: str, count: tuple[int | None, int | None, str], quote: str) -> dict[str, Any]:
    low, high, modifier = count
    return {
        "measure": measure, "count": {"low": low, "high": high, "modifier": modifier}, "quote": quote,
        "claimants": [document.publisher], "target": {"affiliation": "unknown"}, "scope": "incident",
    }  # fmt: skip
