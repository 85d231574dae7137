"""The country that a report is of: every MUC-4 location has one, also where the report names none beside the place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tallybook.knowledge import Knowledge
from tallybook.knowledge.countries import Country


class ReportCountry:
    """Finds the country that a text tells of most; make one for the countries of a knowledge."""

    def __init__(self, countries: Iterable[Country]) -> None:
        told = list(countries)
        self._named = [(c.name, _pattern((c.name, *c.demonyms))) for c in told]
        self._capitals = [(c.name, _pattern((c.capital,))) for c in told if c.capital]

    def of(self, text: str) -> str | None:
        """Return the country whose name and people are told most often, else the one whose capital is; or None."""
        words = " ".join(text.split())
        return next((most for told in (self._named, self._capitals) if (most := _most(told, words))), None)


def report_country(knowledge: Knowledge) -> ReportCountry:
    """Return the finder for the countries of the packs."""
    return ReportCountry(knowledge.countries.by_iso.values())


def _most(told: Iterable[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    counts = {name: len(pattern.findall(text)) for name, pattern in told}
    most = max(counts, key=lambda name: counts[name], default=None)
    return most if most is not None and counts[most] else None


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(name) for name in names if name)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)
