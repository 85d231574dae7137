"""How two words of a sentence hang together: what governs a phrase, and how far it is from the word of harm."""

from __future__ import annotations

from tallybook.claims.parse import Sentence

CLAUSE = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "xcomp", "csubj", "pcomp"})


def token_in(sentence: Sentence, start: int, end: int) -> int | None:
    """Return the head token of the words `start`..`end`: the one whose own head lies outside them."""
    inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end]
    for i in inside:
        if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i:
            return i
    return inside[-1] if inside else None


def above(sentence: Sentence, k: int) -> list[int]:
    """Return token `k` and all that it hangs on, up to the root; at most 60, so that a broken tree ends."""
    path = [k]
    while len(path) < 60 and sentence.tokens[path[-1]].head != path[-1]:
        path.append(sentence.tokens[path[-1]].head)
    return path


def clauses_between(sentence: Sentence, a: int, b: int) -> tuple[int, int]:
    """Return how many clause borders lie between tokens `a` and `b`: going up from `a`, and going down to `b`."""
    up, down = above(sentence, a), above(sentence, b)
    shared = next((k for k in up if k in down), up[-1])
    climbed = sum(_border(sentence, k) for k in up[: up.index(shared)])
    lowered = sum(_border(sentence, k) for k in (down[: down.index(shared)] if shared in down else down))
    return climbed, lowered


def _border(sentence: Sentence, k: int) -> bool:
    token = sentence.tokens[k]
    return token.dep in CLAUSE or (token.dep == "conj" and token.tag.startswith("V"))


def governor(sentence: Sentence, k: int) -> int | None:
    """Return the word that token `k` hangs on, seen through prepositions and compounds; None for the root."""
    at = k
    for _ in range(6):
        head = sentence.tokens[at].head
        if head == at:
            return None
        if sentence.tokens[head].tag not in ("IN", "TO") and sentence.tokens[at].dep not in (
            "compound",
            "appos",
            "conj",
            "nmod",
        ):
            return head
        at = head
    return None
