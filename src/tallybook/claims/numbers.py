"""The grammar of numbers: words to counts with bounds. What it cannot derive is no number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tallybook.knowledge.small_letters import for_lowered, lowered
from tallybook.model.claim import Count
from tallybook.model.span import Span

DASHES = ("-", "\u2013")
MAX_SCORE = 150
"""Most points of a side in a game."""
MAX_COUNT = 50_000_000
"""Largest number of persons a claim may state; above it the number is no count of people in any war on record."""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a sentence, operators included. Offsets count in the sentence's document."""

    start: int
    end: int
    core_start: int
    count: Count
    value: int | None
    old: int | None = None  # 'from 5 to 8': the 5
    digits: bool = False


class NumberGrammar:
    """Find and value numbers by the words of the lexicon."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.units: dict[str, int] = words["units"]
        self.scales: dict[str, int] = words["scales"]
        self.collectives: dict[str, int] = words["collectives"]
        self.vague: dict[str, int | None] = words["vague"]
        self.operators: dict[str, list[str]] = words["operators"]
        self.folds: dict[str, int] = words["folds"]
        self.folded: list[str] = words["folded"]
        self.ranging: tuple[str, ...] = tuple(words["ranging"])

    @cached_property
    def _number(self) -> re.Pattern[str]:
        unit = "|".join(sorted(self.units, key=len, reverse=True))
        scale = "|".join(sorted(self.scales, key=len, reverse=True))
        group = "|".join(sorted((*self.collectives,), key=len, reverse=True))
        tens = "|".join(w for w, n in self.units.items() if 20 <= n < 100)
        ones = "|".join(w for w, n in self.units.items() if 0 < n < 10)
        small = rf"(?:(?:{tens})(?:\s*-\s*|\s+)(?:{ones})\b|(?:{unit}))"
        vague = "|".join(re.escape(v) for v in sorted(self.vague, key=len, reverse=True))
        rest = rf"(?:\s+(?:{scale})\b(?:(?:\s+and)?\s+{small}\b)?)"
        written = rf"(?:(?:a|an){rest}|{small}){rest}*(?:\s+(?:{group})\b)?"
        digits = r"\d{1,3}(?:,\d{3})+(?![\d])|\d{1,3}(?:\.\d{3})+(?![\d%])|\d+(?:[.,]\d+)?"
        figure = rf"(?:{digits})(?:\s+(?:{scale}|dozen|score)\b)?"
        dozen = rf"(?:half\s+a|half\s+an)\s+(?:{group}|million|thousand|hundred)\b|an?\s+(?:{group})\b"
        folds, acts = "|".join(self.folds), "|".join(self.folded)
        return for_lowered(
            rf"(?P<fold>\b(?:{folds})(?=\s+(?:{acts})s?\b))|(?P<vague>(?<!as )\b(?:{vague})(?![\w-]))|(?P<group>\b{dozen})|(?P<figure>(?<![\w.,/:])(?:{figure})(?![\w/:]|[.,]\d))"
            rf"|(?P<written>\b(?:{written})\b(?!-?(?:st|nd|rd|th)\b))",
        )

    @cached_property
    def _before(self) -> re.Pattern[str]:
        named = [(kind, p) for kind, phrases in self.operators.items() for p in phrases if not p.startswith("~")]
        named.sort(key=lambda kp: -len(kp[1]))
        self._kind_of = {p: kind for kind, p in named}
        either = "|".join(re.escape(p) for _, p in named)
        return re.compile(
            rf"(?:^|(?<=[\s(\u201c\"'\u2014\u2013-]))(?P<op>{either})\s+"
            r"(?:(?:another|additional|further|an additional|a further|a total of|some|other|the|its|their|an estimated)\s+)*$",
            re.IGNORECASE,
        )

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return re.compile(
            r"(?P<op>\s+or\s+more\b|\s+or\s+so\b|\s*\+|-plus\b|\s+at\s+least(?=\s*(?:[,.;)]|$)))", re.IGNORECASE
        )

    def find(self, text: str, offset: int = 0) -> list[NumberMention]:
        """Return the numbers of `text` in order; offsets are shifted by `offset`."""
        raw = [(m.start(), m.end(), self._value(m)) for m in self._number.finditer(lowered(text))]
        found: list[NumberMention] = []
        i = 0
        while i < len(raw):
            start, end, value = raw[i]
            if value is None:
                i += 1
                continue
            pair = self._range(text, raw, i)
            if pair is None and _is_score(text, raw, i):
                i += 2
            elif pair is not None:
                found.append(self._mention(text, offset, *pair))
                i += 2
            else:
                found.append(self._single(text, offset, start, end, value))
                i += 1
        return found

    def _value(self, match: re.Match[str]) -> tuple[str, int | None] | None:
        words = match.group().lower()
        if match.group("vague"):
            return ("vague", self.vague.get(re.sub(r"\s+", " ", words)))
        if match.group("fold"):
            value: int | None = self.folds[words]
        elif match.group("figure"):
            value = self._figure(words)
        elif match.group("group"):
            half = words.startswith("half")
            last = words.split()[-1]
            size = self.collectives.get(last) or self.scales.get(last) or 0
            value = size // 2 if half else size
        else:
            value = self._written(words)
        return None if value is None or value > MAX_COUNT else ("number", value)

    def _figure(self, words: str) -> int | None:
        number, _, scale = words.partition(" ")
        scale = scale.strip()
        factor = self.scales.get(scale) or self.collectives.get(scale)
        if factor is None:
            if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
                return int(re.sub(r"[.,]", "", number))
            return int(number) if number.isdigit() else None
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+", number):
            return int(number.replace(",", "")) * factor
        return round(float(number.replace(",", ".")) * factor)

    def _written(self, words: str) -> int | None:
        """Value written-out cardinals: 'two hundred and five', 'twenty-two', 'three dozen'. None if they make none."""
        total = current = 0
        last: int | None = None
        for word in re.findall(r"[a-z]+", words):
            if word in ("and", "a", "an"):
                current = current or (1 if word != "and" else 0)
                continue
            if word in self.units:
                value = self.units[word]
                if last is not None and last < 100 and not (last >= 20 and value < 10):
                    return None
                current, last = (current if last is not None else 0) + value, value
            else:
                value = self.scales.get(word) or self.collectives.get(word) or 0
                current = (current or 1) * value
                last = value
                if value >= 1000:
                    total, current = total + current, 0
        return total + current

    def _range(self, text: str, raw: list[Any], i: int) -> tuple[Any, ...] | None:
        if i + 1 >= len(raw) or raw[i + 1][2] is None:
            return None
        (start, end, (kind_a, a)), (start_b, end_b, (kind_b, b)) = raw[i], raw[i + 1]
        if kind_a != "number" or kind_b != "number" or a is None or b is None:
            return None
        joint, before = text[end:start_b].lower(), text[:start].lower().rstrip()
        if re.fullmatch(r"\s+and\s+", joint) and before.endswith("between"):
            return (before.rfind("between"), end_b, start, (min(a, b), max(a, b)), "between", None)
        if re.fullmatch(r"\s+to\s+", joint) and before.endswith(self.ranging):
            return (start, end_b, start, (min(a, b), max(a, b)), "between", None)
        if re.fullmatch(r"\s+to\s+", joint) and before.endswith("from"):
            return (start_b, end_b, start_b, (b, b), "exact", a)
        if a < b <= max(10, 4 * a) and re.fullmatch(r"\s+(?:to|or)\s+|\s*[-\u2013]\s*", joint):
            return (start, end_b, start, (a, b), "between", None)
        return None

    def _mention(self, text: str, offset: int, start: int, end: int, core: int, bounds: tuple[int, int], modifier: str,
                 old: int | None) -> NumberMention:  # fmt: skip
        words = text[start:end]
        count = Count(bounds[0], bounds[1], modifier, words, Span(offset + start, offset + end))
        value = bounds[1] if bounds[0] == bounds[1] else None
        return NumberMention(offset + start, offset + end, offset + core, count, value, old, words[:1].isdigit())

    def _single(self, text: str, offset: int, start: int, end: int, value: tuple[str, int | None]) -> NumberMention:
        kind, n = value
        before = self._before.search(text[max(0, start - 60) : start])
        operator = self._kind_of[_known(before.group("op"), self._kind_of)] if before else None
        begin = max(0, start - 60) + before.start("op") if before else start
        stop = end
        after = self._after.match(text, end)
        if operator is None and after:
            operator = {"or more": "at_least", "or so": "about", "at least": "at_least"}.get(
                " ".join(after.group("op").split()), "at_least"
            )
            stop = after.end()
        low, high, modifier = bounds(operator, n) if kind == "number" else (n, None, "vague")
        count = Count(low, high, modifier, text[begin:stop], Span(offset + begin, offset + stop))
        return NumberMention(offset + begin, offset + stop, offset + start, count, n if kind == "number" else None,
                             None, text[start:start + 1].isdigit())  # fmt: skip


def _is_score(text: str, raw: Sequence[Any], i: int) -> bool:
    """Say whether two numbers are the score of a game: '11-2', digits and a dash with the smaller one last."""
    if i + 1 >= len(raw) or raw[i + 1][2] is None:
        return False
    (start, end, (_, a)), (start_b, end_b, (_, b)) = raw[i], raw[i + 1]
    digits = text[start:end].isdigit() and text[start_b:end_b].isdigit()
    return digits and text[end:start_b] in DASHES and b <= a <= MAX_SCORE


def _known(words: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\s+", " ", words.lower()) if words.lower() not in known else words.lower()


def bounds(operator: str | None, n: int | None) -> tuple[int | None, int | None, str]:
    """Return (low, high, modifier) of a number under an operator; the gold codebook's table."""
    if n is None:
        return None, None, "vague"
    table: dict[str | None, tuple[int | None, int | None, str]] = {
        None: (n, n, "exact"),
        "at_least": (n, None, "at_least"),
        "more_than": (n + 1, None, "more_than"),
        "fewer_than": (None, n - 1, "up_to"),
        "nearly": (None, n, "nearly"),
        "about": (n, n, "about"),
        "up_to": (None, n, "up_to"),
    }
    return table[operator]
