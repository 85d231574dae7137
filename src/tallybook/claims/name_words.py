"""The words by which a name is told to be a person, a happening, a number or no name at all; gathered once."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.knowledge.lexicon import Lexicon
from tallybook.knowledge.word_counts import word_counts


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words in small letters."""

    titles: frozenset[str]
    persons: frozenset[str]
    """Words for one person: 'farmer'."""
    happenings: frozenset[str]
    """Words of events and weapons."""
    ordinary: frozenset[str]
    numerals: frozenset[str]
    military: frozenset[str]
    """Words in the names of units of men."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> NameWords:
        """Return the words of a lexicon."""
        return cls(
            titles=frozenset(lexicon.speech["titles"]),
            persons=frozenset(w for w in lexicon.persons if not w.endswith("s")) - {"people"},
            happenings=frozenset(
                w for words in (*(e.words for e in lexicon.events), *(x.words for x in lexicon.weapons)) for w in words
            ),
            ordinary=word_counts().ordinary,
            military=frozenset(lexicon.words.names.military),
            numerals=frozenset({*lexicon.numbers["units"], *lexicon.numbers["scales"]}),
        )
