"""Records of another team as the text of a document: what was written is read back, whatever the words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallybook.documents.normalise import normalise
from tallybook.documents.record_rows import HEAD, is_records, on_one_line, record_rows, written

WORDS = st.text(max_size=60)
FIELDS = st.dictionaries(st.sampled_from(["id", "origin", "group", "words"]), st.text(max_size=30), max_size=4)


@given(st.lists(st.tuples(WORDS, FIELDS), max_size=5))
def test_rows_are_read_back_as_they_were_written(rows: list[tuple[str, dict[str, str]]]) -> None:
    plain = [(normalise(w).text, {k: normalise(v).text for k, v in f.items()}) for w, f in rows]
    text = normalise(written(("claim", words, fields) for words, fields in plain)).text
    found = list(record_rows(text))
    assert len(found) == len(rows)
    for row, (words, fields) in zip(found, plain, strict=True):
        assert row.span.of(text) == row.words
        assert row.words == normalise(on_one_line(words)).text or not on_one_line(words)
        told = {k: normalise(str(v)).text for k, v in row.fields.items() if k != "kind"}
        assert told == {k: v for k, v in fields.items() if v}


def test_what_was_read_is_one_word_that_no_two_reports_share() -> None:
    text = written([("claim", "twelve were killed", {"id": "c1", "origin": "the health office of Dovrin", "low": 12})])
    assert is_records(text)
    assert len(text.removeprefix(HEAD).split()) == len(["twelve", "were", "killed"]) + 1


def test_what_is_no_record_is_passed_over() -> None:
    assert list(record_rows(f"{HEAD}\n\nwords\n\nno json\n\nwords\n\n[1]\n")) == []
