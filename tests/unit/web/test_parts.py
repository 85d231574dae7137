"""The small parts that pages are made of: marks, lists, charts, words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.errors import UsageError
from tallybook.model import Span
from tallybook.web import charts, wording
from tallybook.web.lists import Asked, ordered, page_of
from tallybook.web.marking import Mark, paragraph, pieces

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))
MARKS = st.lists(
    st.builds(Mark, SPANS, st.sampled_from(("count", "place", "quote")), st.sampled_from(("", "c1", "c2")))
)


@given(st.text(min_size=1, max_size=60), MARKS)
def test_pieces_are_the_text_character_by_character(text: str, marks: list[Mark]) -> None:
    found = pieces(text, marks)
    assert "".join(p.text for p in found) == text
    assert [p.start for p in found] == [sum(len(q.text) for q in found[:n]) for n in range(len(found))]
    for piece in found:
        covering = {
            m.field for m in marks if m.span.start <= piece.start and piece.start + len(piece.text) <= m.span.end
        }
        assert set(piece.fields) == covering


def test_window_keeps_offsets_into_the_whole_text() -> None:
    (first, second, third) = pieces("one two three", [Mark(Span(4, 7), "count")], Span(2, 10))
    assert [(p.start, p.text) for p in (first, second, third)] == [(2, "e "), (4, "two"), (7, " th")]


def test_paragraph_is_the_one_around_the_words() -> None:
    text = "First one.\n\nSecond: 12 died.\n\nThird."
    at = text.index("12")
    assert paragraph(text, Span(at, at + 2)).of(text) == "Second: 12 died."


def test_cursor_finds_its_row_again_after_others_came() -> None:
    rows = [f"r{n}" for n in range(10)]
    first = page_of(rows, Asked(limit=3), str)
    assert first.next is not None
    moved = ["new", *rows]
    assert page_of(moved, Asked(cursor=first.next, limit=3), str).rows == ("r3", "r4", "r5")
    gone = page_of([r for r in rows if r != "r3"], Asked(cursor=first.next, limit=3), str)
    assert gone.rows[0] == "r4"
    assert page_of([], Asked(cursor=first.next), str).rows == ()


def test_what_has_no_value_comes_last_either_way() -> None:
    rows = [{"n": 2}, {"n": None}, {"n": 1}]
    keys = {"n": lambda r: r["n"]}
    assert [r["n"] for r in ordered(rows, keys, "n")] == [1, 2, None]
    assert [r["n"] for r in ordered(rows, keys, "-n")] == [2, 1, None]
    with pytest.raises(UsageError):
        ordered(rows, keys, "-m")


BOUND = st.none() | st.integers(0, 5000)


@given(BOUND, BOUND)
def test_bar_stays_inside_its_drawing_and_tells_open_ends(low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    row = {"low": low, "high": high, "best": low}
    drawn = charts.bar(row, charts.greatest([row]))
    if low is None and high is None:
        assert drawn is None
        return
    assert drawn is not None
    assert 0 <= drawn.start <= drawn.end <= charts.WIDTH
    assert (drawn.open_low, drawn.open_high) == (low is None, high is None)


def test_bounds_in_words_never_turn_nothing_into_zero() -> None:
    cases = {
        (None, None): "—",
        (0, 0): "0",
        (12, 12): "12",
        (12, None): "12+",
        (None, 90): "up to 90",
        (3, 1200): "3–1,200",
    }
    for (low, high), expected in cases.items():
        assert wording.numbers({"low": low, "high": high}) == expected
    assert wording.numbers(None) == "—"


def test_days_tell_open_and_vague_edges() -> None:
    day = {"start": "2024-03-01", "end": "2024-03-01", "vague": False}
    assert wording.days(day) == "2024-03-01"
    assert wording.days({**day, "end": None, "vague": True}) == "~since 2024-03-01"
    assert wording.days({**day, "start": None}) == "until 2024-03-01"
    assert wording.days(None) == "—"
