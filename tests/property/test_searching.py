"""Laws of searching the files of a release: pieces tell what the whole tells."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tallybook.knowledge.folding import fold, fold_words
from tallybook.release.reading_back import pieces
from tallybook.release.terms import Stream, Terms

WORDS = st.lists(st.sampled_from("abc"), max_size=30)
TERMS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple), max_size=6)


@given(st.text(max_size=80))
def test_words_of_a_text_are_those_of_its_folded_name(text: str) -> None:
    assert fold_words(text) == fold.__wrapped__(text).split()


@given(st.text(alphabet="aÅøßé\u0301ʼ’' -_\n=1ى", max_size=40))
def test_letters_marks_and_apostrophes_fold_alike(text: str) -> None:
    assert fold_words(text) == fold.__wrapped__(text).split()


@given(WORDS, TERMS, st.lists(st.integers(0, 30), max_size=4))
def test_a_stream_finds_what_the_whole_holds(words: list[str], terms: list[tuple[str, ...]], cuts: list[int]) -> None:
    whole, _ = Terms(terms).within(words, len(words))
    stream, found = Stream(Terms(terms)), []
    edges = [0, *sorted(min(c, len(words)) for c in cuts), len(words)]
    for start, end in pairwise(edges):
        found += stream.feed(words[start:end])
    assert found + stream.end() == whole


@given(WORDS, TERMS)
def test_something_is_found_where_any_term_stands(words: list[str], terms: list[tuple[str, ...]]) -> None:
    found, _ = Terms(terms).within(words, len(words))
    assert bool(found) == any(tuple(words[n : n + len(t)]) == t for t in terms for n in range(len(words)))


@given(st.text(alphabet="ab \né", max_size=60), st.integers(1, 20))
def test_pieces_make_up_the_file_and_part_no_word(text: str, size: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(text.encode())
        told = list(pieces(path, size))
    assert "".join(told) == text
    assert [w for piece in told for w in piece.split()] == text.split()
