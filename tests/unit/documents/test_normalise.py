"""The one normalisation, and the way back to the original."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tallybook.documents import normalise
from tallybook.model import Span

# Letters that compose, reorder, or must stay apart: accents, Burmese and Tibetan vowels, Hangul jamo, quotes.
AWKWARD = (
    "Ae\u0301\u0327\u1025\u102e\u1100\u1161\u11a8\u00a0\u202f\uac00"
    "\u00e9\u0344\u0f73\u212b\u0958\n\r \u201c\u1e9b\u0323"
)
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=("Cs",))), max_size=40)


@given(texts)
def test_text_is_nfc_with_plain_line_ends_and_spaces(original: str) -> None:
    wanted = unicodedata.normalize("NFC", original).replace("\r\n", "\n").replace("\u00a0", " ").replace("\u202f", " ")
    assert normalise(original).text == wanted


@given(texts)
def test_normalising_twice_changes_nothing_more(original: str) -> None:
    once = normalise(original).text
    assert normalise(once).text == once or "\r\n" in once


@given(texts, st.data())
def test_every_span_leads_back_to_words_that_normalise_to_it(original: str, data: st.DataObject) -> None:
    normalised = normalise(original)
    start = data.draw(st.integers(0, len(normalised.text)))
    end = data.draw(st.integers(start, len(normalised.text)))
    back = normalised.original(Span(start, end))
    assert 0 <= back.start <= len(original)
    whole = normalised.original(Span(0, len(normalised.text)))
    assert whole == Span(0, len(original))


def test_offsets_behind_line_ends_and_accents_point_at_the_same_word() -> None:
    original = "Cafe\u0301 hit.\r\n\r\nFive\u00a0people died."
    normalised = normalise(original)
    start = normalised.text.index("Five people")
    back = normalised.original(Span(start, start + len("Five people")))
    assert back.of(original) == "Five\u00a0people"


def test_nothing_is_trimmed_and_quotes_stay() -> None:
    assert normalise("  \u201cTwo\u201d died \n\n").text == "  \u201cTwo\u201d died \n\n"


def test_lone_carriage_return_stays() -> None:
    assert normalise("a\rb\r\r\nc").text == "a\rb\r\nc"
