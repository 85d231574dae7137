"""Parsed sentences by hand: words with tags, and heads where a test needs them. No parser is loaded."""

from __future__ import annotations

from collections.abc import Mapping

from tallybook.claims.facts import SentenceFacts
from tallybook.claims.parse import Sentence, Token


def sentence(
    tagged: str, heads: Mapping[int, tuple[int, str]] | None = None, index: int = 0, start: int = 0, kind: str = "body"
) -> Sentence:
    """Return a sentence of 'word/TAG' pairs; `heads` gives head and dependency of some tokens, the others are roots."""
    tokens: list[Token] = []
    at = start
    for i, pair in enumerate(tagged.split()):
        word, _, tag = pair.rpartition("/")
        head, dep = (heads or {}).get(i, (i, "ROOT"))
        tokens.append(Token(word, word.lower(), tag, "", dep, head, at, at + len(word)))
        at += len(word) + 1
    for i, token in enumerate(tokens):
        if token.head != i:
            tokens[token.head].children.append(i)
    text = " ".join(t.text for t in tokens)
    return Sentence(tokens, text, start, start + len(text), index, 0, index == 0, kind)


def facts(tagged: str, index: int = 0, field: str = "body", start: int = 0) -> SentenceFacts:
    """Return the facts of such a sentence, nothing found yet."""
    return SentenceFacts(sentence(tagged, index=index, start=start), field)
