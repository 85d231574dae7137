"""The words that stand around the name of a place or a day, as features of a choice."""

from __future__ import annotations

from tallybook.claims.parse import Sentence
from tallybook.claims.syntax import above, token_in

BEFORE = 2
"""Words before a name that are looked at, articles left out."""
LEFT = 3
"""Words before a name among which they are sought."""
LONG = 4
"""Words from which a name counts as long."""
ARTICLES = frozenset({"the", "a", "an", "of"})


def words_around(sentence: Sentence, start: int, end: int) -> dict[str, float]:
    """Return features for the words `start`..`end`: what stands beside them, what they hang on, how long they are."""
    tokens, inside = sentence.tokens, _inside(sentence, start, end)
    if not inside:
        return {}
    first, last = inside[0], inside[-1]
    before = [t.lower for t in tokens[max(0, first - LEFT) : first] if t.lower not in ARTICLES]
    found = {f"before:{w}": 1.0 for w in before[-BEFORE:] if w.isalpha()}
    found[f"after:{tokens[last + 1].lower if last + 1 < len(tokens) else '.'}"] = 1.0
    return found | words_above(sentence, start, end)


def words_above(sentence: Sentence, start: int, end: int) -> dict[str, float]:
    """Return features for the words `start`..`end`: what they hang on, how long they are, whether they open the sentence."""
    inside = _inside(sentence, start, end)
    if not inside:
        return {}
    found = {f"words-{min(len(inside), LONG)}": 1.0}
    if inside[0] <= 1:
        found["opens"] = 1.0
    return found | _hangs_on(sentence, start, end)


def _inside(sentence: Sentence, start: int, end: int) -> list[int]:
    return [k for k, t in enumerate(sentence.tokens) if t.start < end and start < t.end]


def _hangs_on(sentence: Sentence, start: int, end: int) -> dict[str, float]:
    """Return features for the next word above that is no preposition, and the next verb."""
    k = token_in(sentence, start, end)
    if k is None:
        return {}
    tokens = sentence.tokens
    path = above(sentence, k)[1:]
    found = {f"as-{tokens[k].dep}": 1.0}
    head = next((tokens[j] for j in path if tokens[j].tag not in ("IN", "TO")), None)
    verb = next((tokens[j] for j in path if tokens[j].tag.startswith("V")), None)
    if head is not None:
        found[f"on:{head.lower}"] = 1.0
    if verb is not None:
        found[f"verb:{verb.lower}"] = 1.0
    return found
