"""What a report's own words say about which event it tells: names, streets, ages, rather than words of every report.

A text is known by its rarest words. Two texts are as alike as the cosine of these, weighed by how rare each is in
news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum, log, sqrt

from tallybook.knowledge.word_counts import WordCounts

RAREST = 40
"""Words that a text is known by. Forty separate reports of one shooting from others as well as all words do (gvc train,
first half of longtail); guarded by the link evals."""
WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
POSSESSIVES = ("'s", "’s")

Words = Mapping[str, float]
"""The rarest words of a text with their weights; the squares of the weights sum to 1."""
NO_WORDS: Words = {}


def terms(text: str) -> list[str]:
    """Return the words and numbers of a text, case folded, without possessive endings."""
    return [_bare(word) for word in WORD.findall(text.casefold())]


def _bare(word: str) -> str:
    return next((word.removesuffix(end) for end in POSSESSIVES if word.endswith(end)), word)


def wording(texts: Iterable[str], known: WordCounts) -> Words:
    """Return the rarest words of some texts taken together, the rarest first."""
    counts = Counter(term for text in texts for term in terms(text))
    weights = {word: (1 + log(number)) * known.rarity(word) for word, number in counts.items()}
    rarest = sorted(((weight, word) for word, weight in weights.items() if weight > 0), key=lambda x: (-x[0], x[1]))
    length = sqrt(sum(weight * weight for weight, _ in rarest[:RAREST]))
    return {word: weight / length for weight, word in rarest[:RAREST]}


def alike(a: Words, b: Words) -> float:
    """Return how alike two wordings are, 0..1."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return min(1.0, fsum(weight * large[word] for word, weight in small.items() if word in large))
